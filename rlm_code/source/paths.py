"""How paths inside a snapshot are written, and which are refused."""

from __future__ import annotations

import re

from rlm_code.source.snapshot import SourceIssue

# A tree or an index is data from elsewhere: it may name `../x`, `/etc/passwd` or `.git/config`.
_UNSAFE = re.compile(rb"(?:^|[/\0])(?:\.{0,2}|\.git)(?:$|[/\0])", re.IGNORECASE)


def to_text(path: bytes) -> str:
    """The path as text; bytes that are not UTF-8 become surrogate escapes."""
    return path.decode("utf-8", "surrogateescape")


def to_bytes(path: str) -> bytes:
    """The bytes that `to_text` came from: what the operating system knows the path by, and what paths sort by."""
    return path.encode("utf-8", "surrogateescape")


def unsafe_paths(paths: list[bytes]) -> list[bytes]:
    """Those of `paths` that could lead outside the root or into `.git`. Quick when there is none."""
    if not _UNSAFE.search(b"\0".join(paths)):
        return []
    return [path for path in paths if b"\0" in path or _UNSAFE.search(path)]


def unsafe_issue(path: bytes) -> SourceIssue:
    """What is said of such a path."""
    return SourceIssue(to_text(path), "its name would lead outside the repository, or into .git")
