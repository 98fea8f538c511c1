"""Places that may answer a question in plain words, by signals that need no model.

So far: definitions that the question names, weighed by how rare their names are.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from rlm_code.index.places import remoteness
from rlm_code.index.snapshot_index import SnapshotIndex
from rlm_code.index.values import Target

_NAME = re.compile(r"[A-Za-z_$][\w$]{2,}")


class Ranked(NamedTuple):
    """One place: a definition, or a whole file where `target` is None. `why` names the signals."""

    path: str
    target: Target | None
    score: float
    why: str


def rank(index: SnapshotIndex, question: str, limit: int) -> list[Ranked]:
    """The places most likely to answer `question`, best first."""
    found: list[Ranked] = []
    for name in dict.fromkeys(_NAME.findall(question)):
        paths = list(index.defining(name))
        for path in paths:
            for at in index.view(path).by_name[name]:
                score = 1 / (len(paths) * (1 + remoteness(path)))
                found.append(Ranked(path, Target(path, at), score, f"defines {name}, which the question names"))
    found.sort(key=lambda row: (-row.score, row.path, row.target))
    return found[:limit]
