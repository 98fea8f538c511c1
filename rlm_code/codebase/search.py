"""What a text search gives back: the lines that match, as handles. It refuses to know how they are found."""

from __future__ import annotations

from rlm_code.codebase.lines import Lines, Located, lines_of, place_at, span
from rlm_code.codebase.listing import Listing
from rlm_code.codebase.queries import HitRow, SearchPage
from rlm_code.codebase.symbol import Symbol
from rlm_code.codebase.view import View


class Hit(Located):
    """A match; `end_line` differs from `line` where it spans lines."""

    __slots__ = ("column", "end_column", "end_line")

    def __init__(self, view: View, row: HitRow) -> None:
        super().__init__(view, row.path, row.line)
        self.end_line = row.end_line
        self.column = row.column
        self.end_column = row.end_column

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
        return f"<hit {place_at(self.path, span(self.line, self.end_line))}: {self.text[:160]}>"


class Hits(Listing[Hit]):
    """The first hits in order of path; `total` counts all matching lines, `counts` each path's."""

    __slots__ = ("counts", "out_of_time", "unseen")

    def __init__(self, view: View, page: SearchPage, searched: int) -> None:
        counts = page.counts
        where = f"{len(counts)} of {searched}" if counts else f"{searched}"
        hits = (Hit(view, row) for row in page.rows)
        super().__init__(hits, f"hits in {where} files", sum(counts.values()), page.blind_spots)
        self.counts = counts
        self.out_of_time = page.out_of_time
        self.unseen = page.unseen  # so many files, as `blind_spots` says
