"""Pieces that several explanations share: where something is, who did what, which definitions matter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rlm_code.codebase.commit import Commit
from rlm_code.codebase.draft import Draft
from rlm_code.codebase.explain.purpose import first_sentence
from rlm_code.codebase.listing import Listing
from rlm_code.codebase.symbol import Symbol

_SMALL_KINDS = ("variable", "constant", "field", "enum_member", "key", "section", "selector", "module")


def counted(count: int, noun: str, plural: str = "") -> str:
    """A number with its noun: "1 file", "3 files"."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def most_used(symbols: Iterable[Symbol], count: int) -> list[tuple[Symbol, int]]:
    """The public definitions with the most uses, and how many; classes and functions before constants."""
    public = [symbol for symbol in symbols if symbol.visibility == "public" and symbol.kind != "module"]
    uses = [(symbol, symbol.references(limit=0, sure=True).total or 0) for symbol in public]
    uses.sort(key=lambda pair: (pair[0].kind in _SMALL_KINDS, -pair[1], pair[0].path, pair[0].start_line))
    return uses[:count]


def definitions(draft: Draft, title: str, symbols: Sequence[tuple[Symbol, int]]) -> None:
    """A table of definitions with what their documentation says first."""
    if symbols:
        draft.say(title)
        draft.table(
            (
                f"{symbol.kind} {symbol.short_name}",
                symbol.place,
                draft.prose(first_sentence(symbol.doc)),
                draft.cite(symbol),
            )
            for symbol, _ in symbols
        )


def history(draft: Draft, commits: Listing[Commit]) -> None:
    """When it last changed, and how often."""
    if not commits:
        return
    last = commits[0]
    often = f"more than {len(commits)}" if commits.total is None else str(len(commits))
    since = f", {often} commits since {commits[-1].day}" if len(commits) > 1 else ""
    draft.say(f"Last changed {last.day} by {last.author} in {last.sha[:10]}: {draft.prose(last.subject)}{since}.")


def names(items: Iterable[str], most: int) -> str:
    """Names in a row, the first `most` of them: "a, b and 3 more"."""
    kept = list(dict.fromkeys(items))
    if len(kept) <= most:
        return ", ".join(kept)
    return f"{', '.join(kept[:most])} and {len(kept) - most} more"
