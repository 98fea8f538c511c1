"""The files of a working tree: what git tracks, with the content that is on disk now.

A file that looks as the index remembers it has the index's content id and is not read. Any other is
hashed here: `git status` would hand it to the filters that the repository names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rlm_code.errors import SourceError
from rlm_code.source.contents import DiskContents
from rlm_code.source.frozen import FrozenSnapshot
from rlm_code.source.git_process import run_git
from rlm_code.source.index_file import Index, TrackedPath, UnsupportedIndexError
from rlm_code.source.made_by_tools import without_made_by_tools
from rlm_code.source.paths import to_text
from rlm_code.source.repository import Repository
from rlm_code.source.scan import Known, Scan
from rlm_code.source.snapshot import SourceIssue


def open_working_tree(repository: Repository, *, untracked: bool, known: Known | None = None) -> FrozenSnapshot:
    """The snapshot of the tracked files as they are on disk, with `untracked` also of those git would add.

    Raises SourceError if there is neither a commit nor such a file.
    """
    index = Index(repository)
    try:
        scan, conflicts = _scanned(
            Scan(repository.root, repository.object_format, known), index.paths(), index.written_ns
        )
    except UnsupportedIndexError:
        scan, conflicts = _scanned(
            Scan(repository.root, repository.object_format, known), index.paths_from_git(), index.written_ns
        )
    staged = staged_paths(repository, index.tree)
    _settle_committed(scan, repository, staged)
    _add_conflicts(scan, conflicts)
    if untracked:
        _add_untracked(scan, repository, staged)
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


def _scanned(scan: Scan, rows: Iterable[TrackedPath], written_ns: int) -> tuple[Scan, dict[bytes, str | None]]:
    """What is on disk of `rows`, and the paths in conflict, which are left, with the id that HEAD has for each."""
    conflicts: dict[bytes, str | None] = {}
    left_out = 0
    for row in rows:
        if row.stage:
            conflicts[row.path] = row.oid if row.stage == 2 else conflicts.get(row.path)
        elif not scan.add_tracked(row, written_ns) and row.sparse:
            left_out += 1
    if left_out:
        scan.issues.append(SourceIssue("", f"{left_out} tracked paths are left out by the sparse checkout"))
    return scan, conflicts


def staged_paths(repository: Repository, index_tree: str | None) -> dict[bytes, str | None]:
    """HEAD's id, None for none, of each path where the index differs from HEAD."""
    if repository.commit is None or repository.tree == index_tree:
        return {}
    options = ("--cached", "--raw", "-z", "--no-renames", "--no-abbrev", "--no-ext-diff", "--ignore-submodules=none")
    output = run_git(repository.root, "diff-index", *options, repository.commit, "--").split(b"\0")
    staged: dict[bytes, str | None] = {}
    for facts, path in zip(output[0::2], output[1::2], strict=False):
        _, _, old, _, status = facts.decode("ascii").split()
        staged[path] = None if status == "A" or not old.strip("0") else old
    return staged


def _settle_committed(scan: Scan, repository: Repository, staged: Mapping[bytes, str | None]) -> None:
    """Correct what counts as committed, which so far is what is as the index has it."""
    if repository.commit is None:
        scan.entries = {path: entry._replace(committed=False) for path, entry in scan.entries.items()}
    for name, oid in staged.items():
        entry = scan.entries.get(to_text(name))
        if entry is not None:
            scan.entries[entry.path] = entry._replace(committed=entry.oid == oid)


def _add_conflicts(scan: Scan, conflicts: Mapping[bytes, str | None]) -> None:
    for path, ours in conflicts.items():
        if scan.add(path, ours):
            scan.refuse(path, "in a merge conflict: looked at as it is on disk, with its markers")


def _add_untracked(scan: Scan, repository: Repository, staged: Mapping[bytes, str | None]) -> None:
    listing = run_git(repository.root, "ls-files", "--others", "--exclude-standard", "--full-name", "-z")
    paths, skipped = without_made_by_tools(listing.split(b"\0")[:-1])
    scan.issues += skipped
    for path in paths:
        if path.endswith(b"/"):
            scan.refuse(path[:-1], "a repository of its own inside this one, to be opened by itself")
        else:
            scan.add(path, staged.get(path))
