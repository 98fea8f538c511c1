"""The one class behind every kind of snapshot: facts fixed at opening, and a place that content comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from rlm_code.errors import SourceError
from rlm_code.source.snapshot import Entry, ObjectFormat, SourceIssue
from rlm_code.text import printable

_ENTRIES_AT_ONCE = 60
_BYTES_AT_ONCE = 4 << 20


class Contents(Protocol):
    """Where a snapshot's content comes from: git's objects, the disk, or an editor's buffers."""

    def read(self, entries: Sequence[Entry]) -> list[bytes | SourceError]:
        """The content of each entry, all of kind file, in order; what cannot be had comes as the error itself."""
        ...

    def close(self) -> None:
        """End the helper process behind it, if there is one."""
        ...


class FrozenSnapshot:
    """A snapshot as `rlm_code.source.snapshot.Snapshot` describes it."""

    def __init__(
        self,
        *,
        root: Path,
        commit: str | None,
        label: str,
        entries: Mapping[str, Entry],
        issues: Iterable[SourceIssue],
        object_format: ObjectFormat,
        contents: Contents,
    ) -> None:
        self.root = root
        self.commit = commit
        self.label = label
        self.entries = entries
        self.issues = tuple(issues)
        self.object_format = object_format
        self._contents = contents

    def __repr__(self) -> str:
        return f"<{self.label} of {self.root}: {len(self.entries)} entries>"

    def with_entries(self, entries: Mapping[str, Entry], issues: Iterable[SourceIssue]) -> FrozenSnapshot:
        """The snapshot of a later state with other entries, whose content comes from the same place."""
        return FrozenSnapshot(
            root=self.root,
            commit=self.commit,
            label=self.label,
            entries=entries,
            issues=issues,
            object_format=self.object_format,
            contents=self._contents,
        )

    def read(self, path: str) -> bytes:
        """The content of the file at `path`; SourceError if it has none or it can no longer be had."""
        (_, content), *_ = self.read_many([path])
        if isinstance(content, SourceError):
            raise content
        return content

    def read_many(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes | SourceError]]:
        """The content of each path in the order given; what cannot be read comes as the error itself."""
        batch: list[tuple[str, Entry | SourceError]] = []
        size = 0
        for path in paths:
            found = self._file(path)
            batch.append((path, found))
            size += found.size_bytes if isinstance(found, Entry) else 0
            if len(batch) >= _ENTRIES_AT_ONCE or size >= _BYTES_AT_ONCE:
                yield from self._read_batch(batch)
                batch, size = [], 0
        yield from self._read_batch(batch)

    def close(self) -> None:
        """Ends the helper process that the snapshot may hold; reading again starts it anew."""
        self._contents.close()

    def _file(self, path: str) -> Entry | SourceError:
        entry = self.entries.get(path)
        if entry is None:
            return SourceError(f"{printable(path)} is not in the {self.label} of {self.root}")
        if entry.kind != "file":
            return SourceError(f"{printable(path)} is a {entry.kind}, which has no text of its own")
        return entry

    def _read_batch(self, batch: list[tuple[str, Entry | SourceError]]) -> Iterator[tuple[str, bytes | SourceError]]:
        contents = iter(self._contents.read([found for _, found in batch if isinstance(found, Entry)]))
        for path, found in batch:
            yield path, next(contents) if isinstance(found, Entry) else found
