"""What text exists: snapshots of revisions, working trees and folders, editor overlays, git history."""

from rlm_code.source.content_id import oid_of
from rlm_code.source.git_process import git_version
from rlm_code.source.open import open_snapshot
from rlm_code.source.overlay import with_overlay
from rlm_code.source.snapshot import Entry, Snapshot, SourceIssue

__all__ = ["Entry", "Snapshot", "SourceIssue", "git_version", "oid_of", "open_snapshot", "with_overlay"]
