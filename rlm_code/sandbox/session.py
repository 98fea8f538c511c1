"""The sandbox proper: one namespace in a worker process, cells run in it, and what happens when they go wrong.

The conversation of one cell: the host sends it and then serves the worker, one request at a time, until
the worker is done, the time is up or the worker is gone. A worker that was killed is replaced.
"""

from __future__ import annotations

import threading
from contextlib import nullcontext
from types import TracebackType
from typing import Any, Final

from rlm_code.errors import SandboxError
from rlm_code.sandbox import wire
from rlm_code.sandbox.channel import WorkerGone
from rlm_code.sandbox.clock import GRACE_S, CellClock
from rlm_code.sandbox.methods import method_table, raised_in_cell
from rlm_code.sandbox.pool import Pool
from rlm_code.sandbox.process import Worker
from rlm_code.sandbox.protocol import CellResult, CellStatus, Namespace
from rlm_code.sandbox.report import Done, done

_SEND_LIMIT_S = 10.0
_STATUS: Final[dict[str, CellStatus]] = {"ok": "ok", "error": "error", "interrupted": "timeout"}


class ProcessSandbox:
    """Cells in a worker process (`protocol.Sandbox`). Made by `open_sandbox`."""

    def __init__(self, namespace: Namespace, pool: Pool, shown_chars: int) -> None:
        self._methods = method_table(namespace.methods)
        self._pool = pool
        self._shown_chars = shown_chars
        self._number = 0
        self._names: tuple[str, ...] = ()
        self._lock = threading.Lock()
        self._running = False
        self._interrupt_wanted = False
        self._closed = False
        self._worker: Worker | None = pool.take()

    @property
    def confinement(self) -> str:
        """How the code is confined, in one line for people."""
        return self._pool.confinement

    def run(self, code: str, timeout_s: float) -> CellResult:
        """Run one cell. Raises SandboxError when the sandbox itself failed, never for what the code did."""
        worker = self._begin()
        try:
            return self._run(worker, code, timeout_s)
        except BaseException:
            self._discard()
            raise
        finally:
            self._end()

    def _begin(self) -> Worker:
        with self._lock:
            if self._closed:
                raise SandboxError("the sandbox is closed")
            if self._running:
                raise SandboxError("a cell is running already: cells run one after the other")
            self._running = True
            self._interrupt_wanted = False
        try:
            if self._worker is None:
                self._worker = self._pool.take()
            return self._worker
        except BaseException:
            self._end()
            raise

    def _end(self) -> None:
        with self._lock:
            self._running = False
            closed = self._closed
        if closed:
            self._release()

    def _run(self, worker: Worker, code: str, timeout_s: float) -> CellResult:
        self._number += 1
        clock = CellClock(timeout_s)
        try:
            report = self._converse(worker, code, clock)
        except WorkerGone as reason:
            return self._killed(worker, clock, str(reason))
        seconds = clock.seconds
        self._names = report.names
        self._pool.prepare_spare()
        return CellResult(
            number=self._number,
            status=_STATUS[report.status],
            output=report.output,
            output_length=report.output_length,
            value=report.value,
            error=self._stopped(clock, timeout_s, report) if report.status == "interrupted" else report.error,
            seconds=seconds,
        )

    def _stopped(self, clock: CellClock, timeout_s: float, report: Done) -> str:
        why = "interrupted" if self._interrupt_wanted else f"the time limit of {timeout_s:g} s was reached"
        return f"{report.error or ''}\n{why}; variables kept".strip()

    def _converse(self, worker: Worker, code: str, clock: CellClock) -> Done:
        channel = worker.channel
        nonce = worker.new_nonce()
        if not channel.silent():
            raise WorkerGone("it sent something that nobody asked for")
        worker.hush()
        try:
            request = wire.frame(
                {"k": nonce, "n": self._number, "shown": self._shown_chars}, code.encode("utf-8", "surrogatepass")
            )
        except wire.WireError as error:
            raise SandboxError(f"the cell is too long: {error}") from None
        channel.send(request, _SEND_LIMIT_S)
        while True:
            self._mind_time(worker, clock)
            received = channel.receive(clock.deadline)
            if received is None:
                worker.hush()
                continue
            header, blob = received
            if header.get("k") != nonce:
                raise WorkerGone("it sent a frame with a wrong nonce")
            if header.get("t") == "done":
                if not channel.silent():
                    raise WorkerGone("it sent something that nobody asked for")
                return done(header, blob, self._shown_chars)
            self._serve(worker, header, clock)

    def _mind_time(self, worker: Worker, clock: CellClock) -> None:
        if self._closed:
            raise SandboxError("the sandbox was closed")
        if clock.interrupted:
            if clock.is_up:
                raise WorkerGone(f"it did not stop within {GRACE_S:g} s of being interrupted")
        elif clock.is_up or self._interrupt_wanted:
            clock.start_grace()
            worker.interrupt()

    def _serve(self, worker: Worker, header: dict[str, Any], clock: CellClock) -> None:
        kind = header.get("t")
        if kind == "call":
            answer = self._called(header, clock)
        elif kind == "module":
            worker.send_module(header.get("m"))
            return
        elif kind == "shared":
            with clock.stopped():
                answer = wire.frame({"r": self._pool.shared_size()})
        else:
            raise WorkerGone("it sent a frame of an unknown kind")
        worker.channel.send(answer, _SEND_LIMIT_S)

    def _called(self, header: dict[str, Any], clock: CellClock) -> bytes:
        name, arguments = header.get("m"), header.get("a")
        if not isinstance(name, str) or not isinstance(arguments, list):
            raise WorkerGone("it sent a call without a name or arguments")
        method = self._methods.get(name)
        if method is None:
            return wire.frame({"e": ["LookupError", f"the host has no method {name[:100]!r}"]})
        if clock.interrupted:
            return wire.frame({"e": ["KeyboardInterrupt", ""]})
        try:
            with clock.stopped() if method.stops_clock else nullcontext():
                result = method.call(arguments)
        except Exception as error:
            raised = raised_in_cell(error)
            if raised is None:
                raise SandboxError(f"the host's {name} failed: {type(error).__name__}: {error}") from error
            return wire.frame({"e": [raised[0], raised[1][:10_000]]})
        try:
            return wire.frame(*wire.pack_result(result))
        except wire.WireError as error:
            return wire.frame({"e": ["ValueError", f"the result of {name} is too large: {error}"]})
        except (TypeError, ValueError) as error:
            raise SandboxError(f"the host's {name} returned what is no JSON: {error}") from error

    def _killed(self, worker: Worker, clock: CellClock, reason: str) -> CellResult:
        seconds = clock.seconds
        if self._closed:
            raise SandboxError("the sandbox was closed")
        died = worker.close()
        self._worker = None
        lost, self._names = self._names, ()
        what = f"variables lost: {', '.join(lost)}" if lost else "no variables were lost"
        why = (
            "interrupted, but "
            if self._interrupt_wanted
            else "the time limit was reached, but "
            if clock.interrupted
            else ""
        )
        error = f"{why}{reason}{f' ({died})' if died else ''}: the worker was killed; {what}"
        return CellResult(self._number, "killed", "", 0, None, error, seconds, lost)

    def interrupt(self) -> None:
        """Stop the running cell as its time limit would; no effect when none runs."""
        with self._lock:
            if self._running and self._worker is not None:
                self._interrupt_wanted = True
                self._worker.wake()

    def close(self) -> None:
        """End the worker. A running cell ends in SandboxError."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            worker, running = self._worker, self._running
            if worker is not None:
                worker.kill()
        if not running:
            self._release()

    def _discard(self) -> None:
        with self._lock:
            worker, self._worker = self._worker, None
        if worker is not None:
            worker.close()

    def _release(self) -> None:
        self._discard()
        self._pool.release()

    def __enter__(self) -> ProcessSandbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.close()
