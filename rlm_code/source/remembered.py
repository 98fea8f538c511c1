"""A work tree or folder as it was when it was last opened, given back if nothing can have changed since.

What is kept is how each path looked (size, inode, times) beside what it held, as git's own index does. To trust it
costs one lstat a path and neither reads a file nor runs git. Where anything looks other than it did, nothing is
given back, and the source is opened as usual.
"""

from __future__ import annotations

import os
import struct
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import cast

from rlm_code.source.contents import DiskContents
from rlm_code.source.frozen import FrozenSnapshot
from rlm_code.source.holding import holding_repository
from rlm_code.source.kept_entries import KINDS, KeptEntries
from rlm_code.source.paths import to_bytes, to_text
from rlm_code.source.snapshot import Entry, ObjectFormat, Snapshot, SourceIssue

_LAYOUT = b"1"
_LOOKS = attrgetter("st_mtime_ns", "st_ctime_ns", "st_size", "st_ino", "st_mode")
_LOOKS_LENGTH = 5
_PARTS = 9
_OLDER_NS = 50_000_000
_COARSE_OLDER_NS = 2_100_000_000
_MOST_ABSENT = 1000


class Recalled(FrozenSnapshot):
    """A snapshot that was given back, with its entries as they were kept."""

    entries: KeptEntries


def remember(snapshot: Snapshot, started_ns: int) -> bytes | None:
    """A work tree or folder whose opening began at `started_ns`, as bytes for `recall`.

    None where a change could go unnoticed: what changed shortly before or since, submodules, rare forms of git's
    files. Files that changed before the opening began were read after that, and any later change shows.
    """
    if any(entry.kind not in KINDS for entry in snapshot.entries.values()):
        return None
    watched = _watched(snapshot)
    if watched is None:
        return None
    present, absent = watched
    if len(absent) > _MOST_ABSENT:
        return None
    root = os.fsencode(snapshot.root)
    entries = snapshot.entries.values()
    names = [to_bytes(path) for path in snapshot.entries]
    looks = _looks(chain((root + b"/" + name for name in names), present))
    if looks is None or not _is_settled(looks, started_ns) or not _are_absent(absent):
        return None
    issues = [text for issue in snapshot.issues for text in issue]
    facts = [snapshot.commit or "", snapshot.label, snapshot.object_format]
    return _join(
        _LAYOUT,
        b"\0".join(map(to_bytes, [*facts, *issues])),
        b"\0".join(names),
        b"".join(bytes.fromhex(entry.oid) for entry in entries),
        bytes(KINDS.index(entry.kind) | entry.committed << 1 for entry in entries),
        array("Q", (entry.size_bytes for entry in entries)).tobytes(),
        b"\0".join(present),
        b"\0".join(absent),
        looks.tobytes(),
    )


def recall(folder: Path, find: Callable[[Path], bytes | None]) -> Recalled | None:
    """The snapshot of what `folder` belongs to, if `find` has it for its root, and it looks as it did then."""
    root = holding_repository(folder)
    data = find(root or folder)
    snapshot = _unchanged(root or folder, data, in_git=root is not None) if data else None
    if snapshot is None or root in (None, folder):
        return snapshot
    inside = f"{folder.relative_to(snapshot.root)}/"
    return snapshot if any(path.startswith(inside) for path in snapshot.entries) else None


