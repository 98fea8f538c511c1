"""The definitions of a part of the repository."""

from __future__ import annotations

from typing import NamedTuple, get_args

from rlm_code.codebase.near import near_paths
from rlm_code.codebase.repo import Repo
from rlm_code.codebase.symbol import Symbol
from rlm_code.errors import ConfigError
from rlm_code.parse.facts import DefinitionKind

_WHOLE = ("parsed", "text", "binary", "symlink", "submodule")


class Symbols(NamedTuple):
    """Definitions in order of path and position, cut to what was asked for. `total` counts all of them; `unparsed`
    are files that may hold more, each with why."""

    rows: list[Symbol]
    total: int
    unparsed: list[tuple[str, str]]


def find_symbols(repo: Repo, path: str, contains: str, kind: str | None, limit: int | None) -> Symbols:
    """The definitions in the files that `path` means (a file, a folder, a glob; "" is everything).

    Raises ConfigError where there is no such file or kind.
    """
    kinds = get_args(DefinitionKind)
    if kind not in (None, *kinds):
        raise ConfigError(f"{kind!r} is no kind of definition", hint=f"kinds are {', '.join(kinds)}")
    files = repo.files(path)
    if not files:
        raise ConfigError(f"no file is meant by {path!r}", hint=_near(repo, path))
    found = repo.symbols(contains, kind, path, limit=None)
    unparsed = [(file.path, file.detail or file.status) for file in files if _is_lost(file.status, file.detail)]
    return Symbols(list(found)[:limit], len(found), unparsed)


def _is_lost(status: str, detail: str) -> bool:
    return status not in _WHOLE or (status == "text" and bool(detail))


def _near(repo: Repo, path: str) -> str:
    near = near_paths(path, (file.path for file in repo.files()))
    return f"did you mean {', '.join(near)}?" if near else "give a file, a folder or a glob such as 'src/**/*.py'"
