"""Brings the store up to a snapshot: reads and parses the files whose facts are not there yet, and no others.

It knows nothing of names or resolution.
"""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping
from typing import NamedTuple, Protocol

from rlm_code.errors import SourceError
from rlm_code.index.packing import MAX_TEXT_BYTES, PackedFile, pack_bare
from rlm_code.index.store import BlobRow, Key, Store
from rlm_code.source.snapshot import Snapshot

Progress = Callable[[int, int], None]
"""Told (files done, files to do); what it raises cancels the build and keeps what was stored so far."""

_BYTES_WORTH_A_PROCESS = 500_000
_BATCH_BYTES = 250_000
_BATCH_FILES = 100
_RARE_BYTES = 1_500_000
_RARE_SHARE = 8
_COMMIT_BYTES = 32_000_000


class Tables(Protocol):
    """What an index asks of the tables of a snapshot's files: `Built`, or those that were kept of it."""

    @property
    def whole(self) -> Built:
        """All of them."""
        ...

    @property
    def paths(self) -> Collection[str]:
        """Every regular file, in order."""
        ...

    def row(self, path: str) -> BlobRow:
        """What is known of a regular file. Raises KeyError for another path."""
        ...

    def ids(self) -> Iterable[tuple[str, int]]:
        """Every path with the blob that holds its facts, 0 where none does; in order."""
        ...

    def languages(self) -> Iterable[tuple[str, str]]:
        """Every path with its language, in order."""
        ...


class Built(NamedTuple):
    """Every regular file of a snapshot: `keys` by path, stored `rows` by key, and `failed` paths, whose facts are
    not stored because they may be had another time (changed under us, no permission, grammar not installed).
    `unsaved` paths have their facts in memory alone (`rlm_code.index.unsaved`)."""

    keys: dict[str, Key]
    rows: dict[Key, BlobRow]
    failed: dict[str, BlobRow]
    unsaved: dict[str, BlobRow]

    def row(self, path: str) -> BlobRow:
        """What is known of a regular file."""
        return self.failed.get(path) or self.unsaved.get(path) or self.rows[self.keys[path]]

    @property
    def whole(self) -> Built:
        """Itself."""
        return self

    @property
    def paths(self) -> Collection[str]:
        """Every regular file, in order."""
        return self.keys

    def ids(self) -> Iterator[tuple[str, int]]:
        """Every path with the blob that holds its facts, 0 where none does; in order."""
        return ((path, row.id) for path, row in self._files())

    def languages(self) -> Iterator[tuple[str, str]]:
        """Every path with its language, in order."""
        return ((path, row.language) for path, row in self._files())

    def _files(self) -> Iterator[tuple[str, BlobRow]]:
        if self.failed or self.unsaved:
            return ((path, self.row(path)) for path in self.keys)
        return zip(self.keys, map(self.rows.__getitem__, self.keys.values()), strict=True)


def build(store: Store, snapshot: Snapshot, progress: Progress | None = None, before: Built | None = None) -> Built:
    """Store the facts that are missing for `snapshot`. `before` is what was built for another state of the same
    repository: then the cost is that of the difference.

    Raises StoreError when the store cannot be written; whatever was appended before stays.
    """
    keys = _keys(snapshot, before.keys if before else {})
    rows = before.rows if before else {}
    unknown = [key for key in keys.values() if key not in rows]
    if unknown:
        rows.update(store.known(unknown))
    built = Built(keys, rows, {}, {})
    missing = {key: path for path, key in keys.items() if key not in rows}
    if missing:
        build_missing(store, snapshot, built, missing, progress)
    return built


def build_missing(
    store: Store, snapshot: Snapshot, built: Built, missing: dict[Key, str], progress: Progress | None
) -> None:
    """Store the facts of the files at the paths in `missing`, and note them in `built`."""
    _Build(store, snapshot, built, missing).run(progress or _silent)


def _keys(snapshot: Snapshot, known: dict[str, Key]) -> dict[str, Key]:
    keys: dict[str, Key] = {}
    for path, entry in snapshot.entries.items():
        if entry.kind == "file":
            key = known.get(path)
            keys[path] = key if key is not None and key[0] == entry.oid else (entry.oid, hint_of(path))
    return keys


