"""The facts of files on disk, keyed by blob id and kind of name: revisions, branches and work trees share them.

Files are only ever appended, each with all its facts in one transaction: a reader never sees half of one, a
killed writer leaves none. Names are posted per append ("segment"): one row a name that lists the blobs which
define and use it. It knows nothing of paths, snapshots or parsing.
"""

from __future__ import annotations

import contextlib
import itertools
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from rlm_code.errors import IndexStoreError
from rlm_code.index.packing import Column, PackedFile

Key = tuple[str, str]
"""A blob id as hex, and what the file's name says of its language (`build.hint_of`)."""

_MAX_PARAMETERS = 10_000
_SCANNED_BLOBS = 3
_BLOBS_AT_ONCE = 50  # always as many, some of them NULL, so that SQLite parses the question once
_BLOB_ROWS = "SELECT oid, hint, id, language, status, detail, line_count FROM blob"


class BlobRow(NamedTuple):
    """What is known of one blob without unpacking its facts."""

    id: int
    language: str
    status: str
    detail: str
    line_count: int


class StoreError(IndexStoreError):
    """The store cannot be read or written; `damaged` when its file is at fault, not the disk or another process."""

    def __init__(self, message: str, *, damaged: bool) -> None:
        super().__init__(message, hint="run again: the index is built anew" if damaged else None)
        self.damaged = damaged


class Segment:
    """Files to be stored together under ids from `first` on. Their names are posted as they come, so that what is
    left for the end, when no other process has work any more, is little."""

    def __init__(self, first: int) -> None:
        self.first = first
        self.files: dict[Key, PackedFile] = {}
        self._postings: defaultdict[str, tuple[bytearray, bytearray]] = defaultdict(_no_postings)

    def add(self, key: Key, file: PackedFile) -> None:
        """Take one more file, unless it is there."""
        if key in self.files:
            return
        packed = _pack_ids([self.first + len(self.files)])
        self.files[key] = file
        for name in file.defined:
            self._postings[name][0].extend(packed)
        for name in file.used:
            self._postings[name][1].extend(packed)

    def rows(self) -> Iterator[tuple[str, int, bytearray, bytearray]]:
        """Each name in order, with the segment and the ids of the files that define and that use it."""
        return ((name, self.first, *self._postings[name]) for name in sorted(self._postings))


def _no_postings() -> tuple[bytearray, bytearray]:
    return bytearray(), bytearray()


