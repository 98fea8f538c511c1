"""Pieces that several explanations share: tables of definitions and uses, history, names in a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from rlm_code.codebase.commit import Commit
from rlm_code.codebase.draft import Draft
from rlm_code.codebase.lines import Located
from rlm_code.codebase.listing import Listing
from rlm_code.codebase.symbol import Symbol
from rlm_code.errors import RlmCodeError

if TYPE_CHECKING:
    from rlm_code.codebase.repo import Repo

_ASKED_FOR_ONE = 3
_SMALL_KINDS = ("variable", "constant", "field", "enum_member", "key", "section", "selector", "module", "macro")


def names(items: Iterable[str], most: int) -> str:
    """Names in a row, the first `most` of them: "a, b and 3 more"."""
    kept = list(dict.fromkeys(items))
    more = f" and {len(kept) - most} more" if len(kept) > most else ""
    return ", ".join(kept[:most]) + more


def most_used(repo: Repo, symbols: Iterable[Symbol], count: int) -> list[Symbol]:
    """The public definitions with the most certain uses; classes and functions before constants, overloads once.

    Uses of a name are counted quickly, and no definition has more: few are looked into, those with namesakes.
    """
    once = {(symbol.path, symbol.qualified_name): symbol for symbol in symbols if symbol.kind != "module"}
    most = {symbol: repo.uses_of_name(symbol.name, limit=0).total or 0 for symbol in once.values()}
    found: list[tuple[bool, int, str, Symbol]] = []
    asked = 0
    for symbol in sorted(most, key=lambda symbol: (symbol.kind in _SMALL_KINDS, -most[symbol], symbol.place)):
        is_small = symbol.kind in _SMALL_KINDS
        if asked == _ASKED_FOR_ONE * count or (
            len(found) >= count and found[count - 1][:2] <= (is_small, -most[symbol])
        ):
            break
        if symbol.visibility == "public":
            uses = most[symbol]
            if len(repo.find(symbol.name, limit=2)) > 1:  # not all of them are its own
                asked += 1
                uses = symbol.references(limit=0, sure=True).total or 0
            found = sorted([*found, (is_small, -uses, symbol.place, symbol)], key=lambda each: each[:3])
    return [symbol for _, _, _, symbol in found[:count]]


def definitions(draft: Draft, title: str, symbols: Sequence[Symbol]) -> None:
    """A table of definitions with what their documentation says first."""
    if symbols:
        draft.say(title)
        draft.table(
            [
                symbol.place,
                f"{symbol.kind} {symbol.short_name}",
                draft.prose(symbol.summary),
                draft.cite(symbol),
            ]
            for symbol in symbols
        )


def located(draft: Draft, rows: Sequence[tuple[Located, str, str]], most: int) -> None:
    """A table of places with two notes each, the first `most` of them."""
    cells = [[place.place, first, second, draft.cite(place)] for place, first, second in rows[:most]]
    draft.table(cells + ([[f"… and {len(rows) - most} more"]] if len(rows) > most else []))


def history(draft: Draft, asked: Callable[[], Listing[Commit]]) -> None:
    """When it last changed, and how often. A clone may lack what git needs to tell."""
    try:
        commits = asked()
    except RlmCodeError as error:
        draft.say(f"Its history cannot be read: {draft.prose(str(error))}.")
        return
    if not commits:
        return
    last = commits[0]
    often = "{} commits since" if commits.complete else "The last {} commits go back to"
    since = f" {often.format(len(commits))} {commits[-1].day}." if len(commits) > 1 else ""
    subject = draft.prose(last.subject).rstrip(".")
    draft.say(f"Last changed on {last.day} by {last.author}: {subject} ({last.sha[:10]}).{since}")
