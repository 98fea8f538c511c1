"""What `git log -z` prints when asked in this form, and how it becomes commits."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from rlm_code.source.paths import to_text

# Every field ends with a NUL, which neither a message nor a path can hold; one more opens each commit.
LOG_FORMAT = "%x00%H%x00%aI%x00%aN%x00%s%x00%b%x00"

ChangeKind = Literal["added", "modified", "deleted", "renamed", "copied", "type_changed"]

_KINDS: dict[bytes, ChangeKind] = {
    b"A": "added",
    b"M": "modified",
    b"D": "deleted",
    b"R": "renamed",
    b"C": "copied",
    b"T": "type_changed",
}
_STATUS = re.compile(rb"\n?([AMDRCTUX])\d*")


class Change(NamedTuple):
    """One path that a commit changed; `old_path` is where a renamed or copied file came from."""

    kind: ChangeKind
    path: str
    old_path: str | None


class Commit(NamedTuple):
    """One commit. `date` is the author date, ISO 8601 with offset; `author` a name, as the mailmap has it.

    `body` is the message without its subject. `changes` is empty for a merge.
    """

    sha: str
    date: str
    author: str
    subject: str
    body: str
    changes: tuple[Change, ...]


def parse_log(output: bytes) -> list[Commit]:
    """The commits in what `git log -z --name-status --format=LOG_FORMAT` printed, in its order."""
    tokens = output.split(b"\0")
    commits: list[Commit] = []
    at = 0
    while at + 6 <= len(tokens):
        if not tokens[at]:
            at += 1
            continue
        sha, date, author, subject, body = (token.decode("utf-8", "replace") for token in tokens[at : at + 5])
        changes, at = _changes(tokens, at + 5)
        commits.append(Commit(sha, date, author, subject, body.strip("\n"), changes))
    return commits


def _changes(tokens: list[bytes], at: int) -> tuple[tuple[Change, ...], int]:
    """The changes that start at a token, and the token behind them."""
    changes: list[Change] = []
    if at < len(tokens) and not tokens[at]:  # git's own end of the message
        at += 1
    while at < len(tokens) and (status := _STATUS.fullmatch(tokens[at])):
        kind = _KINDS.get(status[1], "modified")
        moved = kind in ("renamed", "copied")
        old_path = to_text(tokens[at + 1]) if moved else None
        changes.append(Change(kind, to_text(tokens[at + 2 if moved else at + 1]), old_path))
        at += 3 if moved else 2
    return tuple(changes), at
