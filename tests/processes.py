"""Which processes run below another and what this one holds, read from /proc: `ps` and `pgrep` are not everywhere."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path


def own_children() -> set[int]:
    """The processes that this one has started and whose end it has not seen: those that have ended count, too."""
    return {pid for pid, (parent, _) in _states().items() if parent == os.getpid()}


def open_descriptors() -> int:
    """How many file descriptors this process has open, that of the listing included."""
    return len(list(Path("/proc/self/fd").iterdir()))


def eventually(holds: Callable[[], bool], within_s: float = 10.0) -> None:
    """Wait for what comes true a moment later, in another thread or process; fails if it does not."""
    deadline = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


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
