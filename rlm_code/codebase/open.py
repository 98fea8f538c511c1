"""Opens a repository or folder for questions: its snapshot, its index brought up to date, and the queries over both."""

from __future__ import annotations

import os
from pathlib import Path

from rlm_code.codebase.host import HostQueries
from rlm_code.config import read_settings
from rlm_code.index.build import Progress
from rlm_code.index.opening import open_index
from rlm_code.source.snapshot import Snapshot


def open_host(
    path: str | os.PathLike[str],
    rev: str | None = None,
    untracked: bool = False,
    cache_dir: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
) -> HostQueries:
    """Queries over the working tree at `path`, or over its revision `rev`.

    `progress` is told (files done, files to do); what it raises cancels and passes through. Raises SourceError if
    there is no such path or revision.
    """
    from rlm_code.source import open_snapshot

    return open_host_of(open_snapshot(path, rev, untracked=untracked), cache_dir, progress)


def open_host_of(
    snapshot: Snapshot, cache_dir: str | os.PathLike[str] | None = None, progress: Progress | None = None
) -> HostQueries:
    """Queries over a snapshot that is open already, such as one with unsaved buffers laid over it."""
    index, notices = open_index(snapshot, Path(cache_dir) if cache_dir else read_settings().cache_dir, progress)
    return HostQueries(index, notices)
