"""The folders that a client has open, each as the repository on disk with the client's unsaved buffers on top."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rlm_code.codebase.host import HostQueries
    from rlm_code.codebase.live import LiveRepository
    from rlm_code.errors import RlmCodeError
    from rlm_code.source.snapshot import Snapshot

T = TypeVar("T")

Buffers = Mapping[str, str]
"""The text of open documents by absolute path."""


class Root:
    """One folder, as the client writes it; `real` is where it lies. It is followed from the first question on."""

    def __init__(self, folder: str, cache_dir: Path, progress: Callable[[int, int], None]) -> None:
        from rlm_code.codebase.live import LiveRepository

        self.folder = folder
        self.real = os.path.realpath(folder)
        self._live: LiveRepository = LiveRepository(folder, cache_dir, progress)
        self._unsaved = _Unsaved()
        self._told: set[str] = set()
        self._trouble: list[str] = []

    @property
    def repository(self) -> str | None:
        """The folder that paths of answers are relative to: this one, or one around it; None before it is opened."""
        return str(self._live.root) if self._live.root else None

    def as_opened(self, path: str) -> str:
        """A real path as the client writes it, which may have opened the folder by a link to it."""
        return self.folder + path.removeprefix(self.real) if _is_within(path, self.real) else path

    def changed(self, path: str | None = None) -> None:
        """Look at the disk again before the next answer: the client says that a file, or something, changed."""
        self._unsaved.forget()
        root = self._live.root
        below = path_below(root, path) if path and root else None
        self._live.hear(below or None)

    def answer(self, buffers: Buffers, find: Callable[[HostQueries], T]) -> T:
        """What `find` finds in the folder as it is now. Looks again, once, where a file changed under it or the index
        broke. Raises SourceError and IndexStoreError where that does not help."""
        return self._live.answer(lambda disk: self._unsaved.over(disk, buffers), find)

    def opened(self, buffers: Buffers, progress: Callable[[int, int], None]) -> AbstractContextManager[HostQueries]:
        """Queries of one's own over the folder as it is now, for work that takes long. `progress` is called while
        it waits and while files are read; what it raises ends that. Raises SourceError."""
        return self._live.opened(lambda disk: _overlay(disk, buffers), progress)

    def news(self) -> list[str]:
        """What users should know about this folder and have not been told yet."""
        fresh = [notice for notice in (*self._live.notices, *self._trouble) if notice not in self._told]
        self._trouble.clear()
        self._told.update(fresh)
        return fresh

    def cannot_be_looked_at(self, error: RlmCodeError) -> None:
        """Have users know of it, where the others are answered for."""
        self._trouble.append(str(error))

    def close(self) -> None:
        """Follow it no more, and close what is open."""
        self._live.close()


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
        """The innermost open folder that holds an absolute path; else one whose repository does."""
        for place_of in _PLACES:
            holding = [(place, root) for root in self if (place := place_of(root)) and _is_within(path, place)]
            if holding:
                return max(holding, key=lambda each: len(each[0]))[1]
        return None

    def _root(self, folder: str) -> Root:
        return Root(folder, self._cache_dir, self._progress)


_PLACES: tuple[Callable[[Root], str | None], ...] = (
    lambda root: root.folder,
    lambda root: root.real,
    lambda root: root.repository,
)


def _is_within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def document_below(root: Path, path: str) -> str | None:
    """The path, as snapshots of `root` write it, of the file that an editor shows for `path`: links are followed."""
    return path_below(root, os.path.realpath(path) if os.path.islink(path) else path)  # noqa: PTH114


def path_below(root: Path, path: str) -> str | None:
    """`path` as snapshots of `root` write it ("" for the root itself); None if it lies elsewhere."""
    folder, name = os.path.split(path)
    real = os.path.join(os.path.realpath(folder), name)  # noqa: PTH118  names need not be UTF-8
    if real == str(root) or path == str(root):
        return ""
    top = str(root).rstrip("/") + "/"
    return real.removeprefix(top) if real.startswith(top) else None


class _Unsaved:
    """The buffers that differ from the disk; told apart anew only when one of them or the disk has changed."""

    def __init__(self) -> None:
        self._last: tuple[Snapshot, Buffers, dict[str, bytes]] | None = None

    def over(self, disk: Snapshot, buffers: Buffers) -> dict[str, bytes]:
        """Those to lay over `disk`."""
        last = self._last
        if last is None or last[0] is not disk or not _same(last[1], buffers):
            last = self._last = (disk, buffers, _overlay(disk, buffers))
        return last[2]

    def forget(self) -> None:
        """Tell them apart anew."""
        self._last = None


def _same(one: Buffers, other: Buffers) -> bool:
    """Whether these are the very same texts: comparing them would read them all."""
    return len(one) == len(other) and all(other.get(path) is text for path, text in one.items())


def _overlay(disk: Snapshot, buffers: Buffers) -> dict[str, bytes]:
    """The buffers that differ from the disk, and those of files that are not there yet."""
    from rlm_code.source import oid_of
    from rlm_code.source.paths import is_unsafe, to_bytes

    overlay = {}
    for path, text in buffers.items():
        below = document_below(disk.root, path)
        if not below or is_unsafe(to_bytes(below)):
            continue  # what lies in git's own folder is no code
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
