"""Text search in bounded time: the lines on which an expression matches, as far as the time went.

What only `re` can tell is settled in batches, here if it is sure to be quick, else in a child process that is ended
when time runs out. It refuses to know where the texts come from.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from time import monotonic

from rlm_code.codebase.backtracking import Doubt, Found, found_in, found_in_child
from rlm_code.codebase.matching import Sought
from rlm_code.codebase.queries import HitRow, SearchPage
from rlm_code.codebase.texts import KeptTexts, Text, text_of
from rlm_code.errors import RlmCodeError

_LONGEST_EXPRESSION = 20_000
_QUICK_STEPS = 20_000_000
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


def search_files(
    what: Sought, files: Iterable[tuple[str, bytes]], count: int, limit: int, seconds: float
) -> SearchPage:
    """The lines that match in `count` files, given with their bytes, the first `limit` of them in their order."""
    texts = (text_of(path, data) if what.may_be_in(data) else None for path, data in files)
    return _Search(what, limit, monotonic() + seconds).over(texts, count)


def search_kept(what: Sought, kept: KeptTexts, paths: list[str], limit: int, seconds: float) -> SearchPage:
    """The lines that match in the texts at `paths`, the first `limit` of them in that order."""
    search = _Search(what, limit, monotonic() + seconds)
    try:
        holding = kept.holding(what.sieve.first, paths, search.in_time) if what.sieve else paths
    except TimeoutError:
        return SearchPage([], {}, len(paths), len(paths), True)
    return search.over(kept.texts(holding), len(holding))._replace(asked=len(paths))


class _Search:
    """What was found so far. Methods raise TimeoutError when time has run out."""

    def __init__(self, what: Sought, limit: int, ends: float) -> None:
        self._what = what
        self._limit = limit
        self._ends = ends
        self._expression: re.Pattern[str] | None = None
        self._found: list[tuple[int, Found]] = []
        self._last = sys.maxsize
        self._numbers: dict[str, int] = {}
        self._marks: dict[str, int] = {}
        self._counts: dict[str, int] = {}
        self._doubts: list[Doubt] = []
        self._doubts_chars = 0

    def over(self, texts: Iterable[Text | None], count: int) -> SearchPage:
        """What is found in `count` texts, None being one that has nothing, as far as the time goes."""
        seen, out_of_time = 0, False
        try:
            for text in texts:
                self.in_time()
                if text is not None:
                    self._look(text)
                seen += 1
            self._settle()
        except TimeoutError:
            out_of_time = True
        unseen = count - seen + len({doubt.path for doubt in self._doubts})
        return SearchPage(self._rows(), self._counts, count, unseen, out_of_time)

    def in_time(self) -> float:
        """The seconds that are left."""
        left = self._ends - monotonic()
        if left < 0:
            raise TimeoutError
        return left

    def _look(self, text: Text) -> None:
        found, doubts = self._what.look(text, self.in_time)
        self._numbers[text.path] = len(self._numbers)
        self._marks[text.path] = text.mark
        if found:
            self._keep(text.path, found)
        for doubt in doubts:
            self._doubt(doubt)

    def _settle(self) -> None:
        """Let `re` say what it finds in the texts that are in doubt."""
        if self._doubts:
            for doubt, rows in zip(self._doubts, self._from_child(), strict=True):
                self._settled(doubt, rows)
            self._doubts.clear()
            self._doubts_chars = 0

    def _from_child(self) -> list[list[Found]]:
        what, texts = self._what, [doubt.text for doubt in self._doubts]
        left = self.in_time()
        try:
            return found_in_child(what.pattern, what.flags, texts, left)
        except TimeoutError:
            raise
        except (OSError, RuntimeError) as error:
            message = f"the process that should match this expression failed: {error}"
            raise RlmCodeError(message, hint="an expression without look-around and references needs none") from error

    def _rows(self) -> list[HitRow]:
        """The first of what was found, in the order of the texts."""
        paths = list(self._numbers)
        shown = []
        for number, found in sorted(self._found)[: self._limit]:
            mark = self._marks[paths[number]]
            line, column, end_line, end_column = found
            column, end_column = column + mark * (line == 1), end_column + mark * (end_line == 1)
            shown.append(HitRow(paths[number], line, column, end_line, end_column))
        return shown

    def _doubt(self, doubt: Doubt) -> None:
        self.in_time()
        if self._what.steps(len(doubt.text)) <= _QUICK_STEPS:
            if self._expression is None:
                self._expression = re.compile(self._what.pattern, self._what.flags)
            self._settled(doubt, found_in(self._expression, doubt.text))
            return
        self._doubts.append(doubt)
        self._doubts_chars += len(doubt.text)
        if self._doubts_chars > _BATCH_CHARS:
            self._settle()

    def _settled(self, doubt: Doubt, found: list[Found]) -> None:
        if found:
            at = doubt.line - 1
            self._keep(
                doubt.path, [Found(line + at, start, end_line + at, end) for line, start, end_line, end in found]
            )

    def _keep(self, path: str, found: list[Found]) -> None:
        self._counts[path] = self._counts.get(path, 0) + len(found)
        number = self._numbers[path]
        if number > self._last:  # before which there are enough
            return
        self._found += [(number, each) for each in found]
        if len(self._found) > self._limit + _SPARE_ROWS:
            self._found.sort()
            del self._found[self._limit :]
            self._last = self._found[-1][0] if self._found else -1
