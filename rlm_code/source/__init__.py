"""What text exists: snapshots of revisions, working trees and folders, editor overlays, git history.

Importing this package loads none of it, so that a look-up in an unchanged repository does without git.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rlm_code.source.content_id import oid_of
    from rlm_code.source.git_process import git_version
    from rlm_code.source.open import open_snapshot
    from rlm_code.source.overlay import with_overlay
    from rlm_code.source.snapshot import Entry, Snapshot, SourceIssue

_HOMES = {
    "Entry": "snapshot",
    "Snapshot": "snapshot",
    "SourceIssue": "snapshot",
    "git_version": "git_process",
    "oid_of": "content_id",
    "open_snapshot": "open",
    "with_overlay": "overlay",
}

__all__ = ["Entry", "Snapshot", "SourceIssue", "git_version", "oid_of", "open_snapshot", "with_overlay"]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
