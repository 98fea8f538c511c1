"""Uses of definitions that the change removed, where scope and imports say that it is they.

A use counts if the base resolved it exactly, the same line still stands in the head, and there nothing provides the
name. Of members only those are judged that are named behind their type, if all that gives it members is here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rlm_code.features.review.changes import Change, ChangedSymbol
from rlm_code.features.review.closed import CLOSED_LANGUAGES, TYPES, is_closed
from rlm_code.features.review.findings import Finding
from rlm_code.features.review.provided import may_be_provided, only_types_it, separator_before
from rlm_code.features.review.still_used import affordable
from rlm_code.text import split_lines

if TYPE_CHECKING:
    from rlm_code.codebase.file import Import
    from rlm_code.codebase.symbol import Reference, Symbol

_CALLABLE = frozenset({"function", "class", "struct"})
_NAMED = _CALLABLE | TYPES | {"trait", "type", "constant", "variable"}
_MEMBERS = frozenset({"method", "function", "enum_member", "constant", "field"})
_BOUND = frozenset({"go", "rust", "java"})
"""Languages that bind every name by scope and imports, so that any use of it counts, not calls alone."""


def judged(change: Change, symbols: list[ChangedSymbol]) -> tuple[list[Symbol], int]:
    """The removed definitions whose uses are sought, and how many others would have cost too much."""
    removed = (each.before for each in symbols if each.change == "removed")
    return affordable(change, (gone for gone in removed if gone is not None), _can_be_judged)


def stale_uses(change: Change, removed: list[Symbol], lost: Iterable[Import]) -> Iterator[Finding]:
    """One finding for each line that still uses a removed definition; `lost` are imports of the head that fail."""
    head = _Head(change, lost)
    seen: set[tuple[str, int, str]] = set()
    for gone in removed:
        for use in _uses(gone):
            for now in head.left(use):
                if head.lacks(gone, now) and (now.path, now.line, now.name) not in seen:
                    seen.add((now.path, now.line, now.name))
                    yield _finding(gone, now)


def _is_member(symbol: Symbol) -> bool:
    if symbol.kind == "method" or symbol.is_top_level:
        return symbol.kind == "method"
    around = symbol.parent if symbol.language == "rust" else None
    return around is None or around.kind != "module"


def _can_be_judged(gone: Symbol) -> bool:
    if gone.kind not in _NAMED | _MEMBERS:
        return False
    if _is_member(gone):
        return gone.kind in _MEMBERS and gone.language in CLOSED_LANGUAGES
    return gone.kind in (_NAMED if gone.language in _BOUND else _CALLABLE)


def _uses(gone: Symbol) -> list[Reference]:
    """The uses of a removed definition that can be judged."""
    every = gone.language in (CLOSED_LANGUAGES if _is_member(gone) else _BOUND)
    exact = [use for use in gone.references(sure=True, limit=None) if use.certainty == "exact"]
    found = [use for use in exact if not only_types_it(gone.path, use.path)]
    return [use for use in found if use.role == "call" or (every and use.role != "import")]


class _Head:
    """The uses of names in the head; of each definition they are resolved once."""

    def __init__(self, change: Change, lost: Iterable[Import]) -> None:
        self._change = change
        self._lost = frozenset((each.path, each.line, each.alias or each.name) for each in lost)
        self._inside: dict[tuple[str, int], list[Reference]] = {}
        self._places: dict[str, dict[str, list[int]]] = {}

    def left(self, use: Reference) -> list[Reference]:
        """The uses of the head, of the same name on a line of the same text, that lead nowhere."""
        uses = (now for line in self._lines(use.path).get(use.text, ()) for now in self._on(use.path, line))
        same = (now for now in uses if (now.name, now.role) == (use.name, use.role))
        return [now for now in same if now.certainty == "name" or self._leads_nowhere(now)]

    def lacks(self, gone: Symbol, now: Reference) -> bool:
        """Whether a use that leads nowhere is of a definition that is gone, and of nothing else."""
        if _is_member(gone) and (now.target is not None or not self._is_of_closed_type(gone, now)):
            return False
        return not may_be_provided(self._change, gone, now, self._lost)

    def _leads_nowhere(self, now: Reference) -> bool:
        to = now.target
        # `const {f: g} = require("./m")` binds what it imports to a constant.
        return to is None or (to.kind in ("import", "constant") and (to.path, to.line, to.name) in self._lost)

    def _lines(self, path: str) -> dict[str, list[int]]:
        """Where a file has each text as a line."""
        if path not in self._places:
            file = self._change.new(path)
            places = self._places[path] = defaultdict(list)
            for number, line in enumerate(split_lines(file.text) if file is not None else (), 1):
                places[line.strip()].append(number)
        return self._places[path]

    def _on(self, path: str, line: int) -> list[Reference]:
        """The uses on a line. Of all roles: of calls alone values are followed, too, which says nothing of names."""
        around = self._change.head.symbol_at(path, line)
        while around is not None and around.start_line == around.end_line:
            around = around.parent  # others may stand on the line beside it
        key = around.key if around is not None else (path, -1)
        if key not in self._inside:
            uses = around.outgoing(limit=None) if around is not None else self._change.head.file(path).outgoing()
            self._inside[key] = list(uses)
        return [use for use in self._inside[key] if use.line == line]

    def _is_of_closed_type(self, gone: Symbol, now: Reference) -> bool:
        """Whether a name stands behind a type that is known to lack it."""
        end = now.column - len(separator_before(now))
        owners = [
            use.target
            for use in self._on(now.path, now.line)
            if use.column + len(use.name.encode()) == end < now.column
        ]
        return len(owners) == 1 and owners[0] is not None and is_closed(self._change, owners[0], gone)


def _finding(gone: Symbol, now: Reference) -> Finding:
    is_call = now.role == "call"
    rule, used = ("stale-call", "called") if is_call else ("stale-use", "used")
    alias = f" as `{now.name}`" if now.name != gone.name else ""
    message = f"`{gone.name}` is {used} here{alias}, but the change removed it from {gone.path}"
    place = f"{gone.path}:{gone.line}"
    return Finding(rule, "error", now.path, now.line, message, gone.qualified_name, place, now.text)
