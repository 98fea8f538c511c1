"""Content from the disk, held against the id that it had when it was listed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rlm_code.errors import ChangedMeanwhileError, SourceError
from rlm_code.source.disk import read_file, with_oid
from rlm_code.source.paths import to_bytes
from rlm_code.source.snapshot import Entry, ObjectFormat
from rlm_code.text import printable

if TYPE_CHECKING:
    from rlm_code.source.blobs import BlobReader


class DiskContents:
    """Content from a work tree or folder, if it still is what it was when its id was taken.

    Where it is not, the repository's object of that id is as good: the file was clean when the snapshot was
    opened and has changed since, or git stores another form of it than it checks out (a converted
    encoding, a large-file pointer).
    """

    def __init__(self, root: Path, object_format: ObjectFormat, *, in_git: bool) -> None:
        self._root = root
        self._top = os.fsencode(root) + b"/"
        self._object_format = object_format
        self._in_git = in_git
        self._blobs: BlobReader | None = None

    def read(self, entries: Sequence[Entry]) -> list[bytes | SourceError]:
        """The content of each entry in order; what cannot be had comes as the error itself."""
        return [self._content(entry) for entry in entries]

    def close(self) -> None:
        """End the git process behind this, if there is one."""
        if self._blobs is not None:
            self._blobs.close()

    def _content(self, entry: Entry) -> bytes | SourceError:
        try:
            data = with_oid(read_file(self._top + to_bytes(entry.path)), entry.oid, self._object_format)
            reason = "has changed since it was listed"
        except OSError as error:
            data = None
            reason = f"cannot be read: {error.strerror or error}"
        if data is None and self._in_git:
            data = self._stored(entry)
        if data is None:
            hint = "the files changed meanwhile: ask again"
            return ChangedMeanwhileError(f"{printable(entry.path)} {reason}", hint=hint)
        return data

    def _stored(self, entry: Entry) -> bytes | None:
        """What git has of this id, if that is no larger than a conversion of the file could make it."""
        from rlm_code.source.blobs import BlobReader, Wanted  # seldom needed: a look-up does without

        if self._blobs is None:
            self._blobs = BlobReader(self._root, self._object_format)
        stored = self._blobs.read([Wanted(entry.oid, 2 * entry.size_bytes + 4096)])[0]
        return stored if isinstance(stored, bytes) else None
