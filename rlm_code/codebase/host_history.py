"""History of a snapshot as rows. Lines count in the snapshot's text, also where that is not what was committed."""

from __future__ import annotations

from rlm_code.codebase.queries import BlameRow, CommitRow
from rlm_code.errors import SourceError
from rlm_code.source.history import History, is_date
from rlm_code.source.log_format import Commit
from rlm_code.source.repository import resolve_revision
from rlm_code.source.snapshot import Snapshot
from rlm_code.text import decode, split_lines

LONGEST_DIFF = 1_000_000


class HostHistory:
    """The commits that lead to a snapshot; no rows where there are none."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._history = History(snapshot.root, snapshot.commit) if snapshot.commit else None

    def commits(
        self,
        path: str | None,
        start_line: int | None,
        end_line: int | None,
        limit: int,
        text: str | None,
        since: str | None,
    ) -> list[CommitRow]:
        """Commits that changed the repository, a file, or lines of it, newest first; with `text` those that added or
        removed it, with `since` those after a date or not in a revision."""
        if self._history is None or limit < 1:
            return []
        since = self._resolved(since) if since and not is_date(since) else since
        if path is None or start_line is None:
            return [row_of(commit) for commit in self._history.commits(path, limit=limit, text=text, since=since)]
        ranges = self._in_commit(path, start_line, end_line or start_line)
        lines = (ranges[0][0], ranges[-1][1]) if ranges else None
        found = self._history.commits(path, lines, limit=limit, since=since) if lines else []
        return [row_of(commit) for commit in found]

    def commit(self, revision: str) -> CommitRow:
        """One commit, by any name that git knows it under."""
        if self._history is None:
            raise LookupError(f"no commit {revision!r}: there is no history here")
        return row_of(self._history.commit(self._resolved(revision)))

    def diff(self, revision: str, path: str | None) -> str:
        """What a commit changed, as a unified diff of at most `LONGEST_DIFF` characters."""
        if self._history is None:
            raise LookupError(f"no commit {revision!r}: there is no history here")
        text = decode(self._history.diff(revision, path))
        if len(text) <= LONGEST_DIFF:
            return text
        return f"{text[:LONGEST_DIFF]}\n… {len(text) - LONGEST_DIFF:,} more characters: ask for the diff of one path"

    def blame(self, path: str, start_line: int, end_line: int) -> list[BlameRow]:
        """Who last changed each of some lines, in order; lines that are not committed have no row."""
        if self._history is None:
            return []
        return [
            BlameRow(lines.start_line + shift, lines.end_line + shift, row_of(lines.commit))
            for first, last, shift in self._in_commit(path, start_line, end_line)
            for lines in self._history.blame(path, first, last)
        ]

    def _resolved(self, revision: str) -> str:
        """The id of the commit that a revision names. Raises LookupError if it names none."""
        try:
            return resolve_revision(self._snapshot.root, revision)
        except SourceError as error:
            raise LookupError(f"{error.message}: {error.hint}" if error.hint else error.message) from error

    def _in_commit(self, path: str, start_line: int, end_line: int) -> list[tuple[int, int, int]]:
        """Where these lines are in the committed file: (first line, last line, what to add to get back)."""
        entry = self._snapshot.entries[path]
        now = split_lines(decode(self._snapshot.read(path)))
        last = min(end_line, len(now))
        if not 1 <= start_line <= last:
            raise LookupError(f"{path} has {len(now)} lines, not {start_line} to {end_line}")
        if entry.committed:
            return [(start_line, last, 0)]
        return _matching(self._committed_lines(path), now, start_line, last)

    def _committed_lines(self, path: str) -> list[str]:
        from rlm_code.source import open_snapshot

        committed = open_snapshot(self._snapshot.root, self._snapshot.commit)
        try:
            return split_lines(decode(committed.read(path))) if path in committed.entries else []
        finally:
            committed.close()


def row_of(commit: Commit) -> CommitRow:
    """The row of a commit."""
    return CommitRow(
        commit.sha, commit.date, commit.author, commit.subject, commit.body, [change.path for change in commit.changes]
    )


def _matching(then: list[str], now: list[str], start_line: int, end_line: int) -> list[tuple[int, int, int]]:
    import difflib

    found = []
    for at_then, at_now, size in difflib.SequenceMatcher(None, then, now, autojunk=False).get_matching_blocks():
        first, last = max(at_now + 1, start_line), min(at_now + size, end_line)
        if first <= last:
            shift = at_now - at_then
            found.append((first - shift, last - shift, shift))
    return found
