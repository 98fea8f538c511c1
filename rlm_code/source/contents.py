"""The two places that content comes from: git's objects, and the disk."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from rlm_code.errors import SourceError
from rlm_code.source.blobs import BlobReader, Wanted
from rlm_code.source.disk import read_file, with_oid
from rlm_code.source.paths import to_bytes
from rlm_code.source.snapshot import Entry, ObjectFormat
from rlm_code.text import printable


class CommittedContents:
    """Content from the objects of a repository."""

    def __init__(self, root: Path, object_format: ObjectFormat) -> None:
        self._blobs = BlobReader(root, object_format)

    def read(self, entries: Sequence[Entry]) -> list[bytes | SourceError]:
        """The content of each entry in order; what cannot be had comes as the error itself."""
        return self._blobs.read([Wanted(entry.oid, entry.size_bytes) for entry in entries])

    def close(self) -> None:
        """End the git process behind this."""
        self._blobs.close()


class DiskContents:
    """Content from a work tree or folder, if it still is what it was when its id was taken.

    Where it is not, the repository's object of that id is as good: the file was clean when the snapshot was
    opened and has changed since, or git stores another form of it than it checks out (a converted
    encoding, a large-file pointer).
    """

    def __init__(self, root: Path, object_format: ObjectFormat, blobs: BlobReader | None) -> None:
        self._root = os.fsencode(root) + b"/"
        self._object_format = object_format
        self._blobs = blobs

    def read(self, entries: Sequence[Entry]) -> list[bytes | SourceError]:
        """The content of each entry in order; what cannot be had comes as the error itself."""
        return [self._content(entry) for entry in entries]

    def close(self) -> None:
        """End the git process behind this, if there is one."""
        if self._blobs is not None:
            self._blobs.close()

    def _content(self, entry: Entry) -> bytes | SourceError:
        try:
            data = with_oid(read_file(self._root + to_bytes(entry.path)), entry.oid, self._object_format)
            reason = "has changed since it was listed"
        except OSError as error:
            data = None
            reason = f"cannot be read: {error.strerror or error}"
        if data is None and self._blobs is not None:
            stored = self._blobs.read([Wanted(entry.oid, _stored_limit(entry))])[0]
            data = stored if isinstance(stored, bytes) else None
        if data is None:
            return SourceError(f"{printable(entry.path)} {reason}", hint="open the source anew")
        return data


def _stored_limit(entry: Entry) -> int:
    """The most bytes git may store of a file: its conversions shrink text, or grow it by half."""
    return 2 * entry.size_bytes + 4096
