"""Unsaved editor buffers laid over a snapshot: another snapshot, the one below untouched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rlm_code.errors import SourceError
from rlm_code.source.content_id import oid_of
from rlm_code.source.frozen import FrozenSnapshot
from rlm_code.source.paths import is_unsafe, to_bytes
from rlm_code.source.snapshot import Entry, Snapshot
from rlm_code.text import printable


def with_overlay(snapshot: Snapshot, buffers: Mapping[str, bytes]) -> Snapshot:
    """`snapshot` with the content of `buffers` at their paths, whether or not it has files there.

    A buffer counts as committed if it equals a file that is. Raises SourceError for a path that is
    not relative to the root.
    """
    for path in buffers:
        if is_unsafe(to_bytes(path)):
            raise SourceError(f"{printable(path)!r} is not a path below {snapshot.root}")
    entries = dict(snapshot.entries.items())
    added = [path for path in buffers if path not in entries]
    for path, data in buffers.items():
        below = entries.get(path)
        oid = oid_of(data, snapshot.object_format)
        committed = below is not None and below.committed and below.oid == oid
        entries[path] = Entry(path, oid, len(data), "file", committed)
    if added:
        entries = dict(sorted(entries.items(), key=lambda item: to_bytes(item[0])))
    return FrozenSnapshot(
        root=snapshot.root,
        commit=snapshot.commit,
        label=snapshot.label,
        entries=entries,
        issues=snapshot.issues,
        object_format=snapshot.object_format,
        contents=_Overlaid(snapshot, dict(buffers)),
    )


class _Overlaid:
    """Content from buffers, and from the snapshot below for every other path."""

    def __init__(self, below: Snapshot, buffers: dict[str, bytes]) -> None:
        self._below = below
        self._buffers = buffers

    def read(self, entries: Sequence[Entry]) -> list[bytes | SourceError]:
        below = self._below.read_many(entry.path for entry in entries if entry.path not in self._buffers)
        return [self._buffers[entry.path] if entry.path in self._buffers else next(below)[1] for entry in entries]

    def close(self) -> None:
        self._below.close()
