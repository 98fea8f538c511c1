"""The folders that a client has open, each as the repository on disk with the client's unsaved buffers on top."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from rlm_code.errors import IndexStoreError, SourceError

if TYPE_CHECKING:
    from rlm_code.codebase.host import HostQueries
    from rlm_code.source.snapshot import Snapshot

_LOOKED_AT_FOR_S = 0.5
_SHARE_OF_LOOKING = 10
_LOCK_POLL_S = 0.1

T = TypeVar("T")

Buffers = Mapping[str, str]
"""The text of open documents by absolute path."""


class Root:
    """One folder. `answer` is for the thread of look-ups alone."""

    def __init__(self, folder: str, cache_dir: Path, progress: Callable[[int, int], None]) -> None:
        self.folder = folder
        self._cache_dir = cache_dir
        self._progress = progress
        self._lock = threading.Lock()
        self._disk: Snapshot | None = None
        self._looked_at = 0.0
        self._looking_took = 0.0
        self._host: HostQueries | None = None
        self._overlay: dict[str, bytes] = {}

    def changed(self) -> None:
        """Look at the disk again before the next answer: the client says that something changed."""
        self._looked_at = 0.0

    def answer(self, buffers: Buffers, find: Callable[[HostQueries], T]) -> T:
        """What `find` finds in the folder as it is now. Looks again, once, where a file changed under it or the index
        broke. Raises SourceError and IndexStoreError where that does not help."""
        try:
            return find(self._current(buffers))
        except (SourceError, IndexStoreError):
            with self._lock:
                self._drop()
            self.changed()
            return find(self._current(buffers))

    def _current(self, buffers: Buffers) -> HostQueries:
        with self._lock:
            disk = self._look()
            overlay = _overlay(disk, buffers)
            if self._host is None or overlay != self._overlay:
                host = self._open(disk, overlay, self._progress)
                self._drop()
                self._host, self._overlay = host, overlay
            return self._host

    @contextmanager
    def opened(self, buffers: Buffers, progress: Callable[[int, int], None]) -> Iterator[HostQueries]:
        """Queries of one's own over the folder as it is now, for work that takes long. `progress` is called while
        it waits and while files are read; what it raises ends that. Raises SourceError."""
        while not self._lock.acquire(timeout=_LOCK_POLL_S):
            progress(0, 0)
        try:
            disk = self._look()
            host = self._open(disk, _overlay(disk, buffers), progress)
        finally:
            self._lock.release()
        try:
            yield host
        finally:
            host.close()

    def close(self) -> None:
        """Close what is open."""
        with self._lock:
            self._drop()
            if self._disk is not None:
                self._disk.close()
                self._disk = None

    def _look(self) -> Snapshot:
        """The files on disk; looking takes at most a tenth of the time."""
        started = time.monotonic()
        fresh_for = max(_LOOKED_AT_FOR_S, _SHARE_OF_LOOKING * self._looking_took)
        if self._disk is not None and started < self._looked_at + fresh_for:
            return self._disk
        from rlm_code.source import open_snapshot

        found = open_snapshot(self.folder, untracked=True)
        self._looked_at = time.monotonic()
        self._looking_took = self._looked_at - started
        if self._disk is not None and _same(found, self._disk):
            found.close()
            return self._disk
        self._drop()
        self._disk = found
        return found

    def _open(self, disk: Snapshot, overlay: dict[str, bytes], progress: Callable[[int, int], None]) -> HostQueries:
        from rlm_code.codebase.open import open_host_of
        from rlm_code.source import with_overlay

        return open_host_of(with_overlay(disk, overlay) if overlay else disk, self._cache_dir, progress)

    def _drop(self) -> None:
        if self._host is not None:
            self._host.close()
            self._host = None


class Roots:
    """All open folders, opened when they are first asked about."""

    def __init__(self, cache_dir: Path, progress: Callable[[int, int], None]) -> None:
        self._cache_dir = cache_dir
        self._progress = progress
        self._folders: dict[str, Root] = {}

    def set_folders(self, folders: list[str]) -> None:
        """Make these absolute paths the open folders, in this order."""
        gone = [root for folder, root in self._folders.items() if folder not in folders]
        known = self._folders
        self._folders = {folder: known.get(folder) or self._root(folder) for folder in folders}
        for root in gone:
            root.close()

    def __iter__(self) -> Iterator[Root]:
        return iter(tuple(self._folders.values()))

    def holding(self, path: str) -> Root | None:
        """The innermost open folder that holds an absolute path."""
        holding = [folder for folder in self._folders if path == folder or path.startswith(folder.rstrip("/") + "/")]
        return self._folders[max(holding, key=len)] if holding else None

    def _root(self, folder: str) -> Root:
        return Root(folder, self._cache_dir, self._progress)


def path_below(root: Path, path: str) -> str | None:
    """`path` as snapshots of `root` write it ("" for the root itself); None if it lies elsewhere."""
    folder, name = os.path.split(path)
    real = os.path.join(os.path.realpath(folder), name)  # noqa: PTH118  names need not be UTF-8
    if real == str(root) or path == str(root):
        return ""
    top = str(root).rstrip("/") + "/"
    return real.removeprefix(top) if real.startswith(top) else None


def _overlay(disk: Snapshot, buffers: Buffers) -> dict[str, bytes]:
    """The buffers that differ from the disk, and those of files that are not there yet."""
    from rlm_code.source import oid_of

    overlay = {}
    for path, text in buffers.items():
        below = path_below(disk.root, path)
        if not below:
            continue
        data = text.encode("utf-8", "replace")
        entry = disk.entries.get(below)
        if entry is None:
            # A file that is there but not part of the snapshot is one that git ignores.
            wanted = not os.path.lexists(path)
        else:
            wanted = entry.kind == "file" and entry.oid != oid_of(data, disk.object_format)
        if wanted:
            overlay[below] = data
    return overlay


def _same(one: Snapshot, other: Snapshot) -> bool:
    return one.commit == other.commit and one.entries == other.entries
