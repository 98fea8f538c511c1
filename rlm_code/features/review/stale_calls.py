"""Calls of functions and classes that the change removed, where scope and imports say that it is they.

A call counts if the base resolved it exactly, the same line still stands in the head, and there nothing
provides the name: no definition, no import from elsewhere, no builtin.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rlm_code.features.review.changes import Change, ChangedSymbol
from rlm_code.features.review.findings import Finding

if TYPE_CHECKING:
    from rlm_code.codebase.file import File
    from rlm_code.codebase.symbol import Reference, Symbol

_CALLABLE = ("function", "class", "struct")
_MOST_CALLS = 1000


def stale_calls(change: Change, symbols: list[ChangedSymbol]) -> Iterator[Finding]:
    """One finding for each line that still calls a removed definition."""
    seen: set[tuple[str, int, str]] = set()
    for gone in (each.before for each in symbols if each.change == "removed"):
        if gone is None or gone.kind not in _CALLABLE or not gone.is_top_level or _is_builtin(gone):
            continue
        for call in gone.callers(sure=True, limit=_MOST_CALLS):
            for now in _left(change, call) if call.certainty == "exact" else ():
                if (now.path, now.line, now.name) not in seen:
                    seen.add((now.path, now.line, now.name))
                    yield _finding(gone, now)


def _is_builtin(symbol: Symbol) -> bool:
    return symbol.language == "python" and hasattr(builtins, symbol.name)


def _left(change: Change, call: Reference) -> list[Reference]:
    """The calls of the head on a line of the same text, in the same file, that lead nowhere."""
    try:
        file = change.head.file(call.path)
    except LookupError:
        return []
    if file.path != call.path or _comes_from_elsewhere(file, call.name):
        return []
    text = call.text.strip()
    uses = (use for use in file.outgoing("call") if use.name == call.name)
    return [use for use in uses if (use.target is None or use.certainty == "name") and use.text.strip() == text]


def _comes_from_elsewhere(file: File, name: str) -> bool:
    """Whether a file gets, or may get, `name` from outside the repository."""
    outside = [each for each in file.imports() if each.target_path is None]
    return any(each.name == "*" or name == (each.alias or each.name) for each in outside)


def _finding(gone: Symbol, now: Reference) -> Finding:
    message = f"`{gone.name}` is called here, but the change removed it from {gone.path}"
    place = f"{gone.path}:{gone.line}"
    return Finding("stale-call", "error", now.path, now.line, message, gone.qualified_name, place, now.text.strip())
