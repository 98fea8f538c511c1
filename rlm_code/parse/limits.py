"""What must not be handed to the parser or to a query, because it would crash the one or stall the other.

Found by trying: a grammar whose scanner overflows its buffer, and trees on which queries take quadratic time.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

MAX_RUN = 5_000
_LEADING = re.compile(rb"^([ ]*)((?:[-?:][ ]+)*)\S", re.MULTILINE)


def block_depth(data: bytes) -> int:
    """The most blocks that indentation and `- ` open inside each other in `data`: an upper bound."""
    deepest = 0
    open_columns: list[int] = []
    for match in _LEADING.finditer(data):
        column = len(match[1])
        while open_columns and open_columns[-1] >= column:
            open_columns.pop()
        open_columns.append(column)
        inline = re.finditer(rb"[-?:][ ]+", match[2])
        open_columns.extend(column + mark.end() for mark in inline)
        deepest = max(deepest, len(open_columns))
    return deepest


def has_endless_error(root: Node) -> bool:
    """Whether a broken place holds more than `MAX_RUN` tokens in a row and nothing else (`((((((…`)."""
    if not root.has_error or root.end_byte - root.start_byte <= MAX_RUN:
        return False
    pending = [root]
    while pending:
        node = pending.pop()
        if node.end_byte - node.start_byte <= MAX_RUN:
            continue
        children = node.children
        if node.is_error and len(children) > MAX_RUN and _longest_run(children) > MAX_RUN:
            return True
        pending.extend(child for child in children if child.has_error)
    return False


def _longest_run(children: list[Node]) -> int:
    """The most children in a row that are tokens without a name."""
    longest = run = 0
    for child in children:
        run = 0 if child.is_named else run + 1
        longest = max(longest, run)
    return longest
