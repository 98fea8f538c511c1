"""Which processes run below another and what this one holds, read from /proc: `ps` and `pgrep` are not everywhere.

Tests of one process run one after the other, and what one leaves to the garbage collector or to a thread may go while
another counts. So what is counted before is counted when that is gone, and later nothing may have come.
"""

from __future__ import annotations

import contextlib
import gc
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from rlm_code.sandbox import spawn


def own_children() -> set[int]:
    """The processes that this one has started and whose end it has not seen: those that have ended count, too.

    A worker of the sandbox that is being started is waited for."""
    spawn.later(lambda: None).result()
    return {pid for pid, (parent, _) in _states().items() if parent == os.getpid()}


def open_descriptors() -> int:
    """How many file descriptors this process has open, that of the listing included."""
    return len(list(Path("/proc/self/fd").iterdir()))


def held() -> set[tuple[str, object]]:
    """The processes, threads and open files of this process."""
    found: set[tuple[str, object]] = {("process", pid) for pid in own_children()}
    found |= {("thread", thread) for thread in threading.enumerate()}
    for entry in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):  # that of the listing itself
            found.add(("file", (entry.name, str(entry.readlink()))))
    return found


@contextlib.contextmanager
def nothing_is_left() -> Iterator[None]:
    """Fails if a process, thread or file that came meanwhile does not go by itself."""
    gc.collect()
    before = held()
    yield
    eventually(lambda: held() <= before)


def eventually(holds: Callable[[], bool], within_s: float = 60.0) -> None:
    """Wait for what comes true a moment later, in another thread or process; fails if it does not."""
    deadline = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def has_ended(pid: int) -> bool:
    """Whether a process has ended; whether somebody has seen that yet is no matter."""
    return _states().get(pid, (0, "Z"))[1] == "Z"


def children_of(pid: int) -> dict[int, str]:
    """The processes that `pid` started and that still run: their command lines by id."""
    return {child: line for child, (parent, line) in _processes().items() if parent == pid}


def descendants_of(pid: int) -> dict[int, str]:
    """The processes below `pid` at any depth."""
    processes = _processes()
    found: dict[int, str] = {}
    above = {pid}
    while above:
        fresh = {child: line for child, (parent, line) in processes.items() if parent in above}
        found |= fresh
        above = set(fresh)
    return found


def _processes() -> dict[int, tuple[int, str]]:
    """The parent and command line of every process that has not ended."""
    found = {}
    for pid, (parent, state) in _states().items():
        try:
            line = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue  # it ended meanwhile
        if state != "Z":
            found[pid] = (parent, line)
    return found


def _states() -> dict[int, tuple[int, str]]:
    """The parent and state of every process."""
    found = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name, in brackets, may hold anything; state and parent follow it.
            state, parent = status.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue  # it ended meanwhile
        found[int(status.parent.name)] = (int(parent), state)
    return found
