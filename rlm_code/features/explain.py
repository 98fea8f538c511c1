"""Explain: a colleague's introduction to a symbol, a file, a folder or a whole repository.

The words come from a run like any other, so their citations are verified; the diagram is counted from the index.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.codebase import Repo
from rlm_code.codebase.explain import diagram
from rlm_code.errors import ConfigError

if TYPE_CHECKING:
    from rlm_code.codebase.queries import Queries


def question_for(target: str) -> str:
    """The question whose answer introduces `target`. "" and "." are the whole repository.

    Raises ConfigError for a target that no path or name can be.
    """
    if "`" in target or "\n" in target:
        raise ConfigError(f"{target!r} is no path and no name", hint="give a folder, a file, path:line or a definition")
    # A slash at the end stays: "src/" is the folder, where "src" may also be a definition.
    name = target.strip().removeprefix("./")
    return f"Explain `{name}`" if name.rstrip("/") not in ("", ".") else "Explain this repository"


def diagram_for(queries: Queries, target: str) -> str:
    """The parts and neighbours of `target` as a Mermaid flowchart; "" where nothing is called that."""
    try:
        return diagram(Repo(queries), target.strip())
    except LookupError:
        return ""
