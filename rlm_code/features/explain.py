"""Explain: a colleague's introduction to a symbol, a file, a folder or a whole repository.

The words come from a run like any other, so their citations are verified; the diagram is counted from the index.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rlm_code.codebase import Repo
from rlm_code.codebase.explain import diagram
from rlm_code.errors import ConfigError
from rlm_code.text import counted

if TYPE_CHECKING:
    from rlm_code.codebase.host import HostQueries

_WILD = re.compile(r"[`\n\r]")
_HINT = "give a folder, a file, path:line or a definition"


def question_for(queries: HostQueries, target: str) -> str:
    """The question whose answer introduces `target`. "" and "." are the whole repository; a folder goes before a
    definition of the same name, and `?` in a path stands for what a question cannot hold. Raises ConfigError for a
    target that can be no path and no name, for a path that leads out of the repository, and for a line that its file
    lacks."""
    known = queries.snapshot.entries.get(target.removeprefix("./"))
    if known:
        return f"Explain `{_WILD.sub('?', known.path)}`"
    if "`" in target or "\n" in target:
        raise ConfigError(f"{target!r} is no path and no name", hint=_HINT)
    if target.strip() == ".." or target.strip().startswith(("../", "/")):
        raise ConfigError(f"{target.strip()} is not in this repository", hint=_HINT)
    wanted = target.strip().removeprefix("./").rstrip("/")
    if wanted in ("", "."):
        return "Explain this repository"
    path, _, line = wanted.rpartition(":")
    file = next((row for row in queries.files() if row.path == path), None) if line.isdigit() else None
    if file and not 1 <= int(line) <= file.line_count:
        raise ConfigError(f"{path} has {counted(file.line_count, 'line')}, not {line}")
    is_folder = any(path.startswith(f"{wanted}/") for path in queries.snapshot.entries)
    return f"Explain `{wanted}/`" if is_folder else f"Explain `{wanted}`"


def diagram_for(queries: HostQueries, target: str) -> str:
    """The parts and neighbours of `target` as a Mermaid flowchart; "" where nothing is called that."""
    try:
        return diagram(Repo(queries), target.strip())
    except LookupError:
        return ""
