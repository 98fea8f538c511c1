"""Which repository a folder belongs to, by what lies on disk alone: git has its say when it is opened."""

from __future__ import annotations

import os
from pathlib import Path


def holding_repository(folder: Path) -> Path | None:
    """The nearest folder from `folder` upwards that looks like a repository's work tree, or a bare repository."""
    for candidate in (folder, *folder.parents):
        if os.path.lexists(candidate / ".git") or _looks_bare(candidate):
            return candidate
    return None


def _looks_bare(folder: Path) -> bool:
    try:
        return (folder / "HEAD").is_file() and (folder / "objects").is_dir() and (folder / "refs").is_dir()
    except OSError:  # what may not be looked into cannot be opened as a repository either
        return False
