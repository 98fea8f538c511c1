"""Where the index of a repository lives: outside its work tree, in one place for all its work trees.

It knows nothing of what the index holds.
"""

from __future__ import annotations

import os
import zlib
from pathlib import Path


def database_path(root: Path, fingerprint: str, cache_dir: Path) -> Path:
    """The database file under `cache_dir` for the repository or folder at `root`, made by code with this `fingerprint`.

    Work trees of one repository share it, since its key is their common git directory.
    """
    home = (_common_git_directory(root) or root).resolve()
    name = (home.parent if home.name == ".git" else home).name.removesuffix(".git") or "root"
    readable = "".join(c if c.isalnum() or c in "-_." else "-" for c in name)[:40]
    key = _key(os.fsencode(home))
    return cache_dir / "index" / f"{readable}-{key}" / f"facts-{fingerprint}.sqlite"


def _key(home: bytes) -> str:
    """What tells repositories of one name apart. Two that share a database lose nothing: it is keyed by content."""
    return f"{zlib.crc32(home):08x}{zlib.adler32(home):08x}"


def _common_git_directory(root: Path) -> Path | None:
    """The git directory that all work trees of the repository at `root` share; None outside git."""
    directory = root / ".git"
    if not directory.exists():
        return root if (root / "HEAD").is_file() and (root / "objects").is_dir() else None
    if directory.is_file():
        directory = root / _first_line(directory).removeprefix("gitdir:").strip()
    common = _first_line(directory / "commondir")
    return directory / common if common else directory


def _first_line(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", errors="surrogateescape") as file:
            return file.readline().rstrip("\n")
    except OSError:
        return ""
