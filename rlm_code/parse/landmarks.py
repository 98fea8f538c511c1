"""Definitions by what their first line looks like, for the places of a file that the parser did not read.

Asked only for files with broken places, and for what a grammar takes for bare words (a macro's arguments). A definition
found so spans its heading alone: where its body ends is not known, and what lies in it keeps the place it has without.
Which headings there are is for a language's row to say.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import product
from typing import TYPE_CHECKING

from rlm_code.parse.facts import DefinitionKind
from rlm_code.parse.language import Landmarks
from rlm_code.parse.sweep import Mark, Range, definition_marks, enclosing, name_starts

if TYPE_CHECKING:
    from tree_sitter import Node

_PROSE = (
    "comment",
    "string",
    "str_",
    "doc",
    "preproc_arg",
    "raw_text",
    "pod",
    "data_section",
)  # in the types of nodes that hold text
_REST = re.compile(r"[\w\x80-\xff]*")  # of a name, whose other bytes the expressions take for punctuation


def with_landmarks(
    marks: list[Mark], text: str, root: Node, landmarks: Landmarks, places: Sequence[Range]
) -> list[Mark]:
    """`marks` and those of every heading in `places` whose name no mark has yet and that cuts through none."""
    taken = name_starts(marks)
    found: list[Mark] = []
    around = enclosing(marks)
    by_end = sorted((-last, start) for start, last, *_ in around)
    for kind, start, name_start, end in _headings(text, landmarks, places):
        if name_start not in taken and not _cuts(around, by_end, start, end) and not _is_prose(root, name_start):
            taken.add(name_start)
            found.extend(definition_marks(kind, (start, end), (name_start, end)))
    return sorted([*marks, *found])


def _headings(
    text: str, landmarks: Landmarks, places: Sequence[Range]
) -> Iterator[tuple[DefinitionKind, int, int, int]]:
    for (kind, pattern), place in product(landmarks, places):
        for match in re.compile(pattern, re.MULTILINE).finditer(text, *place):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            name_start, name_end = match.span("name")
            yield kind, start, name_start, next(_REST.finditer(text, name_end)).end()


def _is_prose(root: Node, at: int) -> bool:
    """Whether a comment, a string or the text of a macro stands there."""
    node = root.descendant_for_byte_range(at, at + 1)
    return node is not None and any(word in node.type for word in _PROSE)


def _cuts(marks: list[Mark], by_end: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether `start`..`end` overlaps with something marked without being inside or around it."""
    opening = marks[bisect_left(marks, (start + 1,)) : bisect_left(marks, (end,))]
    closing = by_end[bisect_left(by_end, (start + 1,)) : bisect_left(by_end, (end,))]
    return any(-last > end for _, last, *_ in opening) or any(first < start for _, first in closing)
