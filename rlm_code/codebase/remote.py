"""The worker's end of the wire: `Queries` that ask the host, where `codebase.methods` answers.

Text never crosses: the worker reads it from the shared bytes that `codebase.corpus` lays out, an 8-byte
little-endian length, that many bytes of JSON {path: [offset, length]}, then the files' bytes, with offsets
counted from their first. What code reads there is reported to the host, each path once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from rlm_code.codebase import queries as rows
from rlm_code.text import decode

Json = Any

MOST_ROWS = 10_001
"""The most rows that one answer brings; a listing says how many there are."""


class RemoteQueries:
    """`Queries` inside the worker: `call` reaches the host, `shared` maps the text on first use."""

    __slots__ = ("_call", "_matched", "_shared", "_table", "_text", "_touched")

    def __init__(self, call: Callable[..., Json], shared: Callable[[], memoryview]) -> None:
        self._call = call
        self._shared = shared
        self._table: dict[str, list[int]] | None = None
        self._text = memoryview(b"")
        self._touched: set[str] = set()
        self._matched: set[str] = set()

    def overview(self) -> rows.OverviewRow:
        return rows.OverviewRow(*self._call("repo.overview"))

    def files(self) -> list[rows.FileRow]:
        return [rows.FileRow(*row) for row in self._call("repo.files")]

    def text(self, path: str) -> str:
        return decode(self.data(path))

    def data(self, path: str) -> bytes:
        place = self._places().get(path)
        if place is None:
            raise LookupError(f"no text of {path!r} here: not a file of this snapshot, or not a text")
        self._report([path])
        return self._bytes(place)

    def scan(self, paths: list[str]) -> Iterator[tuple[str, bytes]]:
        places = self._places()
        known = [path for path in paths if path in places]
        self._report(known)
        return ((path, self._bytes(places[path])) for path in known)

    def search(
        self, paths: list[str], pattern: str, regex: bool, ignore_case: bool, limit: int, seconds: float
    ) -> rows.SearchPage:
        places = self._places()
        known = [path for path in paths if path in places]
        self._report(known)
        shown = known if len(known) < len(places) else None
        most = min(limit, MOST_ROWS)
        found, *rest = self._call("repo.search", shown, pattern, regex, ignore_case, most, seconds)
        return rows.SearchPage([rows.HitRow(*row) for row in found], *rest)

    def outline(self, path: str) -> list[rows.SymbolRow]:
        return _symbols(self._call("repo.outline", path))

    def find(self, name: str, kind: str | None, limit: int) -> list[rows.SymbolRow]:
        return _symbols(self._call("repo.find", name, kind, limit))

    def symbols(self, contains: str, kind: str | None, path: str | None, limit: int) -> list[rows.SymbolRow]:
        found = _symbols(self._call("repo.symbols", contains, kind, path, min(limit, MOST_ROWS)))
        if len(found) == MOST_ROWS < limit:
            raise LookupError(f"{MOST_ROWS - 1} definitions and more: narrow them by name, kind or path")
        return found

    def details(self, path: str, name_start: int) -> rows.DetailRow:
        return rows.DetailRow(*self._call("repo.details", path, name_start))

    def references(
        self, path: str, name_start: int, roles: list[str] | None, sure: bool, limit: int
    ) -> rows.ReferencePage:
        return _page(self._call("repo.references", path, name_start, roles, sure, min(limit, MOST_ROWS)))

    def uses_of_name(self, name: str, limit: int) -> rows.ReferencePage:
        return _page(self._call("repo.uses_of_name", name, min(limit, MOST_ROWS)))

    def outgoing(self, path: str, name_start: int | None, roles: list[str] | None) -> list[rows.ReferenceRow]:
        return _references(self._call("repo.outgoing", path, name_start, roles))

    def bases(self, path: str, name_start: int) -> list[rows.ReferenceRow]:
        return _references(self._call("repo.bases", path, name_start))

    def subclasses(self, path: str, name_start: int) -> list[rows.SymbolRow]:
        return _symbols(self._call("repo.subclasses", path, name_start))

    def imports(self, path: str) -> list[rows.ImportRow]:
        return _imports(self._call("repo.imports", path))

    def importers(self, path: str) -> list[rows.ImportRow]:
        return _imports(self._call("repo.importers", path))

    def definition_at(self, path: str, line: int, column: int) -> list[rows.SymbolRow]:
        return _symbols(self._call("repo.definition_at", path, line, column))

    def references_at(self, path: str, line: int, column: int) -> rows.ReferencePage:
        return _page(self._call("repo.references_at", path, line, column))

    def call_path(self, source: list[str | int], target: list[str | int], limit: int) -> list[list[rows.ReferenceRow]]:
        return [_references(chain) for chain in self._call("repo.call_path", source, target, limit)]

    def central(self, folder: str, limit: int) -> list[rows.SymbolRow]:
        return _symbols(self._call("repo.central", folder, limit))

    def rank(self, question: str, limit: int) -> list[rows.RankRow]:
        found = self._call("repo.rank", question, limit)
        return [rows.RankRow(path, _symbol(symbol), score, why) for path, symbol, score, why in found]

    def commits(
        self,
        path: str | None,
        start_line: int | None,
        end_line: int | None,
        limit: int,
        text: str | None = None,
        since: str | None = None,
    ) -> list[rows.CommitRow]:
        found = self._call("repo.commits", path, start_line, end_line, limit, text, since)
        return [rows.CommitRow(*row) for row in found]

    def commit(self, revision: str) -> rows.CommitRow:
        return rows.CommitRow(*self._call("repo.commit", revision))

    def diff(self, revision: str, path: str | None) -> str:
        return str(self._call("repo.diff", revision, path))

    def blame(self, path: str, start_line: int, end_line: int) -> list[rows.BlameRow]:
        found = self._call("repo.blame", path, start_line, end_line)
        return [rows.BlameRow(first, last, rows.CommitRow(*commit)) for first, last, commit in found]

    def matched(self, paths: Iterable[str]) -> None:
        """Tell the host in which files a search found something, or that it found nothing."""
        found = list(paths)
        fresh = [path for path in found if path not in self._matched]
        if fresh or not found:
            self._matched.update(fresh)
            self._call("evidence", [], fresh)

    def _report(self, paths: list[str]) -> None:
        fresh = [path for path in paths if path not in self._touched]
        if fresh:
            # Told first: an interrupt in between repeats the evidence, and loses none.
            self._call("evidence", fresh, [])
            self._touched.update(fresh)

    def _places(self) -> dict[str, list[int]]:
        if self._table is None:
            shared = self._shared()
            start = 8 + int.from_bytes(shared[:8], "little")
            self._table = json.loads(bytes(shared[8:start]))
            self._text = shared[start:]
        return self._table

    def _bytes(self, place: list[int]) -> bytes:
        offset, length = place
        return bytes(self._text[offset : offset + length])


def _symbol(row: Json) -> rows.SymbolRow | None:
    return rows.SymbolRow(*row) if row is not None else None


def _symbols(found: Json) -> list[rows.SymbolRow]:
    return [rows.SymbolRow(*row) for row in found]


def _references(found: Json) -> list[rows.ReferenceRow]:
    return [rows.ReferenceRow(*row)._replace(inside=_symbol(row[7]), target=_symbol(row[8])) for row in found]


def _page(found: Json) -> rows.ReferencePage:
    references, total, blind_spots = found
    return rows.ReferencePage(_references(references), total, blind_spots)


def _imports(found: Json) -> list[rows.ImportRow]:
    return [rows.ImportRow(*row)._replace(target=_symbol(row[6])) for row in found]
