"""Finds the lines of a text on which an expression matches, with the meaning of Python's `re`.

RE2 passes over every text, in time in proportion to it. Most expressions mean the same to both, and are done with
then. Of the others it finds the lines, or the files, that may hold a match; on those `re` has the last word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from rlm_code.codebase.automaton import Matches, Translation, for_any, for_ascii
from rlm_code.codebase.backtracking import Doubt, Found, first_on_lines
from rlm_code.codebase.literals import Parsed, parsed, required_texts, stays_in_line, steps
from rlm_code.codebase.texts import Text

_LONGEST = 100_000
_NEEDLE_CHARS = range(3, 200)
_MOST_STEPS = 200_000_000
_SMALL = 100
_FEW_WAYS = 64


class Seen(NamedTuple):
    """What was found in a text, and where only `re` can tell."""

    found: list[Found]
    doubts: list[Doubt]


_NOTHING = Seen([], [])


class Sought:
    """An expression, made ready for many texts. `^` and `$` match at each line."""

    def __init__(self, pattern: str, flags: int) -> None:
        """Raises ValueError, which says what is wrong with an expression."""
        expression = parsed(pattern, flags)
        narrow, wide = for_ascii(expression), for_any(expression)
        self.pattern, self.flags = pattern, expression.state.flags
        self._expression = expression
        self._needle = _needle(expression)
        self._narrow = _matches(narrow)
        self._wide = self._narrow if wide.pattern == narrow.pattern else _matches(wide)
        self._by_line = narrow.exact and self._narrow is not None and stays_in_line(expression)
        self._by_span = narrow.exact and bool(expression.getwidth()[0]) and not self._by_line
        self._exact_anywhere = wide.exact

    @property
    def sieve(self) -> Matches | None:
        """What every text that may match has on one line; None where no such thing is known, or is quick to find."""
        if self._needle or self._wide is None:
            return self._needle
        return self._wide if self._by_line and self._wide.size <= _SMALL else None

    def may_be_in(self, data: bytes) -> bool:
        """Whether the text of a file's bytes may match; False is certain."""
        return self._needle is None or self._needle.first(data, 0, len(data))[0] >= 0

    def steps(self, length: int) -> float:
        """How many steps `re` may take in a text of some length."""
        return steps(self._expression, length)

    def look(self, text: Text, tick: Callable[[], object]) -> Seen:
        """What matches in a text, or may. `tick` is called every now and then, and may raise."""
        matches = self._narrow if text.is_ascii else self._wide
        where = text.buffer, text.start, text.end
        if text.start == text.end or (self._needle and self._needle.first(*where)[0] < 0):
            return _NOTHING
        if matches is None or self._is_for_trying(matches.size, text.end - text.start):
            return Seen([], [Doubt(text.path, text.data.decode())])
        if matches.first(*where)[0] < 0:
            return _NOTHING
        if self._by_line:
            return self._on_lines(matches, text, tick)
        if self._by_span and (text.is_ascii or self._exact_anywhere):
            return Seen(list(first_on_lines(_spans(matches, text.data, tick), text.data, b"\n")), [])
        return Seen([], [Doubt(text.path, text.data.decode())])

    def _is_for_trying(self, size: int, length: int) -> bool:
        """Whether RE2 might lose its quick way (a program of many states) where `re` has nothing much to try."""
        return size * length > _MOST_STEPS or (size > _SMALL and self.steps(length) <= _FEW_WAYS * (length + 1))

    def _on_lines(self, matches: Matches, text: Text, tick: Callable[[], object]) -> Seen:
        """What matches on each line: for expressions that stay in one."""
        seen = Seen([], [])
        data = text.data
        sure = text.is_ascii or self._exact_anywhere
        for line, first, last, span in _lines(matches, data, tick):
            if not sure and not data[first:last].isascii():
                seen.doubts.append(Doubt(text.path, data[first:last].decode(), line))
                continue
            start, end = span if sure or not self._narrow else self._narrow.first(data, first, last)
            if start >= 0:
                seen.found.append(Found(line, start - first, line, end - first))
        return seen


def _lines(
    matches: Matches, data: bytes, tick: Callable[[], object]
) -> Iterator[tuple[int, int, int, tuple[int, int]]]:
    """The lines that hold a match, each with its number, its place and the first match; none goes beyond its line."""
    line, counted, at, length = 1, 0, 0, len(data)
    while at < length:
        tick()
        span = matches.first(data, at, length)
        if span[0] < 0 or (span[0] == length and data.endswith(b"\n")):
            return
        first = data.rfind(b"\n", 0, span[0]) + 1
        last = data.find(b"\n", span[0])
        last = length if last < 0 else last
        line += data.count(b"\n", counted, first)
        counted, at = first, last + 1
        yield line, first, last, span


def _needle(expression: Parsed) -> Matches | None:
    """What finds the text that every match holds, where that is quicker than to find the matches."""
    texts = required_texts(expression)
    ignored_case = expression.state.flags & re.IGNORECASE
    # Letters that have cases beyond ASCII cost RE2 its quickest way.
    parts = (re.split("[iksIKS]", texts[0]) if ignored_case else texts) if len(texts) == 1 else [""]
    needle = max(parts, key=len)
    if len(needle) < _NEEDLE_CHARS.start:
        return None
    return _matches(for_any(parsed(re.escape(needle[: _NEEDLE_CHARS.stop]), ignored_case)))


def _matches(translation: Translation) -> Matches | None:
    try:
        return Matches(translation.pattern) if len(translation.pattern) <= _LONGEST else None
    except ValueError:
        return None


def _spans(matches: Matches, data: bytes, tick: Callable[[], object]) -> Iterator[tuple[int, int]]:
    """All matches of an expression that matches no empty text."""
    at = 0
    while True:
        tick()
        span = matches.first(data, at, len(data))
        if span[0] < 0:
            return
        yield span
        at = span[1]
