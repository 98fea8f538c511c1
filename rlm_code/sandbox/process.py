"""Starts and ends worker processes: always exec, never fork from a process that holds secrets.

A worker dies with the thread that started it (PR_SET_PDEATHSIG), so one thread that lives as long as the
process starts them all.
"""

from __future__ import annotations

import contextlib
import functools
import os
import queue
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rlm_code.errors import SandboxError
from rlm_code.sandbox import modules, wire
from rlm_code.sandbox.channel import Channel, WorkerGone
from rlm_code.sandbox.shared import LIMIT_BYTES, SharedBytes

_START_LIMIT_S = 20.0
_STDERR_CHARS = 2000
NEEDED = frozenset(
    {"seccomp", "no files", "no sockets", "no processes", "no signals", "no new code", "memory limit",
     "shared text is read-only"}
)  # fmt: skip

# Reads the worker's modules from the wire, then runs it; needs none but built-in and frozen modules to get there.
_BOOT = """
import marshal, os, sys
r, w, s = map(int, sys.argv[1:])
def take(n):
    data = b""
    while len(data) < n:
        part = os.read(r, n - len(data))
        if not part: os._exit(0)
        data += part
    return data
sent = marshal.loads(take(int.from_bytes(take(4), "big")))
first = type(sys)("first")
exec(sent["rlm_code.sandbox.worker.imports"][0], first.__dict__)
importer = first.install(sent)
from rlm_code.sandbox.worker.main import serve
serve(r, w, s, importer)
"""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What makes a worker: two workers of the same recipe are interchangeable."""

    entry: str
    confine: bool
    memory_bytes: int
    cpu_seconds: int = 3600

    def limits(self) -> dict[str, int]:
        """The limits as the worker takes them."""
        return {
            "memory_bytes": self.memory_bytes,
            "address_bytes": self.memory_bytes + LIMIT_BYTES,
            "cpu_seconds": self.cpu_seconds,
            "drop_user": int(_may_drop_user()),
        }


class Worker:
    """One worker process and the wire to it. It is getting ready while nobody looks: `ready` waits for that."""

    def __init__(self, recipe: Recipe, shared: SharedBytes | None) -> None:
        self._recipe = recipe
        self._nonce = secrets.token_hex(16)
        self._wake_read, self._wake_write = os.pipe()
        os.set_blocking(self._wake_read, False)
        os.set_blocking(self._wake_write, False)
        theirs_read, ours_write = os.pipe()
        ours_read, theirs_write = os.pipe()
        try:
            self._process = _spawn(theirs_read, theirs_write, shared.read_fd if shared else -1)
        except OSError as error:
            for fd in (ours_read, ours_write, self._wake_read, self._wake_write):
                os.close(fd)
            raise SandboxError(f"the worker process cannot be started: {error}") from None
        finally:
            os.close(theirs_read)
            os.close(theirs_write)
        self.channel = Channel(ours_read, ours_write, self._wake_read)
        self._started = time.monotonic()
        self._report: dict[str, bool] | None = None
        self._greet()

    def _greet(self) -> None:
        settings = {
            "k": self._nonce,
            "entry": self._recipe.entry,
            "confine": self._recipe.confine,
            "limits": self._recipe.limits(),
        }
        bundle = modules.boot_bundle()
        with contextlib.suppress(WorkerGone):  # `ready` tells
            self.channel.send(len(bundle).to_bytes(4, "big") + bundle + wire.frame(settings), _START_LIMIT_S)

    def ready(self) -> dict[str, bool]:
        """Wait until cells can run; which protections hold. Raises SandboxError if that does not come about."""
        if self._report is None:
            try:
                self._report = self._await_report()
            except (WorkerGone, wire.WireError) as error:
                said = self.close()
                raise SandboxError(f"the worker process did not start: {said or error}") from None
            except BaseException:
                self.close()
                raise
        return self._report

    def _await_report(self) -> dict[str, bool]:
        deadline = self._started + _START_LIMIT_S
        while True:
            received = self.channel.receive(deadline)
            if received is None:
                raise WorkerGone(f"it was not ready within {_START_LIMIT_S:g} s")
            header, _ = received
            if header.get("k") != self._nonce:
                raise WorkerGone("it does not know its number")
            if header.get("t") == "ready":
                report: dict[str, bool] = header["report"]
                return report
            self.send_module(header.get("m"), own=True)

    def send_module(self, name: Any, *, own: bool = False) -> None:
        """Answer the worker's wish for a module; those of its own package only before it runs cells."""
        if not isinstance(name, str):
            raise WorkerGone("it asked for a module without a name")
        top = self._recipe.entry.partition(":")[0].partition(".")[0]
        if own and name.partition(".")[0] in (top, "rlm_code"):
            code, why = modules.own_module(name), f"No module named {name!r}"
        else:
            refused = modules.refusal(name)
            code = None if refused else modules.standard_module(name)
            why = refused or f"No module named {name!r}"
        self.channel.send(wire.frame(*wire.pack_result(why if code is None else code)), _START_LIMIT_S)

    def new_nonce(self) -> str:
        """A fresh number for one cell; frames that do not carry it are no answer to it."""
        self._nonce = secrets.token_hex(16)
        return self._nonce

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    def interrupt(self) -> None:
        """Send SIGINT."""
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

    def close(self) -> str:
        """End the process, give back all descriptors; the last that it wrote to stderr, or how it died."""
        died = self._process.poll()
        self.kill()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:  # stuck in the kernel; it has no way to run on
            died = None
        stderr = self._process.stderr
        assert stderr is not None
        os.set_blocking(stderr.fileno(), False)
        said = (stderr.read(1 << 16) or b"").decode("utf-8", "replace").strip()[-_STDERR_CHARS:]
        stderr.close()
        self.channel.close()
        os.close(self._wake_read)
        os.close(self._wake_write)
        return said or (how_it_died(died) if died is not None else "")


