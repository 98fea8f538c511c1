"""What text exists: the files of one revision, of a working tree, or of a plain folder, as a value.

A snapshot is frozen when it is opened: its list of files and their content ids do not change under a
reader. Only this package reads project files. It knows nothing of languages or symbols.
"""

# Without `annotations` from `__future__`: with it, each field of a NamedTuple is compiled when this is imported.

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

from rlm_code.errors import SourceError

EntryKind = Literal["file", "symlink", "submodule"]
ObjectFormat = Literal["sha1", "sha256"]


class Entry(NamedTuple):
    """One path of a snapshot.

    `path` is relative to the snapshot's root with `/` between parts; bytes that are not UTF-8 are kept
    as surrogate escapes. `oid` is the git blob id of the content as lower-case hex, also outside git (a
    submodule's is its commit). `size_bytes` is 0 where no content can be had; in a checkout that converts
    content (line ends, large-file pointers) it is the size on disk. `committed` is true when `commit`
    holds the same content at the same path.
    """

    path: str
    oid: str
    size_bytes: int
    kind: EntryKind
    committed: bool


class SourceIssue(NamedTuple):
    """Something of the source that will not be looked at, and why: shown to the user, never swallowed.

    `path` is empty when the reason is not about one path.
    """

    path: str
    reason: str


class Snapshot(Protocol):
    """The files of one state of a repository or folder.

    Content never lies: what `read` gives for an entry always hashes to that entry's `oid`, whatever
    happened on disk since. Safe to use from several threads, and to pickle for another process.
    """

    @property
    def root(self) -> Path:
        """The absolute folder of the work tree (of the git directory if bare), symbolic links resolved."""
        ...

    @property
    def commit(self) -> str | None:
        """The full id of the revision, or of HEAD under a working tree; None outside git and before a first one."""
        ...

    @property
    def label(self) -> str:
        """What people call it: a revision as they wrote it, "working tree", "folder"."""
        ...

    @property
    def entries(self) -> Mapping[str, Entry]:
        """Every path, in order of the paths' bytes."""
        ...

    @property
    def issues(self) -> tuple[SourceIssue, ...]:
        """What will not be looked at, or not as usual."""
        ...

    @property
    def object_format(self) -> ObjectFormat:
        """The hash behind every `oid`."""
        ...

    def read(self, path: str) -> bytes:
        """The content of the file at `path`. Raises SourceError if it is not a file of this snapshot, or if
        its content can no longer be had: changed on disk since the snapshot was opened and not in git."""
        ...

    def read_many(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes | SourceError]]:
        """The content of each path in the order given; what cannot be read comes as the error itself."""
        ...

    def close(self) -> None:
        """Ends the helper process that a snapshot may hold; reading again starts it anew."""
        ...
