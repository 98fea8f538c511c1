"""Rows of places as people and other tools read them: `path:line:column: …`, aligned, in colour on a terminal alone.

Nothing is ever cut, and what is no row (totals, doubts) goes to standard error, so that a pipe holds rows alone.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence

from rlm_code.text import printable, printable_line

_WIDEST_PLACE = 60
_WIDEST_CELL = 44
_USUAL = 80
_PATH, _NUMBER, _DIM, _MATCH, _PLAIN = "\x1b[35m", "\x1b[32m", "\x1b[2m", "\x1b[1;31m", "\x1b[0m"

Place = tuple[str, int, int]
"""A path, a 1-based line, a column in bytes from 0."""


def in_colour() -> bool:
    """Whether standard output is a terminal that shows colours to someone who wants them."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def terminal_columns() -> int:
    """The width of the terminal that standard output is, 0 where it is none."""
    if not sys.stdout.isatty():
        return 0
    try:
        return int(os.environ.get("COLUMNS") or 0) or os.get_terminal_size(sys.stdout.fileno()).columns or _USUAL
    except (ValueError, OSError):
        return _USUAL


def placed(rows: Sequence[tuple[Place, Sequence[str], str]], *, colour: bool) -> Iterator[str]:
    """A line for each place with its cells, aligned, and its text last."""
    cells = [[printable_line(cell) for cell in row[1]] for row in rows]
    widths = [min(_WIDEST_CELL, max(map(len, column))) for column in zip(*cells, strict=True)]
    first = min(_WIDEST_PLACE, max((len(_written(place)) for place, _, _ in rows), default=0))
    for (place, _, text), row in zip(rows, cells, strict=True):
        padding = " " * max(0, first - len(_written(place)))
        middle = "".join(f"{cell:{width}}  " for cell, width in zip(row, widths, strict=True) if width)
        middle = f"{_DIM}{middle}{_PLAIN}" if colour and middle else middle
        yield f"{shown_place(place, colour=colour)}{padding} {middle}{printable(text)}".rstrip()


def shown_place(place: Place, *, colour: bool) -> str:
    """A place with its last colon."""
    if not colour:
        return _written(place)
    path, line, column = place
    return f"{_PATH}{printable_line(path)}{_PLAIN}:{_NUMBER}{line}{_PLAIN}:{column}:"


def marked(text: str, start: int, end: int, *, colour: bool) -> str:
    """A line with what was found in it set off."""
    if not colour or end <= start:
        return printable(text)
    return f"{printable(text[:start])}{_MATCH}{printable(text[start:end])}{_PLAIN}{printable(text[end:])}"


def _written(place: Place) -> str:
    return f"{printable_line(place[0])}:{place[1]}:{place[2]}:"
