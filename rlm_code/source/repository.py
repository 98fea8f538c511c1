"""Finds the repository that holds a folder, and what must be known of it before its files are read."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple, cast

from rlm_code.errors import SourceError
from rlm_code.source.git_errors import explain, first_complaint
from rlm_code.source.git_process import run_git, try_git
from rlm_code.source.holding import holding_repository
from rlm_code.source.snapshot import ObjectFormat

_FULL_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


class Repository(NamedTuple):
    """One repository: `root` is its work tree's top, or its git directory if it is `bare`.

    `commit` and `tree` are HEAD's full ids, None before the first commit. `index_path` is where its list
    of tracked files lies. A `shallow` one lacks older history.
    """

    root: Path
    bare: bool
    shallow: bool
    object_format: ObjectFormat
    index_path: Path
    commit: str | None
    tree: str | None


def find_repository(folder: Path) -> Repository | None:
    """The repository whose work tree (or bare git directory) holds `folder`, None if there is none.

    Raises SourceError if there is one that git cannot or will not read.
    """
    root = holding_repository(folder)
    return None if root is None else _inspect(root)


def resolve_revision(root: Path, revision: str) -> str:
    """The full id of the commit that `revision` names in the repository at `root`.

    Raises SourceError if it names none, or more than one thing.
    """
    if not revision or revision.startswith("-") or not revision.isprintable():
        raise SourceError(f"{revision!r} is not a revision", hint="give a branch, a tag or a commit id")
    code, output, errors = try_git(root, "rev-parse", "--verify", "--end-of-options", revision + "^{commit}")
    if "is ambiguous" in errors:
        raise explain(errors, root)
    words = output.decode("ascii", "replace").split()
    if code == 0 and words and _FULL_ID.fullmatch(words[-1]):
        return words[-1]
    raise SourceError(
        f"no commit is called {revision!r} in {root}: {first_complaint(errors)}",
        hint="`git log --oneline --all` lists what there is; a shallow clone gets the rest by `git fetch --unshallow`",
    )


def _inspect(root: Path) -> Repository:
    questions = ("--show-object-format", "--is-bare-repository", "--is-inside-work-tree", "--is-shallow-repository")
    more = ("--show-cdup", "--git-path", "index", "--revs-only", "HEAD", "HEAD^{tree}")
    answers = run_git(root, "rev-parse", *questions, *more).decode("utf-8", "surrogateescape")
    object_format, bare, inside, shallow, *rest = answers.removesuffix("\n").split("\n")
    if object_format not in ("sha1", "sha256"):
        raise SourceError(f"{root} uses the object format {object_format}, which rlm-code does not know")
    if bare != "true":
        _check_work_tree(root, rest.pop(0) if inside == "true" else None)
    ids = [line for line in rest[-2:] if _FULL_ID.fullmatch(line)]
    if len(ids) == 1:
        raise SourceError(
            f"HEAD of {root} names {ids[0]}, which is not there", hint="`git fsck` there says what is lost"
        )
    commit, tree = ids or (None, None)
    return Repository(
        root=root,
        bare=bare == "true",
        shallow=shallow == "true",
        object_format=cast("ObjectFormat", object_format),
        index_path=root / "\n".join(rest[: len(rest) - len(ids)]),  # a folder's name may hold line feeds
        commit=commit,
        tree=tree,
    )


def _check_work_tree(root: Path, way_up: str | None) -> None:
    """Refuse a work tree that is not the folder which holds `.git`; `way_up` is "" if it is.

    `core.worktree` may name any folder: a repository from elsewhere could make its index read the user's files.
    """
    if not os.path.lexists(root / ".git"):
        raise SourceError(f"{root} is the inside of a repository", hint=f"open {root.parent}")
    if way_up != "":
        raise SourceError(
            f"{root} keeps its files in another folder (core.worktree)",
            hint="remove that setting from its configuration, or open a clone",
        )
