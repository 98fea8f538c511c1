"""One request in place of an exploration: the model is shown text, and submits an answer from it.

Its answer is held up to the same citations as any other. What it cannot answer from the text it says is missing;
then the answer is partial, and the run may go another way.
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Any

from rlm_code.errors import LimitReached, LMError
from rlm_code.lm.protocol import Block, Reply, Text, ToolCall, ToolResult
from rlm_code.rlm import events
from rlm_code.rlm.answer import LMUse, Status
from rlm_code.rlm.conversation import Conversation
from rlm_code.rlm.evidence import Evidence
from rlm_code.rlm.prompt import SINGLE_NUDGE, SINGLE_SYSTEM, SUBMIT, single_message
from rlm_code.rlm.run import Outcome, Run
from rlm_code.rlm.submission import MOST_RETURNS, Submissions, unfinished
from rlm_code.rlm.transcript import Transcript

MOST_TURNS = MOST_RETURNS + 2
NO_CODE = "no code was run"


class _NoCells(AbstractAsyncContextManager[None]):
    confinement = NO_CODE

    async def __aexit__(self, *exception: object) -> None:
        """Nothing is open."""


class SingleCall:
    """One model that is shown `evidence`. What it spends is the run's."""

    def __init__(self, the_run: Run, evidence: Evidence) -> None:
        self.cells = _NoCells()
        self._run = the_run
        self._evidence = evidence
        self._submissions = Submissions("", the_run.task.queries, the_run.reading)
        first = single_message(the_run.task.question, the_run.overview, evidence.text, is_whole=evidence.is_whole)
        self._transcript = Transcript(first, SINGLE_SYSTEM, SUBMIT)
        self._conversation = Conversation(the_run, "", the_run.task.lm, self._transcript, is_root=True)

    @property
    def turn(self) -> int:
        """The requests sent so far."""
        return self._conversation.turn

    def require_room(self) -> None:
        """Raises ConfigError where the limits leave no room for the request."""
        self._conversation.require_room()

    def used(self) -> LMUse:
        """Which model answered."""
        return LMUse(self._run.task.lm.name, None, NO_CODE)

    async def converse(self) -> Outcome:
        """Ask, and hand back what does not hold, until the answer stands."""
        reading = self._run.reading
        reading.report(self._evidence.paths, [])
        reading.show(self._evidence.text, to_root=True)
        self._conversation.begin(self._run.task.question, NO_CODE)
        outcome = None
        try:
            while outcome is None:
                self._conversation.turn += 1
                outcome = self._act(await self._conversation.ask(last=True))
        except LimitReached as reached:
            outcome = self.unfinished(str(reached))
        except LMError as broken:
            outcome = self.unfinished(str(broken), otherwise="failed")
        self._run.emit(events.SessionEnded("", outcome.status, outcome.reason))
        return outcome

    def unfinished(self, reason: str, otherwise: Status = "partial") -> Outcome:
        """How it ends where nothing was accepted: with what holds of an answer that went back, if there is one."""
        return unfinished(self._submissions.draft, reason, otherwise)

    def _act(self, reply: Reply) -> Outcome | None:
        if reply.stop in ("refusal", "context_overflow"):
            detail = f": {reply.detail}" if reply.detail else ""
            ended = "declined to answer" if reply.stop == "refusal" else "was given more than its window holds"
            return self.unfinished(f"{reply.lm} {ended}{detail}", "failed" if reply.stop == "refusal" else "partial")
        results: list[Block] = []
        for call in reply.tool_calls:
            said = self._submit(call) if reply.stop != "max_tokens" else [SINGLE_NUDGE]
            submitted, attempts = self._submissions.take()
            for attempt in attempts:
                self._run.emit(attempt)
            if submitted is not None:
                reason = submitted.reason
                return Outcome("partial" if reason else "complete", submitted.answer, submitted.citations, reason)
            results.append(ToolResult(call.id, "\n".join(said), is_error=True))
            self._run.reading.show("\n".join(said), to_root=True)
        if self.turn >= MOST_TURNS:
            return self.unfinished("the model did not submit an answer")
        self._transcript.pending = results or [Text(SINGLE_NUDGE)]
        return None

    def _submit(self, call: ToolCall) -> list[str]:
        """What the model is told of a submission that goes back."""
        given: Any = dict(call.arguments)
        answer, citations, incomplete = given.get("answer"), given.get("citations", []), given.get("incomplete", "")
        fits = isinstance(answer, str) and isinstance(incomplete, str) and isinstance(citations, list)
        if call.name != SUBMIT.name or not fits or not all(isinstance(each, dict) for each in citations):
            return [SINGLE_NUDGE]
        told = self._submissions.submit(answer, citations, incomplete)
        return ["not accepted; fix this and submit again:", *(f"- {each}" for each in told.get("problems", []))]
