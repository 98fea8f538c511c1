"""How paths inside a snapshot are written, and which are refused."""

from __future__ import annotations

from rlm_code.source.snapshot import SourceIssue

# A tree or an index is data from elsewhere: it may name `../x`, `/etc/passwd` or `.git/config`.
UNSAFE_NAMES = frozenset([b"", b".", b"..", *(b"." + git for git in (b"git giT gIt gIT Git GiT GIt GIT".split()))])


def to_text(path: bytes) -> str:
    """The path as text; bytes that are not UTF-8 become surrogate escapes."""
    return path.decode("utf-8", "surrogateescape")


def to_bytes(path: str) -> bytes:
    """The bytes that `to_text` came from: what the operating system knows the path by, and what paths sort by."""
    return path.encode("utf-8", "surrogateescape")


def is_unsafe(path: bytes) -> bool:
    """Whether `path` could lead outside the root or into `.git`."""
    return not UNSAFE_NAMES.isdisjoint(path.split(b"/")) or b"\0" in path


def unsafe_issue(path: bytes) -> SourceIssue:
    """What is said of such a path."""
    return SourceIssue(to_text(path), "its name would lead outside the repository, or into .git")
