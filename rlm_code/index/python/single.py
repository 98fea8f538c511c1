"""The one place that binds a local name in Python, as far as facts tell: where that is, no tree need be read for it."""

from __future__ import annotations

from rlm_code.index.expressions import dot_before
from rlm_code.index.fileview import FUNCTIONS, FileView
from rlm_code.index.python.narrowing import NARROWING
from rlm_code.index.scope import Scope

_ELSEWHERE = (b"global ", b"nonlocal ", b"del ", *NARROWING)
"""What moves a name to another scope, takes it away, or says more of it at some places than at others."""


def binds(scope: Scope, name: str, offset: int) -> bool:
    """Whether the outermost function around an offset may bind a name anywhere."""
    span = scope.function_span(offset)
    return span is not None and bool(scope.bound_within(name, span))


def only_binding(scope: Scope, view: FileView, data: bytes, name: str, offset: int) -> int | None:
    """Where the name stands at the only place in the outermost function around an offset that binds it, if that is in
    the body of a function whose names the code at the offset sees; None if a tree must tell."""
    start = _only(scope, data, name, offset)
    if start is None:
        return None
    at = view.by_name_start.get(start)
    around = view.enclosing(start) if at is None else view.outer[at]
    if around < 0 or view.definitions.kind(around) not in FUNCTIONS:
        return None
    body = view.definitions[around]
    return start if body.header_end <= start and body.header_end <= offset < body.end else None


def only_parameter(scope: Scope, view: FileView, data: bytes, name: str, offset: int) -> int | None:
    """The function whose parameter is the only thing called `name` in the outermost function around an offset in its
    body; None if a tree must tell."""
    start = _only(scope, data, name, offset)
    around = view.enclosing(start) if start is not None else -1
    if start is None or around < 0 or view.definitions.kind(around) not in FUNCTIONS:
        return None
    of = view.definitions[around]
    return around if of.name_end < start < of.header_end <= offset < of.end else None


def _only(scope: Scope, data: bytes, name: str, offset: int) -> int | None:
    span = scope.function_span(offset)
    starts = {start for start in scope.bound_within(name, span) if dot_before(data, start) is None} if span else ()
    if span is None or len(starts) != 1 or name in scope.type_parameters:
        return None
    return None if any(data.find(word, *span) >= 0 for word in _ELSEWHERE) else next(iter(starts))
