"""Looks at files on disk, one at a time, and collects what they are: never through a link, never waiting."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

from rlm_code.source.content_id import oid_of
from rlm_code.source.disk import identify_file
from rlm_code.source.index_file import TrackedPath
from rlm_code.source.paths import UNSAFE_NAMES, is_unsafe, to_bytes, to_text, unsafe_issue
from rlm_code.source.snapshot import Entry, ObjectFormat, SourceIssue

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


Known = Callable[[bytes, os.stat_result], Entry | None]


class Scan:
    """The entries and issues found so far below `root`. `is_through_links`: some paths led through a link.

    `known` gives the entry that a file had when it last looked as it does now, so that it need not be read.
    """

    def __init__(self, root: Path, object_format: ObjectFormat, known: Known | None = None) -> None:
        self.entries: dict[str, Entry] = {}
        self.issues: list[SourceIssue] = []
        self.is_through_links = False
        self._root = os.fsencode(root) + b"/"
        self._object_format = object_format
        self._known = known
        self._folders: dict[bytes, bool] = {}
        self._harmless_folders: set[bytes] = set()

    def in_order(self) -> dict[str, Entry]:
        """The entries sorted by the bytes of their paths."""
        return dict(sorted(self.entries.items(), key=lambda item: to_bytes(item[0])))

    def refuse(self, path: bytes, reason: str) -> None:
        """Note why something is not looked at, or not as usual."""
        self.issues.append(SourceIssue(to_text(path), reason))

    def add_tracked(self, row: TrackedPath, written_ns: int) -> bool:
        """Look at a path of an index written at `written_ns`; False if it is not on disk.

        Its entry counts as committed for now if it is as the index has it. Every file of a repository comes
        through here, so the common case is written out. A file that looks unchanged may lie behind a link:
        it is the one that git knows all the same.
        """
        name, oid, mode, _, _, mtime_ns, ctime_ns, inode, size = row
        cut = name.rfind(b"/") + 1
        if (name[:cut] not in self._harmless_folders or name[cut:] in UNSAFE_NAMES) and not self._is_harmless(name):
            return True
        try:
            found = os.lstat(self._root + name)
        except OSError as error:
            return self._absent(name, error)
        if (
            found.st_mtime_ns == mtime_ns
            and found.st_ctime_ns == ctime_ns
            and found.st_size & _LOW_BITS == size
            and found.st_ino & _LOW_BITS == inode
            and found.st_mode & _FORMAT_BITS == mode & _FORMAT_BITS
            and mtime_ns + _RACY_NS < written_ns
            and (size != 0 or oid in _EMPTY_OIDS)
        ):
            path = name.decode("utf-8", "surrogateescape")
            self.entries[path] = Entry(path, oid, found.st_size, "symlink" if mode == _LINK_MODE else "file", True)
            return True
        if mode == _SUBMODULE_MODE and stat.S_ISDIR(found.st_mode):
            path = to_text(name)
            self.entries[path] = Entry(path, oid, 0, "submodule", True)
            self.issues.append(submodule_issue(path))
            return True
        return self._is_reachable(name) and self._identify(name, found, oid)

    def add(self, name: bytes, committed_oid: str | None) -> bool:
        """Look at a path by its content; False if it is not on disk as a file or link."""
        if not self._is_harmless(name) or not self._is_reachable(name):
            return False
        try:
            found = os.lstat(self._root + name)
        except OSError as error:
            return self._absent(name, error)
        return self._identify(name, found, committed_oid)

    def _identify(self, name: bytes, found: os.stat_result, committed_oid: str | None) -> bool:
        path = to_text(name)
        known = self._known(name, found) if self._known else None
        if known is not None and committed_oid in (None, known.oid):
            self.entries[path] = known._replace(committed=known.oid == committed_oid)
            return True
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

    def _absent(self, name: bytes, error: OSError) -> bool:
        if not isinstance(error, FileNotFoundError | NotADirectoryError):
            self.refuse(name, f"cannot be read: {error.strerror or error}")
        return False

    def _is_harmless(self, name: bytes) -> bool:
        """Whether the path leads neither outside nor into `.git`; said if it does."""
        if is_unsafe(name):
            self.issues.append(unsafe_issue(name))
            return False
        self._harmless_folders.add(name[: name.rfind(b"/") + 1])
        return True

    def _is_reachable(self, name: bytes) -> bool:
        """Whether all above the path are folders, not links to somewhere else."""
        end = name.find(b"/")
        while end >= 0:
            if not self._is_folder(name[:end]):
                return False
            end = name.find(b"/", end + 1)
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
                self.is_through_links = True
                self.refuse(folder, "a symbolic link where a folder of tracked files should be: not followed")
        return known


def submodule_issue(path: str) -> SourceIssue:
    """What is said of a submodule."""
    return SourceIssue(path, "a submodule: a repository of its own, to be opened by itself")
