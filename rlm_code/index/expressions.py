"""Reads the expressions around a name straight from the text: what stands before a dot, what stands after `=`.

A few kinds of steps are understood, alike in most languages; all else is None. It knows no names and no files.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

_REACH = 600
_WORD_BYTES = bytes(byte for byte in range(256) if byte > 127 or chr(byte).isalnum() or byte in b"_$")
_LONGEST_WORD = 100
_LONGEST_BRACKETS = 4000
_LONGEST_SPACE = 300
_MOST_STEPS = 30
_WORD = re.compile(rb"\s*([A-Za-z_$\x80-\xff][\w$\x80-\xff]*)")
_DOT = re.compile(rb"\s*(?:\?\.|!\.|\.|->|::)(?!\.)")
_PREFIX = re.compile(rb"\s*(?:(?:await|new|yield|mut)\s+|[&*]\s*)*")
_CLOSING = {b")": b"(", b"]": b"["}
_OPENING = {b"(": b")", b"[": b"]", b"{": b"}"}
_STRING = re.compile(rb"'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"|`(?:[^`\\]|\\.)*`")


_COMMENT = re.compile(rb"//|#|^\s*\*", re.MULTILINE)

Joints = tuple[bytes, ...]
DOT: Joints = (b".",)
"""What reaches a member in most languages."""


class Step(NamedTuple):
    """One step of an expression, left to right: a first `name`, a `member` of what precedes, a `call` of it, an
    `index` into it. `offset` is where the name stands."""

    kind: Literal["name", "member", "call", "index"]
    name: str
    offset: int


def receiver(data: bytes, start: int, joints: Joints = DOT) -> list[Step] | None:
    """The expression before the name at `start`, to which a dot joins it; None if it is of another kind."""
    floor = max(0, start - _REACH)
    at = dot_before(data, start, joints)
    return None if at is None else _chain_before(data, floor, at, joints)


def _chain_before(data: bytes, floor: int, at: int, joints: Joints = DOT) -> list[Step] | None:
    """The expression that ends at `at`; None if it is of another kind."""
    steps: list[Step] = []
    while len(steps) < _MOST_STEPS:
        at = _skip_space(data, floor, at)
        closing = data[at - 1 : at]
        if closing in _CLOSING:
            opened = _opened_at(data, floor, at - 1)
            if opened is None:
                return None
            steps.append(Step("call" if closing == b")" else "index", "", opened))
            at = opened
            continue
        start = word_before(data, floor, at)
        if start == at or 48 <= data[start] <= 57:
            return None
        before = dot_before(data, start, joints)
        steps.append(Step("name" if before is None else "member", data[start:at].decode("utf-8", "replace"), start))
        if before is None:
            return steps[::-1]
        at = before
    return None


def expression(data: bytes, start: int, end: int) -> tuple[list[Step], int] | None:
    """The expression that starts at `start`, and where it ends; None if it is of another kind. Words such as
    `new` and `await` before it are passed over."""
    prefix = _PREFIX.match(data, start, end)
    word = _WORD.match(data, prefix.end() if prefix else start, end)
    if not word:
        return None
    steps = [Step("name", word[1].decode("utf-8", "replace"), word.start(1))]
    at = word.end()
    while True:
        dot = _DOT.match(data, at, end)
        word = _WORD.match(data, dot.end(), end) if dot else None
        if word:
            steps.append(Step("member", word[1].decode("utf-8", "replace"), word.start(1)))
            at = word.end()
            continue
        opening = data[at : at + 1]
        if opening not in _OPENING:
            return steps, at
        closed = closed_at(data, at, end)
        if closed is None:
            return None
        steps.append(Step("index" if opening == b"[" else "call", "", at))
        at = closed + 1


def closed_at(data: bytes, start: int, end: int) -> int | None:
    """Where the bracket that opens at `start` closes, strings passed over; None if it does not before `end`, or only
    after thousands of bytes."""
    depth = 0
    at = start
    end = min(end, start + _LONGEST_BRACKETS)
    while at < end:
        char = data[at : at + 1]
        if char in b"\"'`":
            string = _STRING.match(data, at, end)
            at = string.end() if string else at + 1
            continue
        if char in b"([{":
            depth += 1
        elif char in b")]}":
            depth -= 1
            if not depth:
                return at
        at += 1
    return None


def is_key(data: bytes, start: int, end: int) -> bool:
    """Whether the name between two offsets is a key: `{name: value}`, not `a ? name : b` and not `name := value`."""
    after = data[end : end + 20].lstrip()
    at = _skip_space(data, max(0, start - 200), start)
    return after[:1] == b":" and after[:2] not in (b":=", b"::") and data[at - 1 : at] in (b"{", b",")


def literal_type(data: bytes, start: int) -> list[Step] | None:
    """The expression before the brace around the key at `start`: the type of a composite literal; None if there is
    none near."""
    floor = max(0, start - _REACH)
    depth = 0
    for at in range(start - 1, floor, -1):
        char = data[at]
        if char in b")]}":
            depth += 1
        elif char in b"([{":
            depth -= 1
            if depth < 0:
                return _chain_before(data, floor, at) if char == ord("{") else None
    return None


def word_before(data: bytes, floor: int, at: int) -> int:
    """Where the word that ends at `at` starts; `at` itself if none does."""
    chunk = data[max(floor, at - _LONGEST_WORD) : at]
    return at - len(chunk) + len(chunk.rstrip(_WORD_BYTES))


def dot_before(data: bytes, at: int, joints: Joints = DOT) -> int | None:
    """Where the text before the joint that ends at `at` ends; None if none does. `joints` reach members: dots, `->`.

    A joint may end the line before, but not a comment there.
    """
    end = _skip_space(data, max(0, at - _LONGEST_SPACE), at)
    joint = next((joint for joint in joints if data[end - len(joint) : end] == joint), None)
    if joint is None:
        return None
    start = end - len(joint)
    before = data[start - 1 : start]
    if joint == b"." and before == b".":
        return None
    if b"\n" in data[end:at] and _COMMENT.search(data, max(0, data.rfind(b"\n", 0, end)), end):
        return None
    return start - 1 if joint == b"." and before in (b"?", b"!") else start


def _skip_space(data: bytes, floor: int, at: int) -> int:
    while at > floor and data[at - 1] in b" \t\r\n":
        at -= 1
    return at


def _opened_at(data: bytes, floor: int, closing: int) -> int | None:
    """Where the bracket that closes at `closing` opens. Brackets in strings are rare there and not told apart."""
    depth = 0
    for at in range(closing, floor - 1, -1):
        char = data[at]
        if char in b")]}":
            depth += 1
        elif char in b"([{":
            depth -= 1
            if not depth:
                return at
    return None
