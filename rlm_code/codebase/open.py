"""Opens a repository or folder for questions: its snapshot, its index brought up to date, and the queries over both."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from rlm_code.codebase.host import HostQueries
from rlm_code.errors import SourceError
from rlm_code.index.opening import open_index, remember_index, reopen_index
from rlm_code.index.snapshot_index import SnapshotIndex
from rlm_code.source.snapshot import Snapshot
from rlm_code.text import printable_line

if TYPE_CHECKING:
    from rlm_code.index.build import Progress
    from rlm_code.source.remembered import Recalled

_ATTEMPTS = 3


def open_host(
    path: str | os.PathLike[str],
    rev: str | None = None,
    untracked: bool = False,
    cache_dir: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
) -> HostQueries:
    """Queries over the working tree at `path`, or over its revision `rev`.

    `progress` is told (files done, files to do); what it raises cancels and passes through. Where files change while
    they are read, it begins again, a few times. Raises SourceError if there is no such path or revision.
    """
    cache = _cache(cache_dir)
    may_be_kept = rev is None and not untracked
    before: list[str] = []
    states: list[bytes] = []
    if may_be_kept:
        kept, before = _reopened(path, cache, states)
        if kept is not None:
            return HostQueries(kept, before)
    from rlm_code.source import open_snapshot
    from rlm_code.source.remembered import KnownFiles

    known = KnownFiles(states[-1]).entry if states else None
    for left in reversed(range(_ATTEMPTS)):
        started_ns = time.time_ns()
        snapshot = open_snapshot(path, rev, untracked=untracked, known=known)
        index, notices = open_index(snapshot, cache, progress)
        changed = _changed_meanwhile(index) if rev is None else []  # a commit does not change: an object is missing
        if not left or not changed:
            break
        index.store.close()
        snapshot.close()
    if may_be_kept:
        _remember(index, started_ns)
    return HostQueries(index, list(dict.fromkeys([*before, *notices, *changed])))


def open_host_of(
    snapshot: Snapshot, cache_dir: str | os.PathLike[str] | None = None, progress: Progress | None = None
) -> HostQueries:
    """Queries over a snapshot that is open already, such as one with unsaved buffers laid over it."""
    index, notices = open_index(snapshot, _cache(cache_dir), progress)
    return HostQueries(index, notices)


def _changed_meanwhile(index: SnapshotIndex) -> list[str]:
    """That files were others when they were read than when they were listed, if any were."""
    paths = [path for path, row in index.built.failed.items() if row.status == "unreadable"]
    more = f" and {len(paths) - 1:,} more" if len(paths) > 1 else ""
    return [f"{printable_line(paths[0])}{more} changed while being read, so nothing is known of it"] if paths else []


def _cache(chosen: str | os.PathLike[str] | None) -> Path:
    if chosen:
        return Path(chosen)
    from rlm_code.config import read_settings

    return read_settings().cache_dir


def _reopened(
    path: str | os.PathLike[str], cache_dir: Path, states: list[bytes]
) -> tuple[SnapshotIndex | None, list[str]]:
    """The index as it was last left, if nothing has changed since. The state that was kept is added to `states`."""
    from rlm_code.source.remembered import recall

    try:
        folder = Path(path).resolve()
        if not folder.is_dir():
            return None, []
    except (OSError, ValueError, RuntimeError):  # opening as usual says what is wrong
        return None, []

    def recalled(find: Callable[[Path], bytes | None]) -> Recalled | None:
        def noted(root: Path) -> bytes | None:
            state = find(root)
            states.extend([state] if state else [])
            return state

        return recall(folder, noted)

    return reopen_index(recalled, cache_dir)


def _remember(index: SnapshotIndex, started_ns: int) -> None:
    """Keep how everything looks, so that the next opening need not look at more."""
    from rlm_code.source.remembered import remember

    try:
        kept = remember(index.snapshot, started_ns)
    except SourceError:  # something is changing under us
        return
    if kept is not None:
        remember_index(index, kept)
