"""What structure alone can say of a symbol, a file, a folder or a whole repository.

Purposes are quoted from docstrings, comments and READMEs; the rest is counted from the index and from git.
Nothing here judges whether any of it is true or good.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rlm_code.codebase.draft import Draft
from rlm_code.codebase.explain.diagram import diagram_of
from rlm_code.codebase.explain.file import explain_file
from rlm_code.codebase.explain.folder import explain_folder
from rlm_code.codebase.explain.symbol import explain_symbol
from rlm_code.codebase.file import File
from rlm_code.codebase.symbol import Symbol

if TYPE_CHECKING:
    from rlm_code.codebase.repo import Repo

__all__ = ["diagram", "explain"]

_PLACE = re.compile(r"(?P<path>.+?):(?P<line>\d+)(?::\d+)?")


def explain(repo: Repo, target: Symbol | File | str) -> Draft:
    """An explanation of `target`, which may be a path, a folder, "path:line" or the name of a definition.

    "" is the whole repository. Raises LookupError that names near misses.
    """
    meant = _meant(repo, target)
    if isinstance(meant, Symbol):
        return explain_symbol(repo, meant)
    return explain_file(repo, meant) if isinstance(meant, File) else explain_folder(repo, meant)


def diagram(repo: Repo, target: Symbol | File | str) -> str:
    """What `explain` would explain, as a Mermaid flowchart: its parts and neighbours, and what leads to what."""
    return diagram_of(repo, _meant(repo, target))


def _meant(repo: Repo, target: Symbol | File | str) -> Symbol | File | str:
    """The symbol, the file, or the folder's path ("" for all) that a target stands for."""
    if not isinstance(target, str):
        return repo.file(target.path) if isinstance(target, Symbol) and target.is_file else target
    folder = target.removeprefix("./").strip("/")
    if folder in ("", "."):
        return ""
    if any(file.path.startswith(f"{folder}/") for file in repo.files(f"/{folder}/")):
        return folder
    place = _PLACE.fullmatch(target)
    if place:
        file, line = repo.file(place["path"]), int(place["line"])
        if line > file.line_count:
            raise LookupError(f"{file.path} has {file.line_count} lines, not {line}")
        return repo.symbol_at(file.path, line) or file
    try:
        return repo.symbol(target)
    except LookupError:
        if "/" not in target and "." not in target:
            raise
    return repo.file(target)
