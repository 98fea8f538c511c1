"""The few files by which git says that HEAD, the index or the rules of what it ignores are other than before."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from rlm_code.source.disk import read_file
from rlm_code.source.git_process import run_git

_HEAD_BYTES_LIMIT = 1 << 12


class GitFiles(NamedTuple):
    """Absolute paths: the `folders` to watch, and the `names` in them that count. `index_lock` is there while git
    changes the work tree."""

    folders: frozenset[bytes]
    names: frozenset[bytes]
    index_lock: bytes

    def holds(self, path: bytes) -> bool:
        """Whether a path lies directly in one of the folders."""
        return path[: path.rfind(b"/")] in self.folders or path in self.folders


def git_files(root: Path) -> GitFiles:
    """Those of the work tree at `root`. Raises SourceError."""
    output = run_git(root, "rev-parse", "--git-dir", "--git-common-dir").removesuffix(b"\n")
    own, common = (os.path.normpath(os.fsencode(root) + b"/" + line) if not line.startswith(b"/") else line
                   for line in output.split(b"\n"))  # fmt: skip
    names = {own + b"/HEAD", own + b"/index", common + b"/packed-refs", common + b"/config", common + b"/info/exclude"}
    names |= {common + b"/info", common + b"/reftable", common + b"/reftable/tables.list"}
    folders = {own, common, common + b"/info", common + b"/reftable"}
    ref = _ref(own + b"/HEAD")
    parts = ref.split(b"/") if ref else []
    for depth in range(1, len(parts) + 1):
        place = b"/".join([common, *parts[:depth]])
        names.add(place)
        if depth < len(parts):
            folders.add(place)
    there = frozenset(folder for folder in folders if os.path.isdir(folder))  # noqa: PTH112  bytes
    return GitFiles(there, frozenset(names), own + b"/index.lock")


def _ref(head: bytes) -> bytes:
    """The branch that HEAD is on, b"" where it is on none."""
    try:
        line = read_file(head, _HEAD_BYTES_LIMIT).split(b"\n")[0]
    except OSError:
        return b""
    ref = line.removeprefix(b"ref: ")
    return ref if ref != line and ref.startswith(b"refs/") and b".." not in ref else b""
