"""The main ways into a file or folder: a caller outside, the definition it enters by, what that calls in turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from rlm_code.codebase.draft import Draft
from rlm_code.codebase.explain.parts import located, names
from rlm_code.codebase.symbol import Reference, Symbol
from rlm_code.places import remoteness

if TYPE_CHECKING:
    from rlm_code.codebase.repo import Repo

_MOST_WAYS = 5
_MOST_CALLS = 60
_MOST_USES = 300
_FURTHER = 3
_CALLED = ("function", "method", "constructor", "class", "struct", "macro")

Way = tuple[Reference, str, str]


def ways_in(repo: Repo, draft: Draft, symbols: Sequence[Symbol], is_inside: Callable[[str], bool]) -> None:
    """A table of how code outside calls `symbols` and where that leads; `is_inside` tells by a path."""
    named = (symbol for symbol in symbols if _is_named_outside(repo, symbol, is_inside))
    ways = islice(filter(None, (_way(symbol, is_inside) for symbol in named)), _MOST_WAYS)  # each takes its time
    found = list({(way[0].place, way[1]): way for way in ways}.values())
    if found:
        draft.say("Main ways in, from a caller outside to what it sets off:")
        located(draft, found, _MOST_WAYS)


def _is_named_outside(repo: Repo, symbol: Symbol, is_inside: Callable[[str], bool]) -> bool:
    """Whether its name stands outside at all: to know that takes no parse."""
    return not all(is_inside(use.path) for use in repo.uses_of_name(symbol.name, limit=None))


def _way(symbol: Symbol, is_inside: Callable[[str], bool]) -> Way | None:
    # `callers` would follow it as a value, too: that takes several times as long, and a main way in is no such call.
    uses = symbol.references(sure=True, limit=_MOST_USES)
    calls = [use for use in uses if use.role == "call" and not is_inside(use.path)]
    if not calls:
        return None
    call = min(calls, key=lambda each: remoteness(each.path))
    if call.is_test:
        return None
    caller = call.inside.short_name if call.inside else "(top level)"
    targets = [each.target for each in symbol.callees(limit=_MOST_CALLS) if each.target]
    own = f"{symbol.short_name}."
    on = [to.short_name for to in targets if to != symbol and to.kind in _CALLED and not to.short_name.startswith(own)]
    further = names(on, _FURTHER)
    return call, f"{caller} → {symbol.short_name}", f"→ {further}" if further else ""
