"""An answer in the making: its text, and the citations that the [n] in it point at.

Whoever writes an answer by code builds it here, so that markers and citations cannot drift apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rlm_code.codebase.citation import Citable, Json, citation

_WIDEST_COLUMN = 56


class Draft:
    """An answer in the making; `submit(draft)` hands it in. `citations[n - 1]` is what `[n]` in `text` points at."""

    __slots__ = ("_lines", "citations")

    def __init__(self) -> None:
        self._lines: list[str] = []
        self.citations: list[Json] = []

    @property
    def text(self) -> str:
        """All that was said so far."""
        return "\n".join(self._lines).strip("\n")

    def cite(self, place: Citable) -> str:
        """The marker of a place, "[3]"; the same place keeps its marker."""
        made = citation(place)
        if made not in self.citations:
            self.citations.append(made)
        return f"[{self.citations.index(made) + 1}]"

    def say(self, text: str = "") -> None:
        """Add a line or paragraph."""
        self._lines.append(text)

    def table(self, rows: Iterable[Sequence[str]]) -> None:
        """Add rows of aligned columns, with a blank line before and after."""
        cells = [[" ".join(cell.split()) for cell in row] for row in rows]
        columns = max((len(row) for row in cells), default=0)
        widths = [_width(row[n] for row in cells if n < len(row)) for n in range(columns)]
        lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)) for row in cells]
        self._lines += ["", *(f"    {line.rstrip()}" for line in lines), ""]

    def __repr__(self) -> str:
        return self.text


def _width(cells: Iterable[str]) -> int:
    return max((len(cell) for cell in cells if len(cell) <= _WIDEST_COLUMN), default=0)
