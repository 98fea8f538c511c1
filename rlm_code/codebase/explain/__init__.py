"""What structure alone can say of a symbol, a file, a folder or a whole repository.

Purposes are quoted from docstrings, comments and READMEs; the rest is counted from the index and from git.
Nothing here judges whether any of it is true or good.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rlm_code.codebase.draft import Draft
from rlm_code.codebase.explain.file import explain_file
from rlm_code.codebase.explain.folder import explain_folder
from rlm_code.codebase.explain.symbol import explain_symbol
from rlm_code.codebase.file import File
from rlm_code.codebase.symbol import Symbol

if TYPE_CHECKING:
    from rlm_code.codebase.repo import Repo

__all__ = ["explain"]

_PLACE = re.compile(r"(?P<path>.+?):(?P<line>\d+)(?::\d+)?")


def explain(repo: Repo, target: Symbol | File | str) -> Draft:
    """An explanation of `target`, which may be a path, a folder, "path:line" or the name of a definition.

    "" is the whole repository. Raises LookupError that names near misses.
    """
    if isinstance(target, Symbol):
        return explain_symbol(repo, target)
    if isinstance(target, File):
        return explain_file(repo, target)
    folder = target.removeprefix("./").strip("/")
    if folder in ("", ".") or repo.files(f"/{folder}/"):
        return explain_folder(repo, "" if folder == "." else folder)
    place = _PLACE.fullmatch(target)
    if place:
        file, line = repo.file(place["path"]), int(place["line"])
        return explain(repo, repo.symbol_at(file.path, line) or file)
    try:
        return explain_symbol(repo, repo.symbol(target))
    except LookupError:
        if "/" not in target and "." not in target:
            raise
    return explain_file(repo, repo.file(target))
