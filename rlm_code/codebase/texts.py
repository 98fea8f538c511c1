"""The text of a snapshot's files, read once and kept in a mapped file for searches after the first.

The file has no name and is gone with the process; its pages are the system's to drop, so memory stays flat.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator, Sequence

from rlm_code.errors import SourceError
from rlm_code.source.snapshot import Snapshot


class KeptTexts:
    """Files of one snapshot, which cannot change."""

    def __init__(self, snapshot: Snapshot, paths: Sequence[str]) -> None:
        """Read the files at `paths`. Raises OSError where there is no room to keep them."""
        import tempfile

        self._snapshot = snapshot
        self._places: dict[str, slice] = {}
        with tempfile.TemporaryFile(prefix="rlm-code-") as file:
            at = 0
            for path, data in snapshot.read_many(paths):
                if not isinstance(data, SourceError):
                    file.write(data)
                    self._places[path] = slice(at, at + len(data))
                    at += len(data)
            file.flush()
            self._map = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) if at else b""

    def of(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """The bytes of files, in the order given; those that were not kept are read."""
        for path in paths:
            place = self._places.get(path)
            if place is not None:
                yield path, self._map[place]
            else:
                ((_, data),) = self._snapshot.read_many([path])
                if not isinstance(data, SourceError):
                    yield path, data
