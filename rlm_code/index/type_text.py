"""Finds the types that declarations write, as text: of a variable, a parameter, a field, a function's result.

It knows how families of languages write them, and no names.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from rlm_code.index.expressions import closed_at

_AFTER_COLON = re.compile(rb"[ \t]*[?!]?[ \t]*:[ \t]*(?=\S)")
_AFTER_ARROW = re.compile(rb"\s*(?:->|:)\s*")
_GO_NAMED_RESULT = re.compile(rb"\(\s*(?:\w+(?:\s*,\s*\w+)*\s+(?=[\w*]))?")
_SPACE = re.compile(rb"(?:\s*,\s*\w+)*[ \t]+")
_TYPE_END = re.compile(rb"[,;)\n{]|=(?!>)|=>|\bwhere\b")
_BRACKETS = {b"(": 1, b"[": 1, b"<": 1, b")": -1, b"]": -1, b">": -1}
_BEFORE_NAME = re.compile(rb"([A-Z][\w.]*)(?:<[^<>;(){}]*>)?\s*[&*]?\s+$")
_DOTTED = re.compile(rb"[A-Za-z_$][\w$]*(?:(?:\.|::)[A-Za-z_$][\w$]*)*")
_WRAPPERS = frozenset(
    {b"Optional", b"Final", b"ClassVar", b"Annotated", b"Required", b"Readonly", b"Partial", b"Promise", b"Awaitable",
     b"Union", b"Box", b"Rc", b"Arc", b"Ref", b"Option", b"Result"}
)  # fmt: skip
_CLASS_OBJECTS = frozenset({b"type", b"Type"})
_COLON = frozenset({"python", "script", "rust", "swift", "kotlin", "scala"})
_LONGEST = 300


class TypeName(NamedTuple):
    """A class that a type names: `dotted` as written, at `offset`. `is_class`: it is the class, no object of it."""

    dotted: str
    offset: int
    is_class: bool = False


def declared(family: str, data: bytes, name_start: int, name_end: int) -> list[TypeName]:
    """The type written beside the name of a variable, parameter or field; [] if there is none."""
    if family == "go":
        space = _SPACE.match(data, name_end)
        return _names(data, space.end(), _type_end(data, space.end())) if space else []
    if family in ("classic", "c"):
        before = _BEFORE_NAME.search(data, max(0, name_start - 120), name_start)
        return [TypeName(before[1].decode("utf-8", "replace"), before.start(1))] if before else []
    colon = _AFTER_COLON.match(data, name_end)
    if not colon or family not in _COLON:
        return []
    return _names(data, colon.end(), _type_end(data, colon.end()))


def returned(family: str, data: bytes, name_start: int, name_end: int, header_end: int) -> list[TypeName]:
    """The type that a function's header says it gives back; [] if it says none."""
    if family in ("classic", "c"):
        return declared(family, data, name_start, name_end)
    opening = data.find(b"(", name_end, header_end)
    closing = closed_at(data, opening, header_end) if opening >= 0 else None
    if closing is None:
        return []
    if family == "go":
        space = _SPACE.match(data, closing + 1)
        start = space.end() if space else closing + 1
        named = _GO_NAMED_RESULT.match(data, start)
        start = named.end() if named else start
        return _names(data, start, _type_end(data, start))
    arrow = _AFTER_ARROW.match(data, closing + 1)
    return _names(data, arrow.end(), min(header_end, _type_end(data, arrow.end()))) if arrow else []


def _type_end(data: bytes, start: int) -> int:
    """Where the type that starts at `start` ends: at a delimiter outside its own brackets."""
    depth = 0
    for at in range(start, min(len(data), start + _LONGEST)):
        char = data[at : at + 1]
        if depth <= 0 and _TYPE_END.match(data, at):
            return at
        depth += _BRACKETS.get(char, 0)
        if depth < 0:
            return at
    return min(len(data), start + _LONGEST)


def _names(data: bytes, start: int, end: int) -> list[TypeName]:
    """The classes named by the type between two offsets: each side of a union, what a wrapper holds."""
    found: list[TypeName] = []
    while start < end and data[start : start + 1] in b" \t*&?\"'":
        start += 1
    name = _DOTTED.match(data, start, end)
    if not name:
        return found
    opening = data[name.end() : name.end() + 1]
    last = re.split(rb"\.|::", name[0])[-1]
    if opening in (b"[", b"<") and last in _WRAPPERS | _CLASS_OBJECTS:
        found += [inner._replace(is_class=last in _CLASS_OBJECTS) for inner in _names(data, name.end() + 1, end)]
        return found
    found.append(TypeName(name[0].decode("utf-8", "replace"), name.start()))
    bar = _union_bar(data, name.end(), end)
    return found + (_names(data, bar + 1, end) if bar is not None else [])


def _union_bar(data: bytes, start: int, end: int) -> int | None:
    depth = 0
    for at in range(start, end):
        char = data[at : at + 1]
        if char in (b"|", b",") and not depth:
            return at if char == b"|" else None
        depth += _BRACKETS.get(char, 0)
        if depth < 0:
            return None
    return None