def how_it_died(status: int) -> str:
    """A process's return code in words."""
    if status >= 0:
        return f"the process ended itself with status {status}"
    try:
        return f"the process died of {signal.Signals(-status).name}"
    except ValueError:
        return f"the process died of signal {-status}"


def _may_drop_user() -> bool:
    """Whether this is root with the rights to make a worker nobody's and still to signal it."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    try:
        with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123 - not a project's file
            effective = next(int(line.split()[1], 16) for line in status if line.startswith("CapEff:"))
    except (OSError, StopIteration):
        return False
    kill, setgid, setuid = 5, 6, 7
    return all(effective >> capability & 1 for capability in (kill, setgid, setuid))


def _spawn(read_fd: int, write_fd: int, shared_fd: int) -> subprocess.Popen[bytes]:
    if not sys.executable:
        raise OSError("there is no Python interpreter to run (sys.executable is empty)")
    command = [sys.executable, "-I", "-S", "-B", "-X", "utf8", "-c", _BOOT]
    kept = [fd for fd in (read_fd, write_fd, shared_fd) if fd >= 0]
    start = functools.partial(
        subprocess.Popen,
        [*command, str(read_fd), str(write_fd), str(shared_fd)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={},
        cwd="/",
        pass_fds=kept,
        start_new_session=True,
    )
    process: subprocess.Popen[bytes] = _starter().run(start)
    return process


class _Starter:
    """A thread that starts processes for others, and never ends."""

    def __init__(self) -> None:
        self.process = os.getpid()
        self._jobs: queue.SimpleQueue[tuple[Callable[[], Any], queue.SimpleQueue[Any]]] = queue.SimpleQueue()
        threading.Thread(target=self._work, name="rlm-code worker starter", daemon=True).start()

    def _work(self) -> None:
        while True:
            job, answer = self._jobs.get()
            try:
                answer.put(job())
            except Exception as error:  # noqa: BLE001 - handed to the thread that asked
                answer.put(error)

    def run(self, job: Callable[[], Any]) -> Any:
        """The result of `job`, run on the starter's thread; raises what it raises."""
        answer: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._jobs.put((job, answer))
        result = answer.get(timeout=_START_LIMIT_S)
        if isinstance(result, Exception):
            raise result
        return result


_starter_lock = threading.Lock()
_the_starter: _Starter | None = None


def _starter() -> _Starter:
    global _the_starter  # noqa: PLW0603 - one thread for the whole process
    with _starter_lock:
        if _the_starter is None or _the_starter.process != os.getpid():
            _the_starter = _Starter()
        return _the_starter
