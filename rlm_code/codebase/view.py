"""One snapshot as all its handles share it: the queries, and the lines of files that were just read.

Snapshots do not change, so what is kept here never goes stale.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from rlm_code.codebase.inner_tests import inner_tests, may_hold_tests
from rlm_code.codebase.queries import FileRow, Queries, SymbolRow
from rlm_code.places import is_test
from rlm_code.text import decode, split_lines

T = TypeVar("T")

_KEPT_FILES = 32


class View:
    """What handles read through. `matched` is told the paths in which a search found something."""

    __slots__ = ("_files", "_lines", "_outlines", "_tests", "matched", "queries")

    def __init__(self, queries: Queries, matched: Callable[[Sequence[str]], None] | None = None) -> None:
        self.queries = queries
        self.matched = matched or (lambda paths: None)
        self._files: dict[str, FileRow] = {}
        self._lines: dict[str, list[str]] = {}
        self._outlines: dict[str, list[SymbolRow]] = {}
        self._tests: dict[str, list[tuple[int, int]]] = {}

    @property
    def files(self) -> dict[str, FileRow]:
        """Every file by path, in order of path."""
        if not self._files:
            self._files = {row.path: row for row in self.queries.files()}
        return self._files

    def lines(self, path: str) -> list[str]:
        """The lines of a file, line 1 at index 0."""
        return _keep(self._lines, path, lambda: split_lines(self.queries.text(path)))

    def outline(self, path: str) -> list[SymbolRow]:
        """The definitions of a file in source order."""
        return _keep(self._outlines, path, lambda: self.queries.outline(path))

    def part(self, path: str, start: int, end: int) -> str:
        """The text between two byte offsets of a file."""
        return decode(self.queries.data(path)[start:end])

    def is_test(self, path: str, line: int) -> bool:
        """Whether a line of a file belongs to the tests: by the path, or by the definition around it."""
        if is_test(path) or not may_hold_tests(path):
            return is_test(path)
        blocks = _keep(self._tests, path, lambda: inner_tests(self.outline(path), self.queries.data(path)))
        return any(first <= line <= last for first, last in blocks)

    def enclosing(self, path: str, line: int) -> SymbolRow | None:
        """The innermost definition that holds a line."""
        holding = [row for row in self.outline(path) if row.start_line <= line <= row.end_line]
        return max(holding, key=lambda row: (row.start, -row.end), default=None)


def _keep(kept: dict[str, T], path: str, make: Callable[[], T]) -> T:
    if path not in kept:
        if len(kept) >= _KEPT_FILES:
            del kept[next(iter(kept))]
        kept[path] = make()
    return kept[path]
