"""The files of a working tree: what git tracks, with the content that is on disk now.

A file that looks as the index remembers it has the index's content id and is not read. Any other is
hashed here: `git status` would hand it to the filters that the repository names.
"""

from __future__ import annotations

from collections.abc import Mapping

from rlm_code.errors import SourceError
from rlm_code.source.contents import DiskContents
from rlm_code.source.frozen import FrozenSnapshot
from rlm_code.source.git_process import run_git
from rlm_code.source.index_file import TrackedPath, TrackedPaths, list_tracked
from rlm_code.source.repository import Repository
from rlm_code.source.scan import Scan
from rlm_code.source.snapshot import SourceIssue


def open_working_tree(repository: Repository, *, untracked: bool) -> FrozenSnapshot:
    """The snapshot of the tracked files as they are on disk, with `untracked` also of those git would add.

    Raises SourceError if there is neither a commit nor such a file.
    """
    scan = Scan(repository.root, repository.object_format)
    tracked = list_tracked(repository)
    committed = _Committed(repository, tracked)
    conflicts: dict[bytes, str | None] = {}
    absent_by_choice = 0
    for row in tracked.paths:
        if row.stage:
            conflicts[row.path] = row.oid if row.stage == 2 else conflicts.get(row.path)
        elif not scan.add_tracked(row, committed.oid(row), tracked.written_ns) and row.sparse:
            absent_by_choice += 1
    _add_conflicts(scan, conflicts)
    if absent_by_choice:
        scan.issues.append(SourceIssue("", f"{absent_by_choice} tracked paths are left out by the sparse checkout"))
    if untracked:
        _add_untracked(scan, repository, committed)
    if repository.commit is None and not scan.entries:
        raise SourceError(
            f"{repository.root} has no commit and no tracked file yet",
            hint="`git add` the files, or ask for untracked files too",
        )
    return FrozenSnapshot(
        root=repository.root,
        commit=repository.commit,
        label="working tree",
        entries=scan.in_order() if conflicts or untracked else scan.entries,
        issues=scan.issues,
        object_format=repository.object_format,
        contents=DiskContents(repository.root, repository.object_format, in_git=True),
    )


class _Committed:
    """The id that HEAD has for each path, known from the index wherever the two agree."""

    def __init__(self, repository: Repository, tracked: TrackedPaths) -> None:
        self._unborn = repository.commit is None
        self.staged: Mapping[bytes, str | None] = {}
        if repository.commit is not None and tracked.tree != repository.tree:
            self.staged = _staged(repository, repository.commit)

    def oid(self, row: TrackedPath) -> str | None:
        """HEAD's id for a tracked path, None if HEAD does not have it."""
        return None if self._unborn else self.staged.get(row.path, row.oid)


def _staged(repository: Repository, commit: str) -> dict[bytes, str | None]:
    """HEAD's id, None for none, of each path where the index differs from HEAD."""
    options = ("--cached", "--raw", "-z", "--no-renames", "--no-abbrev", "--no-ext-diff", "--ignore-submodules=none")
    output = run_git(repository.root, "diff-index", *options, commit, "--").split(b"\0")
    staged: dict[bytes, str | None] = {}
    for facts, path in zip(output[0::2], output[1::2], strict=False):
        _, _, old, _, status = facts.decode("ascii").split()
        staged[path] = None if status == "A" or not old.strip("0") else old
    return staged


def _add_conflicts(scan: Scan, conflicts: Mapping[bytes, str | None]) -> None:
    for path, ours in conflicts.items():
        if scan.add(path, ours):
            scan.refuse(path, "in a merge conflict: looked at as it is on disk, with its markers")


def _add_untracked(scan: Scan, repository: Repository, committed: _Committed) -> None:
    listing = run_git(repository.root, "ls-files", "--others", "--exclude-standard", "--full-name", "-z")
    for path in listing.split(b"\0")[:-1]:
        if path.endswith(b"/"):
            scan.refuse(path[:-1], "a repository of its own inside this one, to be opened by itself")
        else:
            scan.add(path, committed.staged.get(path))
