"""The list of tracked files that a repository keeps in its index, with what each looked like on disk.

Read from the file itself, as gitformat-index(5) documents it: `git ls-files --debug` prints the same but
promises no format, and `git status` runs the filters that a repository names. Rare forms of the
index are left to git: `list_tracked` then knows no stat data, and every file is compared by content.
"""

from __future__ import annotations

import os
import struct
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


class TrackedPaths(NamedTuple):
    """An index: its paths in order of their bytes, the id of the tree they make up if it says so, and when
    it was written (nanoseconds since 1970)."""

    paths: list[TrackedPath]
    tree: str | None
    written_ns: int


class _UnsupportedIndexError(Exception):
    """The index has a form that is git's to read."""


def list_tracked(repository: Repository) -> TrackedPaths:
    """The tracked paths of a repository with a work tree; none if there is no index yet."""
    location = os.fsencode(repository.index_path)
    try:
        written_ns = os.lstat(location).st_mtime_ns
        data = read_file(location)
    except FileNotFoundError:
        return TrackedPaths([], None, 0)
    except OSError as error:
        raise SourceError(f"the index of {repository.root} cannot be read: {error}") from error
    try:
        paths, tree = parse_index(data, 20 if repository.object_format == "sha1" else 32)
    except _UnsupportedIndexError:
        return TrackedPaths(_listed_by_git(repository), None, written_ns)
    except (struct.error, ValueError, IndexError) as error:
        raise SourceError(
            f"the index of {repository.root} is damaged",
            hint="`git fsck` there may say more; deleting it and running `git reset` makes it anew",
        ) from error
    return TrackedPaths(paths, tree, written_ns)


def parse_index(data: bytes, id_bytes: int) -> tuple[list[TrackedPath], str | None]:
    """The paths of an index file of version 2 to 4, and the id of their tree if it is recorded and valid."""
    signature, version, count = _HEADER.unpack_from(data)
    if signature != b"DIRC":
        raise ValueError("not an index")
    if version not in (2, 3, 4):
        raise _UnsupportedIndexError
    fixed = struct.Struct(f">10I{id_bytes}sH")
    paths: list[TrackedPath] = []
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
        paths.append(TrackedPath(path, oid.hex(), mode, flags >> 12 & 3, sparse, mtime_ns, ctime_ns, inode, size))
    return paths, _recorded_tree(data, offset, id_bytes)


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
            raise _UnsupportedIndexError
        offset += 8 + size
    if offset != len(data) - id_bytes:
        raise ValueError("the index is cut off")
    return tree


def _root_of_cached_trees(content: bytes, id_bytes: int) -> str | None:
    line_end = content.index(b"\n")
    name, _, counts = content[:line_end].partition(b"\0")
    paths_below = int(counts.split()[0])
    return content[line_end + 1 : line_end + 1 + id_bytes].hex() if name == b"" and paths_below >= 0 else None


def _listed_by_git(repository: Repository) -> list[TrackedPath]:
    paths = []
    for line in run_git(repository.root, "ls-files", "-t", "--stage", "--full-name", "-z").split(b"\0")[:-1]:
        facts, _, path = line.partition(b"\t")
        tag, mode, oid, stage = facts.decode("ascii").split()
        paths.append(TrackedPath(path, oid, int(mode, 8), int(stage), tag == "S", _NO_STAT, 0, 0, 0))
    return paths
