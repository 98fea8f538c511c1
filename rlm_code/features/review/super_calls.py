"""Calls of a method on the bases of a class, `super().close()` in an override, of which the change left none.

Judged only where every class that may stand behind the call is here and is known to lack the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rlm_code.features.review.changes import Change, ChangedSymbol
from rlm_code.features.review.closed import ancestors, has_member
from rlm_code.features.review.findings import Finding
from rlm_code.features.review.guards import is_guarded
from rlm_code.text import split_lines

if TYPE_CHECKING:
    from rlm_code.codebase.symbol import Reference, Symbol

_ON_BASES = {
    "python": re.compile(rb"\bsuper\(\)\.$"),
    "java": re.compile(rb"(?<![\w.])super\.$"),
    "c-sharp": re.compile(rb"\bbase\.$"),
}
_OF_OBJECT = {
    "java": ("clone", "equals", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait"),
    "c-sharp": ("Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString"),
}
"""What every object has. In Python that is in underscores."""


def stale_super_calls(change: Change, symbols: list[ChangedSymbol]) -> Iterator[Finding]:
    """One finding for each override that still calls a removed method on its bases."""
    for each in symbols:
        gone = each.before
        if gone is None or each.after is not None or not _is_judged(gone):
            continue
        for before in gone.implementers():
            for now in _overriding(change, before):
                yield from (_finding(gone, call) for call in _stale_calls(change, gone, before, now))


def _is_judged(gone: Symbol) -> bool:
    is_of_object = gone.name.startswith("__") or gone.name in _OF_OBJECT.get(gone.language, ())
    return gone.kind == "method" and gone.language in _ON_BASES and not is_of_object


def _overriding(change: Change, before: Symbol) -> list[Symbol]:
    """The override in the head, if there is one alone."""
    file = change.new(before.path)
    symbols = file.symbols() if file is not None else []
    same = [symbol for symbol in symbols if symbol.qualified_name == before.qualified_name]
    return same if len(same) == 1 else []


def _stale_calls(change: Change, gone: Symbol, before: Symbol, now: Symbol) -> list[Reference]:
    was_called = any(call.target == gone for call in _on_bases(before))
    lines = split_lines(change.head.file(now.path).text) if was_called else []
    left = [call for call in _on_bases(now) if call.target in (None, now)] if was_called else []
    unguarded = [call for call in left if not is_guarded(lines, call.line)]
    return unguarded if unguarded and _is_nowhere(change, now) else []


def _on_bases(override: Symbol) -> list[Reference]:
    """The calls in a method of its own name on the bases of its class."""
    mark = _ON_BASES[override.language]
    calls = [use for use in override.outgoing(limit=None) if (use.name, use.role) == (override.name, "call")]
    return [call for call in calls if mark.search(call.lines.text.encode()[: call.column])]


def _is_nowhere(change: Change, override: Symbol) -> bool:
    """Whether no class that `super` may mean in an override has its name. In Python that is also what stands beside the
    class among the bases of one below it."""
    owner = override.parent
    if owner is None or owner.kind != "class":
        return False
    below = {owner, *(owner.implementers() if owner.language == "python" else ())}
    above = ancestors(below)
    if above is None or any(has_member(other, override.name) for other in above - below):
        return False
    return all(use.role != "write" for use in change.head.uses_of_name(override.name, limit=None))


def _finding(gone: Symbol, call: Reference) -> Finding:
    message = f"`{gone.name}` is called on the bases here, but the change removed it from {gone.path}"
    place = f"{gone.path}:{gone.line}"
    return Finding("stale-call", "error", call.path, call.line, message, gone.qualified_name, place, call.text)
