"""One worker process as the host holds it: getting ready, its modules, signals, and its end."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rlm_code.errors import SandboxError
from rlm_code.sandbox import modules, wire
from rlm_code.sandbox.channel import Channel, WorkerGone
from rlm_code.sandbox.memory import memory_file
from rlm_code.sandbox.shared import LIMIT_BYTES, SharedBytes
from rlm_code.sandbox.spawn import Descriptors, spawn
from rlm_code.text import printable

_START_LIMIT_S = 20.0
_STDERR_CHARS = 2000
_KILL, _SETGID, _SETUID = 5, 6, 7


# Which protections hold, by name; "failed" says why there are none.
Report = dict[str, bool | str]


@dataclass(frozen=True, slots=True)
class Recipe:
    """What makes a worker: two workers of the same recipe are interchangeable."""

    entry: str
    confine: bool
    memory_bytes: int
    cpu_seconds: int = 3600

    def settings(self) -> dict[str, Any]:
        """The recipe as the worker takes it."""
        limits = {
            "memory_bytes": self.memory_bytes,
            "address_bytes": self.memory_bytes + LIMIT_BYTES,
            "cpu_seconds": self.cpu_seconds,
            "drop_user": int(_may_drop_user()),
        }
        return {"entry": self.entry, "confine": self.confine, "limits": limits}


class Worker:
    """One worker process and the wire to it. It gets ready by itself; `ready` waits for that."""

    def __init__(self, recipe: Recipe, shared: SharedBytes | None) -> None:
        self._recipe = recipe
        self._nonce = secrets.token_hex(16)
        self._started = time.monotonic()
        self._report: Report | None = None
        self.interrupted = False
        try:
            self._start(shared.read_fd if shared else -1)
        except OSError as error:
            raise SandboxError(f"the worker process cannot be started: {error}") from None
        with contextlib.suppress(WorkerGone):  # `ready` will tell
            self.channel.send(wire.frame({"k": self._nonce, **recipe.settings()}), _START_LIMIT_S)

    def _start(self, shared_fd: int) -> None:
        with contextlib.ExitStack() as ours, contextlib.ExitStack() as theirs:
            boot = memory_file(modules.boot_bundle(self._recipe.entry))
            theirs.callback(os.close, boot)
            self._wake_read, self._wake_write = _pipe(ours, ours)
            their_read, our_write = _pipe(theirs, ours)
            our_read, their_write = _pipe(ours, theirs)
            os.set_blocking(self._wake_read, False)
            os.set_blocking(self._wake_write, False)
            self._process = spawn(Descriptors(their_read, their_write, shared_fd, boot))
            self.channel = Channel(our_read, our_write, self._wake_read)
            self._ours = ours.pop_all()

    def ready(self) -> Report:
        """Wait until cells can run; which protections hold. Raises SandboxError if that does not come about."""
        if self._report is None:
            with contextlib.ExitStack() as unless_ready:
                unless_ready.callback(self.close)
                try:
                    self._report = self._await_report()
                except WorkerGone as error:
                    died, said = self.close(ended=True)
                    reason = said or (f"{error} ({died})" if died else str(error))
                    raise SandboxError(f"the worker process did not start: {reason}") from None
                unless_ready.pop_all()
            self._hear()  # the last of it: what a cell makes the interpreter say there is nobody's business
        return self._report

    def _await_report(self) -> Report:
        deadline = self._started + _START_LIMIT_S
        while True:
            received = self.channel.receive(deadline)
            if received is None:
                raise WorkerGone(f"it was not ready within {_START_LIMIT_S:g} s")
            header, _ = received
            if header.get("k") != self._nonce:
                raise WorkerGone("it sent a frame with a wrong nonce")
            if header.get("t") == "ready":
                report: Report = header["report"]
                return report
            self.channel.send(self.module(header.get("m"), own=True), _START_LIMIT_S)

    def module(self, name: Any, *, own: bool = False) -> bytes:
        """The frame that answers the worker's wish for a module; `own` ones are had only before it runs cells."""
        if not isinstance(name, str):
            raise WorkerGone("it asked for a module without a name")
        answer: bytes | str | None = None
        if own:
            answer = modules.own_module(self._recipe.entry, name)
        if answer is None:
            answer = modules.refusal(name) or modules.standard_module(name) or f"No module named {name!r}"
        return wire.frame(*wire.pack_result(answer))

    def new_nonce(self) -> str:
        """A fresh number for one cell; a frame that does not carry it is no answer to it."""
        self._nonce = secrets.token_hex(16)
        return self._nonce

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    def interrupt(self) -> None:
        """Send SIGINT."""
        self.interrupted = True
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGINT)

    def kill(self) -> None:
        """End the process at once; whoever waits for it is told. May come from any thread."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()

    def wake(self) -> None:
        """Make a waiting `channel.receive` return. May come from any thread."""
        with contextlib.suppress(BlockingIOError):
            os.write(self._wake_write, b"x")

    def hush(self) -> None:
        """Forget earlier wake-ups."""
        with contextlib.suppress(BlockingIOError):
            os.read(self._wake_read, 4096)

    def _await_end(self) -> None:
        """Give a process that closed its pipes a moment to be seen dead."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(0.2)

    def close(self, *, ended: bool = False) -> tuple[str, str]:
        """End the process and give back all descriptors: how it died if not by us, and the last it wrote to stderr.

        `ended` says that it seems to have ended by itself."""
        if ended:
            self._await_end()
        status = self._process.poll()
        self.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):  # stuck in the kernel, it has no way to run on
            self._process.wait(5)
        said = self._hear()
        self._ours.close()
        return ("" if status is None else _how_it_died(status)), said

    def _hear(self) -> str:
        """The last that the process wrote to stderr, which is closed then."""
        stderr = self._process.stderr
        if stderr is None or stderr.closed:
            return ""
        os.set_blocking(stderr.fileno(), False)
        said = (stderr.read(1 << 16) or b"").decode("utf-8", "replace").strip()
        stderr.close()
        return printable(said[-_STDERR_CHARS:])


def _pipe(reader: contextlib.ExitStack, writer: contextlib.ExitStack) -> tuple[int, int]:
    """A pipe, each end to be closed by its stack."""
    read, write = os.pipe()
    reader.callback(os.close, read)
    writer.callback(os.close, write)
    return read, write


def _how_it_died(status: int) -> str:
    if status >= 0:
        return f"the process ended itself with status {status}"
    try:
        return f"the process died of {signal.Signals(-status).name}"
    except ValueError:
        return f"the process died of signal {-status}"


def _may_drop_user() -> bool:
    """Whether this is root with the rights to make a worker nobody's and still to signal it."""
    if os.geteuid() != 0:
        return False
    try:
        lines = Path("/proc/self/status").read_text("ascii").splitlines()
        effective = next(int(line.split()[1], 16) for line in lines if line.startswith("CapEff:"))
    except (OSError, StopIteration):
        return False
    return all(effective >> capability & 1 for capability in (_KILL, _SETGID, _SETUID))
