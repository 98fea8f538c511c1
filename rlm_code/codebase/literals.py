"""The text that every match of a regular expression must contain, so that most files need no matching.

It reads Python's own parse of the expression and gives up ("") on whatever it does not know.
"""

from __future__ import annotations

import re
from typing import Any

try:
    from re import _parser  # type: ignore[attr-defined]
except ImportError:  # a Python that moved its parser: searches stay right and get slower
    _parser = None

_ZERO_WIDTH = {"AT", "ASSERT", "ASSERT_NOT"}
_UNSAFE = "\r\n\ufffd"  # line ends and undecodable bytes differ between a file's bytes and its text


def required_text(pattern: str, flags: int = 0) -> str:
    """The longest text that each match of `pattern` must contain as written, "" if none is known.

    Where the expression ignores case, the text counts without regard to case. Raises re.error.
    """
    if _parser is None:
        return ""
    return max(_runs(_parser.parse(pattern, flags)), key=len)


def _runs(items: Any) -> list[str]:
    """Every run of literal characters that a match must contain, in order; at least one, maybe empty."""
    runs = [""]
    for kind, detail in items:
        name = str(kind)
        if name == "LITERAL" and chr(detail) not in _UNSAFE:
            runs[-1] += chr(detail)
        elif name not in _ZERO_WIDTH:
            runs += [*_inner(name, detail), ""]
    return runs


def _inner(name: str, detail: Any) -> list[str]:
    if name == "SUBPATTERN":
        _, added, removed, items = detail
        return [] if (added | removed) & re.IGNORECASE else _runs(items)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, _, items = detail
        return _runs(items) if least else []
    return _runs(detail) if name == "ATOMIC_GROUP" else []
