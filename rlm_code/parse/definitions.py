"""Assembles definitions from marked spans: who encloses whom, which name belongs where, what is only a local.

One sweep over the marks in source order; see `capture.py` for what each mark means. It knows neither
grammars nor trees, only offsets and kinds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import repeat
from operator import attrgetter
from typing import Final, NamedTuple

from rlm_code.parse.capture import CLASS_LIKE, FUNCTION_LIKE, LOCAL_IN_FUNCTION, NAMED_AS_CLASS, SPECIFIC
from rlm_code.parse.facts import Definition, DefinitionKind

Range = tuple[int, int]
Mark = tuple[int, int, int, int]
"""Start, negated end, rank and specificity: tuples that sort outer before inner."""

# Marks at the same place are read in this order.
_LEADING, _WRAPPER, _DEFINITION, _MEMBER, _CLAUSE, _DECLARATION, _SCOPE, _LOCAL = range(8)
_IMPORT, _TRAILING, _BODY, _QUALIFIER, _NAME = range(8, 13)
_FAMILIES: Final = {"definition": _DEFINITION, "member": _MEMBER, "clause": _CLAUSE}
_RANKS: Final = {
    "leading": _LEADING,
    "wrapper": _WRAPPER,
    "declaration": _DECLARATION,
    "scope": _SCOPE,
    "local": _LOCAL,
    "import": _IMPORT,
    "trailing": _TRAILING,
    "body": _BODY,
    "qualifier": _QUALIFIER,
    "name": _NAME,
}
_SPECIFICITY: Final[dict[str, int]] = {kind: rank for rank, kind in enumerate(SPECIFIC)}
_DATA: Final = frozenset({"variable", "constant", "field", "type"})
_NOT_IN_DATA: Final = CLASS_LIKE | {"variable", "constant", "type"}
_AS_MEMBER: Final[dict[DefinitionKind, DefinitionKind]] = {"function": "method", "variable": "field"}
_NEST: Final = (
    dict.fromkeys(FUNCTION_LIKE, "function")
    | dict.fromkeys(CLASS_LIKE, "class")
    | dict.fromkeys(("module", "namespace"), "")
)


class Span:
    """One marked node while it is being assembled. `kind` is None for what is no definition of its own.

    `around` says what a declaration here belongs to (a "function", a "class" or neither), `within` what
    one directly inside belongs to.
    """

    __slots__ = (
        "around", "body", "clause", "declares", "end", "index", "kept", "kind", "member", "name", "names", "outer",
        "owner", "place", "qualifiers", "scope", "start", "within",
    )  # fmt: skip

    def __init__(self, place: Range, outer: Span | None) -> None:
        self.place = place
        self.start, self.end = place
        self.outer = outer
        self.around: str = outer.within if outer else ""
        self.within: str = self.around
        self.kind: DefinitionKind | None = None
        self.member = self.clause = self.scope = self.declares = self.kept = False
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
        elif rank == _LOCAL:
            self.kind = None
            self.within = "function"
        elif self.kind != "method":
            self.kind = None
            self.declares = self.around != "function"

    def kept_around(self) -> Iterator[Span]:
        """The definitions around this one, innermost first."""
        outer = self.outer
        while outer:
            if outer.kept:
                yield outer
            outer = outer.outer


class Assembled(NamedTuple):
    """Definitions in order; the names found to be no definitions; the encloser of each import by its start."""

    definitions: list[Definition]
    locals: list[int]
    import_parents: dict[int, int]


def marks_of(captured: Mapping[str, tuple[Iterable[int], Iterable[int]]]) -> list[Mark]:
    """The marks that definitions are assembled from, in order. `captured` has starts and negated ends by capture."""
    marks: list[Mark] = []
    for name, (starts, ends) in captured.items():
        family, _, kind = name.partition(".")
        if family in _FAMILIES:
            specificity = _SPECIFICITY[kind]
            marks.extend(zip(starts, ends, repeat(_FAMILIES[family]), repeat(specificity), strict=False))
        elif name in ("name.marked", "name.quoted"):
            quotes = name == "name.quoted"
            marks.extend((start + 1, end + quotes, _NAME, 0) for start, end in zip(starts, ends, strict=True))
        elif not kind and family in _RANKS:
            marks.extend(zip(starts, ends, repeat(_RANKS[family]), repeat(0), strict=False))
    marks.sort()
    return marks


def assemble(marks: list[Mark], text: str, constructors: tuple[str, ...]) -> Assembled:
    """The definitions that sorted `marks` describe. `text` has one character a byte (Latin-1)."""
    sweep = _Sweep(text)
    for mark in marks:
        sweep.take(*mark)
    spans = sorted(sweep.spans, key=attrgetter("start"))
    dropped = sweep.locals
    _settle(spans, text)
    definitions = list(_emit(spans, text, constructors))
    dropped.extend(start for span in spans if not (span.kept or span.declares) for start, _ in span.names)
    parents = {place[0]: _enclosing_scope(span, place) for place, span in sweep.importers.items()}
    return Assembled(definitions, dropped, parents)


def decode_name(text: str) -> str:
    """The name that a slice of Latin-1 text stands for."""
    return text if text.isascii() else text.encode("latin-1").decode("utf-8", "replace")


class _Sweep:
    """Reads marks in order: `spans` with what belongs to each, the innermost span around each import."""

    def __init__(self, text: str) -> None:
        self.spans: list[Span] = []
        self.locals: list[int] = []
        self.importers: dict[Range, Span | None] = {}
        self.top: Span | None = None
        self.closed: Span | None = None  # the last one that ended, of those that ended together the outermost
        self.before = _Before(text)
        self.local: tuple[Span | None, int] = (None, -1)  # a local declared directly in a function, until where

    def take(self, start: int, negative_end: int, rank: int, specificity: int) -> None:
        end = -negative_end
        top = self.top
        while top and top.end <= start:
            self.closed = top
            top = top.outer
        self.top = top
        if _DEFINITION <= rank <= _LOCAL:
            self._span((start, end), rank, specificity)
        elif rank <= _WRAPPER:
            self.before.add(start, end, inside=rank == _WRAPPER)
        elif rank == _IMPORT:
            self.importers[start, end] = top
        elif rank == _TRAILING:
            if self.closed and self.closed.outer is top:
                self.closed.body, self.closed.end = start, end
                self.top = self.closed
        elif top:
            self._attach(top, rank, start, end)

    def _span(self, place: Range, rank: int, specificity: int) -> None:
        top = self.top
        if top and top.place == place:
            top.mark(rank, specificity)
            return
        if (
            rank in (_DEFINITION, _CLAUSE)
            and top
            and top.within == "function"
            and SPECIFIC[specificity] in LOCAL_IN_FUNCTION
        ):
            self.local = (top, place[1])
            return
        span = Span(place, top)
        span.mark(rank, specificity)
        if span.kind:
            span.start = self.before.start_of(*place)
        self.spans.append(span)
        self.top = span

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


def _settle(spans: list[Span], text: str) -> None:
    """Decides which spans are definitions, of which kind, and who owns them."""
    members = [span for span in spans if not _keep(span)]
    clauses: dict[tuple[Span | None, str], Span] = {}
    for span in spans:
        if span.kept:
            span.owner = _owner(span)
            if span.clause:
                _join_clause(span, clauses.setdefault((span.owner, text[slice(*span.names[0])]), span))
    if members:
        _keep_first_members(spans, members, text)


def _keep(span: Span) -> bool:
    """Keeps a span that has a name and is no local; False if it is a member that others decide about."""
    if span.kind is None or not span.names:
        return True
    if span.member and span.kind in LOCAL_IN_FUNCTION:
        return False
    span.kept = span.around != "function" or span.kind not in LOCAL_IN_FUNCTION
    if span.around == "class" or span.member:
        span.kind = _AS_MEMBER.get(span.kind, span.kind)
    return True


def _join_clause(span: Span, first: Span) -> None:
    if span is not first:
        span.kept, span.declares, span.outer = False, True, first
        first.end = span.end


def _keep_first_members(spans: list[Span], members: list[Span], text: str) -> None:
    """Keeps each member whose class has no definition of that name yet."""
    seen = {(span.owner, text[start:end]) for span in spans if span.kept for start, end in span.names}
    for span in members:
        span.owner = _owner(span)
        key = (span.owner, text[slice(*span.names[0])])
        span.kept = span.owner is not None and span.owner.kind in CLASS_LIKE and key not in seen
        seen.add(key)


def _owner(span: Span) -> Span | None:
    """The nearest definition around a span: for a member a class if there is one; no variable or type alias
    owns a variable or a class (`typedef struct S {…} T;`), though it owns the members of a nameless one."""
    around = span.kept_around()
    if span.member:
        enclosing = list(around)
        return next((outer for outer in enclosing if outer.kind in CLASS_LIKE), enclosing[0] if enclosing else None)
    if span.kind in _NOT_IN_DATA:
        return next((outer for outer in around if outer.kind not in _DATA), None)
    return next(around, None)


def _emit(spans: list[Span], text: str, constructors: tuple[str, ...]) -> Iterator[Definition]:
    index = 0
    for span in spans:
        if not (span.kept and span.kind):
            continue
        parent = span.owner.index if span.owner else -1
        scope = _scope(span, text)
        body = span.body if span.body != -1 else span.end
        span.index = index
        span.name = decode_name(text[slice(*span.names[0])])
        for start, end in span.names:
            name = decode_name(text[start:end])
            kind = "constructor" if _constructs(span, name, scope, constructors) else span.kind
            yield Definition(name, kind, span.start, span.end, start, end, body, parent, scope)
            index += 1


def _constructs(span: Span, name: str, scope: str, constructors: tuple[str, ...]) -> bool:
    """Whether a definition makes instances: by its name, or (`NAMED_AS_CLASS`) by the name of its class."""
    if not constructors or span.kind not in ("method", "function"):
        return False
    if NAMED_AS_CLASS in constructors:
        owner = span.owner.name if span.owner and span.owner.kind in CLASS_LIKE else ""
        return name == (scope.rsplit(".", 1)[-1] or owner)
    return span.kind == "method" and name in constructors


def _scope(span: Span, text: str) -> str:
    """The path written around and before the name, outermost first, joined with dots."""
    ranges = span.qualifiers
    outer = span.outer
    while outer and not outer.kept:
        if outer.scope:
            ranges = outer.qualifiers + ranges
        outer = outer.outer
    return ".".join(decode_name(text[start:end]) for start, end in ranges) if ranges else ""


def _enclosing_scope(span: Span | None, place: Range) -> int:
    """The index of the nearest definition around `place` that is more than a variable, -1 at the top."""
    while span and (not span.kept or span.kind in LOCAL_IN_FUNCTION or span.place == place):
        span = span.outer
    return span.index if span else -1
