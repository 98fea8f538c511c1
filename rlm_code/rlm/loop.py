"""The algorithm: question → model writes code → cell runs → observation → … → submit → verified answer.

`Session` is one model with one REPL: the root, or a child run that the root's code started. How a session can end:

    complete   a cell that succeeded submitted an answer, and all of it held
    partial    something is missing, and `reason` says what: citations that did not hold after two returns, a limit
               (one turn is held back to submit in), a cancellation, an answer in prose that nobody submitted
    failed     the model declined, or the model or the sandbox broke down before anything was submitted

Nothing that a model merely says is ever delivered as complete.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from rlm_code.codebase.narrow import HostView, part_of
from rlm_code.errors import LimitReached, LMError, SandboxError
from rlm_code.lm.protocol import Block, LanguageModel, Reply, Text, ToolCall, ToolResult
from rlm_code.lm.structural import StructuralLM
from rlm_code.rlm import events
from rlm_code.rlm.answer import Answer, LMUse, Route, Status
from rlm_code.rlm.calls import Account
from rlm_code.rlm.cells import Bridge, Cells
from rlm_code.rlm.children import Children
from rlm_code.rlm.citations import renumber
from rlm_code.rlm.compaction import VARIABLES, remembered
from rlm_code.rlm.conversation import Conversation
from rlm_code.rlm.evidence import everything, likeliest
from rlm_code.rlm.methods import batch_method, children_method, function_methods, namespace
from rlm_code.rlm.observation import render
from rlm_code.rlm.prompt import CUT_OFF, DROPPED, MALFORMED, NUDGE, PYTHON, SKIPPED, first_message, system_prompt
from rlm_code.rlm.run import Outcome, Run
from rlm_code.rlm.single import SingleCall
from rlm_code.rlm.submission import Submissions, unfinished
from rlm_code.rlm.task import Task
from rlm_code.rlm.transcript import Transcript
from rlm_code.sandbox.protocol import HostMethod
from rlm_code.text import printable

MOST_OVERFLOWS = 2
MOST_PAUSES = 4
SHORTEST_CELL_SECONDS = 0.1
LAST_CELL_SECONDS = 1.0  # time that ran out must not cut off the cell that submits


async def run(task: Task, on_event: Callable[[events.Event], None] = lambda event: None) -> Answer:
    """The answer to `task`, whatever happens on the way; cancellation ends it early and returns what there is.

    Raises ConfigError and SandboxError only before the first request, for a task that cannot be run as asked.
    """
    async with Run(task, on_event) as the_run:
        turns = 0
        outcome: Outcome | None = None
        for route in task.routes or (None,):
            root = _root(the_run, route)
            if outcome is None:
                root.require_room()
            try:
                async with root.cells:
                    the_run.go(route, after=outcome.reason if outcome is not None else None)
                    outcome = await root.converse()
            except asyncio.CancelledError:
                awaiting = asyncio.current_task()
                if awaiting is None or awaiting.uncancel() > 0:
                    raise
                outcome = root.unfinished("the run was cancelled")
                break
            finally:
                turns += root.turn
            if outcome.status == "complete":
                break
        assert outcome is not None
        await the_run.stop()
        return await the_run.answer(outcome, root.used(), turns=turns)


def _root(the_run: Run, route: Route | None) -> Session | SingleCall:
    """Who answers on this route."""
    task = the_run.task
    if the_run.route is not None:
        the_run.reading.start_over()
    if route is not None and route.name in ("one-call", "direct"):
        find = everything if route.name == "direct" else likeliest
        return SingleCall(the_run, find(task.queries, task.question, task.limits))
    structure = route is not None and route.name == "structure"
    lm = StructuralLM() if structure else task.lm
    return Session(the_run, "", task.question, task.queries, depth=0, lm=lm, route=route)


class Session:
    """One model with one REPL over `queries`. What it spends and reads is the run's."""

    def __init__(
        self,
        the_run: Run,
        name: str,
        question: str,
        queries: HostView,
        *,
        depth: int,
        lm: LanguageModel,
        route: Route | None,
    ) -> None:
        self.name = name
        self._run = the_run
        self._question = question
        self._queries = queries
        self._depth = depth
        self._lm = lm
        self._route = route
        self._limits = the_run.task.limits
        self._submissions = Submissions(name, the_run.task.queries, the_run.reading, part_of(queries))
        self._last_because: str | None = None
        self._nudged = False
        self._pauses = 0
        self._overflows = 0

        bridge = Bridge(asyncio.get_running_loop())
        batches = self._batches(bridge)
        own = {"submit": HostMethod(self._submissions.submit), "budget": HostMethod(self._budget), **batches}
        functions = the_run.task.functions
        names = namespace(queries, the_run.reading, own | function_methods(functions))
        self.cells = Cells(lambda: the_run.task.open_sandbox(names), bridge)
        part = part_of(queries)
        first = first_message(question, queries.overview() if part else the_run.overview, part)
        self._transcript = Transcript(first, system_prompt(batches, functions), PYTHON)
        self._conversation = Conversation(the_run, name, lm, self._transcript, is_root=depth == 0)

    @property
    def turn(self) -> int:
        """The turns taken so far."""
        return self._conversation.turn

    @property
    def account(self) -> Account:
        """What was used so far, sub-queries and children included."""
        return self._conversation.account

    def require_room(self) -> None:
        """Raises ConfigError where the limits leave no room for a single turn."""
        self._conversation.require_room()

    def used(self) -> LMUse:
        """Which models answered, and where their code ran."""
        sub_lm = self._run.task.sub_lm if self._lm is self._run.task.lm else None
        return LMUse(self._lm.name, sub_lm.name if sub_lm is not None else None, self.cells.confinement)

    async def converse(self) -> Outcome:
        """Take turns until the session ends; `cells` must be open."""
        self._conversation.begin(self._question, self.cells.confinement)
        try:
            outcome = None
            while outcome is None:
                outcome = await self._act(await self._ask())
                if outcome is None and self._last_because:
                    outcome = self.unfinished(self._last_because)
        except LimitReached as reached:
            outcome = self.unfinished(str(reached))
        except (LMError, SandboxError) as broken:
            outcome = self.unfinished(str(broken), otherwise="failed")
        self._run.emit(events.SessionEnded(self.name, outcome.status, outcome.reason))
        return outcome

    def unfinished(self, reason: str, otherwise: Status = "partial") -> Outcome:
        """How a session ends that cannot go on: with what holds of an answer that went back, if there is one."""
        return unfinished(self._submissions.draft, reason, otherwise)

    async def _ask(self) -> Reply:
        """The model's next reply. Where a limit is near it is asked as for the last time, and told so."""
        self._conversation.turn += 1
        if self.turn >= self._limits.turns:
            self._last_because = f"the turns limit is reached: {self.turn} of {self._limits.turns}"
        if self._conversation.is_full and self._transcript.has_turns:
            await self._compact()
        while True:
            try:
                return await self._conversation.ask(last=self._last_because is not None)
            except LimitReached as reached:
                # Only the root has a turn held back for this.
                if self._last_because is not None or self._depth > 0:
                    raise
                self._last_because = str(reached)

    async def _act(self, reply: Reply) -> Outcome | None:
        """Do what a reply asks for; None means that the session goes on."""
        if reply.stop == "refusal":
            detail = f": {reply.detail}" if reply.detail else ""
            return self.unfinished(f"{reply.lm} declined to answer{detail}", otherwise="failed")
        if reply.stop == "context_overflow":
            return await self._overflowed()
        if reply.stop == "max_tokens":
            refused = [ToolResult(call.id, CUT_OFF, is_error=True) for call in reply.tool_calls]
            self._transcript.pending = [*refused] or [Text(CUT_OFF)]
            return None
        if reply.tool_calls:
            return await self._run_calls(reply.tool_calls)
        return self._paused() if reply.stop == "pause_turn" else self._said(reply.text)

    async def _run_calls(self, calls: tuple[ToolCall, ...]) -> Outcome | None:
        """Run the cells of one reply in their order; after one that failed, the rest is not run."""
        results: list[Block] = []
        failed = False
        for call in calls:
            code = call.arguments.get("code")
            if call.name != PYTHON.name or call.malformed is not None or not isinstance(code, str):
                results.append(ToolResult(call.id, MALFORMED, is_error=True))
            elif failed:
                results.append(ToolResult(call.id, SKIPPED, is_error=True))
            else:
                cell = await self._cell(code)
                if isinstance(cell, Outcome):
                    return cell
                observation, failed = cell
                results.append(ToolResult(call.id, observation, is_error=failed))
        self._transcript.pending = results
        return None

    async def _cell(self, code: str) -> Outcome | tuple[str, bool]:
        """Run one cell: how the session ends if it does, else what the model is shown, and whether the cell failed."""
        emit = self._run.emit
        emit(events.CellStarted(self.name, self.turn, code))
        last = self._last_because is not None
        seconds = min(self._limits.cell_seconds, self._run.ledger.seconds_left(last=last))
        result = await self.cells.run(code, max(seconds, LAST_CELL_SECONDS if last else SHORTEST_CELL_SECONDS))
        submitted, attempts = self._submissions.take()
        for attempt in attempts:
            emit(attempt)
        emit(events.CellEnded(self.name, self.turn, result))
        failed = result.status != "ok"
        if submitted is not None and not failed:
            reason = _joined(submitted.reason, self._last_because)
            return Outcome("partial" if reason else "complete", submitted.answer, submitted.citations, reason)
        observation = render(result) + (f"\n{DROPPED}" if submitted is not None else "")
        self._run.reading.show(observation, to_root=self._depth == 0)
        self._transcript.note(code, observation)
        return observation, failed

    def _said(self, text: str) -> Outcome | None:
        """What prose without a cell comes to: one nudge, then a partial answer that nothing supports."""
        if not self._nudged and self._last_because is None:
            self._nudged = True
            self._transcript.pending = [Text(NUDGE)]
            return None
        reason = "the run ended without submitting an answer, so nothing of this is verified"
        outcome = self.unfinished(_joined(reason, self._last_because) or reason)
        return outcome if outcome.answer else Outcome("partial", printable(renumber(text, ())), (), outcome.reason)

    def _paused(self) -> Outcome | None:
        self._pauses += 1
        return self.unfinished("the model paused without an end") if self._pauses > MOST_PAUSES else None

    async def _overflowed(self) -> Outcome | None:
        self._overflows += 1
        if self._overflows > MOST_OVERFLOWS:
            return self.unfinished("the conversation outgrew the model's window")
        await self._compact()
        return None

    async def _compact(self) -> None:
        """Shorten the conversation; what there is in the REPL, and what was read and cited, is told anew."""
        seconds = max(SHORTEST_CELL_SECONDS, min(self._limits.cell_seconds, self._run.ledger.seconds_left(last=True)))
        variables = await self.cells.run(VARIABLES, seconds)
        kept = remembered(variables.output, self._run.reading.touched, self._submissions.draft)
        self._run.emit(events.Compacted(self.name, self._transcript.compact(kept)))

    def _batches(self, bridge: Bridge) -> dict[str, HostMethod]:
        """The sub-queries that this session may send: none without a sub-model, no children at the deepest level."""
        batches = {}
        way = self._route.name if self._route is not None else "children"
        if (sub_calls := self._run.sub_calls) is not None and way in ("sub-queries", "children"):
            batches["llm_query_batched"] = batch_method(
                lambda prompts: bridge.call(lambda: sub_calls.batch(prompts, self.account))
            )
        if self._depth < self._limits.depth and way == "children":
            children = Children(self, self._queries, self._run.child_slots, self._child)
            batches["rlm_query_batched"] = children_method(
                lambda tasks, within: bridge.call(lambda: children.batch(tasks, within))
            )
        return batches

    def _child(self, name: str, task: str, queries: HostView) -> Session:
        lm = self._run.task.sub_lm or self._run.task.lm
        return Session(self._run, name, task, queries, depth=self._depth + 1, lm=lm, route=self._route)

    def _budget(self) -> dict[str, dict[str, Any]]:
        turns = {"spent": self.turn, "allowed": self._limits.turns}
        depth = {"spent": self._depth, "allowed": self._limits.depth}
        return {"turns": turns, **self._run.ledger.left(), "depth": depth}


def _joined(*reasons: str | None) -> str | None:
    return "; ".join(filter(None, reasons)) or None
