"""The list of tracked files that a repository keeps in its index, with what each looked like on disk.

Read from the file itself, as gitformat-index(5) documents it: `git ls-files --debug` prints the same but
promises no format, and `git status` runs the filters that a repository names. Rare forms of the
index are left to git: nothing is known then of how files looked, and every one is compared by content.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Generator, Iterator
from typing import NamedTuple

from rlm_code.errors import SourceError
from rlm_code.source.disk import read_file
from rlm_code.source.git_process import run_git
from rlm_code.source.repository import Repository

_HEADER = struct.Struct(">4sII")
_NO_STAT = -1
_EXTENDED = 0x4000
_SKIP_WORKTREE = 0x4000
_TREE_MODE = 0o040000


class TrackedPath(NamedTuple):
    """One path of the index. Times are nanoseconds since 1970, `inode` and `size` the lower 32 bits.

    `mtime_ns` is -1 where the index says nothing of the file on disk. `stage` is 0, or 1 to 3 in a merge
    conflict. A `sparse` path is kept out of the work tree by a sparse checkout; it may be a whole folder.
    """

    path: bytes
    oid: str
    mode: int
    stage: int
    sparse: bool
    mtime_ns: int
    ctime_ns: int
    inode: int
    size: int


class UnsupportedIndexError(Exception):
    """The index has a form that is git's to read."""


class Index:
    """The index of a repository with a work tree, which may have none yet.

    `written_ns` is when it was written, in nanoseconds since 1970. `tree` is the id of the tree that its paths
    make up, where it says so; it comes at the end of the file, and is known once all paths have been given.
    """

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._id_bytes = 20 if repository.object_format == "sha1" else 32
        self._data = _HEADER.pack(b"DIRC", 2, 0) + bytes(self._id_bytes)
        self.written_ns = 0
        self.tree: str | None = None
        location = os.fsencode(repository.index_path)
        try:
            self.written_ns = os.lstat(location).st_mtime_ns
            self._data = read_file(location)
        except FileNotFoundError:
            pass
        except OSError as error:
            raise SourceError(f"the index of {repository.root} cannot be read: {error}") from error

    def paths(self) -> Iterator[TrackedPath]:
        """The tracked paths in order of their bytes.

        Raises UnsupportedIndexError, maybe only at the end, where `paths_from_git` is to be asked instead, and
        SourceError if the file is damaged.
        """
        try:
            offset = yield from parse_paths(self._data, self._id_bytes)
            self.tree = _recorded_tree(self._data, offset, self._id_bytes)
        except (struct.error, ValueError, IndexError) as error:
            raise SourceError(
                f"the index of {self._repository.root} is damaged",
                hint="`git fsck` there may say more; deleting it and running `git reset` makes it anew",
            ) from error

    def paths_from_git(self) -> Iterator[TrackedPath]:
        """The tracked paths as git lists them, which knows nothing of how they looked on disk."""
        for line in run_git(self._repository.root, "ls-files", "-t", "--stage", "--full-name", "-z").split(b"\0")[:-1]:
            facts, _, path = line.partition(b"\t")
            tag, mode, oid, stage = facts.decode("ascii").split()
            yield TrackedPath(path, oid, int(mode, 8), int(stage), tag == "S", _NO_STAT, 0, 0, 0)


def parse_paths(data: bytes, id_bytes: int) -> Generator[TrackedPath, None, int]:
    """The paths of an index file of version 2 to 4, one by one; returns the offset behind them."""
    signature, version, count = _HEADER.unpack_from(data)
    if signature != b"DIRC":
        raise ValueError("not an index")
    if version not in (2, 3, 4):
        raise UnsupportedIndexError
    fixed = struct.Struct(f">10I{id_bytes}sH")
    offset = _HEADER.size
    name = b""
    for _ in range(count):
        ctime, ctime_ns, mtime, mtime_ns, _, inode, mode, _, _, size, oid, flags = fixed.unpack_from(data, offset)
        name_at = offset + fixed.size
        sparse = mode == _TREE_MODE
        if flags & _EXTENDED:
            sparse = sparse or bool(data[name_at] << 8 & _SKIP_WORKTREE)
            name_at += 2
        if version == 4:
            stripped, name_at = _variable_length(data, name_at)
            end = data.index(b"\0", name_at)
            name = name[: len(name) - stripped] + data[name_at:end]
            offset = end + 1
        else:
            end = data.index(b"\0", name_at)
            name = data[name_at:end]
            offset += end - offset + 8 & ~7
        mtime_ns += mtime * 1_000_000_000
        ctime_ns += ctime * 1_000_000_000
        path = name.rstrip(b"/") if sparse else name
        yield TrackedPath(path, oid.hex(), mode, flags >> 12 & 3, sparse, mtime_ns, ctime_ns, inode, size)
    return offset


def _variable_length(data: bytes, offset: int) -> tuple[int, int]:
    """The number at `offset` in git's variable-length encoding, and the offset behind it."""
    byte = data[offset]
    value = byte & 127
    while byte & 128:
        offset += 1
        byte = data[offset]
        value = (value + 1 << 7) + (byte & 127)
    return value, offset + 1


def _recorded_tree(data: bytes, offset: int, id_bytes: int) -> str | None:
    """The root of the index's cached trees, None if it is out of date; extensions that must be understood are git's."""
    tree = None
    while offset + 8 <= len(data) - id_bytes:
        name = data[offset : offset + 4]
        size = int.from_bytes(data[offset + 4 : offset + 8], "big")
        content = data[offset + 8 : offset + 8 + size]
        if name == b"TREE":
            tree = _root_of_cached_trees(content, id_bytes)
        elif name[:1].islower() and name != b"sdir":
            raise UnsupportedIndexError
        offset += 8 + size
    if offset != len(data) - id_bytes:
        raise ValueError("the index is cut off")
    return tree


def _root_of_cached_trees(content: bytes, id_bytes: int) -> str | None:
    line_end = content.index(b"\n")
    name, _, counts = content[:line_end].partition(b"\0")
    paths_below = int(counts.split()[0])
    return content[line_end + 1 : line_end + 1 + id_bytes].hex() if name == b"" and paths_below >= 0 else None
