"""An answer's text as a terminal shows it: sentences broken between words, aligned rows cut to the width.

It knows how drafts lay out rows (four spaces, then columns two or more spaces apart), and nothing of answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

_ROW = "    "
_REST = f"{_ROW}…"
_FENCE = "```"
_MARKER = re.compile(r"\[\d+\]|")
_BULLET = re.compile(r"^ *(?:[-*] |\d+\. )?")
_GAP = 2
_NARROW, _NARROWEST = 20, 12
# Quoted so that its brackets are not read as a marker; in a row nobody reads them so.
_QUOTED = re.compile(r"(?<= )`([^`\n]*\[\d[^`\n]*)`(?=  |$)")


def unquoted(text: str) -> str:
    """`text` with the code in its rows as it is, also where a draft had to quote it."""
    return "\n".join(
        _QUOTED.sub(r"\1  ", line).rstrip() if line.startswith(_ROW) else line for line in text.split("\n")
    )


def fitted(text: str, columns: int) -> str:
    """`text` in lines of at most `columns`, where that can be: fenced code, places and names stay whole."""
    done: list[str] = []
    is_code = False
    for sort, group in groupby(text.split("\n"), key=_sort):
        lines = list(group)
        if sort == "fence":
            is_code ^= len(lines) % 2 == 1
        if sort == "fence" or is_code:
            done += lines
        else:
            done += _rows(lines, columns) if sort == "row" else _sentences(lines, columns)
    return "\n".join(done)


def wrapped(text: str, columns: int, indent: str = "") -> list[str]:
    """One line as several, broken between words; those after the first begin with `indent`."""
    import textwrap

    if len(text) <= columns:
        return [text]
    return textwrap.wrap(text, columns, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _sort(line: str) -> str:
    return "fence" if line.startswith(_FENCE) else "row" if line.startswith(_ROW) else "sentence"


def _sentences(lines: Sequence[str], columns: int) -> Iterator[str]:
    for line in lines:
        yield from wrapped(line, columns, " " * len(_BULLET.findall(line)[0]))


def _rows(lines: Sequence[str], columns: int) -> list[str]:
    """Aligned rows with their longest columns cut, those from the third on first."""
    aligned = [line for line in lines if not line.startswith(_REST)]
    starts = _starts(aligned)
    if max(map(len, lines)) <= columns or len(starts) < 2:
        return list(lines)
    ends = [*starts[1:], max(map(len, aligned))]
    cells = [[line[start:end].rstrip() for start, end in zip(starts, ends, strict=True)] for line in aligned]
    widths = _narrowed([max(map(len, column)) for column in zip(*cells, strict=True)], cells, columns - len(_ROW))
    shown = iter(_joined(row, widths) for row in cells)
    return [line if line.startswith(_REST) else next(shown) for line in lines]


def _starts(lines: Sequence[str]) -> list[int]:
    """Where columns begin: after places that are blank in each line, at least two of them."""
    width = max(map(len, lines), default=0)
    used = [any(line[at : at + 1].strip() for line in lines) for at in range(width)]
    return [at for at in range(len(_ROW), width) if used[at] and not any(used[max(0, at - _GAP) : at])]


def _narrowed(widths: list[int], cells: Sequence[Sequence[str]], room: int) -> list[int]:
    """The widths with what is too much taken from the right, never from places; a column goes (0) before two of them
    are too narrow to be told apart."""
    fixed = {0} | {at for at in range(len(widths)) if all(_MARKER.fullmatch(row[at]) for row in cells)}
    free = [at for at in range(len(widths) - 1, 0, -1) if at not in fixed]
    while len(free) > 1 and _excess(_shrunk(widths, free, room, _NARROW), room) > 0:
        widths = [0 if at == free[0] else width for at, width in enumerate(widths)]
        free = free[1:]
    return _shrunk(_shrunk(widths, free, room, _NARROW), free, room, _NARROWEST)


def _shrunk(widths: Sequence[int], free: Sequence[int], room: int, least: int) -> list[int]:
    """The widths with the free ones made narrower, those on the right first, until all fit or are that narrow."""
    kept = list(widths)
    for at in free:
        kept[at] = max(min(kept[at], least), kept[at] - max(0, _excess(kept, room)))
    return kept


def _excess(widths: Sequence[int], room: int) -> int:
    return sum(width + _GAP for width in widths if width) - _GAP - room


def _joined(row: Sequence[str], widths: Sequence[int]) -> str:
    kept = [(cell, width) for cell, width in zip(row, widths, strict=True) if width]
    cut = ((cell if len(cell) <= width else f"{cell[: width - 1]}…").ljust(width) for cell, width in kept)
    return _ROW + (" " * _GAP).join(cut).rstrip()
