"""Commits as handles: who changed what, when, and why by their own words."""

from __future__ import annotations

from rlm_code.codebase.lines import span
from rlm_code.codebase.listing import Shown
from rlm_code.codebase.queries import BlameRow, CommitRow
from rlm_code.codebase.view import View


class Commit:
    """One commit: `sha`, `date` (ISO 8601, when its author wrote it), `author`, `subject`, `body`."""

    __slots__ = ("_row", "_view", "author", "body", "date", "sha", "subject")

    def __init__(self, view: View, row: CommitRow) -> None:
        self._view = view
        self._row = row
        self.sha = row.sha
        self.date = row.date
        self.author = row.author
        self.subject = row.subject
        self.body = row.body

    @property
    def day(self) -> str:
        """The date alone: 2026-01-02."""
        return self.date[:10]

    @property
    def files(self) -> list[str]:
        """The paths it changed."""
        if not self._row.files:
            self._row = self._view.queries.commit(self.sha)
        return list(self._row.files)

    def diff(self, path: str = "") -> Shown:
        """What it changed, at or below `path`, as a unified diff; of a merge, what it brought in."""
        return Shown(self._view.queries.diff(self.sha, path.removeprefix("./").rstrip("/") or None))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Commit) and other.sha == self.sha

    def __hash__(self) -> int:
        return hash(self.sha)

    def __repr__(self) -> str:
        return f"<commit {_headline(self)}>"


class Blame:
    """Lines `start_line`..`end_line` of `path` were last changed by `commit`."""

    __slots__ = ("commit", "end_line", "path", "start_line")

    def __init__(self, view: View, path: str, row: BlameRow) -> None:
        self.path = path
        self.start_line = row.start_line
        self.end_line = row.end_line
        self.commit = Commit(view, row.commit)

    def __repr__(self) -> str:
        return f"<blame {self.path}:{span(self.start_line, self.end_line)} {_headline(self.commit)}>"


def _headline(commit: Commit) -> str:
    return f"{commit.sha[:10]} {commit.day} {commit.author}: {commit.subject}"
