"""Text search in bounded time: the lines on which an expression matches, as far as the time went.

What only `re` can tell is settled in batches, here if it is sure to be quick, else in a child process that is ended
when time runs out. It refuses to know where the texts come from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from time import monotonic

from rlm_code.codebase.backtracking import Doubt, Found, found_in, found_in_child
from rlm_code.codebase.matching import Sought
from rlm_code.codebase.queries import HitRow, SearchPage
from rlm_code.codebase.texts import Text

_LONGEST_EXPRESSION = 20_000
_QUICK_STEPS = 1_000_000
_BATCH_CHARS = 2_000_000
_SPARE_ROWS = 1000


def sought(pattern: str, *, regex: bool, ignore_case: bool) -> Sought:
    """What to search for. Raises ValueError if it is empty or no regular expression."""
    if not pattern:
        raise ValueError("an empty pattern matches everything: say what to search for")
    if regex and len(pattern) > _LONGEST_EXPRESSION:
        raise ValueError(f"an expression of {len(pattern):,} characters is too long (at most {_LONGEST_EXPRESSION:,})")
    flags = re.MULTILINE | (re.IGNORECASE if ignore_case else 0)
    try:
        return Sought(pattern if regex else re.escape(pattern), flags)
    except ValueError as error:
        raise ValueError(f"{error}; regex=False searches as written") from None


def search_texts(what: Sought, texts: Iterable[Text], count: int, limit: int, seconds: float) -> SearchPage:
    """The lines that match in `count` texts, the first `limit` of them in the order of the texts."""
    search = _Search(what, limit, monotonic() + seconds)
    out_of_time = False
    try:
        for text in texts:
            search.look(text)
        search.settle()
    except TimeoutError:
        out_of_time = True
    unseen = count - len(search.marks.keys() - {doubt.path for doubt in search.doubts})
    return SearchPage(search.rows(), search.counts, count, unseen, out_of_time)


class _Search:
    """What was found so far. Methods raise TimeoutError when time has run out."""

    def __init__(self, what: Sought, limit: int, ends: float) -> None:
        self._what = what
        self._limit = limit
        self._ends = ends
        self._expression: re.Pattern[str] | None = None
        self._found: list[tuple[int, Found]] = []
        self._last: tuple[int, Found] | None = None
        self._numbers: dict[str, int] = {}
        self._doubts_chars = 0
        self.counts: dict[str, int] = {}
        self.doubts: list[Doubt] = []
        self.marks: dict[str, int] = {}
        """What was seen, with the bytes that stood before each text."""

    def look(self, text: Text) -> None:
        """Look through one more text."""
        self._numbers[text.path] = len(self._numbers)
        self._in_time()
        for each in self._what.look(text):
            self._in_time()
            if isinstance(each, Found):
                self._keep(text.path, each)
            else:
                self._doubt(each)
        self.marks[text.path] = text.mark

    def settle(self) -> None:
        """Let `re` say what it finds in the texts that are in doubt."""
        if self.doubts:
            texts = [doubt.text for doubt in self.doubts]
            found = found_in_child(self._what.pattern, self._what.flags, texts, max(0, self._in_time()))
            for doubt, rows in zip(self.doubts, found, strict=True):
                self._settled(doubt, rows)
            self.doubts.clear()
            self._doubts_chars = 0

    def rows(self) -> list[HitRow]:
        """The first of what was found, in the order of the texts."""
        paths = list(self._numbers)
        shown = []
        for number, found in sorted(self._found)[: self._limit]:
            mark = self.marks.get(paths[number], 0)
            line, column, end_line, end_column = found
            column, end_column = column + mark * (line == 1), end_column + mark * (end_line == 1)
            shown.append(HitRow(paths[number], line, column, end_line, end_column))
        return shown

    def _doubt(self, doubt: Doubt) -> None:
        if self._what.steps(len(doubt.text)) <= _QUICK_STEPS:
            if self._expression is None:
                self._expression = re.compile(self._what.pattern, self._what.flags)
            self._settled(doubt, found_in(self._expression, doubt.text))
            return
        self.doubts.append(doubt)
        self._doubts_chars += len(doubt.text)
        if self._doubts_chars > _BATCH_CHARS:
            self.settle()

    def _settled(self, doubt: Doubt, found: list[Found]) -> None:
        before = doubt.line - 1
        for line, column, end_line, end_column in found:
            self._keep(doubt.path, Found(line + before, column, end_line + before, end_column))

    def _keep(self, path: str, found: Found) -> None:
        self.counts[path] = self.counts.get(path, 0) + 1
        row = self._numbers[path], found
        if self._last is not None and row > self._last:
            return
        self._found.append(row)
        if len(self._found) > self._limit + _SPARE_ROWS:
            self._found.sort()
            del self._found[self._limit :]
            self._last = self._found[-1] if self._found else (-1, found)

    def _in_time(self) -> float:
        left = self._ends - monotonic()
        if left < 0:
            raise TimeoutError
        return left
