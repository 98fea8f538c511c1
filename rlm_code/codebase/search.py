"""Text search over a snapshot with Python's `re`.

Files are read once, in bulk, and those that lack the text which every match must contain are never decoded.
Nothing here bounds a runaway expression: in the worker the cell's clock does, on the host the caller must.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rlm_code.codebase.lines import Lines, Located, lines_of, span
from rlm_code.codebase.listing import Listing
from rlm_code.codebase.matching import Found, Matcher
from rlm_code.codebase.symbol import Symbol
from rlm_code.codebase.view import View


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
    matcher = Matcher(expression)
    hits: list[Hit] = []
    counts: dict[str, int] = {}
    for path, data in view.queries.scan(list(paths)):
        if not matcher.may_match(data):
            continue
        for found in matcher.matches(data):
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
