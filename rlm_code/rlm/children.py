"""Child runs: sessions that a cell starts, each with its own REPL over the same repository and the same ledger."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rlm_code.errors import SandboxError
from rlm_code.rlm.run import Outcome
from rlm_code.rlm.subcalls import reply_json

if TYPE_CHECKING:
    from rlm_code.rlm.loop import Session


class Children:
    """The child runs of one session: `start(name, task)` makes one, at most as many as `slots` run at once."""

    def __init__(self, parent: Session, slots: asyncio.Semaphore, start: Callable[[str, str], Session]) -> None:
        self._parent = parent
        self._slots = slots
        self._start = start
        self._count = 0

    async def batch(self, tasks: Sequence[str]) -> list[dict[str, Any]]:
        """What each child found, in the order of tasks, as replies that cells get. A child's failure is a result."""
        # A group, unlike `gather`, waits for all of them when it is cancelled.
        async with asyncio.TaskGroup() as group:
            running = [group.create_task(self._one(task)) for task in tasks]
        return [child.result() for child in running]

    async def _one(self, task: str) -> dict[str, Any]:
        self._count += 1
        child = self._start(f"{self._parent.name}.{self._count}".lstrip("."), task)
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
