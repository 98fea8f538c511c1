"""Folders that tools make and fill, which no person would call source: dependencies, caches, virtual environments."""

from __future__ import annotations

from collections.abc import Iterable

from rlm_code.source.paths import to_text
from rlm_code.source.snapshot import SourceIssue

VERSION_CONTROL = frozenset(
    [b".git", b".hg", b".svn", b".bzr", b".jj", b".pijul", b".fslckout", b"_darcs", b"CVS", b"_FOSSIL_"]
)
_NAMES = frozenset([
    b"__pycache__", b"node_modules", b"bower_components", b"jspm_packages", b"elm-stuff", b"Pods",
    b".venv", b".tox", b".nox", b".eggs", b".mypy_cache", b".pytest_cache", b".ruff_cache", b".hypothesis", b".pytype",
    b".gradle", b".terraform", b".bundle", b".dart_tool", b".next", b".nuxt", b".svelte-kit", b".turbo",
    b".parcel-cache", b".yarn", b".pnpm-store", b".stack-work", b".cache", b".build",
])  # fmt: skip
# A virtual environment, and what https://bford.info/cachedir/ calls a cache directory. Cargo marks `target` so, and
# the registry in `.cargo`, where configuration written by hand lies beside it.
MARKERS = {b"pyvenv.cfg": "a virtual environment", b"CACHEDIR.TAG": "a cache"}
"""Files by which a folder says of itself what it is."""

_MADE = "made by tools"


def meaning_of(name: bytes) -> str:
    """What a folder of this name is, if tools alone make such; else ""."""
    return to_text(name) if name in _NAMES else ""


class Skipped:
    """The folders that were left out."""

    def __init__(self) -> None:
        self._paths: dict[str, list[str]] = {}

    def add(self, path: bytes, meaning: str) -> None:
        """Note a folder, and what it is."""
        self._paths.setdefault(f"{_MADE} ({meaning}): not looked at", []).append(to_text(path))

    def issues(self) -> list[SourceIssue]:
        """One issue for each kind."""
        return [
            SourceIssue(paths[0], reason if len(paths) == 1 else f"{reason}; so are {len(paths) - 1} more")
            for reason, paths in sorted(self._paths.items())
        ]


def is_about_tools(issue: SourceIssue) -> bool:
    """Whether an issue is about folders that were left out."""
    return issue.reason.startswith(_MADE)


def without_made_by_tools(paths: Iterable[bytes]) -> tuple[list[bytes], list[SourceIssue]]:
    """The paths, without those in folders that tools made; and one issue for each kind of these."""
    listed = list(paths)
    marked = {
        folder: MARKERS[name]
        for path in listed
        for folder, _, name in [path.rpartition(b"/")]
        if folder and name in MARKERS
    }
    skipped: dict[bytes, str] = {}
    kept = []
    for path in listed:
        found = _outermost(path, marked)
        if found is None:
            kept.append(path)
        else:
            skipped[found[0]] = found[1]
    note = Skipped()
    for folder, meaning in sorted(skipped.items()):
        note.add(folder, meaning)
    return kept, note.issues()


def _outermost(path: bytes, marked: dict[bytes, str]) -> tuple[bytes, str] | None:
    """The outermost folder above a path that tools made, and what it is."""
    start = 0
    while (end := path.find(b"/", start)) >= 0:
        folder = path[:end]
        meaning = meaning_of(path[start:end]) or marked.get(folder, "")
        if meaning:
            return folder, meaning
        start = end + 1
    return None
