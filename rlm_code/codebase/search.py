"""Text search over a snapshot with Python's `re`.

Files are read once, in bulk, and those that lack the text which every match must contain are never decoded.
Nothing here bounds a runaway expression: in the worker the cell's clock does, on the host the caller must.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from rlm_code.codebase.lines import Lines, Located, lines_of, span
from rlm_code.codebase.listing import Listing
from rlm_code.codebase.literals import required_texts
from rlm_code.codebase.symbol import Symbol
from rlm_code.codebase.view import View
from rlm_code.text import decode


class Found(NamedTuple):
    """The first match that begins on a line: lines from 1, columns in bytes from 0, `end_column` behind its end."""

    line: int
    column: int
    end_line: int
    end_column: int


class Hit(Located):
    """A match of a search; `end_line` differs from `line` where it spans lines."""

    __slots__ = ("column", "end_column", "end_line")

    def __init__(self, view: View, path: str, found: Found) -> None:
        super().__init__(view, path, found.line)
        self.end_line = found.end_line
        self.column = found.column
        self.end_column = found.end_column

    @property
    def lines(self) -> Lines:
        """Its lines as a range that can be shown and cited."""
        return Lines(self._view, self.path, self.line, self.end_line)

    @property
    def line_text(self) -> str:
        """Its line as it stands."""
        return self._view.lines(self.path)[self.line - 1]

    @property
    def inside(self) -> Symbol | None:
        """The innermost definition around it, if any."""
        row = self._view.enclosing(self.path, self.line)
        return Symbol(self._view, row) if row else None

    def around(self, count: int = 5) -> Lines:
        """Its lines with `count` more above and below."""
        return lines_of(self._view, self.path, max(1, self.line - count), self.end_line + count)

    def __repr__(self) -> str:
        return f"<hit {self.path}:{span(self.line, self.end_line)}: {self.text[:160]}>"


class Hits(Listing[Hit]):
    """The first hits of a search in order of path; `total` counts all matching lines, `counts` those of each path."""

    __slots__ = ("counts",)

    def __init__(self, hits: list[Hit], counts: dict[str, int], searched: int) -> None:
        where = f"{len(counts)} of {searched}" if counts else f"{searched}"
        super().__init__(hits, f"hits in {where} files", sum(counts.values()))
        self.counts = counts


def search(view: View, paths: Sequence[str], pattern: str, *, regex: bool, ignore_case: bool, limit: int) -> Hits:
    """The lines in `paths` where `pattern` matches. Raises ValueError if it is empty or no regular expression."""
    expression = _compile(pattern if regex else re.escape(pattern), ignore_case)
    may_match = _filter(expression)
    hits: list[Hit] = []
    counts: dict[str, int] = {}
    for path, data in view.queries.scan(list(paths)):
        if not may_match(data):
            continue
        text = decode(data).replace("\r\n", "\n")
        for found in _matches(expression, text):
            counts[path] = counts.get(path, 0) + 1
            if len(hits) < limit:
                hits.append(Hit(view, path, found))
    if paths:
        view.matched(list(counts))
    return Hits(hits, counts, len(paths))


def _compile(pattern: str, ignore_case: bool) -> re.Pattern[str]:
    if not pattern:
        raise ValueError("an empty pattern matches everything: say what to search for")
    try:
        return re.compile(pattern, re.MULTILINE | (re.IGNORECASE if ignore_case else 0))
    except re.error as error:
        raise ValueError(f"{pattern!r} is not a regular expression: {error}; regex=False searches as written") from None


def _filter(expression: re.Pattern[str]) -> Callable[[bytes], bool]:
    """Whether bytes may hold a match. Case is folded for ASCII alone: other files are always searched."""
    texts = required_texts(expression.pattern, expression.flags)
    needed = [text.encode("utf-8", "surrogatepass") for text in texts]
    if not needed:
        return lambda data: True
    if not expression.flags & re.IGNORECASE:
        return lambda data: any(text in data for text in needed)
    if not "".join(texts).isascii():
        return lambda data: True
    folded = [text.lower() for text in needed]

    def may_match(data: bytes) -> bool:
        if not data.isascii():
            return True
        lower = data.lower()
        return any(text in lower for text in folded)

    return may_match


def _matches(expression: re.Pattern[str], text: str) -> Iterator[Found]:
    """The first match that begins on each line."""
    line, counted, last = 1, 0, 0
    for match in expression.finditer(text):
        start, end = match.span()
        if start == len(text) and text.endswith("\n"):
            return
        line += text.count("\n", counted, start)
        counted = start
        if line > last:
            last = line
            end_line = line + text.count("\n", start, max(start, end - 1))
            yield Found(line, _column(text, start), end_line, _column(text, max(start, end - 1)) + (end > start))


def _column(text: str, at: int) -> int:
    """The column in bytes of a place in a text."""
    return len(text[text.rfind("\n", 0, at) + 1 : at].encode("utf-8", "surrogatepass"))