class KnownFiles:
    """The entries of a state that was kept, for files that look as they did then, whatever else has changed."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def entry(self, name: bytes, found: os.stat_result) -> Entry | None:
        """What the file called `name` held if it looks as it did."""
        known = self._files.get(name)
        return known[0] if known is not None and known[1] == _LOOKS(found) else None

    @cached_property
    def _files(self) -> dict[bytes, tuple[Entry, tuple[int, ...]]]:
        try:
            layout, _, names, oids, flags, sizes, _, _, then = _split(self._data, _PARTS)
        except ValueError:
            return {}
        if layout != _LAYOUT or not names:
            return {}
        looks = array("Q")
        looks.frombytes(then)
        rows = zip(*[iter(looks)] * _LOOKS_LENGTH, strict=False)  # the watched paths come behind the files
        return dict(
            zip(names.split(b"\0"), zip(KeptEntries(names, oids, flags, sizes).all, rows, strict=False), strict=True)
        )


def _unchanged(root: Path, data: bytes, *, in_git: bool) -> Recalled | None:
    layout, facts, names, oids, flags, sizes, present, absent, then = _split(data, _PARTS)
    if layout != _LAYOUT:
        return None
    commit, label, object_format, *issues = map(to_text, facts.split(b"\0"))
    if (label == "folder") == in_git:
        return None
    paths = names.split(b"\0") if names else []
    top = os.fsencode(root) + b"/"
    looks = _looks(chain(map(top.__add__, paths), present.split(b"\0")))
    if looks is None or looks.tobytes() != then or not _are_absent(absent.split(b"\0") if absent else []):
        return None
    known_format = cast("ObjectFormat", object_format)
    return Recalled(
        root=root,
        commit=commit or None,
        label=label,
        entries=KeptEntries(names, oids, flags, sizes),
        issues=[SourceIssue(*pair) for pair in zip(issues[0::2], issues[1::2], strict=True)],
        object_format=known_format,
        contents=DiskContents(root, known_format, in_git=in_git),
    )


def _watched(snapshot: Snapshot) -> tuple[list[bytes], list[bytes]] | None:
    """The absolute paths, besides the entries, whose look tells of a change: those that are there, and those that
    are not."""
    top = os.fsencode(snapshot.root) + b"/"
    if snapshot.label == "folder":
        from rlm_code.source.folder import folders_and_rules

        names = frozenset(top + name for name in folders_and_rules(snapshot.root))
    else:
        found = _git_names(snapshot, top)
        if found is None:
            return None
        names = found
    names |= {top + to_bytes(issue.path) for issue in snapshot.issues if issue.path}
    names -= {top + to_bytes(path) for path in snapshot.entries}
    there = {name for name in names if os.path.lexists(name)}
    return sorted(there), sorted(names - there)


def _git_names(snapshot: Snapshot, top: bytes) -> frozenset[bytes] | None:
    """git's own files that decide what is tracked and committed, and tracked paths that are no entries."""
    from rlm_code.source.git_files import git_files
    from rlm_code.source.index_file import Index, UnsupportedIndexError
    from rlm_code.source.repository import find_repository

    repository = find_repository(snapshot.root)
    if repository is None or repository.commit != snapshot.commit:
        return None
    own = git_files(snapshot.root)
    if any(name.endswith(b"/reftable") and os.path.lexists(name) for name in own.names) or not _is_plain(own.names):
        return None
    try:
        tracked = {top + row.path for row in Index(repository).paths()}
    except UnsupportedIndexError:
        return None
    link = {top + b".git"} if os.path.isfile(top + b".git") else set()  # noqa: PTH113  bytes
    return own.names | link | tracked


def _is_plain(names: Iterable[bytes]) -> bool:
    """Whether no branch is another name for a branch."""
    for name in names:
        if b"/refs/" in name and os.path.isfile(name):  # noqa: PTH113  bytes
            with open(name, "rb") as file:  # noqa: PTH123  bytes
                if file.read(5).startswith(b"ref:"):
                    return False
    return True


def _looks(paths: Iterable[bytes]) -> array[int] | None:
    """How each path looks, as five numbers; None if one is not there."""
    try:
        return array("Q", chain.from_iterable(map(_LOOKS, map(os.lstat, paths))))
    except (OSError, OverflowError):  # times before 1970 are rare enough to be looked at each time
        return None


def _is_settled(looks: array[int], started_ns: int) -> bool:
    """Whether everything was as it is for a while when the opening began: what is written twice within the grain of
    its clock looks the same after both. Nobody sets the time of change, which some file systems count in seconds."""
    changed = looks[1::5]
    coarse = all(time % 1_000_000 == 0 for time in changed)
    return max(changed, default=0) + (_COARSE_OLDER_NS if coarse else _OLDER_NS) < started_ns


def _are_absent(paths: Sequence[bytes]) -> bool:
    return not any(map(os.path.lexists, paths))


def _join(*parts: bytes) -> bytes:
    return struct.pack(f"<{len(parts)}Q", *map(len, parts)) + b"".join(parts)


def _split(data: bytes, count: int) -> Iterator[bytes]:
    """The `count` parts that `_join` joined. Raises ValueError for other bytes."""
    at = 8 * count
    if len(data) < at:
        raise ValueError("cut off")
    lengths = struct.unpack_from(f"<{count}Q", data)
    if at + sum(lengths) != len(data):
        raise ValueError("cut off")
    for length in lengths:
        yield data[at : at + length]
        at += length
