"""How commits are related: where a branch left another."""

from __future__ import annotations

import os
from pathlib import Path

from rlm_code.errors import SourceError
from rlm_code.source.git_process import try_git
from rlm_code.source.repository import find_repository, resolve_revision


def merge_base(path: str | os.PathLike[str], base: str, head: str) -> str:
    """The full id of the best common ancestor of two revisions of the repository that holds `path`.

    Raises SourceError outside git, for an unknown revision, and where the two share no history that is here.
    """
    folder = Path(path).resolve()
    repository = find_repository(folder)
    if repository is None:
        raise SourceError(f"{folder} is not in a git repository, so it has no revisions to compare")
    ids = [resolve_revision(repository.root, revision) for revision in (base, head)]
    code, output, _ = try_git(repository.root, "merge-base", "--end-of-options", *ids)
    if code != 0:
        hint = "this clone is shallow: fetch the history first" if repository.shallow else "name another base"
        raise SourceError(f"{base!r} and {head!r} have no common ancestor in {repository.root}", hint=hint)
    return output.decode("ascii").strip()
