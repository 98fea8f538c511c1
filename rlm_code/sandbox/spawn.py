"""Starts worker processes: always exec, never fork from a process that holds secrets.

A worker dies with the thread that started it (PR_SET_PDEATHSIG), so one thread that lives as long as this
process starts them all.
"""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any, Generic, NamedTuple, TypeVar, cast

T = TypeVar("T")
_LIMIT_S = 20.0

# Reads the worker's modules, then runs it; needs none but built-in and frozen modules to get there.
_BOOT = """
import gc, marshal, os, sys
gc.disable()
read, write, shared, boot = map(int, sys.argv[1:])
data = b""
while part := os.pread(boot, 1 << 20, len(data)):
    data += part
os.close(boot)
sent = marshal.loads(data)
first = type(sys)("first")
exec(sent["rlm_code.sandbox.worker.imports"][0], first.__dict__)
importer = first.install(sent)
from rlm_code.sandbox.worker.main import serve
serve(read, write, shared, importer)
"""


class Descriptors(NamedTuple):
    """What a worker inherits: its two ends of the wire, the shared bytes (-1 for none), the file it boots from."""

    read: int
    write: int
    shared: int
    boot: int


def spawn(inherited: Descriptors) -> subprocess.Popen[bytes]:
    """A new worker process with an empty environment in a session of its own. Raises OSError."""
    if threading.current_thread() is _starter().thread:
        return _start(inherited)
    return later(lambda: _start(inherited)).result()


def later(job: Callable[[], T]) -> Pending[T]:
    """`job`, to be run on the thread that starts workers; it may spawn there."""
    pending: Pending[T] = Pending(job)
    _starter().jobs.put(pending)
    return pending


class Pending(Generic[T]):
    """A job on the starter's thread."""

    def __init__(self, job: Callable[[], T]) -> None:
        self._job = job
        self._done = threading.Event()
        self._result: T | None = None
        self._error: Exception | None = None

    def run(self) -> None:
        """Do it; called on the starter's thread."""
        try:
            self._result = self._job()
        except Exception as error:  # noqa: BLE001 - raised again in the thread that asks
            self._error = error
        self._done.set()

    def result(self) -> T:
        """What the job returned; raises what it raised, and OSError if it takes too long."""
        if not self._done.wait(_LIMIT_S):
            raise OSError(f"no process was started within {_LIMIT_S:g} s")
        if self._error is not None:
            raise self._error
        return cast(T, self._result)


def _start(inherited: Descriptors) -> subprocess.Popen[bytes]:
    if not sys.executable:
        raise OSError("there is no Python interpreter to run (sys.executable is empty)")
    return subprocess.Popen(
        [sys.executable, "-I", "-S", "-B", "-X", "utf8", "-c", _BOOT, *map(str, inherited)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={},
        cwd="/",
        close_fds=True,
        pass_fds=[fd for fd in inherited if fd >= 0],
        start_new_session=True,
    )


class _Starter:
    """A thread that starts processes for others, and never ends."""

    def __init__(self) -> None:
        self.process = os.getpid()
        self.jobs: queue.SimpleQueue[Pending[Any]] = queue.SimpleQueue()
        self.thread = threading.Thread(target=self._work, name="rlm-code worker starter", daemon=True)
        self.thread.start()

    def _work(self) -> None:
        while True:
            self.jobs.get().run()


_starter_lock = threading.Lock()
_the_starter: _Starter | None = None


def _starter() -> _Starter:
    global _the_starter  # noqa: PLW0603 - one thread for the whole process
    with _starter_lock:
        if _the_starter is None or _the_starter.process != os.getpid():
            _the_starter = _Starter()
        return _the_starter