class Store:
    """One open database. Methods raise StoreError when it cannot be read or written; a damaged
    file is removed then, so that it is built anew when it is next opened.

    One caller at a time; any thread.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        self._connection = connection
        self.path = path

    def known(self, keys: Iterable[Key]) -> dict[Key, BlobRow]:
        """The blobs among `keys` that are stored."""
        wanted = frozenset(keys)
        ((newest,),) = self._query("SELECT coalesce(max(id), 0) FROM blob", ())
        if newest < _SCANNED_BLOBS * len(wanted):  # then reading all is quicker than looking each up
            return self._rows(wanted, _BLOB_ROWS, ())
        found: dict[Key, BlobRow] = {}
        oids = list({bytes.fromhex(oid) for oid, _ in wanted})
        for at in range(0, len(oids), _MAX_PARAMETERS):
            chunk = oids[at : at + _MAX_PARAMETERS]
            found |= self._rows(wanted, f"{_BLOB_ROWS} WHERE oid IN ({','.join('?' * len(chunk))})", chunk)
        return found

    def _rows(self, wanted: frozenset[Key], sql: str, arguments: Sequence[object]) -> dict[Key, BlobRow]:
        found: dict[Key, BlobRow] = {}
        for row in self._query(sql, arguments):
            key = (row[0].hex(), row[1])
            if key in wanted:
                found[key] = BlobRow._make(row[2:])
        return found

    def columns(self, blobs: Sequence[int], names: Sequence[Column]) -> dict[int, tuple[bytes, ...]]:
        """Columns of the packed facts of different stored blobs, by one question for very many. What is in other
        columns, as most is in `occurrences`, is not read."""
        most = 1 if len(blobs) == 1 else _BLOBS_AT_ONCE
        sql = f"SELECT id, {', '.join(names)} FROM facts WHERE id IN ({','.join('?' * most)})"  # noqa: S608
        found: dict[int, tuple[bytes, ...]] = {}
        for at in range(0, len(blobs), most):
            some = blobs[at : at + most]
            for blob, *columns in self._query(sql, [*some, *[None] * (most - len(some))]):
                found[blob] = tuple(columns)
        if len(found) < len(blobs):
            lost = min(set(blobs) - found.keys())
            raise StoreError(f"the index holds no facts of blob {lost}", damaged=True)
        return found

    def defining(self, name: str) -> list[int]:
        """The blobs that define `name`, ascending."""
        return self._posted("defined", name)

    def using(self, name: str) -> list[int]:
        """The blobs that use `name`, ascending."""
        return self._posted("used", name)

    def names_defined(self, pattern: str) -> Iterator[tuple[str, list[int]]]:
        """Each defined name that matches a LIKE pattern (any case, `\\` escapes), with blobs that define it."""
        sql = "SELECT name, defined FROM name WHERE defined != x'' AND name LIKE ? ESCAPE '\\' ORDER BY name, segment"
        for name, defined in self._query(sql, (pattern,)):
            yield name, _unpack_ids(defined)

    def names(self) -> Iterator[tuple[str, list[int], list[int]]]:
        """Each name, once, with the blobs that define and that use it."""
        rows = self._query("SELECT name, defined, used FROM name ORDER BY name, segment", ())
        for name, segments in itertools.groupby(rows, key=lambda row: row[0]):
            defined, used = [], []
            for _, more_defined, more_used in segments:
                defined += _unpack_ids(more_defined)
                used += _unpack_ids(more_used)
            yield name, defined, used

    def append(self, files: Iterable[tuple[Key, PackedFile]]) -> dict[Key, BlobRow]:
        """Store the files that are not there yet, all or none. What is known of each then."""
        segment = self.segment()
        for key, file in files:
            segment.add(key, file)
        return self.append_segment(segment)

    def segment(self) -> Segment:
        """One for the files that are to be stored next, empty."""
        return Segment(self._next_id())

    def append_segment(self, segment: Segment) -> dict[Key, BlobRow]:
        """Store the files of a segment that are not there yet, all or none. What is known of each then."""
        with self._writing():
            return self._append(segment)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """What is executed within is stored whole or not at all."""
        try:
            with self._connection:  # which commits, or rolls back what is open
                self._connection.execute("BEGIN IMMEDIATE")
                yield
        except sqlite3.Error as error:
            raise _failure("written", error) from error

    def text_lengths(self) -> dict[int, int]:
        """The blobs whose terms are stored, and how many terms each holds."""
        return dict(self._query("SELECT id, length FROM text", ()))

    def postings(self, term: str) -> Iterator[tuple[int, int]]:
        """The blobs that hold a term, and how often."""
        for blobs, counts in self._query("SELECT blobs, counts FROM term WHERE term = ?", (term,)):
            yield from zip(_unpack_ids(blobs), array("H", counts), strict=True)

    def append_terms(self, files: Mapping[int, Mapping[str, int]]) -> None:
        """Store how often terms occur in blobs whose terms are not there yet, all or none."""
        with self._writing():
            stored = self.text_lengths()
            fresh = {blob: files[blob] for blob in sorted(files) if blob not in stored}
            if fresh:
                self._append_terms(fresh)

    def state(self, root: bytes) -> bytes | None:
        """What was kept for the state of a work tree or folder."""
        for (data,) in self._query("SELECT data FROM state WHERE root = ?", (root,)):
            return bytes(data)
        return None

    def keep_state(self, root: bytes, data: bytes) -> None:
        """Keep the state of a work tree or folder in place of the one before."""
        with self._writing():
            self._connection.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (root, data))

    def checkpoint(self) -> None:
        """Fold the write-ahead log into the database; harmless when another process is in the way."""
        for _ in self._query("PRAGMA wal_checkpoint(TRUNCATE)", ()):
            pass

    def close(self) -> None:
        """Close the database; the store is unusable afterwards."""
        self._connection.close()

    def _next_id(self) -> int:
        ((first,),) = self._query("SELECT coalesce(max(id), 0) + 1 FROM blob", ())
        return int(first)

    def _append(self, segment: Segment) -> dict[Key, BlobRow]:
        rows, first = self.known(segment.files), self._next_id()
        if rows or segment.first != first:  # another process has written meanwhile
            fresh = Segment(first)
            for key, file in segment.files.items():
                if key not in rows:
                    fresh.add(key, file)
            segment = fresh
        blobs, facts = [], []
        for blob, (key, file) in enumerate(segment.files.items(), first):
            row = rows[key] = BlobRow(blob, file.language, file.status, file.detail, file.line_count)
            blobs.append((blob, bytes.fromhex(key[0]), key[1], *row[1:]))
            facts.append((blob, *file.facts))
        self._connection.executemany("INSERT INTO blob VALUES (?, ?, ?, ?, ?, ?, ?)", blobs)
        self._connection.executemany("INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?)", facts)
        self._connection.executemany("INSERT INTO name VALUES (?, ?, ?, ?)", segment.rows())
        return rows

    def _append_terms(self, files: Mapping[int, Mapping[str, int]]) -> None:
        blobs: dict[str, list[int]] = {}
        counts: dict[str, array[int]] = {}
        for blob, found in files.items():
            for term, count in found.items():
                blobs.setdefault(term, []).append(blob)
                counts.setdefault(term, array("H")).append(min(count, 0xFFFF))
        segment = min(files)
        rows = [(term, segment, _pack_ids(blobs[term]), counts[term].tobytes()) for term in sorted(blobs)]
        self._connection.executemany("INSERT INTO term VALUES (?, ?, ?, ?)", rows)
        lengths = [(blob, sum(found.values())) for blob, found in files.items()]
        self._connection.executemany("INSERT INTO text VALUES (?, ?)", lengths)

    def _posted(self, column: str, name: str) -> list[int]:
        sql = f"SELECT {column} FROM name WHERE name = ? ORDER BY segment"  # noqa: S608
        found: list[int] = []
        for (ids,) in self._query(sql, (name,)):
            found += _unpack_ids(ids)
        return found

    def _query(self, sql: str, arguments: Sequence[object]) -> Iterator[tuple[Any, ...]]:
        try:
            yield from self._connection.execute(sql, arguments)
        except UnicodeEncodeError:  # what is no text, as an argument that is no UTF-8, is the name of nothing
            return
        except sqlite3.Error as error:
            failure = _failure("read", error)
            if failure.damaged and self.path:
                discard(self.path)
            raise failure from error


def discard(path: Path) -> None:
    """Remove a database and what SQLite keeps beside it; whoever has it open keeps reading what was there."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _failure(done: str, error: sqlite3.Error) -> StoreError:
    damaged = isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)
    return StoreError(f"the index cannot be {done}: {error}", damaged=damaged)


def _pack_ids(ids: Sequence[int]) -> bytes:
    return array("I", ids).tobytes()


def _unpack_ids(data: bytes) -> list[int]:
    ids = array("I")
    ids.frombytes(data)
    return ids.tolist()
