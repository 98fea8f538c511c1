"""Tests that stand within the file of the code that they test, as Rust's do: by the attribute that says so.

It knows the rows of a file's outline and its text; what a path says is known elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rlm_code.codebase.queries import SymbolRow

_ENDING = ".rs"
_ATTRIBUTE = rb"#\[\s*(?:cfg\(\s*(?:all\(\s*)?test\b|(?:\w+::)*test\b)"


def may_hold_tests(path: str) -> bool:
    """Whether a file's language puts tests beside other code."""
    return path.endswith(_ENDING)


def inner_tests(rows: Sequence[SymbolRow], data: bytes) -> list[tuple[int, int]]:
    """The first and the last line of each definition of a file that is compiled for tests alone, in order."""
    attribute = re.compile(_ATTRIBUTE)
    return [(row.start_line, row.end_line) for row in rows if attribute.search(data, row.start, row.name_start)]
