"""The whole review of a change: its checks, whom the changed definitions reach, and what was not looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.codebase import Repo
from rlm_code.features.review.changes import Change, ChangedSymbol, changed_symbols, compare, worth_showing
from rlm_code.features.review.findings import Reach, Review, fingerprinted
from rlm_code.features.review.misfits import misfits
from rlm_code.features.review.stale_imports import stale_imports
from rlm_code.features.review.stale_uses import judged, stale_uses
from rlm_code.features.review.still_used import cheapest, uses_of
from rlm_code.features.review.super_calls import stale_super_calls

if TYPE_CHECKING:
    from rlm_code.codebase.host import HostQueries
    from rlm_code.codebase.symbol import Reference, Symbol

_CALLERS_SHOWN = 5
_MOST_REACH = 200
_MOST_USES = 5_000
_MOST_USES_OF_MANY = 2_000  # of a change of which only a part is shown, nobody waits for the whole of that part


def review(before: HostQueries, after: HostQueries) -> Review:
    """What the change from one snapshot to another breaks and reaches. Both are of the same repository."""
    base, head = Repo(before), Repo(after)
    change = compare(base, head, before.snapshot, after.snapshot)
    symbols = list(changed_symbols(change))
    removed, unjudged = judged(change, symbols)
    lost = list(stale_imports(change))
    stale = stale_uses(change, removed, [each for each, _ in lost])
    calls = [*stale_super_calls(change, symbols), *misfits(change, symbols)]
    findings = [*(finding for _, finding in lost), *stale, *calls]
    reach, unreached = _reached(change, symbols)
    reviewed, skipped, incomplete = _coverage(change)
    return Review(
        base=before.snapshot.commit or before.snapshot.label,
        head=after.snapshot.commit or after.snapshot.label,
        findings=fingerprinted(findings),
        reach=reach,
        reviewed=reviewed,
        skipped=skipped,
        incomplete=incomplete,
        unjudged=unjudged,
        unreached=unreached,
    )


def _reached(change: Change, symbols: list[ChangedSymbol]) -> tuple[tuple[Reach, ...], int]:
    """The changed definitions with their callers, and of how many others nobody looked who calls them."""
    shown = [each for each in symbols if worth_showing(each)]
    first, others = shown[:_MOST_REACH], shown[_MOST_REACH:]
    chosen = cheapest([_cost(change, each) for each in first], _MOST_USES_OF_MANY if others else _MOST_USES)
    unreached = sum(each.change != "added" for each in others) + len(first) - len(chosen)
    return tuple(_reach(each, seek=at in chosen) for at, each in enumerate(first)), unreached


def _cost(change: Change, changed: ChangedSymbol) -> int:
    if changed.change == "added":
        return 0
    return uses_of(change.base if changed.change == "removed" else change.head, changed.symbol.name)


def _reach(changed: ChangedSymbol, *, seek: bool) -> Reach:
    symbol = changed.symbol
    calls = _calls(symbol) if seek and changed.change != "added" else []
    callers = calls[:_CALLERS_SHOWN]
    return Reach(
        change=changed.change,
        kind=symbol.kind,
        language=symbol.language,
        symbol=symbol.qualified_name,
        place=symbol.place,
        callers=tuple(f"{each.place} {each.inside.short_name if each.inside else 'top level'}" for each in callers),
        more_callers=len(calls) - len(callers),
    )


def _calls(symbol: Symbol) -> list[Reference]:
    """The calls that name a definition, for what makes an object in Python its class. Through which values it is called
    besides would take most of a review's time to tell."""
    named = symbol.parent if symbol.name == "__init__" else None
    return [use for use in (named or symbol).references(sure=True, limit=None) if use.role == "call"]


def _coverage(change: Change) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """The changed files that were looked at, that hold no code, and whose code could not be read in full."""
    reviewed, skipped, incomplete = [], [], []
    for repo, paths in ((change.base, change.removed), (change.head, change.modified), (change.head, change.added)):
        for path in paths:
            file = repo.file(path)
            if file.status == "parsed":
                reviewed.append(path)
            elif file.language is not None and file.status not in ("text", "binary"):
                incomplete.append((path, file.detail or file.status))
            else:
                skipped.append((path, file.detail or file.status))
    return tuple(sorted(reviewed)), tuple(sorted(skipped)), tuple(sorted(incomplete))
