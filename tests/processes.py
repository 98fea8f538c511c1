"""Which processes run below another, read from /proc: `ps` and `pgrep` are not on every machine."""

from __future__ import annotations

from pathlib import Path


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
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            # The name, in brackets, may hold anything; state and parent follow it.
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue  # it ended meanwhile
        if state != "Z":
            found[int(folder.name)] = (int(parent), line)
    return found
