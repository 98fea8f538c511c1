"""Why, when and who: the commits behind a repository, a file or some lines of one.

Each question is one or two git processes, bounded in time and in how much they give. Lines are those of the
file in `History.commit`, not of a changed file on disk. It knows nothing of symbols.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from rlm_code.errors import SourceError
from rlm_code.source.git_process import run_git, try_git
from rlm_code.source.log_format import LOG_FORMAT, Commit, parse_log
from rlm_code.source.repository import resolve_revision

COMMITS_LIMIT = 10_000
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:$|[T ])")
_BLAMED = re.compile(rb"^([0-9a-f]{40,64}) \d+ (\d+) (\d+)$", re.MULTILINE)


class BlamedLines(NamedTuple):
    """Lines `start_line` to `end_line`, 1-based and inclusive, were last changed by `commit`."""

    start_line: int
    end_line: int
    commit: Commit


class History:
    """The commits that lead to `commit` in the repository at `root`; no question takes longer than `timeout_s`."""

    def __init__(self, root: Path, commit: str, *, timeout_s: float = 30.0) -> None:
        self.root = root
        self.commit_id = commit
        self._timeout_s = timeout_s

    def commits(
        self,
        path: str | None = None,
        lines: tuple[int, int] | None = None,
        *,
        limit: int = 100,
        since: str | None = None,
        until: str | None = None,
        text: str | None = None,
    ) -> list[Commit]:
        """At most `limit` commits, newest first: all, those that changed `path`, or those that changed `lines` of it.

        With `text` only those after which it occurs more or fewer times than before: they added or removed it.
        `since` and `until` are ISO 8601 dates or times, or revisions: since a revision means not part of
        it. A file is followed through renames, and its commits list it alone as changed; otherwise a commit
        lists all that it changed, a merge nothing. Raises SourceError for a path, lines or bounds that are not there.
        """
        if lines is not None and path is None:
            raise SourceError("lines need the path of their file", hint="give the path too")
        if not 1 <= limit <= COMMITS_LIMIT:
            raise SourceError(f"a limit of {limit} commits is not possible", hint=f"give 1 to {COMMITS_LIMIT}")
        added_or_removed = [f"-S{text}"] if text else []
        selection = [f"--max-count={limit}", *added_or_removed, *self._between(since, until), "--"]
        if path is None:
            return self._log(["--no-renames", *selection])
        if lines is not None:
            return self._of_lines(path, lines, selection)
        follow = "--follow" if self._is_file(path) else "--no-renames"
        return self._log([follow, *selection, path])

    def commit(self, revision: str) -> Commit:
        """The commit that `revision` names, with the paths it changed; SourceError if it names none."""
        return self._details([resolve_revision(self.root, revision)])[0]

    def diff(self, revision: str, path: str | None = None) -> bytes:
        """What a commit changed, of all files or those at or below `path`, as a unified diff; of a merge, what it
        brought to its first parent. Raises SourceError if `revision` names no commit."""
        sha = resolve_revision(self.root, revision)
        options = ("--format=", "--diff-merges=first-parent", "--no-ext-diff", "--no-textconv", "--no-color")
        return self._git("show", *options, "--patch", "--find-renames", sha, "--", *([path] if path else []))

    def blame(self, path: str, start_line: int, end_line: int) -> list[BlamedLines]:
        """Which commits last changed the lines of `path`, in order of lines."""
        # The empty file name takes back those that the configuration names.
        options = ("--incremental", "--no-textconv", "--ignore-revs-file=", "-L", _range(start_line, end_line))
        output = self._git("blame", *options, self.commit_id, "--", path)
        groups = sorted((int(first), int(count), sha.decode()) for sha, first, count in _BLAMED.findall(output))
        commits = {commit.sha: commit for commit in self._details(list(dict.fromkeys(sha for _, _, sha in groups)))}
        merged: list[BlamedLines] = []
        for first, count, sha in groups:
            follows = bool(merged) and merged[-1].commit.sha == sha and merged[-1].end_line == first - 1
            start = merged.pop().start_line if follows else first
            merged.append(BlamedLines(start, first + count - 1, commits[sha]))
        return merged

    def is_shallow(self) -> bool:
        """Whether older commits are missing here, so that the oldest known one looks like the author of all before."""
        return self._git("rev-parse", "--is-shallow-repository").strip() == b"true"

    def _of_lines(self, path: str, lines: tuple[int, int], selection: list[str]) -> list[Commit]:
        output = self._git("log", "-s", "--format=%H", "-L", f"{_range(*lines)}:{path}", *selection)
        return self._details(output.decode("ascii").split())

    def _details(self, shas: list[str]) -> list[Commit]:
        """The commits with these ids, in this order."""
        return self._log(["--no-renames", "--no-walk=unsorted", *shas, "--"]) if shas else []

    def _log(self, arguments: list[str]) -> list[Commit]:
        options = ("-z", "--name-status", "--no-ext-diff", "--no-textconv", "--no-color", f"--format={LOG_FORMAT}")
        return parse_log(self._git("log", *options, *arguments))

    def _between(self, since: str | None, until: str | None) -> list[str]:
        """The options and revisions that keep `git log` between two bounds."""
        words: list[str] = []
        start = self.commit_id
        if since is not None:
            moment = _moment(since, "00:00:00")
            words.append(f"--since={moment}" if moment else "^" + resolve_revision(self.root, since))
        if until is not None:
            moment = _moment(until, "23:59:59")
            if moment:
                words.append(f"--until={moment}")
            else:
                start = resolve_revision(self.root, until)
        return [*words, start]

    def _is_file(self, path: str) -> bool:
        """Whether the commit has a file at `path`: git follows files through renames, not folders."""
        code, kind, _ = try_git(self.root, "cat-file", "-t", f"{self.commit_id}:{path}", timeout_s=self._timeout_s)
        return code == 0 and kind.strip() == b"blob"

    def _git(self, *arguments: str) -> bytes:
        return run_git(self.root, *arguments, timeout_s=self._timeout_s)


def _range(start_line: int, end_line: int) -> str:
    if not 1 <= start_line <= end_line:
        raise SourceError(
            f"lines {start_line} to {end_line} are no range", hint="lines count from 1, the first comes first"
        )
    return f"{start_line},{end_line}"


def is_date(bound: str) -> bool:
    """Whether a bound is read as a date or time, not as a revision."""
    return _DATE.match(bound) is not None


def _moment(bound: str, time_of_day: str) -> str | None:
    """An ISO 8601 date or time as one that git reads alike; None if `bound` is not of that form."""
    if not is_date(bound):
        return None
    from datetime import datetime

    try:
        moment = datetime.fromisoformat(f"{bound}T{time_of_day}" if len(bound) == 10 else bound)
    except ValueError as error:
        raise SourceError(
            f"{bound!r} is not a date", hint="write it as 2026-01-31 or 2026-01-31T12:00:00+00:00"
        ) from error
    return moment.astimezone().isoformat(timespec="seconds")
