"""Which definitions matter most: those that many files use, and files that matter more than others count more.

The rank of files is PageRank over "a file uses a name that another defines". Names are taken as they are written, and
mean what the file imports: enough to tell what is central, and no statement about who refers to what.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Collection, Iterator, Mapping, Set
from typing import TYPE_CHECKING

from rlm_code.index.family import Family, family_of
from rlm_code.index.fileview import CLASSES, FUNCTIONS
from rlm_code.index.snapshot_index import SnapshotIndex
from rlm_code.index.values import Target
from rlm_code.places import DATA_LANGUAGES, remoteness

if TYPE_CHECKING:
    from rlm_code.parse.facts import Definition

SHOWN_KINDS = CLASSES | FUNCTIONS | {"macro", "constant"}
_DAMPING = 0.5
_ROUNDS = 8
_BY_REMOTENESS = (1.0, 0.2, 0.1)
_COMMON = 5  # files that define a name; of one that more do, a use without an import says nothing
_FOCUS = 20.0
_UNFOCUSED = 0.05
_PLAIN = 0.2
_VAGUE = 0.03
_MEMBER = 0.25  # whose object may be of any class
_LESSER = {"constant": 0.3, "macro": 0.3}
_OF_MODULE = 0.5  # how sure it is that a name is a module's, which is imported whole
_OF_OTHER = 0.2  # … a file's from which other names are imported: a member's, or nothing of it
_NOT_IMPORTED = 0.05
_UNREAD = -1
_UNUSED = 0.02


class Importance:
    """The definitions of one snapshot by importance. `imported_by` gives the files that a file imports, and the names
    it takes from each. `focus` weighs files, from 0 to 1, if some matter more."""

    def __init__(
        self,
        index: SnapshotIndex,
        imported_by: Callable[[str], Mapping[str, Set[str | None]]],
        focus: Mapping[str, float],
    ) -> None:
        self._index = index
        self._path_of: dict[int, str] = {}
        for path in index.keys:
            row = index.row(path)
            if row.id and row.language and row.language not in DATA_LANGUAGES:
                self._path_of.setdefault(row.id, path)
        self._family = {blob: family_of(index.row(path).language) for blob, path in self._path_of.items()}
        self._reach = _Reach(index, self._path_of, self._family, imported_by)
        self._focus = focus

    def ordered(self) -> Iterator[tuple[Target, float]]:
        """Every definition of a kind that an outline shows, with its score, best first."""
        # A file is read when the best that it may hold comes up; what it does hold then waits for its turn.
        waiting: list[tuple[float, str, str, int]] = [
            (-score, self._path_of[blob], name, _UNREAD) for (name, blob), score in self._scores().items()
        ]
        heapq.heapify(waiting)
        while waiting:
            score, path, name, at = heapq.heappop(waiting)
            if at != _UNREAD:
                yield Target(path, at), -score
                continue
            view = self._index.view(path)
            found = [each for each in view.by_name.get(name, ()) if view.definitions[each].kind in SHOWN_KINDS]
            for each in found:
                factor = _factor(name, view.definitions[each])
                heapq.heappush(waiting, (score / len(found) * factor, path, name, each))

    def _scores(self) -> dict[tuple[str, int], float]:
        uses = self._uses()
        edges: dict[tuple[int, int], float] = {}
        for (_, definer), users in uses.items():
            for user, weight in users:
                edges[user, definer] = edges.get((user, definer), 0.0) + weight
        outgoing: dict[int, float] = {}
        for (user, _), weight in edges.items():
            outgoing[user] = outgoing.get(user, 0.0) + weight
        rank = self._ranked({edge: weight / outgoing[edge[0]] for edge, weight in edges.items()})
        shown = {blob: self._shown(path) for blob, path in self._path_of.items()}
        scores: dict[tuple[str, int], float] = {}
        for (name, definer), users in uses.items():
            flow = sum(math.sqrt(rank[user]) * weight for user, weight in users)
            scores[name, definer] = (flow + _UNUSED * _weight(name) * math.sqrt(rank[definer])) * shown[definer]
        return scores

    def _shown(self, path: str) -> float:
        """How much what a file defines is to be shown."""
        focus = _UNFOCUSED + self._focus.get(path, 0.0) if self._focus else 1.0
        return _BY_REMOTENESS[remoteness(path)] * focus

    def _uses(self) -> dict[tuple[str, int], list[tuple[int, float]]]:
        """For each name in a file that defines it: the other files that seem to mean it, and how much that says."""
        uses: dict[tuple[str, int], list[tuple[int, float]]] = {}
        for name, defined, used in self._index.store.names():
            defining = frozenset(blob for blob in defined if blob in self._path_of)
            if not defining:
                continue
            weight = _weight(name)
            for definer in defining:
                uses[name, definer] = []
            families = {self._family[blob].name for blob in defining}
            for user in used:
                if user not in self._family or self._family[user].name not in families:
                    continue
                meant, certainty = self._reach.of(user, defining, name)
                for definer in meant:
                    uses[name, definer].append((user, weight * certainty / len(meant)))
        return uses

    def _ranked(self, shares: Mapping[tuple[int, int], float]) -> dict[int, float]:
        """The rank of each file, where each hands on its own by `shares`."""
        start = self._start()
        rank = dict(start)
        for _ in range(_ROUNDS):
            after = {blob: (1 - _DAMPING) * share for blob, share in start.items()}
            for (user, definer), share in shares.items():
                after[definer] += _DAMPING * rank[user] * share
            rank = after
        return rank

    def _start(self) -> dict[int, float]:
        """Where readers begin: at code rather than at tests, and in the focus before all."""
        weights = {
            blob: _BY_REMOTENESS[remoteness(path)] * (1 + _FOCUS * self._focus.get(path, 0.0))
            for blob, path in self._path_of.items()
        }
        total = sum(weights.values()) or 1.0
        return {blob: weight / total for blob, weight in weights.items()}


class _Reach:
    """Which of the files that define a name a file can mean by it."""

    def __init__(
        self,
        index: SnapshotIndex,
        path_of: Mapping[int, str],
        family: Mapping[int, Family],
        imported_by: Callable[[str], Mapping[str, Set[str | None]]],
    ) -> None:
        self._family = family
        self._folder = {blob: path.rpartition("/")[0] for blob, path in path_of.items()}
        self._imported: dict[int, dict[int, Set[str | None]]] = {
            blob: {index.row(other).id: names for other, names in imported_by(path).items()}
            for blob, path in path_of.items()
            if family[blob].by_import
        }

    def of(self, user: int, defining: frozenset[int], name: str) -> tuple[Collection[int], float]:
        """Those of `defining`, and how sure that is, from 0 to 1. The file itself is never one."""
        family = self._family[user]
        if not family.by_import:
            return self._by_name(user, defining, name, _NOT_IMPORTED if name in family.library else 1.0)
        imported = self._imported[user]
        found = (defining & imported.keys()) - {user}
        named = [blob for blob in found if name in imported[blob]]
        if named:
            return named, 1.0
        if found:
            whole = [blob for blob in found if None in imported[blob] or "*" in imported[blob]]
            return (whole, _OF_MODULE) if whole else (found, _OF_OTHER)
        if family.folder_is_module and user not in defining:
            near = [blob for blob in defining if self._folder[blob] == self._folder[user]]
            if near:
                return near, _OF_MODULE
        return self._by_name(user, defining, name, _NOT_IMPORTED)

    def _by_name(
        self, user: int, defining: frozenset[int], name: str, certainty: float
    ) -> tuple[Collection[int], float]:
        if user in defining or len(defining) > _COMMON:
            return (), 0.0  # it means its own, or it is said everywhere
        return defining, certainty * (_PLAIN if _is_plain(name) else 1.0)


def _is_plain(name: str) -> bool:
    """Whether a name is one small word: other things may well be called the same."""
    return name == name.lower() and "_" not in name.strip("_")


def _factor(name: str, definition: Definition) -> float:
    """How much less a definition matters than a class or function of that name would."""
    factor = _LESSER.get(definition.kind, 1.0)
    if (definition.parent >= 0 or definition.scope) and definition.kind in FUNCTIONS:
        factor *= _VAGUE if _is_plain(name) else _MEMBER
    return factor


def _weight(name: str) -> float:
    """How much a use of a name says: little if it is private or very short."""
    return _PLAIN if name.startswith("_") or len(name) < 3 else 1.0
