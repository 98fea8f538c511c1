"""Which files changed lately, weighed by how lately: a hint where bugs are, taken from git's log in one go."""

from __future__ import annotations

from rlm_code.errors import SourceError
from rlm_code.source.snapshot import Snapshot

_COMMITS = 500
_HALVED_AFTER = 100
_MOST_FILES = 30
_TIMEOUT_S = 5.0


def recent_changes(snapshot: Snapshot) -> dict[str, float]:
    """A weight for each path that the last commits changed; {} without history. Commits that change very many files
    say little about each and are left out."""
    if snapshot.commit is None:
        return {}
    from rlm_code.source.history import History

    try:
        commits = History(snapshot.root, snapshot.commit, timeout_s=_TIMEOUT_S).commits(limit=_COMMITS)
    except SourceError:  # too slow or broken: ranking does without
        return {}
    found: dict[str, float] = {}
    for age, commit in enumerate(commits):
        if len(commit.changes) <= _MOST_FILES:
            for change in commit.changes:
                found[change.path] = found.get(change.path, 0.0) + 0.5 ** (age / _HALVED_AFTER)
    return found
