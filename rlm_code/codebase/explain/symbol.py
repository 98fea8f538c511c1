"""An explanation of one definition: what it says of itself, what it needs, who needs it, its tests, its history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rlm_code.codebase.draft import Draft
from rlm_code.codebase.explain.parts import counted, definitions, history, names
from rlm_code.codebase.explain.purpose import first_paragraph
from rlm_code.codebase.listing import Listing
from rlm_code.codebase.symbol import Reference, Symbol

if TYPE_CHECKING:
    from rlm_code.codebase.repo import Repo

_MOST_ROWS = 8
_CLASSES = ("class", "interface", "struct", "enum", "trait", "type", "namespace", "module")


def explain_symbol(repo: Repo, symbol: Symbol) -> Draft:
    """What structure says of one definition."""
    draft = Draft()
    article = "an" if symbol.kind[0] in "aeiou" else "a"
    size = counted(len(symbol.lines), "line")
    draft.say(f"{symbol.short_name} is {article} {symbol.kind} in {symbol.place}, {size}. {draft.cite(symbol)}")
    if symbol.doc:
        draft.say(draft.prose(first_paragraph(symbol.doc)))
    draft.table([[draft.code(symbol.signature, 200)]])
    _inheritance(draft, symbol)
    if symbol.kind in _CLASSES:
        _members(draft, symbol)
    _needs(draft, symbol)
    _users(draft, symbol.references(limit=400))
    if repo.overview.has_history:
        history(draft, symbol.commits(limit=100))
    return draft


def _inheritance(draft: Draft, symbol: Symbol) -> None:
    if symbol.kind not in (*_CLASSES, "method"):
        return
    bases = symbol.bases() if symbol.kind != "method" else []
    if bases:
        draft.say(
            "Bases: " + names((f"{base.name} ({base.target.place})" if base.target else base.name for base in bases), 5)
        )
    below = symbol.subclasses()
    if below:
        noun = "Overridden in" if symbol.kind == "method" else "Subclasses or implementers"
        draft.say(f"{noun}: " + names((f"{other.short_name} ({other.place})" for other in below), 5))


def _members(draft: Draft, symbol: Symbol) -> None:
    members = [member for member in symbol.children() if member.visibility == "public"]
    methods = [
        member for member in members if member.kind in ("method", "function", "constructor", "property", "class")
    ]
    shown = [(member, 0) for member in (methods or members)[:_MOST_ROWS]]
    more = f", {len(shown)} of {len(methods or members)}" if len(methods or members) > len(shown) else ""
    definitions(draft, f"Its public members{more}:", shown)


def _needs(draft: Draft, symbol: Symbol) -> None:
    targets = {
        use.target: use for use in symbol.outgoing(limit=500) if use.target and use.target.path and use.role != "import"
    }
    outside = [target for target in targets if not _within(target, symbol)]
    called = [target for target in outside if targets[target].role == "call"] or outside
    if called:
        draft.say(f"It uses {counted(len(called), 'definition')} of this repository:")
        rows = [(target.place, target.short_name, draft.cite(targets[target])) for target in called[:_MOST_ROWS]]
        draft.table(rows)


def _within(inner: Symbol, outer: Symbol) -> bool:
    return inner.path == outer.path and outer.start_line <= inner.start_line and inner.end_line <= outer.end_line


def _users(draft: Draft, uses: Listing[Reference]) -> None:
    sure = [use for use in uses if use.certainty != "name" and use.role != "import"]
    code = [use for use in sure if not use.is_test]
    tests = [use for use in sure if use.is_test]
    if code:
        draft.say(f"Used in {counted(len(code), 'place')} outside the tests:")
        draft.table(_use_rows(draft, code))
    elif not sure:
        draft.say(f"No use of it was found in this repository{_doubt(uses)}.")
    if tests:
        seen = names((f"{use.inside.name if use.inside else use.path} ({use.path}:{use.line})" for use in tests), 3)
        draft.say(f"Tests that use it: {seen}.")


def _use_rows(draft: Draft, uses: Sequence[Reference]) -> list[list[str]]:
    rows = [
        [
            use.place,
            use.inside.short_name if use.inside else "",
            draft.code(use.text),
            draft.cite(use),
        ]
        for use in uses[:_MOST_ROWS]
    ]
    return rows if len(uses) <= _MOST_ROWS else [*rows, [f"… {len(uses) - _MOST_ROWS} more"]]


def _doubt(uses: Listing[Reference]) -> str:
    by_name = f"; {counted(len(uses), 'use')} of the same name may mean it" if uses else ""
    return by_name + (f"; not seen: {names(uses.blind_spots, 3)}" if uses.blind_spots else "")
