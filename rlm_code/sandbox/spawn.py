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
from typing import NamedTuple

_LIMIT_S = 20.0

# Reads the worker's modules, then runs it; needs none but built-in and frozen modules to get there.
_BOOT = """
import marshal, os, sys
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
    return _starter().start(inherited)


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


_Answer = queue.SimpleQueue[subprocess.Popen[bytes] | Exception]


class _Starter:
    """A thread that starts processes for others, and never ends."""

    def __init__(self) -> None:
        self.process = os.getpid()
        self._jobs: queue.SimpleQueue[tuple[Descriptors, _Answer]] = queue.SimpleQueue()
        threading.Thread(target=self._work, name="rlm-code worker starter", daemon=True).start()

    def _work(self) -> None:
        while True:
            inherited, answer = self._jobs.get()
            try:
                answer.put(_start(inherited))
            except Exception as error:  # noqa: BLE001 - raised again in the thread that asked
                answer.put(error)

    def start(self, inherited: Descriptors) -> subprocess.Popen[bytes]:
        """A process, started on the starter's thread; raises what that raised."""
        answer: _Answer = queue.SimpleQueue()
        self._jobs.put((inherited, answer))
        started = answer.get(timeout=_LIMIT_S)
        if isinstance(started, Exception):
            raise started
        return started


_starter_lock = threading.Lock()
_the_starter: _Starter | None = None


def _starter() -> _Starter:
    global _the_starter  # noqa: PLW0603 - one thread for the whole process
    with _starter_lock:
        if _the_starter is None or _the_starter.process != os.getpid():
            _the_starter = _Starter()
        return _the_starter
