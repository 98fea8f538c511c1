"""What must not be handed to the parser or to a query, because it would crash the one or stall the other.

Found by trying: a grammar whose scanner overflows its buffer, and trees on which queries take quadratic time.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

MAX_RUN = 5_000
# Figures of 2,371 files of 49 languages in a hundred projects, the longest among them.
MAX_CHILDREN = 10_000  # of one broken place; the most were 2,704
MAX_UNCLOSED = 5_000  # takes two seconds; the most in a row of real code were 112
MAX_DEPTH = 10_000  # of long nodes inside each other; the most were 73, and 394 in 2,899 more files
_ANGLE = re.compile(rb"<+=?|>")
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


def longest_unclosed(data: bytes) -> int:
    """The most `<` that are opened in a row before one is closed; shifts are none, nor `<=`.

    Grammars in which they may open type arguments give up at the end of the file, in quadratic time and one step.
    """
    if data.count(b"<") <= MAX_UNCLOSED:
        return 0
    longest = run = 0
    for mark in _ANGLE.findall(data):
        if mark == b"<":
            run += 1
            longest = max(longest, run)
        elif mark == b">":
            run = 0
    return longest


def has_endless_error(root: Node) -> bool:
    """Whether a broken place holds more than `MAX_RUN` tokens in a row and nothing else (`((((((…`), or more
    than `MAX_CHILDREN` of any kind (`a } a } …`): a query takes quadratic time over them."""
    if not root.has_error or root.end_byte - root.start_byte <= MAX_RUN:
        return False
    pending = [root]
    while pending:
        node = pending.pop()
        if node.end_byte - node.start_byte <= MAX_RUN:
            continue
        if node.is_error and node.child_count > MAX_CHILDREN:
            return True
        children = node.children
        if node.is_error and len(children) > MAX_RUN and _longest_run(children) > MAX_RUN:
            return True
        pending.extend(child for child in children if child.has_error)
    return False


def is_endless_chain(root: Node) -> bool:
    """Whether more than `MAX_DEPTH` long nodes stand inside each other (`a.a.a.…`), in broken code or not: a pattern
    that begins with any node stays open in each, and a query takes quadratic time over them."""
    if root.end_byte - root.start_byte <= MAX_DEPTH:
        return False
    level = [root]
    for _ in range(MAX_DEPTH):
        level = [child for node in level for child in node.children if child.end_byte - child.start_byte > MAX_RUN]
        if not level:
            return False
    return True


def _longest_run(children: list[Node]) -> int:
    """The most children in a row that are tokens without a name."""
    longest = run = 0
    for child in children:
        run = 0 if child.is_named else run + 1
        longest = max(longest, run)
    return longest
