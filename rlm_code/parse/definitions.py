"""Says which marked spans are definitions, of which kind, and who owns them.

A span without a name, a local variable and the second clause of a function are none; see `capture.py`. It
knows neither grammars nor trees, only offsets and kinds.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter
from typing import Final, NamedTuple

from rlm_code.parse.capture import CLASS_LIKE, LOCAL_IN_FUNCTION, NAMED_AS_CLASS
from rlm_code.parse.facts import Definition, DefinitionKind
from rlm_code.parse.sweep import Mark, Range, Span, Sweep

_DATA: Final = frozenset({"variable", "constant", "field", "type"})
_NOT_IN_DATA: Final = CLASS_LIKE | {"variable", "constant", "type"}
_AS_MEMBER: Final[dict[DefinitionKind, DefinitionKind]] = {"function": "method", "variable": "field"}


class Assembled(NamedTuple):
    """Definitions in order; the names found to be no definitions; the encloser of each import by its start."""

    definitions: list[Definition]
    locals: list[int]
    import_parents: dict[int, int]


def assemble(marks: list[Mark], text: str, constructors: tuple[str, ...]) -> Assembled:
    """The definitions that sorted `marks` describe. `text` has one character a byte (Latin-1)."""
    sweep = Sweep(text)
    sweep.read(marks)
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
    outer = nearest = _kept_around(span)
    if span.member:
        while outer and outer.kind not in CLASS_LIKE:
            outer = _kept_around(outer)
        return outer or nearest
    while outer and (outer.kind in _DATA if span.kind in _NOT_IN_DATA else _chained(span, outer)):
        outer = _kept_around(outer)
    return outer


def _kept_around(span: Span) -> Span | None:
    """The innermost definition around a span."""
    outer = None if span.outside else span.outer
    while outer and not (outer.kept or outer.outside):
        outer = outer.outer
    return outer if outer and outer.kept else None


def _chained(span: Span, outer: Span) -> bool:
    """Whether both are names of one statement (`a = b = 1`)."""
    return span.kind == outer.kind == "field" and span.end == outer.end


def _emit(spans: list[Span], text: str, constructors: tuple[str, ...]) -> Iterator[Definition]:
    index = 0
    for span in spans:
        if not (span.kept and span.kind):
            continue
        parent = span.owner.index if span.owner else -1
        scope = _scope(span, text)
        body = span.body if span.body != -1 else span.end
        span.index = index
        for start, end in span.names:
            name = decode_name(text[start:end])
            span.name = span.name or name
            kind = "constructor" if constructors and _constructs(span, name, scope, constructors) else span.kind
            yield Definition(name, kind, span.start, span.end, start, end, body, parent, scope)
            index += 1


def _constructs(span: Span, name: str, scope: str, constructors: tuple[str, ...]) -> bool:
    """Whether a definition makes instances: by its name, or (`NAMED_AS_CLASS`) by the name of its class."""
    if span.kind not in ("method", "function"):
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
    scope = ".".join(decode_name(text[start:end]) for start, end in ranges) if ranges else ""
    return "" if span.qualifiers and span.owner and _repeats(scope, span.owner) else scope


def _repeats(scope: str, owner: Span) -> bool:
    """Whether a path before a name only says again what is around it (`class A; def A.make`)."""
    return scope == owner.name and (owner.kind in CLASS_LIKE or owner.kind == "module")


def _enclosing_scope(span: Span | None, place: Range) -> int:
    """The index of the nearest definition around `place` that is more than a variable, -1 at the top."""
    while span and (not span.kept or span.kind in LOCAL_IN_FUNCTION or span.place == place):
        span = span.outer
    return span.index if span else -1
