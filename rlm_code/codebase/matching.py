"""Where an expression matches in the bytes of one file: on bytes as far as that gives what text would.

Most files lack the text that every match must contain and are done with at the speed of a text search. In the
others an expression that stays within a line is tried on the lines that hold that text, and on no others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import AnyStr, NamedTuple

from rlm_code.codebase.literals import required_texts, stays_in_line
from rlm_code.text import decode

_BOM = b"\xef\xbb\xbf"


class Found(NamedTuple):
    """The first match that begins on a line: lines from 1, columns in bytes from 0, `end_column` behind its end."""

    line: int
    column: int
    end_line: int
    end_column: int


class Matcher:
    """An expression, made ready for many files. `^` and `$` match at each line."""

    def __init__(self, expression: re.Pattern[str]) -> None:
        self._expression = expression
        texts = required_texts(expression.pattern, expression.flags)
        ignores_case = bool(expression.flags & re.IGNORECASE)
        self._folds = ignores_case and bool(texts) and all(map(str.isascii, texts))
        self._texts = [text.encode("utf-8", "surrogatepass") for text in texts]
        if ignores_case:
            self._texts = [text.lower() for text in self._texts] if self._folds else []
        self._single = self._texts[0] if len(self._texts) == 1 and not ignores_case else None
        self._plain = _for_bytes(expression)
        self._in_line = self._single is not None and stays_in_line(expression.pattern, expression.flags)

    def may_match(self, data: bytes) -> bool:
        """Whether a file may hold a match; False is certain."""
        if self._single is not None:
            return self._single in data
        if not self._texts:
            return True
        if self._folds:  # case is folded for ASCII alone
            return not data.isascii() or any(map(data.lower().__contains__, self._texts))
        return any(map(data.__contains__, self._texts))

    def matches(self, data: bytes) -> Iterator[Found]:
        """The first match that begins on each line of a file."""
        if self._plain is None or not data.isascii() or b"\r" in data:
            return self._in_text(data)
        if self._in_line:
            return self._on_lines(data, self._plain)
        return _first_on_lines(self._plain, data, b"\n")

    def _on_lines(self, data: bytes, expression: re.Pattern[bytes]) -> Iterator[Found]:
        """The matches on the lines that hold the text which each match holds."""
        text = self._texts[0]
        line, counted = 1, 0
        at = data.find(text)
        while at >= 0:
            start = data.rfind(b"\n", 0, at) + 1
            end = data.find(b"\n", at)
            end = len(data) if end < 0 else end
            line += data.count(b"\n", counted, start)
            counted = start
            match = expression.search(data, start, end)
            if match:
                yield Found(line, match.start() - start, line, match.end() - start)
            at = data.find(text, end)

    def _in_text(self, data: bytes) -> Iterator[Found]:
        text = decode(data).replace("\r\n", "\n")
        mark = len(_BOM) if data.startswith(_BOM) else 0
        for found in _first_on_lines(self._expression, text, "\n"):
            starts = text.split("\n", found.end_line)  # the lines up to the match's last, and the rest
            columns = (
                _column(starts[line - 1], column) + (mark if line == 1 else 0)
                for line, column in ((found.line, found.column), (found.end_line, found.end_column))
            )
            yield Found(found.line, next(columns), found.end_line, next(columns))


def _first_on_lines(expression: re.Pattern[AnyStr], text: AnyStr, feed: AnyStr) -> Iterator[Found]:
    """The first match that begins on each line, columns in the units of `text`, in which `feed` ends lines."""
    line, counted, last = 1, 0, 0
    for match in expression.finditer(text):
        start, end = match.span()
        if start == len(text) and text.endswith(feed):
            return
        line += text.count(feed, counted, start)
        counted = start
        if line > last:
            last = line
            final = max(start, end - 1)
            end_line = line + text.count(feed, start, final)
            column = start - text.rfind(feed, 0, start) - 1
            end_column = final - text.rfind(feed, 0, final) - 1 + (end > start)
            yield Found(line, column, end_line, end_column)


def _column(line: str, column: int) -> int:
    """A column in bytes, given in characters; a match may take in the line's end."""
    return len(f"{line}\n"[:column].encode("utf-8", "surrogatepass"))


def _for_bytes(expression: re.Pattern[str]) -> re.Pattern[bytes] | None:
    """The expression for ASCII bytes, on which it means the same; None for one that is not ASCII itself."""
    if not expression.pattern.isascii():
        return None
    try:
        return re.compile(expression.pattern.encode("ascii"), expression.flags & ~re.UNICODE)
    except re.error:  # \N{…}, (?u) and the like
        return None
