"""What git holds of a work tree's paths, so that one file can be looked at again as if the whole tree were.

It knows nothing of the disk but git's own files.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from rlm_code.source.disk import read_file
from rlm_code.source.git_process import run_git, try_git
from rlm_code.source.ignore import IgnoreRules, parse_rules
from rlm_code.source.index_file import Index, UnsupportedIndexError
from rlm_code.source.repository import Repository
from rlm_code.source.working_tree import staged_paths

_RULES_BYTES_LIMIT = 1 << 20


class Baseline(NamedTuple):
    """Content ids by path: `tracked` in the index; `staged` in HEAD (None: in none), where it differs from the index.

    `folders` are those that hold tracked files, each with its slash. `rules` ignore files in all folders. `single`:
    a path can be judged by itself, which it cannot in a merge conflict, a sparse checkout, under an index of a rare
    form or where names mean the same in any case.
    """

    single: bool
    has_commit: bool
    tracked: dict[bytes, str]
    staged: dict[bytes, str | None]
    folders: frozenset[bytes]
    rules: tuple[IgnoreRules, ...]

    def committed(self, path: bytes) -> str | None:
        """The id that HEAD has for a path."""
        if not self.has_commit:
            return None
        return self.staged[path] if path in self.staged else self.tracked.get(path)


NOTHING = Baseline(True, False, {}, {}, frozenset(), ())
"""That of a plain folder."""


def read_baseline(repository: Repository) -> Baseline:
    """What git holds now. Raises SourceError."""
    index = Index(repository)
    tracked: dict[bytes, str] = {}
    single = _setting(repository, "--type=bool", "core.ignoreCase") != b"true"
    try:
        for row in index.paths():
            single = single and not row.stage and not row.sparse
            tracked[row.path] = row.oid
    except UnsupportedIndexError:
        single = False
        tracked = {row.path: row.oid for row in index.paths_from_git()}
    return Baseline(
        single=single,
        has_commit=repository.commit is not None,
        tracked=tracked,
        staged=staged_paths(repository, index.tree),
        folders=folders_above(tracked),
        rules=tuple(_rules_everywhere(repository)),
    )


def folders_above(paths: Iterable[bytes]) -> frozenset[bytes]:
    """Every folder above any of the paths, each with its slash."""
    found: set[bytes] = set()
    for path in paths:
        end = path.rfind(b"/") + 1
        while end and path[:end] not in found:
            found.add(path[:end])
            end = path.rfind(b"/", 0, end - 1) + 1
    return frozenset(found)


def _rules_everywhere(repository: Repository) -> list[IgnoreRules]:
    """The user's rules, then the repository's, which win over them."""
    own = run_git(repository.root, "rev-parse", "--git-path", "info/exclude").removesuffix(b"\n")
    files = [_user_rules(repository), os.path.join(os.fsencode(repository.root), own)]  # noqa: PTH118  bytes
    found = []
    for file in files:
        try:
            found.append(parse_rules(b"", read_file(file, _RULES_BYTES_LIMIT)))
        except OSError:
            continue
    return found


def _user_rules(repository: Repository) -> bytes:
    named = _setting(repository, "--type=path", "core.excludesFile")
    if named is not None:
        return named
    home = os.environ.get("XDG_CONFIG_HOME") or str(Path("~/.config").expanduser())
    return os.fsencode(home) + b"/git/ignore"


def _setting(repository: Repository, kind: str, name: str) -> bytes | None:
    code, output, _ = try_git(repository.root, "config", kind, "--get", name)
    return output.removesuffix(b"\n") if code == 0 else None
