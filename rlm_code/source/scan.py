"""Looks at files on disk, one at a time, and collects what they are: never through a link, never waiting."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from rlm_code.source.content_id import oid_of
from rlm_code.source.disk import identify_file
from rlm_code.source.index_file import TrackedPath
from rlm_code.source.paths import UNSAFE_NAMES, is_unsafe, to_bytes, to_text, unsafe_issue
from rlm_code.source.snapshot import Entry, EntryKind, ObjectFormat, SourceIssue

# A file written this long before the index, or later, may have changed again without a new time: kernels
# stamp files by the tick (4 or 10 ms), some file systems by the second.
_RACY_NS = 20_000_000
_LOW_BITS = 0xFFFFFFFF
_SUBMODULE_MODE = 0o160000
_LINK_MODE = 0o120000
_FORMAT_BITS = 0o170000
_EMPTY_OIDS = {
    "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
    "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
}


class Scan:
    """The entries and issues found so far below `root`."""

    def __init__(self, root: Path, object_format: ObjectFormat) -> None:
        self.entries: dict[str, Entry] = {}
        self.issues: list[SourceIssue] = []
        self._root = os.fsencode(root) + b"/"
        self._object_format = object_format
        self._folders: dict[bytes, bool] = {}
        self._real_folders = {b""}

    def in_order(self) -> dict[str, Entry]:
        """The entries sorted by the bytes of their paths."""
        return dict(sorted(self.entries.items(), key=lambda item: to_bytes(item[0])))

    def refuse(self, path: bytes, reason: str) -> None:
        """Note why something is not looked at, or not as usual."""
        self.issues.append(SourceIssue(to_text(path), reason))

    def add_tracked(self, row: TrackedPath, committed_oid: str | None, written_ns: int) -> bool:
        """Look at a path of an index written at `written_ns`; False if it is not on disk."""
        found = self._found(row.path)
        if found is None:
            return False
        if _is_unchanged(row, found, written_ns):
            path = row.path.decode("utf-8", "surrogateescape")
            kind: EntryKind = "symlink" if row.mode == _LINK_MODE else "file"
            self.entries[path] = Entry(path, row.oid, found.st_size, kind, row.oid == committed_oid)
            return True
        if row.mode == _SUBMODULE_MODE and stat.S_ISDIR(found.st_mode):
            path = to_text(row.path)
            self.entries[path] = Entry(path, row.oid, 0, "submodule", row.oid == committed_oid)
            self.issues.append(submodule_issue(path))
            return True
        return self._identify(row.path, found, committed_oid)

    def add(self, path: bytes, committed_oid: str | None) -> bool:
        """Look at a path by its content; False if it is not on disk as a file or link."""
        found = self._found(path)
        return found is not None and self._identify(path, found, committed_oid)

    def _identify(self, name: bytes, found: os.stat_result, committed_oid: str | None) -> bool:
        path = to_text(name)
        try:
            if stat.S_ISREG(found.st_mode):
                oid, size = identify_file(self._root + name, committed_oid, self._object_format)
                self.entries[path] = Entry(path, oid, size, "file", oid == committed_oid)
            elif stat.S_ISLNK(found.st_mode):
                target = os.readlink(self._root + name)  # noqa: PTH115 - bytes
                oid = oid_of(target, self._object_format)
                self.entries[path] = Entry(path, oid, len(target), "symlink", oid == committed_oid)
            elif stat.S_ISDIR(found.st_mode):
                return False
            else:
                self.refuse(name, "a pipe, a socket or a device: never opened")
        except OSError as error:
            self.refuse(name, f"cannot be read: {error.strerror or error}")
        return True

    def _found(self, path: bytes) -> os.stat_result | None:
        cut = path.rfind(b"/") + 1
        folder = path[:cut]
        if (folder not in self._real_folders or path[cut:] in UNSAFE_NAMES) and not self._is_reachable(path, folder):
            return None
        try:
            return os.lstat(self._root + path)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            self.refuse(path, f"cannot be read: {error.strerror or error}")
            return None

    def _is_reachable(self, path: bytes, folder: bytes) -> bool:
        """Whether `folder`, which ends with a slash, and all above it are folders, not links to somewhere else."""
        if is_unsafe(path):
            self.issues.append(unsafe_issue(path))
            return False
        end = folder.find(b"/")
        while end >= 0:
            if not self._is_folder(folder[:end]):
                return False
            end = folder.find(b"/", end + 1)
        self._real_folders.add(folder)
        return True

    def _is_folder(self, folder: bytes) -> bool:
        known = self._folders.get(folder)
        if known is None:
            try:
                mode = os.lstat(self._root + folder).st_mode
            except OSError:
                mode = 0
            known = self._folders[folder] = stat.S_ISDIR(mode)
            if stat.S_ISLNK(mode):
                self.refuse(folder, "a symbolic link where a folder of tracked files should be: not followed")
        return known


def submodule_issue(path: str) -> SourceIssue:
    """What is said of a submodule."""
    return SourceIssue(path, "a submodule: a repository of its own, to be opened by itself")


def _is_unchanged(row: TrackedPath, found: os.stat_result, written_ns: int) -> bool:
    """Whether the file looks as it did when git took its id, so that its content need not be read."""
    return (
        found.st_mtime_ns == row.mtime_ns
        and found.st_ctime_ns == row.ctime_ns
        and found.st_size & _LOW_BITS == row.size
        and found.st_ino & _LOW_BITS == row.inode
        and found.st_mode & _FORMAT_BITS == row.mode & _FORMAT_BITS
        and row.mtime_ns + _RACY_NS < written_ns
        and (row.size != 0 or row.oid in _EMPTY_OIDS)
    )
