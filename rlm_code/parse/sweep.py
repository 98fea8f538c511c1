"""One sweep over marked nodes in source order: who encloses whom, which name and body belong to which.

See `capture.py` for what each mark means. It knows neither grammars nor trees, only offsets and kinds; which
of the spans are definitions is for `definitions.py` to say.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import repeat
from typing import Final

from rlm_code.parse.capture import CLASS_LIKE, FUNCTION_LIKE, LOCAL_IN_FUNCTION, SPECIFIC
from rlm_code.parse.facts import DefinitionKind

Range = tuple[int, int]
Mark = tuple[int, int, int, int]
"""Start, negated end, rank and specificity: tuples that sort outer before inner."""

# Marks at the same place are read in this order.
_LEADING, _WRAPPER, _DEFINITION, _MEMBER, _CLAUSE, _DECLARATION, _SCOPE, _OUTSIDE, _LOCAL = range(9)
_IMPORT, _TRAILING, _BODY, _QUALIFIER, _NAME = range(9, 14)
_FAMILIES: Final = {"definition": _DEFINITION, "member": _MEMBER, "clause": _CLAUSE}
_RANKS: Final = {
    "leading": _LEADING,
    "wrapper": _WRAPPER,
    "declaration": _DECLARATION,
    "scope": _SCOPE,
    "outside": _OUTSIDE,
    "local": _LOCAL,
    "import": _IMPORT,
    "trailing": _TRAILING,
    "body": _BODY,
    "qualifier": _QUALIFIER,
    "name": _NAME,
}
_PARTS: Final = {
    which: re.compile(pattern, re.DOTALL)
    for which, pattern in {
        "marked": r".(?P<name>.*)",
        "quoted": r".(?P<name>.*).",
        "bare": r"([\"'`\[])?(?P<name>(?(1).*(?=.)|.*))",
        "cut": r"(?P<name>.*).",
        "local": r"(?:[^:]*:)*(?P<name>.*)",
        "target": r"_`?(?P<name>.*?)(?=`?:?\Z)",
        "word": r"(?P<name>[^\s=:?+!]+)",
        "heading": r"(?P<name>\S.*?)(?=\s+#+\s*\Z|\Z)",
    }.items()
}
_DEFINING: Final = frozenset({_DEFINITION, _CLAUSE})
_SPECIFICITY: Final[dict[str, int]] = {kind: rank for rank, kind in enumerate(SPECIFIC)}
_NEST: Final = (
    dict.fromkeys(FUNCTION_LIKE, "function")
    | dict.fromkeys(CLASS_LIKE, "class")
    | dict.fromkeys(("module", "namespace"), "")
)


def marks_of(captured: Mapping[str, tuple[Iterable[int], Iterable[int]]], text: str) -> list[Mark]:
    """The marks that definitions are assembled from, in order. `captured` has starts and negated ends by capture,
    offsets into `text` (Latin-1)."""
    marks: list[Mark] = []
    openings: list[int] = []
    closings: list[int] = []
    for name, (starts, ends) in captured.items():
        family, _, kind = name.partition(".")
        if family in _FAMILIES:
            specificity = _SPECIFICITY[kind]
            marks.extend(zip(starts, ends, repeat(_FAMILIES[family]), repeat(specificity), strict=False))
        elif name == "name.from":
            openings = sorted(starts)
        elif name == "name.before":
            closings = sorted(starts)
        elif family == "name" and kind:
            places = zip(starts, ends, strict=True)
            marks.extend((begin, -end, _NAME, 0) for begin, end in _parts(text, kind, places) if begin < end)
        elif not kind and family in _RANKS:
            marks.extend(zip(starts, ends, repeat(_RANKS[family]), repeat(0), strict=False))
    for start in openings:
        at = bisect_right(closings, start)
        marks.extend((start, -end, _NAME, 0) for end in closings[at : at + 1])
    marks.sort()
    return marks


def _parts(text: str, which: str, places: Iterable[Range]) -> Iterator[Range]:
    """The part of each place (start and negated end) that is the name."""
    pattern = _PARTS[which]
    for start, negative_end in places:
        if match := pattern.match(text, start, -negative_end):
            yield match.span("name")


def definition_marks(kind: DefinitionKind, place: Range, name: Range) -> tuple[Mark, Mark]:
    """The marks of a definition and its name."""
    return (place[0], -place[1], _DEFINITION, _SPECIFICITY[kind]), (name[0], -name[1], _NAME, 0)


def name_starts(marks: Iterable[Mark]) -> set[int]:
    """Where the names among `marks` begin."""
    return {start for start, _, rank, _ in marks if rank == _NAME}


def enclosing(marks: Iterable[Mark]) -> list[Mark]:
    """Those of `marks` that others may lie in."""
    return [mark for mark in marks if mark[2] <= _TRAILING]


class Span:
    """One marked node while it is being assembled. `kind` is None for what is no definition of its own.

    `around` says what a declaration here belongs to (a "function", a "class" or neither), `within` what
    one directly inside belongs to.
    """

    __slots__ = (
        "around", "body", "clause", "declares", "end", "index", "kept", "kind", "member", "name", "names", "outer",
        "outside", "owner", "place", "qualifiers", "scope", "start", "within",
    )  # fmt: skip

    def __init__(self, place: Range, outer: Span | None) -> None:
        self.place = place
        self.start, self.end = place
        self.outer = outer
        self.around: str = outer.within if outer else ""
        self.within: str = self.around
        self.kind: DefinitionKind | None = None
        self.member = self.clause = self.scope = self.outside = self.declares = self.kept = False
        self.name = ""
        self.names: tuple[Range, ...] = ()
        self.qualifiers: tuple[Range, ...] = ()
        self.body = self.index = -1
        self.owner: Span | None = None

    def mark(self, rank: int, specificity: int) -> None:
        """Takes one of the marks on this node; of several kinds the most specific comes last."""
        if rank <= _CLAUSE:
            self.member |= rank == _MEMBER
            self.clause |= rank == _CLAUSE
            if self.kind is None or specificity > _SPECIFICITY[self.kind]:
                self.kind = SPECIFIC[specificity]
                self.within = _NEST.get(self.kind, self.around)
        elif rank == _SCOPE:
            self.scope = True
            self.within = "class"
        elif rank == _OUTSIDE:
            self.outside = True
            self.around = ""
            self.within = self.within if self.kind else ""
        elif rank == _LOCAL:
            self.kind = None
            self.within = "function"
        elif self.kind != "method":
            self.kind = None
            self.declares = self.around != "function"


class Sweep:
    """Reads marks in order. `spans` are the marked nodes with what belongs to each, `locals` the names of variables
    directly in functions, `importers` the innermost span around each import."""

    def __init__(self, text: str) -> None:
        self.spans: list[Span] = []
        self.locals: list[int] = []
        self.importers: dict[Range, Span | None] = {}
        self.closed: Span | None = None  # the last one that ended, of those that ended together the outermost
        self.before = _Before(text)
        self.local: tuple[Span | None, int] = (None, -1)  # a local declared directly in a function, until where

    def read(self, marks: Iterable[Mark]) -> None:
        """Takes all marks, which must be sorted."""
        top: Span | None = None
        for start, negative_end, rank, specificity in marks:
            while top and top.end <= start:
                self.closed = top
                top = top.outer
            if rank >= _BODY:
                if top:
                    self._attach(top, rank, start, -negative_end)
            elif _DEFINITION <= rank <= _LOCAL:
                top = self._span(top, (start, -negative_end), rank, specificity)
            elif rank <= _WRAPPER:
                self.before.add(start, -negative_end, inside=rank == _WRAPPER)
            elif rank == _IMPORT:
                self.importers[start, -negative_end] = top
            else:
                top = self._trail(top, start, -negative_end)

    def _trail(self, top: Span | None, start: int, end: int) -> Span | None:
        """Takes a body behind its definition, and goes on inside that definition."""
        if not (self.closed and self.closed.outer is top):
            return top
        self.closed.body, self.closed.end = start, end
        return self.closed

    def _span(self, top: Span | None, place: Range, rank: int, specificity: int) -> Span | None:
        """Takes a mark that makes a span, and returns the innermost span from here on."""
        if top:
            if top.place == place:
                top.mark(rank, specificity)
                return top
            if top.within == "function" and rank in _DEFINING and SPECIFIC[specificity] in LOCAL_IN_FUNCTION:
                self.local = (top, place[1])
                return top
        span = Span(place, top)
        span.mark(rank, specificity)
        if span.kind:
            span.start = self.before.start_of(*place)
        self.spans.append(span)
        return span

    def _attach(self, span: Span, rank: int, start: int, end: int) -> None:
        if rank == _NAME:
            if (span is self.local[0] and start < self.local[1]) or -1 < span.body <= start:
                self.locals.append(start)
            else:
                span.names += ((start, end),)
        elif rank == _QUALIFIER:
            span.qualifiers += ((start, end),)
        else:
            named: Span | None = span
            while named and not named.names:
                named = named.outer
            (named or span).body = start


class _Before:
    """What stands before the next definition and belongs to it: wrappers around it, attributes leading to it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.start = -1  # where the definition to come begins; -1: nothing waits for one
        self.end = -1  # it must begin before this (wrapper), or there, but for white space (leading)
        self.inside = False

    def add(self, start: int, end: int, inside: bool) -> None:
        self.start, self.end, self.inside = self.start_of(start, end), end, inside

    def start_of(self, start: int, end: int) -> int:
        """Where the definition at `start`..`end` begins, with what waits for it; nothing waits afterwards."""
        if self.start == -1 or (start < self.end and not self.inside):
            return start
        first, self.start = self.start, -1
        if self.inside:
            return first if end <= self.end else start
        return first if not self.text[self.end : start].strip() else start
