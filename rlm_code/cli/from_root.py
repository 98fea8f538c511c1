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

_PLACE = r"(?s)(.+?)((?::\d+){0,2}:?)"


def from_root(queries: HostQueries, written: str) -> str:
    """`written` with its path from the root, if it is one in this repository; names and globs stay as they are.

    A `.`, or `./` or `../` at its beginning, means the current folder, where that is in the repository.
    """
    if not written:
        return written
    match = re.fullmatch(_PLACE, written) if ":" in written else None
    path, place = match.groups() if match else (written, "")
    entries = queries.snapshot.entries
    is_explicit = path in (".", "..") or path.startswith(("./", "../", "/"))
    inside = os.path.relpath(os.path.realpath(path), os.path.realpath(queries.snapshot.root))
    if inside in entries:
        meant = inside + place
    elif is_explicit and inside == ".":
        meant = inside
    elif (is_explicit or "/" in path) and _is_folder(entries, inside):
        meant = f"{inside}/"
    else:
        return written
    stands_at_root = not is_explicit and (path in entries or _is_folder(entries, path))
    return written if stands_at_root else meant


def glob_from_root(queries: HostQueries, written: str) -> str:
    """The same of what is to be read as a glob. Raises ConfigError for one that cannot be."""
    from rlm_code.codebase.globs import matcher

    glob = from_root(queries, written)
    try:
        matcher(glob)
    except ValueError as error:
        raise ConfigError(str(error)) from None
    return glob


def _is_folder(entries: Mapping[str, object], path: str) -> bool:
    """Whether a path from the root is a folder of the snapshot."""
    below = path.rstrip("/") + "/"
    return any(entry.startswith(below) for entry in entries)
