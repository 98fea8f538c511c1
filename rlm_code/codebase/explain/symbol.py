"""An explanation of one definition: what it says of itself, what it needs, who needs it, its tests, its history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rlm_code.codebase.draft import Draft
from rlm_code.codebase.explain.parts import definitions, history, located, most_used, names
from rlm_code.codebase.listing import Listing
from rlm_code.codebase.prose import first_paragraph
from rlm_code.codebase.symbol import Reference, Symbol
from rlm_code.places import remoteness
from rlm_code.text import counted

if TYPE_CHECKING:
    from rlm_code.codebase.repo import Repo

_MOST_ROWS = 8
_MOST_COUNTED = 60
_CLASSES = ("class", "interface", "struct", "enum", "trait", "type", "namespace", "module")
_METHODS = ("method", "function", "constructor", "property", "class")


def explain_symbol(repo: Repo, symbol: Symbol) -> Draft:
    """What structure says of one definition."""
    draft = Draft()
    article = "an" if symbol.kind[0] in "aeiou" else "a"
    size = counted(len(symbol.lines), "line")
    draft.say(f"{symbol.short_name} ({symbol.place}) is {article} {symbol.kind} of {size}: {draft.cite(symbol)}")
    draft.table([[draft.code(symbol.signature, 200)]])
    if symbol.doc:
        draft.say(draft.prose(first_paragraph(symbol.doc)) + "\n")
    _inheritance(draft, symbol)
    if symbol.kind in _CLASSES:
        _members(repo, draft, symbol)
    _needs(draft, symbol)
    _users(draft, symbol, symbol.references(limit=400))
    if repo.overview.has_history:
        history(draft, lambda: symbol.commits(limit=100))
    return draft


def _inheritance(draft: Draft, symbol: Symbol) -> None:
    if symbol.kind not in (*_CLASSES, "method"):
        return
    bases = [f"{base.name} ({base.target.place})" if base.target else base.name for base in symbol.bases()]
    if bases and symbol.kind != "method":
        draft.say(f"It builds on {names(bases, 5)}.")
    below = [f"{other.short_name} ({other.place})" for other in symbol.subclasses() if not other.is_test]
    if below:
        how = {"method": "Overridden", "interface": "Implemented", "trait": "Implemented"}.get(symbol.kind, "Inherited")
        draft.say(f"{how} by {names(below, 5)}.")


def _members(repo: Repo, draft: Draft, symbol: Symbol) -> None:
    members = list({member.name: member for member in symbol.members()}.values())
    methods = [member for member in members if member.kind in _METHODS] or members
    shown = most_used(repo, methods[:_MOST_COUNTED], _MOST_ROWS)
    definitions(draft, f"Its public members{', the most used' if len(shown) == _MOST_ROWS else ''}:", shown)


def _needs(draft: Draft, symbol: Symbol) -> None:
    uses = [use for use in symbol.outgoing(limit=500) if use.target and use.role != "import"]
    first: dict[Symbol, Reference] = {}
    for use in sorted(uses, key=lambda use: use.role != "call"):
        if use.target and not _within(use.target, symbol):
            first.setdefault(use.target, use)
    calls = [(target, use) for target, use in first.items() if use.role == "call"]
    shown = calls or list(first.items())
    if shown:
        verb = "calls" if calls else "uses"
        draft.say(f"It {verb} {counted(len(shown), 'definition')} of this repository:")
        rows = [(use, target.short_name, f"{target.kind} at {target.place}") for target, use in shown]
        located(draft, rows, _MOST_ROWS)


def _within(inner: Symbol, outer: Symbol) -> bool:
    return inner.path == outer.path and outer.start_line <= inner.start_line and inner.end_line <= outer.end_line


def _users(draft: Draft, symbol: Symbol, uses: Listing[Reference]) -> None:
    sure = [use for use in uses if use.certainty != "name" and use.role != "import" and not use.is_declaration]
    code = [use for use in sure if not use.is_test and not _is_inside(use, symbol)]
    tests = [use for use in sure if use.is_test]
    if code:
        users = _apart(code)
        draft.say(f"Used in {counted(len(users), 'place')}{' outside the tests' if tests else ''}:")
        rows = [(use, use.inside.short_name if use.inside else "(top level)", draft.code(use.text)) for use in users]
        located(draft, rows, _MOST_ROWS)
    elif not sure:
        draft.say(f"No certain use of it was found in this repository{_doubt(uses)}.")
    if tests:
        seen = names((f"{use.inside.short_name if use.inside else use.path} ({use.place})" for use in _apart(tests)), 3)
        draft.say(f"Tests that use it: {seen}.")


def _apart(uses: Sequence[Reference]) -> list[Reference]:
    """One use of each user: code before examples, calls before other uses."""
    first: dict[tuple[str, Symbol | None], Reference] = {}
    for use in sorted(uses, key=lambda use: (remoteness(use.path), use.role != "call")):
        first.setdefault((use.path, use.inside), use)
    return list(first.values())


def _is_inside(use: Reference, symbol: Symbol) -> bool:
    return use.path == symbol.path and symbol.start_line <= use.line <= symbol.end_line


def _doubt(uses: Listing[Reference]) -> str:
    by_name = [use for use in uses if use.certainty == "name"]
    known = f"; {counted(len(by_name), 'use')} of the same name may mean it" if by_name else ""
    return known + (f"; not seen: {names(uses.blind_spots, 3)}" if uses.blind_spots else "")
