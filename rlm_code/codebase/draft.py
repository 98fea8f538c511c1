"""An answer in the making: its text, and the citations that the [n] in it point at.

Whoever writes an answer by code builds it here, so that markers and citations cannot drift apart.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from rlm_code.codebase.citation import Citable, Json, citation

_SCREEN = 112
_NARROWEST = 30
_BRACKETS = re.compile(r"\[(\d{1,4}(?:\s*,\s*\d{1,4})*)\]")
_MARKER = re.compile(r"(?<!\w)" + _BRACKETS.pattern)


class Draft:
    """An answer in the making; `submit(draft)` hands it in. `citations[n - 1]` is what `[n]` in `text` points at."""

    __slots__ = ("_lines", "citations")

    def __init__(self) -> None:
        self._lines: list[str] = []
        self.citations: list[Json] = []

    @property
    def text(self) -> str:
        """All that was said so far."""
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)).strip("\n")

    def cite(self, place: Citable) -> str:
        """The marker of a place, "[3]"; the same place keeps its marker."""
        made = citation(place)
        if made not in self.citations:
            self.citations.append(made)
        return f"[{self.citations.index(made) + 1}]"

    def without(self, numbers: Collection[int]) -> Draft:
        """The same answer without the citations of these numbers and their markers."""
        kept = [number for number in range(1, len(self.citations) + 1) if number not in numbers]
        places = {number: place for place, number in enumerate(kept, 1)}
        draft = Draft()
        draft.citations = [self.citations[number - 1] for number in kept]
        draft.say(_MARKER.sub(lambda marker: _renumbered(marker, places), self.text))
        return draft

    def say(self, text: str = "") -> None:
        """Add a line or paragraph."""
        self._lines.append(text)

    def table(self, rows: Iterable[Sequence[str]]) -> None:
        """Add rows of aligned columns: a place, a name, and more that is cut to fit a screen."""
        cells = [[" ".join(cell.split()) for cell in row] for row in rows]
        cells = _without_empty_columns(cells)
        widths = _widths(cells)
        self._lines += ["", *(f"    {_line(row, widths)}" for row in cells), ""]

    @staticmethod
    def code(text: str, width: int = 72) -> str:
        """Source for an answer: on one line, cut, and quoted where its own brackets would read as a marker."""
        line = " ".join(text.split())
        line = line if len(line) <= width else line[: width - 1] + "…"
        return f"`{line}`" if _BRACKETS.search(line) and "`" not in line else line

    @staticmethod
    def prose(text: str) -> str:
        """Words out of the repository for an answer: brackets that would read as a marker become round ones."""
        return _BRACKETS.sub(r"(\1)", " ".join(text.split()))

    def __repr__(self) -> str:
        return self.text


def _renumbered(marker: re.Match[str], places: dict[int, int]) -> str:
    number = int(marker[1]) if marker[1].isdigit() else 0
    return f"[{places[number]}]" if number in places else ""


def _without_empty_columns(rows: list[list[str]]) -> list[list[str]]:
    aligned = [row for row in rows if len(row) > 1]
    empty = {n for row in aligned for n in range(len(row)) if not any(n < len(other) and other[n] for other in aligned)}
    return [[cell for n, cell in enumerate(row) if n not in empty] if len(row) > 1 else row for row in rows]


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    if len(row) == 1:
        return row[0]
    return "  ".join(_cut(cell, width).ljust(width) for cell, width in zip(row, widths, strict=False)).rstrip()


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """The width of each column: place and name as wide as they need, the others cut from the right to fit a screen."""
    aligned = [row for row in rows if len(row) > 1]
    columns = max((len(row) for row in aligned), default=0)
    widths = [max(len(row[n]) for row in aligned if n < len(row)) for n in range(columns)]
    for at in range(columns - 1, 1, -1):
        excess = sum(widths) + 2 * columns - _SCREEN
        widths[at] = min(widths[at], max(_NARROWEST, widths[at] - max(excess, 0)))
    return widths


def _cut(cell: str, width: int) -> str:
    if len(cell) <= width:
        return cell
    return f"{cell[: width - 2]}…`" if cell.startswith("`") else f"{cell[: width - 1]}…"