def hint_of(path: str) -> str:
    """What the language of a file's content may depend on besides the content: its name's end, or its whole name."""
    name = path[path.rfind("/") + 1 :]
    dot = name.find(".", 1)
    return name if dot == -1 or name.endswith(".lock") else name[dot:].lower()


def _silent(done: int, total: int) -> None:
    pass


class _Build:
    """One run: from missing files to appended facts."""

    def __init__(self, store: Store, snapshot: Snapshot, built: Built, missing: dict[Key, str]) -> None:
        self._store = store
        self._snapshot = snapshot
        self._built = built
        self._missing = missing
        self._pending = store.segment()
        self._pending_bytes = 0

    def run(self, progress: Progress) -> None:
        done, total = 0, len(self._missing)
        progress(done, total)
        with contextlib.closing(self._analysed()) as batches:
            for results in batches:
                for key, file in results:
                    self._take(key, file)
                done += len(results)
                progress(min(done + len(self._built.failed), total), total)
        self._append()
        if total > _BATCH_FILES:
            self._store.checkpoint()

    def _take(self, key: Key, file: PackedFile) -> None:
        if file.status == "no_grammar":
            row = BlobRow(0, file.language, "text", file.detail, file.line_count)
            self._built.failed.update((path, row) for path, other in self._built.keys.items() if other == key)
            return
        self._pending.add(key, file)
        self._pending_bytes += sum(map(len, file.facts))
        if self._pending_bytes > _COMMIT_BYTES:
            self._append()

    def _append(self) -> None:
        self._built.rows.update(self._store.append_segment(self._pending))
        self._pending, self._pending_bytes = self._store.segment(), 0

    def _analysed(self) -> Generator[list[tuple[Key, PackedFile]], None, None]:
        sizes = {key: self._snapshot.entries[path].size_bytes for key, path in self._missing.items()}
        huge = [key for key, size in sizes.items() if size > MAX_TEXT_BYTES]
        if huge:
            yield [(key, pack_bare("", "too_large", f"{sizes.pop(key):,} bytes")) for key in huge]
        batches = map(self._contents, batches_of(sizes))
        processes = min(os.cpu_count() or 1, sum(sizes.values()) // _BYTES_WORTH_A_PROCESS)
        if processes > 1:
            from rlm_code.index.pool import analyse_in_processes

            yield from analyse_in_processes(batches, processes)
        else:
            from rlm_code.index.worker import analyse

            for batch in batches:
                yield [(key, analyse(path, data)) for key, path, data in batch]

    def _contents(self, batch: Iterable[Key]) -> list[tuple[Key, str, bytes]]:
        keys = {self._missing[key]: key for key in batch}
        found = []
        for path, data in self._snapshot.read_many(keys):
            if isinstance(data, SourceError):
                row = BlobRow(0, "", "unreadable", data.message, 0)
                self._built.failed.update((p, row) for p, other in self._built.keys.items() if other == keys[path])
            else:
                found.append((keys[path], path, data))
        return found


def batches_of(sizes: Mapping[Key, int]) -> Iterator[list[Key]]:
    """The files, those of one kind of name in a row and the rarest kinds first. A rare kind stays in one batch: to
    compile its language's query in every process takes longer than to read its files. Of one kind the largest come
    first, so that what is shared out last is small, and the processes end together."""
    total: Counter[str] = Counter()
    for (_, hint), size in sizes.items():
        total[hint] += size
    rare = min(_RARE_BYTES, total.total() // _RARE_SHARE)
    batch: list[Key] = []
    batch_bytes = 0
    for key in sorted(sizes, key=lambda key: (total[key[1]], key[1], -sizes[key])):
        goes_on = batch and batch[-1][1] == key[1] and total[key[1]] <= rare
        if not goes_on and (batch_bytes > _BATCH_BYTES or len(batch) >= _BATCH_FILES):
            yield batch
            batch, batch_bytes = [], 0
        batch.append(key)
        batch_bytes += sizes[key]
    if batch:
        yield batch
