"""Assembles definitions from marked spans: who encloses whom, which name belongs where, what is only a local.

One sweep over the marks in source order; see `capture.py` for what each mark means. It knows neither
grammars nor trees, only offsets and kinds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from rlm_code.parse.capture import CLASS_LIKE, FUNCTION_LIKE, LOCAL_IN_FUNCTION, SPECIFIC
from rlm_code.parse.facts import Definition, DefinitionKind

Range = tuple[int, int]
Texts = dict[Range, str]

# What marks at the same place are read in this order.
_LEADING, _WRAPPER, _SPAN, _IMPORT, _BODY, _QUALIFIER, _NAME = range(7)

_SPECIFICITY = {kind: rank for rank, kind in enumerate(SPECIFIC)}
_VARIABLES = frozenset({"variable", "constant"})
_NEST = dict.fromkeys(FUNCTION_LIKE, "function") | dict.fromkeys(CLASS_LIKE, "class")


@dataclass(slots=True)
class Span:
    """One marked node while it is being assembled. `kind` is None for what is no definition of its own."""

    start: int
    end: int
    kind: DefinitionKind | None = None
    member: bool = False
    scope: bool = False
    local: bool = False
    outer: Span | None = None
    names: list[Range] = field(default_factory=list)
    qualifiers: list[Range] = field(default_factory=list)
    body: int = -1
    kept: bool = False
    index: int = -1
    context: str = ""

    def owner(self) -> Span | None:
        """The nearest kept span around this one: for a member a class if there is one, for a variable no variable."""
        around = list(self._around())
        if self.member:
            around = [span for span in around if span.kind in CLASS_LIKE] or around
        elif self.kind in _VARIABLES:
            around = [span for span in around if span.kind not in _VARIABLES]
        return around[0] if around else None

    def _around(self) -> Iterator[Span]:
        outer = self.outer
        while outer:
            if outer.kept:
                yield outer
            outer = outer.outer


class Marks(NamedTuple):
    """What a query marked, as byte ranges; the ranges of a kind need not be in order."""

    definitions: dict[DefinitionKind, Iterable[Range]]
    members: dict[DefinitionKind, Iterable[Range]]
    scopes: Iterable[Range]
    locals: Iterable[Range]
    wrappers: Iterable[Range]
    leading: Iterable[Range]
    names: Iterable[Range]
    bodies: Iterable[Range]
    qualifiers: Iterable[Range]
    imports: Iterable[Range]


class Assembled(NamedTuple):
    """Definitions in order; the names found to be no definitions; the encloser of each import by its start."""

    definitions: list[Definition]
    locals: list[int]
    import_parents: dict[int, int]


def assemble(marks: Marks, text: str, constructors: tuple[str, ...]) -> Assembled:
    """The definitions that `marks` describe. `text` has one character a byte (Latin-1)."""
    spans, importers = _sweep(marks, text)
    spans.sort(key=lambda span: (span.start, -span.end))
    _settle(spans, text)
    definitions = list(_emit(spans, text, constructors))
    dropped = [start for span in spans if not span.kept for start, _ in span.names]
    parents = {start: _enclosing_scope(span) for start, span in importers.items()}
    return Assembled(definitions, dropped, parents)


def decode_name(text: str) -> str:
    """The name that a slice of Latin-1 text stands for."""
    return text if text.isascii() else text.encode("latin-1").decode("utf-8", "replace")


def _spans(marks: Marks) -> dict[Range, Span]:
    """One span for each marked node; where a node has several kinds, the most specific."""
    spans: dict[Range, Span] = {}
    for member, kinds in ((False, marks.definitions), (True, marks.members)):
        for kind, ranges in kinds.items():
            for place in ranges:
                span = spans.get(place)
                if span is None:
                    spans[place] = Span(*place, kind, member)
                    continue
                span.member |= member
                if span.kind is None or _SPECIFICITY[span.kind] < _SPECIFICITY[kind]:
                    span.kind = kind
    for place in marks.scopes:
        spans.setdefault(place, Span(*place)).scope = True
    for place in marks.locals:
        spans.setdefault(place, Span(*place)).local = True
    return spans


def _sweep(marks: Marks, text: str) -> tuple[list[Span], dict[int, Span | None]]:
    """All spans with their names, bodies and outer spans; and the innermost span around each import."""
    nodes = _spans(marks)
    importers: dict[int, Span | None] = {}
    before = _Before(text)
    top: Span | None = None
    for start, negative_end, rank in _events(marks, nodes):
        end = -negative_end
        while top and top.end <= start:
            top = top.outer
        if rank == _SPAN:
            span = nodes[start, end]
            span.outer = top
            if span.kind:
                span.start = before.start_of(start, end)
            top = span
        elif rank <= _WRAPPER:
            before.add(start, end, inside=rank == _WRAPPER)
        elif rank == _IMPORT:
            importers.setdefault(start, top)
        elif top:
            _attach(top, rank, start, end)
    return list(nodes.values()), importers


def _events(marks: Marks, nodes: Iterable[Range]) -> list[tuple[int, int, int]]:
    """Every mark as (start, -end, rank), in order."""
    events = [(start, -end, _SPAN) for start, end in nodes]
    for rank, ranges in (
        (_LEADING, marks.leading),
        (_WRAPPER, marks.wrappers),
        (_IMPORT, marks.imports),
        (_BODY, marks.bodies),
        (_QUALIFIER, marks.qualifiers),
        (_NAME, marks.names),
    ):
        events.extend({(start, -end, rank) for start, end in ranges})
    events.sort()
    return events


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


def _attach(span: Span, rank: int, start: int, end: int) -> None:
    if rank == _NAME:
        span.names.append((start, end))
    elif rank == _QUALIFIER:
        span.qualifiers.append((start, end))
    else:
        named: Span | None = span
        while named and not named.names:
            named = named.outer
        (named or span).body = start


def _settle(spans: list[Span], text: str) -> None:
    """Decides which spans are definitions, and of which kind."""
    members: list[Span] = []
    for span in spans:
        around = span.outer.context if span.outer else ""
        span.context = _context(span, around)
        if span.kind is None or not span.names:
            continue
        if span.member and span.kind in LOCAL_IN_FUNCTION:
            members.append(span)
            continue
        span.kept = not (around == "function" and span.kind in LOCAL_IN_FUNCTION)
        if span.kept and (around == "class" or span.member):
            span.kind = {"function": "method", "variable": "field"}.get(span.kind, span.kind)  # type: ignore[assignment]
    if not members:
        return
    seen = {(id(span.owner()), text[slice(*name)]) for span in spans if span.kept for name in span.names}
    for span in members:
        owner = span.owner()
        key = (id(owner), text[slice(*span.names[0])])
        span.kept = owner is not None and owner.kind in CLASS_LIKE and key not in seen
        seen.add(key)


def _context(span: Span, around: str) -> str:
    """What a declaration directly inside `span` belongs to: a function, a class, or neither."""
    if span.local:
        return "function"
    if span.scope:
        return "class"
    if span.kind in ("module", "namespace"):
        return ""
    return _NEST.get(span.kind or "", around)


def _emit(spans: list[Span], text: str, constructors: tuple[str, ...]) -> Iterator[Definition]:
    index = 0
    for span in spans:
        if not (span.kept and span.kind):
            continue
        owner = span.owner()
        parent = owner.index if owner else -1
        scope = _scope(span, text)
        span.index = index
        for start, end in span.names:
            name = decode_name(text[start:end])
            kind = "constructor" if span.kind == "method" and name in constructors else span.kind
            body = span.body if span.body != -1 else span.end
            yield Definition(name, kind, span.start, span.end, start, end, body, parent, scope)
            index += 1


def _scope(span: Span, text: str) -> str:
    """The path written around and before the name, outermost first, joined with dots."""
    ranges = list(span.qualifiers)
    outer = span.outer
    while outer and not outer.kept:
        if outer.scope:
            ranges[:0] = outer.qualifiers
        outer = outer.outer
    return ".".join(decode_name(text[start:end]) for start, end in ranges)


def _enclosing_scope(span: Span | None) -> int:
    """The index of the nearest kept span that is more than a variable, -1 at the top."""
    while span and (not span.kept or span.kind in LOCAL_IN_FUNCTION):
        span = span.outer
    return span.index if span else -1
