"""Opens whatever a person points at: a repository at a revision, its working tree, or a plain folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from rlm_code.errors import SourceError
from rlm_code.source.repository import Repository, find_repository
from rlm_code.source.snapshot import Snapshot

if TYPE_CHECKING:
    from rlm_code.source.scan import Known


def open_snapshot(
    path: str | os.PathLike[str], rev: str | None = None, untracked: bool = False, known: Known | None = None
) -> Snapshot:
    """The snapshot of what `path` belongs to.

    In a git repository that is the whole repository, also from a folder inside it: at the commit `rev`
    names, or else its working tree (HEAD if it is bare). `untracked` adds the files that git neither
    tracks nor ignores. A folder outside git, or inside a repository that tracks nothing in it, is taken
    by itself; then `untracked` changes nothing. Files that are `known` from before are not read.
    Raises SourceError for anything that cannot be opened.
    """
    folder = _folder(path)
    repository = find_repository(folder)
    if repository is None:
        if rev is not None:
            raise SourceError(
                f"{folder} is not in a git repository, so it has no revision {rev!r}", hint="leave the revision out"
            )
        return _plain(folder, known)
    if rev is not None or repository.bare:
        from rlm_code.source.revision import open_revision

        return open_revision(repository, "HEAD" if rev is None else rev)
    return _work_tree(repository, folder, untracked=untracked, known=known)


def _folder(path: str | os.PathLike[str]) -> Path:
    """The folder at `path`, links resolved."""
    try:
        folder = Path(path).resolve()
        is_folder, exists = folder.is_dir(), folder.exists()
    except (OSError, ValueError, RuntimeError) as error:
        raise SourceError(
            f"{os.fspath(path)!r} cannot be opened: {error}", hint="give the folder of a repository"
        ) from error
    if is_folder and not os.access(folder, os.R_OK | os.X_OK, effective_ids=True):
        raise SourceError(f"{folder} cannot be read", hint="its permissions do not let you list it")
    if is_folder:
        return folder
    if exists:
        raise SourceError(f"{folder} is not a folder", hint=f"open the folder that holds it: {folder.parent}")
    raise SourceError(f"{folder} does not exist", hint="give the folder of a repository or of source files")


def _plain(folder: Path, known: Known | None) -> Snapshot:
    from rlm_code.source.folder import open_folder

    return open_folder(folder, known)


def _work_tree(repository: Repository, folder: Path, *, untracked: bool, known: Known | None) -> Snapshot:
    from rlm_code.source.working_tree import open_working_tree

    snapshot = open_working_tree(repository, untracked=untracked, known=known)
    if folder == repository.root:
        return snapshot
    inside = str(folder.relative_to(repository.root)) + "/"
    return snapshot if any(path.startswith(inside) for path in snapshot.entries) else _plain(folder, known)
