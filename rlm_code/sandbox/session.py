"""The sandbox proper: a namespace that outlives its cells, and workers that come and go beneath it."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from types import TracebackType
from typing import Final

from rlm_code.errors import SandboxError
from rlm_code.sandbox.channel import WorkerGone
from rlm_code.sandbox.clock import CellClock
from rlm_code.sandbox.conversation import Conversation, Wishes
from rlm_code.sandbox.methods import method_table
from rlm_code.sandbox.pool import join, leave
from rlm_code.sandbox.process import Recipe, Worker
from rlm_code.sandbox.protocol import CellResult, CellStatus, Namespace
from rlm_code.sandbox.report import Done
from rlm_code.sandbox.wire import WireError

_NAMES_SHOWN = 30
_STATUS: Final[dict[str, CellStatus]] = {"ok": "ok", "error": "error", "interrupted": "timeout"}


class ProcessSandbox:
    """Cells in a worker process (`protocol.Sandbox`). Made by `open_sandbox`."""

    def __init__(self, namespace: Namespace, recipe: Recipe, shown_chars: int) -> None:
        self._methods = method_table(namespace.methods)
        self._shown_chars = shown_chars
        self._number = 0
        self._names: tuple[str, ...] = ()
        self._lock = threading.RLock()  # re-entrant: `interrupt` may come from a signal handler
        self._wishes = Wishes()
        self._running = False
        self._pool = join(recipe, namespace.shared)
        with ExitStack() as unless_taken:
            unless_taken.callback(leave, self._pool)
            self._worker: Worker | None
            self._worker, self.protections = self._pool.take()
            unless_taken.pop_all()

    @property
    def confinement(self) -> str:
        """How the code is confined, in one line for people."""
        if not self._pool.recipe.confine:
            return "none: the code can do whatever you can"
        if self.protections["landlock"]:
            return "seccomp, Landlock, rlimits"
        return "seccomp, rlimits (no Landlock on this system)"

    def run(self, code: str, timeout_s: float) -> CellResult:
        """Run one cell. Raises SandboxError when the sandbox itself failed, never for what the code did."""
        if not timeout_s > 0:
            raise ValueError(f"a time limit is above 0 s, not {timeout_s}")
        self._begin()
        try:
            return self._run(code, timeout_s)
        except BaseException:
            self._wishes.close = True
            raise
        finally:
            self._end()

    def _begin(self) -> None:
        with self._lock:
            if self._wishes.close:
                raise SandboxError("the sandbox is closed")
            if self._running:
                raise SandboxError("a cell is running already: cells run one after the other")
            self._running = True
            self._wishes.interrupt = False

    def _end(self) -> None:
        with self._lock:
            self._running = False
            if not self._wishes.close:
                return
        self._release()

    def _run(self, code: str, timeout_s: float) -> CellResult:
        if self._worker is None:
            self._worker, self.protections = self._pool.take()
        self._number += 1
        clock = CellClock(timeout_s)
        conversation = Conversation(self._worker, self._methods, self._pool.shared_size, clock, self._wishes)
        try:
            report = conversation.run(self._number, code, self._shown_chars)
        except WorkerGone as reason:
            return self._killed(str(reason), clock)
        except WireError as error:
            return CellResult(self._number, "error", "", 0, None, f"the cell is too long: {error}", clock.seconds)
        seconds = clock.seconds
        self._names = report.names
        self._pool.prepare_spare()
        return CellResult(
            number=self._number,
            status=_STATUS[report.status],
            output=report.output,
            output_length=report.output_length,
            value=report.value,
            error=self._interrupted(report, timeout_s) if report.status == "interrupted" else report.error,
            seconds=seconds,
        )

    def _interrupted(self, report: Done, timeout_s: float) -> str:
        why = "interrupted" if self._wishes.interrupt else f"interrupted at the time limit of {timeout_s:g} s"
        return f"{report.error or ''}\n{why}; variables kept".strip()

    def _killed(self, reason: str, clock: CellClock) -> CellResult:
        if self._wishes.close:
            raise SandboxError("the sandbox was closed")
        seconds = clock.seconds
        with self._lock:
            worker, self._worker = self._worker, None
        assert worker is not None
        died, _ = worker.close(ended=not clock.interrupted)
        self._pool.prepare_spare()
        lost, self._names = self._names, ()
        error = f"killed: {died or reason}; {_fate(lost)}"
        return CellResult(self._number, "killed", "", 0, None, error, seconds, lost)

    def interrupt(self) -> None:
        """Stop the running cell as its time limit would; no effect when none runs."""
        with self._lock:
            if self._running and self._worker is not None:
                self._wishes.interrupt = True
                self._worker.wake()

    def close(self) -> None:
        """End the worker. A running cell ends in SandboxError."""
        with self._lock:
            if self._wishes.close:
                return
            self._wishes.close = True
            if self._running:  # on another thread, which then releases
                if self._worker is not None:
                    self._worker.kill()
                return
        self._release()

    def _release(self) -> None:
        with self._lock:
            worker, self._worker = self._worker, None
        if worker is not None:
            worker.close()
        leave(self._pool)

    def __enter__(self) -> ProcessSandbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.close()


def _fate(lost: tuple[str, ...]) -> str:
    if not lost:
        return "there were no variables to lose"
    more = f" and {len(lost) - _NAMES_SHOWN} more" if len(lost) > _NAMES_SHOWN else ""
    return f"variables lost: {', '.join(lost[:_NAMES_SHOWN])}{more}"
