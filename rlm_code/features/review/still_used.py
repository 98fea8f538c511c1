"""Which removed definitions may still be used, told without resolving anything, and how many are asked for.

To resolve the uses of one name costs as much as it has uses, and a change of what is vendored removes tens of thousands
of definitions, nearly all of which nothing is left to use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from rlm_code.features.review.changes import SCRIPTS, Change
from rlm_code.places import folder_of

if TYPE_CHECKING:
    from rlm_code.codebase import Repo
    from rlm_code.codebase.symbol import Symbol

_MOST_USES = 20_000  # at about a millisecond each where types must be inferred
_GO_TESTS = "_test.go"


def affordable(
    change: Change, removed: Iterable[Symbol], is_judged: Callable[[Symbol], bool]
) -> tuple[list[Symbol], int]:
    """Of removed definitions that are judged those to ask for, in order, and how many others may be used too but cost
    too much: the uses of all their names in the base are counted, and the names with the fewest come first."""
    used = _StillUsed(change)
    named = (gone for gone in removed if used.by_name(gone))  # which costs least, and rules out most
    asked = [gone for gone in named if is_judged(gone) and used.may_be(gone)]
    chosen = cheapest([used.cost(gone) for gone in asked], _MOST_USES)
    return [gone for at, gone in enumerate(asked) if at in chosen], len(asked) - len(chosen)


def cheapest(costs: list[int], most: int) -> set[int]:
    """The places of the lowest costs that together are at most `most`; one of any cost is never too much."""
    chosen: set[int] = set()
    for cost, at in sorted((cost, at) for at, cost in enumerate(costs)):
        most -= cost
        if most < 0 and chosen:
            break
        chosen.add(at)
    return chosen


def uses_of(repo: Repo, name: str) -> int:
    """How many uses of a name must be resolved to tell those of one definition."""
    return repo.uses_of_name(name, limit=0).total or 0


class _StillUsed:
    """What is known of names and files, each looked up once."""

    def __init__(self, change: Change) -> None:
        self._change = change
        self._costs: dict[str, int] = {}
        self._in_head: dict[str, bool] = {}
        self._users: dict[str, frozenset[str]] = {}
        self._importers: dict[str, frozenset[str]] = {}
        self._packages: dict[str, frozenset[tuple[str, bool]]] = {}

    def cost(self, gone: Symbol) -> int:
        """What it costs to find the uses of a definition."""
        name = gone.name
        if name not in self._costs:
            self._costs[name] = uses_of(self._change.base, name)
        return self._costs[name]

    def by_name(self, gone: Symbol) -> bool:
        """Whether the head uses the name of a definition, or may know it by another."""
        return self._is_in_head(gone.name) or (gone.language in SCRIPTS and bool(self._importers_of(gone.path)))

    def may_be(self, gone: Symbol) -> bool:
        """Whether a definition whose name is used may be what is meant."""
        return gone.language != "go" or gone.kind == "method" or self._may_be_in_go(gone)

    def _may_be_in_go(self, gone: Symbol) -> bool:
        """Whether a package lost a name that it, or one that imports it, still uses: no other can."""
        if _package(gone.path) in self._defined_in(gone.name):
            return False
        folder, importers = folder_of(gone.path), self._importers_of(gone.path)
        return any(folder_of(path) == folder or path in importers for path in self._users_of(gone.name))

    def _is_in_head(self, name: str) -> bool:
        if name not in self._in_head:
            self._in_head[name] = uses_of(self._change.head, name) > 0
        return self._in_head[name]

    def _users_of(self, name: str) -> frozenset[str]:
        """The files of the head that use a name."""
        if name not in self._users:
            self._users[name] = frozenset(use.path for use in self._change.head.uses_of_name(name, limit=None))
        return self._users[name]

    def _importers_of(self, path: str) -> frozenset[str]:
        """The files that imported a file, those aside that are gone."""
        if path not in self._importers:
            importing = {each.path for each in self._change.base.file(path).importers()}
            self._importers[path] = frozenset(importing.difference(self._change.removed))
        return self._importers[path]

    def _defined_in(self, name: str) -> frozenset[tuple[str, bool]]:
        """The packages of Go that define a name in the head."""
        if name not in self._packages:
            found = (each for each in self._change.head.find(name, limit=None) if each.kind != "method")
            self._packages[name] = frozenset(
                _package(each.path) for each in found if each.is_top_level and each.language == "go"
            )
        return self._packages[name]


def _package(path: str) -> tuple[str, bool]:
    """What tells packages of Go apart: the folder, and whether it is that of the tests beside it."""
    return folder_of(path), path.endswith(_GO_TESTS)
