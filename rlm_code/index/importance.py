"""Which definitions matter most: those that many files use, and files that matter more than others count more.

The rank of files is PageRank over "a file uses a name that another defines"; a definition gets its share of what
flows into its file. Names are taken as they are written, which is enough to tell what is central, and is no
statement about who refers to what.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from rlm_code.index.family import family_of
from rlm_code.index.fileview import CLASSES, FUNCTIONS
from rlm_code.index.snapshot_index import SnapshotIndex
from rlm_code.index.values import Target
from rlm_code.places import DATA_LANGUAGES, remoteness

SHOWN_KINDS = CLASSES | FUNCTIONS | {"macro", "constant"}
_DAMPING = 0.85
_ROUNDS = 8
_BY_REMOTENESS = (1.0, 0.2, 0.1)
_COMMON = 5
_FOCUS = 20.0
_UNFOCUSED = 0.05
_PLAIN = 0.2
_VAGUE = 0.15
_UNREAD = -1
_UNUSED = 0.02


class _Name(NamedTuple):
    """A name that some files define and others use. `weight`: how much one use of it says."""

    name: str
    defining: list[int]
    using: list[int]
    weight: float


class Importance:
    """The definitions of one snapshot by importance. `focus` weighs files, from 0 to 1, if some matter more."""

    def __init__(self, index: SnapshotIndex, focus: Mapping[str, float]) -> None:
        self._index = index
        self._path_of: dict[int, str] = {}
        for path in index.keys:
            row = index.row(path)
            if row.id and row.language and row.language not in DATA_LANGUAGES:
                self._path_of.setdefault(row.id, path)
        self._family = {blob: family_of(index.row(path).language).name for blob, path in self._path_of.items()}
        self._names = list(self._used_elsewhere())
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
                is_vague = view.definitions[each].parent >= 0 and _is_plain(name)
                heapq.heappush(waiting, (score / len(found) * (_VAGUE if is_vague else 1.0), path, name, each))

    def _used_elsewhere(self) -> Iterator[_Name]:
        for name, defined, used in self._index.store.names():
            defining = [blob for blob in defined if blob in self._path_of]
            if defining:
                families = {self._family[blob] for blob in defining}
                using = [blob for blob in used if self._family.get(blob) in families]
                yield _Name(name, defining, using, _weight(name, len(defining)))

    def _scores(self) -> dict[tuple[str, int], float]:
        rank, outgoing = self._ranked()
        scores: dict[tuple[str, int], float] = {}
        for name, defining, using, weight in self._names:
            flow = sum(rank[blob] / outgoing[blob] for blob in using if blob in outgoing) * weight
            for blob in defining:
                own = rank[blob] / outgoing[blob] * weight if blob in outgoing and blob in using else 0.0
                factor = _BY_REMOTENESS[remoteness(self._path_of[blob])]
                if self._focus:
                    factor *= _UNFOCUSED + self._focus.get(self._path_of[blob], 0.0)
                scores[name, blob] = (flow - own + _UNUSED * weight * rank[blob]) * factor
        return scores

    def _ranked(self) -> tuple[dict[int, float], dict[int, float]]:
        """The rank of each file, and the weight of all its uses of what others define."""
        edges: dict[tuple[int, int], float] = {}
        for _, defining, using, weight in self._names:
            if len(defining) > _COMMON:  # it leads everywhere, so it says nothing, and there are very many of these
                continue
            for user in using:
                for definer in defining:
                    if user != definer:
                        edges[user, definer] = edges.get((user, definer), 0.0) + weight
        outgoing: dict[int, float] = {}
        for (user, _), weight in edges.items():
            outgoing[user] = outgoing.get(user, 0.0) + weight
        start = self._start()
        rank = dict(start)
        shares = [(user, definer, _DAMPING * weight / outgoing[user]) for (user, definer), weight in edges.items()]
        for _ in range(_ROUNDS):
            after = {blob: (1 - _DAMPING) * share for blob, share in start.items()}
            for user, definer, share in shares:
                after[definer] += rank[user] * share
            rank = after
        return rank, outgoing

    def _start(self) -> dict[int, float]:
        """Where readers begin: at code rather than at tests, and in the focus before all."""
        weights = {
            blob: _BY_REMOTENESS[remoteness(path)] * (1 + _FOCUS * self._focus.get(path, 0.0))
            for blob, path in self._path_of.items()
        }
        total = sum(weights.values()) or 1.0
        return {blob: weight / total for blob, weight in weights.items()}


def _is_plain(name: str) -> bool:
    """Whether a name is one small word: other things may well be called the same."""
    return name == name.lower() and "_" not in name.strip("_")


def _weight(name: str, definitions: int) -> float:
    """How much a use of a name says: little if many files define it, it is private, very short or a plain word."""
    weight = 1.0 / definitions
    if definitions > _COMMON:
        weight *= 0.2
    if name.startswith("_") or len(name) < 3:
        weight *= 0.2
    if _is_plain(name):
        weight *= _PLAIN
    return weight * (2.0 if len(name) >= 8 else 1.0)
