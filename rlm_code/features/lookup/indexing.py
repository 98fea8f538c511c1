"""What an index holds: which files in which languages, what could not be parsed, where it is kept, what it took."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NamedTuple

from rlm_code.codebase.host import HostQueries
from rlm_code.features.lookup.objects import head

_NOT_PARSED = ("partial", "too_large", "unreadable")


class Indexed(NamedTuple):
    """An index that is up to date. `languages` are [name, files, lines], the most lines first; `unparsed` files come
    with their status and why; `left_out` are paths that were not looked at, and why."""

    head: dict[str, Any]
    files: int
    lines: int
    size_bytes: int
    languages: list[list[str | int]]
    unparsed: list[tuple[str, str, str]]
    left_out: list[tuple[str, str]]
    stored_at: str | None
    stored_bytes: int
    seconds: float

    @property
    def root(self) -> str:
        """The folder that was indexed."""
        return str(self.head["repository"]["root"])

    @property
    def label(self) -> str:
        """Which state of it."""
        return str(self.head["repository"]["label"])

    @property
    def commit(self) -> str | None:
        """The commit of that state, if any."""
        commit = self.head["repository"]["commit"]
        return None if commit is None else str(commit)

    def to_json(self) -> dict[str, Any]:
        """The object that docs/commands.md describes."""
        return self.head | {
            "files": self.files,
            "lines": self.lines,
            "size_bytes": self.size_bytes,
            "languages": [{"language": name, "files": files, "lines": lines} for name, files, lines in self.languages],
            "unparsed": [{"path": path, "status": status, "reason": why} for path, status, why in self.unparsed],
            "left_out": [{"path": path, "reason": reason} for path, reason in self.left_out],
            "stored_at": self.stored_at,
            "stored_bytes": self.stored_bytes,
            "seconds": self.seconds,
        }


def indexed(opened: Callable[[], AbstractContextManager[HostQueries]]) -> Indexed:
    """The index that `opened` opens, timed."""
    started = time.perf_counter()
    with opened() as queries:
        seconds = time.perf_counter() - started
        rows, overview = queries.files(), queries.overview()
        unparsed = [
            (row.path, row.status, row.detail)
            for row in rows
            if row.status in _NOT_PARSED or (row.status == "text" and row.detail)
        ]
        place = queries.stored_at
        return Indexed(
            head("index", queries),
            overview.files,
            overview.lines,
            overview.size_bytes,
            overview.languages,
            unparsed,
            [(issue.path, issue.reason) for issue in queries.snapshot.issues],
            str(place) if place else None,
            _size(place) if place else 0,
            round(seconds, 3),
        )


def _size(place: Path) -> int:
    """The bytes of a database with what SQLite keeps beside it."""
    return sum(path.stat().st_size for path in place.parent.glob(f"{place.name}*"))
