"""What text exists: the files of one revision, of a working tree, or of a plain folder, as a value.

A snapshot is frozen when it is opened: its list of files and their content ids do not change under a
reader. Only this package reads project files. It knows nothing of languages or symbols.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

EntryKind = Literal["file", "symlink", "submodule"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One path of a snapshot.

    `path` is relative to the snapshot's root with `/` between parts; bytes that are not UTF-8 are kept
    as surrogate escapes. `oid` is the git blob id of the content as lower-case hex, also outside git.
    `committed` is true when `commit` holds the same content at the same path.
    """

    path: str
    oid: str
    size_bytes: int
    kind: EntryKind
    committed: bool


@dataclass(frozen=True, slots=True)
class SourceIssue:
    """Something of the source that will not be looked at, and why: shown to the user, never swallowed."""

    path: str
    reason: str


class Snapshot(Protocol):
    """The files of one state of a repository or folder.

    `root` is the absolute folder of the work tree (of the git directory for a bare repository).
    `commit` is the full id of the revision, or of HEAD under a working tree; None outside git and
    before the first commit. `label` is what people call it: a revision, "working tree", "folder".
    """

    @property
    def root(self) -> Path: ...
    @property
    def commit(self) -> str | None: ...
    @property
    def label(self) -> str: ...
    @property
    def entries(self) -> Mapping[str, Entry]: ...
    @property
    def issues(self) -> tuple[SourceIssue, ...]: ...

    def read(self, path: str) -> bytes:
        """The content of the file at `path`. Raises SourceError if it is not a file of this snapshot,
        or if a working tree's file has changed since the snapshot was opened."""
        ...

    def read_many(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes | SourceError]]:
        """The content of each path in the order given; what cannot be read comes as the error itself."""
        ...
