"""Definitions as rows: where each name stands, what it is, what it is called in full, and its line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rlm_code.cli.rows import in_colour, placed

if TYPE_CHECKING:
    from rlm_code.codebase.symbol import Symbol


def symbol_lines(symbols: Sequence[Symbol], *, colour: bool | None = None) -> Iterator[str]:
    """A line for each definition."""
    rows = [
        ((symbol.path, *symbol.position), (symbol.kind, symbol.qualified_name), symbol.line_text) for symbol in symbols
    ]
    return placed(rows, colour=in_colour() if colour is None else colour)
