"""What all sessions of one run share, and the answer that is put together at its end."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import asdict, dataclass

from rlm_code.rlm.answer import Answer, Citation, Coverage, LMUse, Route, Spent, Status
from rlm_code.rlm.budget import Ledger, require_price
from rlm_code.rlm.calls import Calls
from rlm_code.rlm.citations import shown
from rlm_code.rlm.coverage import Reading
from rlm_code.rlm.events import Emit, Event, Routed, RunEnded, RunStarted
from rlm_code.rlm.subcalls import SubCalls
from rlm_code.rlm.task import Task
from rlm_code.rlm.trajectory import Trajectory
from rlm_code.source.snapshot import Snapshot
from rlm_code.text import printable

CHILDREN_AT_ONCE = 4
NAMED_FILES = 10


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a session ended."""

    status: Status
    answer: str = ""
    citations: tuple[Citation, ...] = ()
    reason: str | None = None


class Run:
    """The ledger, the reading, the calls and the file of one run; use it in an `async with` block.

    Raises ConfigError for limits that cannot be kept.
    """

    def __init__(self, task: Task, on_event: Emit) -> None:
        for lm in (task.lm, task.sub_lm):
            if lm is not None:
                require_price(task.price_of(lm.name), lm.name, task.limits)
        self.task = task
        self.overview = task.queries.overview()
        self.reading = Reading(task.snapshot)
        self.ledger = Ledger(task.limits)
        self.calls = Calls(self.ledger, task.price_of, self.emit)
        self.sub_calls = (
            SubCalls(task.sub_lm, self.calls, task.limits, self.reading, self.emit, task.sub_call_cache)
            if task.sub_lm is not None
            else None
        )
        self.child_slots = asyncio.Semaphore(min(task.limits.width, CHILDREN_AT_ONCE))
        self.route: Route | None = None
        self._begun = False
        self._on_event = on_event
        self._trajectory: Trajectory | None = None

    def emit(self, event: Event) -> None:
        """Write an event down and tell the front end."""
        if self._trajectory is not None:
            self._trajectory.record(event)
        self._on_event(event)

    def _start(self) -> None:
        """Open the run's file and write its first line."""
        task = self.task
        if task.runs_dir is not None:
            self._trajectory = Trajectory(task.runs_dir)
        self.emit(
            RunStarted(
                question=task.question,
                repository=str(task.snapshot.root),
                label=task.snapshot.label,
                commit=task.snapshot.commit,
                lm=task.lm.name,
                sub_lm=task.sub_lm.name if task.sub_lm is not None else None,
                limits=asdict(task.limits),
                fingerprint=fingerprint(task.snapshot),
                routes=task.routes,
            )
        )

    def go(self, route: Route | None, after: str | None) -> None:
        """Say which way the root goes now; the first time, the run begins with it."""
        if not self._begun:
            self._begun = True
            self._start()
        self.route = route
        if route is not None:
            self.emit(Routed("", route, after))

    async def __aenter__(self) -> Run:
        return self

    async def __aexit__(self, *exception: object) -> None:
        try:
            await self.stop()
        finally:
            if self._trajectory is not None:
                self._trajectory.close()

    async def stop(self) -> None:
        """End the sub-queries that are still under way."""
        if self.sub_calls is not None:
            await self.sub_calls.close()

    async def answer(self, outcome: Outcome, lm: LMUse, *, turns: int) -> Answer:
        """The answer with its coverage and its costs; the last event of the run."""
        task, ledger = self.task, self.ledger
        coverage = await asyncio.to_thread(self.reading.coverage, task.queries)
        path = self._trajectory.path if self._trajectory is not None else None
        problem = self._trajectory.problem if self._trajectory is not None else None
        answer = Answer(
            status=outcome.status,
            answer=outcome.answer or _in_place_of_an_answer(outcome, coverage),
            citations=outcome.citations,
            coverage=coverage,
            usage=Spent(
                turns=turns,
                calls=ledger.calls,
                input_tokens=ledger.usage.input_tokens,
                output_tokens=ledger.usage.output_tokens,
                cache_read_tokens=ledger.usage.cache_read_tokens,
                cache_write_tokens=ledger.usage.cache_write_tokens,
                cost_usd=ledger.cost_usd,
                seconds=round(ledger.seconds, 3),
                cached=self.sub_calls.cached if self.sub_calls is not None else 0,
            ),
            lm=lm,
            trajectory=str(path) if path is not None else None,
            question=task.question,
            repository=str(task.snapshot.root),
            commit=task.snapshot.commit,
            reason=printable(outcome.reason) if outcome.reason else None,
            trajectory_problem=problem,
            route=self.route,
        )
        self.emit(RunEnded(answer.to_json()))
        return answer


def fingerprint(snapshot: Snapshot) -> str:
    """A digest of a snapshot's paths and contents: two that have the same one hold the same files."""
    digest = hashlib.sha256()
    for entry in snapshot.entries.values():
        digest.update(f"{entry.oid} {entry.kind} {entry.path}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _in_place_of_an_answer(outcome: Outcome, coverage: Coverage) -> str:
    """What is known where a run was ended before anything was submitted; nothing where something broke."""
    if outcome.status != "partial":
        return ""
    read = coverage.read or coverage.read_by_sub_models
    if not read:
        return "No answer was submitted, and nothing had been read."
    named = ", ".join(map(shown, read[:NAMED_FILES])) + (" …" if len(read) > NAMED_FILES else "")
    return f"No answer was submitted. Read until then: {named}."
