"""The files of one commit, read from git's objects: the working tree plays no part."""

from __future__ import annotations

from rlm_code.errors import SourceError
from rlm_code.source.blobs import CommittedContents
from rlm_code.source.frozen import FrozenSnapshot
from rlm_code.source.git_process import run_git
from rlm_code.source.paths import is_unsafe, to_text, unsafe_issue
from rlm_code.source.repository import Repository, resolve_revision
from rlm_code.source.scan import submodule_issue
from rlm_code.source.snapshot import Entry, EntryKind, SourceIssue

_KINDS: dict[bytes, EntryKind] = {b"blob": "file", b"commit": "submodule"}
_LINK_MODE = b"120000"


def open_revision(repository: Repository, revision: str) -> FrozenSnapshot:
    """The snapshot of the commit that `revision` names; SourceError if it names none."""
    if repository.commit is None and revision == "HEAD":
        raise SourceError(f"{repository.root} has no commit yet", hint="commit something first")
    commit = resolve_revision(repository.root, revision)
    listing = run_git(repository.root, "ls-tree", "-r", "-l", "-z", "--full-tree", commit)
    entries, issues = _listed(listing)
    return FrozenSnapshot(
        root=repository.root,
        commit=commit,
        label=revision,
        entries=entries,
        issues=issues,
        object_format=repository.object_format,
        contents=CommittedContents(repository.root, repository.object_format),
    )


def _listed(listing: bytes) -> tuple[dict[str, Entry], list[SourceIssue]]:
    """The entries of what `ls-tree -r -l -z` prints: mode, type, id and size, a tab, the path."""
    issues: list[SourceIssue] = []
    entries: dict[str, Entry] = {}
    for row in listing.split(b"\0")[:-1]:
        facts, _, name = row.partition(b"\t")
        if is_unsafe(name):
            issues.append(unsafe_issue(name))
            continue
        mode, kind, oid, size = facts.split()
        path = to_text(name)
        entry_kind = "symlink" if mode == _LINK_MODE else _KINDS[kind]
        entries[path] = Entry(path, oid.decode(), int(size) if size.isdigit() else 0, entry_kind, True)
        if entry_kind == "submodule":
            issues.append(submodule_issue(path))
        elif not size.isdigit():
            issues.append(SourceIssue(path, "git has no content for it: this clone is partial, or damaged"))
    return entries, issues
