"""Which of several definitions of one name people most likely mean: by where they stand, and how much they are used."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rlm_code.index.fileview import FUNCTIONS, HEAD
from rlm_code.index.packing import COLUMNS
from rlm_code.index.snapshot_index import SnapshotIndex
from rlm_code.index.values import Target
from rlm_code.places import DATA_LANGUAGES, remoteness

_CROWD = 40


def likeliest(
    index: SnapshotIndex, paths: Iterable[str], of: Callable[[str], Iterable[Target]], limit: int
) -> list[Target]:
    """At most `limit` of the definitions that `of` knows in files, those first that are most likely meant. Code comes
    before data, and before tests and examples, by its path alone, so that no more files are read than it takes."""
    alike: dict[tuple[bool, int], list[str]] = {}
    for path in paths:
        is_data = index.row(path).language in DATA_LANGUAGES
        alike.setdefault((is_data, remoteness(path)), []).append(path)
    found: list[Target] = []
    for standing in sorted(alike):
        index.meet(alike[standing], COLUMNS if len(alike[standing]) <= _CROWD else HEAD)
        found += _ordered(index, [target for path in alike[standing] for target in of(path)])
        if len(found) >= limit:
            break
    return found[:limit]


def _ordered(index: SnapshotIndex, targets: list[Target]) -> list[Target]:
    """Definitions in files alike: those at the top, then members, then what is local to a function; of these, those
    that their own file uses most. Of a crowd each is used about as much, and counting would take long."""
    if len(targets) < 2:
        return targets
    counted = len(targets) <= _CROWD

    def order(target: Target) -> tuple[int, int, Target]:
        view = index.view(target.path)
        parent = view.definitions.parent(target.at)
        depth = 0 if parent < 0 else 2 if view.definitions.kind(parent) in FUNCTIONS else 1
        return depth, -view.uses.count(view.definitions.names[target.at]) if counted else 0, target

    return sorted(targets, key=order)
