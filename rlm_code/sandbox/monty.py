"""Cells in Monty, an interpreter of a subset of Python, where a worker cannot be confined.

What a cell asks of the environment is answered by `monty_objects`. A cell that is stopped loses its variables,
since Monty promises nothing about its memory then.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

import pydantic_monty
from pydantic_monty import FunctionSnapshot, Monty, MontyComplete, MontyError, NameLookupSnapshot, SyncSnapshot

from rlm_code.errors import SandboxError
from rlm_code.sandbox.monty_objects import MontyObjects, RaisedError, StoppedError
from rlm_code.sandbox.protocol import CellResult, CellStatus, Namespace
from rlm_code.sandbox.worker.guard import InterruptGuard
from rlm_code.sandbox.worker.output import Output, clipped

_MEMORY_BYTES = 128 << 20
_SUSPENSIONS = 1_000_000_000  # each call to the environment is one; Monty's own limit is a thousand a session
_ASSIGNED = re.compile(
    r"^(?:(?:async )?def |class |for |import )?(\w+)(?= *(?:[^\w\s=!<>]{0,2}=[^=]|[(:]| in |$))", re.M
)
_INPUT = re.compile(r"<python-input-(\d+)>")
_ERROR_CHARS = 4000


class MontySandbox:
    """Cells in Monty (`protocol.Sandbox`). Made by `open_sandbox`."""

    def __init__(self, namespace: Namespace, memory_bytes: int, shown_chars: int) -> None:
        self._shown_chars = shown_chars
        self._memory_bytes = min(memory_bytes, _MEMORY_BYTES)
        self._number = 0
        self._names: dict[str, None] = {}
        self._cells_of_feeds: list[int] = []
        self._lock = threading.RLock()
        self._running = self._closed = self._stopped = False
        self._left_s = 0.0
        self._all = contextlib.ExitStack()
        self._objects = MontyObjects(namespace, memory_bytes)
        self._all.callback(self._objects.close)
        try:
            self._pool = self._all.enter_context(Monty(max_processes=1))
            self._start_session()
        except (MontyError, OSError) as error:
            self._all.close()
            raise SandboxError(f"Monty does not start: {error}") from None

    @property
    def confinement(self) -> str:
        """How the code is confined, in one line for people."""
        return f"Monty {pydantic_monty.__version__}, which interprets a subset of Python"

    def run(self, code: str, timeout_s: float) -> CellResult:
        """Run one cell. Raises SandboxError when the sandbox itself failed, never for what the code did."""
        self._begin(timeout_s)
        try:
            return self._run(code, timeout_s)
        except BaseException:
            self._closed = True
            raise
        finally:
            self._end()

    def _begin(self, timeout_s: float) -> None:
        with self._lock:
            if self._closed:
                raise SandboxError("the sandbox is closed")
            if self._running:
                raise SandboxError("a cell is running already: cells run one after the other")
            self._running, self._stopped, self._left_s = True, False, timeout_s
            self._number += 1

    def _end(self) -> None:
        with self._lock:
            self._running = False
            closed = self._closed
        if closed:
            self._all.close()

    def _run(self, code: str, timeout_s: float) -> CellResult:
        output = Output(InterruptGuard())
        value = error = None
        status: CellStatus = "ok"
        lost: tuple[str, ...] = ()
        try:
            value = self._cell(code, output)
        except (pydantic_monty.MontySyntaxError, pydantic_monty.MontyRuntimeError) as raised:
            status, error = "error", clipped(_INPUT.sub(self._cell_name, raised.display()), _ERROR_CHARS)
        except (pydantic_monty.MontyCrashedError, StoppedError) as reason:
            status, error, lost = self._killed(str(reason), timeout_s)
        text, length = output.take()
        seconds = timeout_s - self._left_s
        self._names.update(dict.fromkeys(_ASSIGNED.findall(code) if status != "killed" else ()))
        shown = clipped(text, self._shown_chars)
        return CellResult(self._number, status, shown, length, value, error, seconds, lost)

    def _cell(self, code: str, output: Output) -> str | None:
        with contextlib.suppress(RaisedError):  # no Python; Monty tells
            code = self._timed(lambda: self._objects.keeping_value(code, self._left_s))
        self._feed("_value_ = None", output)
        self._feed(code, output)
        text = f"None if _value_ is None else repr(_value_)[:{self._shown_chars}]"
        value: str | None = self._feed(text, output)
        return value

    def _feed(self, code: str, output: Output) -> Any:
        self._cells_of_feeds.append(self._number)

        def tell(stream: str, text: str) -> None:
            output.write(text)

        snapshot = self._turn(lambda: self._session.feed_start(code, print_callback=tell))
        while not isinstance(snapshot, MontyComplete):
            snapshot = self._turn(self._answer(snapshot))
        return snapshot.output

    def _answer(self, snapshot: SyncSnapshot) -> Callable[[], SyncSnapshot]:
        """How to go on from a place where Monty waits for the host."""
        if isinstance(snapshot, FunctionSnapshot):
            if snapshot.is_os_function:
                return snapshot.resume_not_handled
            try:
                result = self._timed(lambda: self._called(snapshot))
            except RaisedError as raised:
                error = raised.error
                return lambda: snapshot.resume({"exception": error})
            return lambda: snapshot.resume({"return_value": result})
        if isinstance(snapshot, NameLookupSnapshot):
            try:
                found = self._timed(lambda: self._looked_up(snapshot))
            except RaisedError:
                return snapshot.resume
            return lambda: snapshot.resume(value=found)
        raise SandboxError("Monty waits for something that was never promised")

    def _called(self, snapshot: FunctionSnapshot) -> Any:
        name, receiver = str(snapshot.function_name), snapshot.object_id
        if receiver is None:
            return self._objects.function(name, snapshot.args, snapshot.kwargs, self._left_s)
        return self._objects.method(receiver, name, snapshot.args, snapshot.kwargs, self._left_s)

    def _looked_up(self, snapshot: NameLookupSnapshot) -> Any:
        if snapshot.object_id is None:
            return self._objects.name(snapshot.variable_name, self._left_s)
        return self._objects.attribute(snapshot.object_id, snapshot.variable_name, self._left_s)

    def _timed(self, ask: Callable[[], Any]) -> Any:
        """What `ask` gives, its own time counted; what stops the clock there stops it here."""
        before = self._objects.seconds
        try:
            return ask()
        finally:
            self._left_s -= self._objects.seconds - before
            self._check()

    def _turn(self, go_on: Callable[[], SyncSnapshot]) -> SyncSnapshot:
        """Let Monty run until it needs something; it is killed when the time is up."""
        self._check()
        timer = threading.Timer(self._left_s, self._kill)
        start = time.monotonic()
        timer.start()
        try:
            return go_on()
        finally:
            timer.cancel()
            self._left_s -= time.monotonic() - start

    def _check(self) -> None:
        if self._closed:
            raise SandboxError("the sandbox was closed")
        if self._stopped or self._left_s <= 0:
            raise StoppedError("stopped")

    def _kill(self) -> None:
        if self._pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)

    def _start_session(self) -> None:
        limits: pydantic_monty.ResourceLimits = {"max_memory": self._memory_bytes, "max_suspensions": _SUSPENSIONS}
        self._session = self._pool.checkout(limits=limits)
        self._leave = self._all.enter_context(contextlib.ExitStack())
        self._leave.enter_context(self._session)
        self._pid = self._session.worker_pid
        self._cells_of_feeds = []

    def _killed(self, reason: str, timeout_s: float) -> tuple[CellStatus, str, tuple[str, ...]]:
        if self._closed:
            raise SandboxError("the sandbox was closed")
        if self._stopped:
            reason = "interrupted"
        elif self._left_s <= 0:
            reason = f"the time limit of {timeout_s:g} s was reached"
        self._kill()
        with contextlib.suppress(MontyError):
            self._leave.close()
        self._objects.restart()
        self._start_session()
        lost, self._names = tuple(self._names), {}
        return "killed", f"killed: {reason}; variables lost: {', '.join(lost[:30]) or 'none'}", lost

    def _cell_name(self, match: re.Match[str]) -> str:
        feed = int(match[1])
        return f"<cell {self._cells_of_feeds[feed]}>" if feed < len(self._cells_of_feeds) else match[0]

    def interrupt(self) -> None:
        """Stop the running cell, which loses its variables; no effect when none runs."""
        with self._lock:
            if self._running:
                self._stopped = True
                self._objects.interrupt()
                self._kill()

    def close(self) -> None:
        """End it. A running cell ends in SandboxError."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            if self._running:  # on another thread, which then closes the rest
                self._objects.interrupt()
                self._kill()
                return
        self._all.close()

    def __enter__(self) -> MontySandbox:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()
