"""Blanks out what a preprocessor would take away, so that a grammar which does not preprocess can read the rest.

Asked only for files in which the parser found broken places; a blanked text keeps every offset and line. Which
words are likely macros is for a language's row to say; the branches of `#if` are C's everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

Range = tuple[int, int]

_REST = rb"(?:[^\\\n]|\\[^\n]|\\\n)*$"
_DIRECTIVE = re.compile(rb"^[ \t]*#" + _REST, re.MULTILINE)
_CONDITIONAL = re.compile(rb"^[ \t]*#[ \t]*(if|ifdef|ifndef|elif|else|endif)\b" + _REST, re.MULTILINE)
_NEVER = re.compile(rb"[ \t]*#[ \t]*if[ \t]+0\b")
_NOISE = re.compile(rb"//[^\n]*|/\*.*?(?:\*/|\Z)|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'", re.DOTALL)
_MAX_DEPTH = 32  # of conditionals inside each other: what lies deeper is read through once more for each around it
_FILLED = {"joined": b" ", "value": b"_"}
_WORD = re.compile(rb"[A-Za-z_]\w*")


class Mask(NamedTuple):
    """A stretch of bytes that one may blank, and what is to stand at its beginning then."""

    start: int
    end: int
    instead: bytes = b""


def candidates(data: bytes, patterns: Iterable[str], conditionals: bool) -> Iterator[list[Mask]]:
    """What one may blank, less before more, each in order: what the patterns' groups name, with it the later branches
    of the conditionals that cut something in two, with it those of all conditionals.

    A group called `mask`, `mask1`, … is blanked; an empty one stands before a byte that becomes a semicolon; a line
    break called `joined` becomes a blank, what is called `value` a word of its length; what a group by another name
    matches is taken for that name.
    """
    macros = [mask for pattern in patterns for mask in _matches(data, pattern)]
    before: list[Mask] = []
    branches = (_later_branches(data, every) for every in (False, True)) if conditionals else iter([[]])
    for later in branches:
        found = sorted([*macros, *(Mask(*place) for place in later)])
        if found != before:
            yield found
        before = found


def _matches(data: bytes, pattern: str) -> Iterator[Mask]:
    for match in re.finditer(pattern.encode(), data, re.MULTILINE):
        for name in match.groupdict():
            start, end = match.span(name)
            if start == end != -1:
                yield Mask(start, start + 1, b";")
            elif start != -1:
                yield Mask(start, end, _instead(name, end - start))


def _instead(name: str, length: int) -> bytes:
    """What stands at the beginning of a group's match, or in its place."""
    if name in _FILLED:
        return _FILLED[name] * length
    return b"" if name.startswith("mask") else name.encode()


def blanked(data: bytes, masks: Iterable[Mask]) -> bytes:
    """`data` with white space in `masks`, line breaks excepted, and what stands instead."""
    text = bytearray(data)
    for start, end, instead in masks:
        text[start:end] = re.sub(rb"[^\n]", b" ", data[start:end])
        text[start : start + len(instead)] = instead
    return bytes(text)


def words_in(data: bytes, masks: Iterable[Mask]) -> Iterator[Range]:
    """Where the words in `masks` stand, comments and strings left out, in order and each once."""
    covered = 0
    for start, end, _ in masks:
        place = max(start, covered)
        text = _NOISE.sub(lambda match: b" " * len(match[0]), data[place:end])
        for match in _WORD.finditer(text):
            yield place + match.start(), place + match.end()
        covered = max(covered, end)


def _later_branches(data: bytes, every: bool) -> list[Range]:
    """The directives, and the branches after the first, of each conditional that cuts a declaration or a block."""
    found: list[Range] = []
    open_conditionals: list[list[Range]] = []
    for match in _CONDITIONAL.finditer(data):
        if match[1].startswith(b"if"):
            open_conditionals.append([match.span()])
        elif open_conditionals:
            open_conditionals[-1].append(match.span())
            if match[1] == b"endif":
                directives = open_conditionals.pop()
                if len(open_conditionals) < _MAX_DEPTH:
                    found.extend(_ranges_of(data, directives, every))
    return found


def _ranges_of(data: bytes, directives: list[Range], always: bool) -> Iterator[Range]:
    branches = [(before[1], after[0]) for before, after in pairwise(directives)]
    if always or any(_is_split(data[start:end]) for start, end in branches):
        yield from directives
        kept = int(bool(_NEVER.match(data, directives[0][0])))
        for start, end in [*branches[:kept], *branches[kept + 1 :]]:
            inside = _DIRECTIVE.finditer(data, start, end)
            stops = [place for match in inside for place in match.span()]
            yield from zip([start, *stops[1::2]], [*stops[::2], end], strict=True)


def _is_split(text: bytes) -> bool:
    """Whether brackets stay open or close in excess, or a declaration goes on (a branch opens with its parameters)."""
    bare = _DIRECTIVE.sub(b"", _NOISE.sub(b"", text))
    unbalanced = any(bare.count(opening) != bare.count(closing) for opening, closing in ((b"{", b"}"), (b"(", b")")))
    return unbalanced or bare.lstrip().startswith(b"(")
