"""What git's messages mean to the person who asked, and what to do about them."""

from __future__ import annotations

from pathlib import Path

from rlm_code.errors import SourceError
from rlm_code.text import printable

_MEANINGS: tuple[tuple[str, str, str], ...] = (
    (
        "dubious ownership",
        "{folder} belongs to another user, so git refuses to read it",
        "if you trust it, run: git config --global --add safe.directory {folder}",
    ),
    (
        "safe.bareRepository",
        "git is told to refuse bare repositories such as {folder}",
        "open a clone that has a working tree, or change safe.bareRepository",
    ),
    (
        "unknown repository extension",
        "{folder} uses a repository format that the installed git does not know: {message}",
        "install a newer git",
    ),
    (
        "Expected git repo version",
        "{folder} uses a repository format that the installed git does not know: {message}",
        "install a newer git",
    ),
    (
        "not a git repository",
        "{folder} has git data that git does not accept as a repository",
        "repair it, or remove its `.git` to look at it as a plain folder",
    ),
    (
        "could not open object name list",
        "the configuration of {folder} names a file that cannot be read: {message}",
        "correct blame.ignoreRevsFile in it",
    ),
    ("has only", "{message}", "give lines that the file has in that commit"),
    ("no such path", "{message}", "give the path as the commit has it, from the root"),
    ("There is no path", "{message}", "give the path as the commit has it, from the root"),
    ("is outside repository", "{message}", "give the path as the commit has it, from the root"),
    (
        "is ambiguous",
        "{message}",
        "write the full commit id, or the full name such as refs/heads/… or refs/tags/…",
    ),
)
_DEFAULT = ("git failed in {folder}: {message}", "`git fsck` there may say more")


def explain(stderr: str, folder: Path) -> SourceError:
    """The error that says in a person's words what git wrote to `stderr` about the repository at `folder`."""
    message, hint = next(((text, hint) for sign, text, hint in _MEANINGS if sign in stderr), _DEFAULT)
    values = {"folder": printable(str(folder)), "message": first_complaint(stderr)}
    return SourceError(message.format(**values), hint=hint.format(**values))


def first_complaint(stderr: str) -> str:
    """The first error among git's messages, without its prefix."""
    lines = [line.strip() for line in stderr.splitlines() if line.strip()]
    starts = (number for number, line in enumerate(lines) if line.startswith(("fatal: ", "error: ")))
    first = next(starts, 0)
    # git puts what a message is about on the next line if there may be several
    chosen = " ".join(lines[first : first + 2] if lines and lines[first].endswith(":") else lines[first : first + 1])
    return printable(chosen.removeprefix("fatal: ").removeprefix("error: ")) or "it gave no reason"
