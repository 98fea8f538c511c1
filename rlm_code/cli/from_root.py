"""Paths as people and tools write them, absolute or from the folder they are in, counted from the repository's root.

What stands at the root goes first, so that rows of one command are arguments of the next in every folder.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from rlm_code.errors import ConfigError

if TYPE_CHECKING:
    from rlm_code.codebase.host import HostQueries

_PLACE = re.compile(r"(?P<path>.+?)(?P<place>(?::\d+){0,2}:?)", re.DOTALL)


def from_root(queries: HostQueries, written: str) -> str:
    """`written` with its path from the root, if it is one in this repository; names and globs stay as they are.

    A `.`, or `./` or `../` at its beginning, means the current folder, where that is in the repository.
    """
    match = _PLACE.fullmatch(written)
    path = match["path"] if match else ""
    entries = queries.snapshot.entries
    is_explicit = path in (".", "..") or path.startswith(("./", "../", "/"))
    if match is None or (not is_explicit and _kind(entries, path)):
        return written
    root = os.path.realpath(queries.snapshot.root)
    inside = os.path.relpath(os.path.realpath(path), root)
    kind = "folder" if inside == "." and is_explicit else _kind(entries, inside)
    if kind == "file":
        return inside + match["place"]
    if kind == "folder" and (is_explicit or "/" in path):
        return inside if inside == "." else f"{inside}/"
    return written


def glob_from_root(queries: HostQueries, written: str) -> str:
    """The same of what is to be read as a glob. Raises ConfigError for one that cannot be."""
    from rlm_code.codebase.globs import matcher

    glob = from_root(queries, written)
    try:
        matcher(glob)
    except ValueError as error:
        raise ConfigError(str(error)) from None
    return glob


def _kind(entries: Mapping[str, object], path: str) -> str:
    """What a path from the root is: "file", "folder" or nothing, ""."""
    if path in entries:
        return "file"
    below = path.rstrip("/") + "/"
    return "folder" if any(entry.startswith(below) for entry in entries) else ""
