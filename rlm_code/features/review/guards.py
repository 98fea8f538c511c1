"""What stands around a line, by indentation: blocks in which an error is expected or met."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TRIES = re.compile(r"\W*(?:try|except|catch)\b")
_EXPECTS = re.compile(r"\bwith\b.*(?:raises|assertRaises|suppress)\b|\bhasattr\(")


def expects_error(lines: list[str], line: int) -> bool:
    """Whether a line stands in a block that is there to fail, or is reached only where a name exists."""
    return any(_EXPECTS.search(header) for header in _around(lines, line))


def is_guarded(lines: list[str], line: int) -> bool:
    """Whether a line stands in such a block, in the body of a `try`, or in its handlers."""
    return any(_TRIES.match(header) or _EXPECTS.search(header) for header in _around(lines, line))


def _around(lines: list[str], line: int) -> Iterator[str]:
    """The lines that begin the blocks around a line (1-based), the innermost first."""
    indent = _indent(lines[line - 1])
    for above in reversed(lines[: line - 1]):
        if above.strip() and _indent(above) < indent:
            ends_header = above.lstrip().startswith(")")  # of one of several lines, which begins where it ends
            indent = _indent(above) + ends_header
            yield above


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
