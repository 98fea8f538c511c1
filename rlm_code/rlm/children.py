"""Child runs: sessions that a cell starts, each with its own REPL over the same repository, or the part of it that
their parent gave them, and the same ledger."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rlm_code.codebase.narrow import HostView, NarrowedQueries
from rlm_code.errors import SandboxError
from rlm_code.lm.protocol import Usage
from rlm_code.rlm.run import Outcome
from rlm_code.rlm.subcalls import reply_json

if TYPE_CHECKING:
    from rlm_code.rlm.loop import Session

Start = Callable[[str, str, HostView], "Session"]


class Children:
    """The child runs of one session over `queries`: `start(name, task, queries)` makes one, at most as many as
    `slots` run at once."""

    def __init__(self, parent: Session, queries: HostView, slots: asyncio.Semaphore, start: Start) -> None:
        self._parent = parent
        self._queries = queries
        self._slots = slots
        self._start = start
        self._count = 0

    async def batch(self, tasks: Sequence[str], within: Sequence[list[str] | None]) -> list[dict[str, Any]]:
        """What each child found, in the order of tasks, as replies that cells get; `within` is what each is shown,
        None for all that the parent is. A child's failure is a result."""
        parts = {tuple(part) for part in within if part is not None}
        # Those that are shown the same share it, its text in memory included.
        views = {part: await asyncio.to_thread(self._narrowed, part) for part in parts}
        # A group, unlike `gather`, waits for all of them when it is cancelled.
        async with asyncio.TaskGroup() as group:
            running = [
                group.create_task(self._one(task, self._queries if part is None else views[tuple(part)]))
                for task, part in zip(tasks, within, strict=True)
            ]
        return [child.result() for child in running]

    def _narrowed(self, part: tuple[str, ...]) -> NarrowedQueries | str:
        """The part of what the parent is shown, or why there is none."""
        try:
            return NarrowedQueries(self._queries, part)
        except (LookupError, ValueError) as error:
            return str(error)

    async def _one(self, task: str, queries: HostView | str) -> dict[str, Any]:
        if isinstance(queries, str):
            return reply_json("", f"no child was started: {queries}", False, Usage(), 0.0) | {"citations": []}
        self._count += 1
        child = self._start(f"{self._parent.name}.{self._count}".lstrip("."), task, queries)
        try:
            async with self._slots, child.cells:
                outcome = await child.converse()
        except SandboxError as error:
            outcome = Outcome("failed", reason=str(error))
        finally:
            self._parent.account.add(child.account.usage, child.account.cost_usd)
        error_text = None if outcome.answer else outcome.reason
        used = child.account
        told = reply_json(outcome.answer, error_text, outcome.status == "partial", used.usage, used.cost_usd)
        return told | {"citations": [asdict(citation) for citation in outcome.citations]}
