"""The text of a snapshot's files: as it is searched, and kept in a mapped file for searches after the first.

The mapped file has no name and is gone with the process; its pages are the system's to drop, so memory stays flat.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rlm_code.errors import SourceError
from rlm_code.source.snapshot import Snapshot
from rlm_code.text import decode

_BOM = b"\xef\xbb\xbf"


class Text(NamedTuple):
    """A file's text: UTF-8 between two offsets of a buffer, with a line feed (or the buffer's edge) on either side.

    Its lines end in line feeds, and what cannot be decoded is U+FFFD. `mark` bytes stood before it in the file.
    """

    path: str
    buffer: bytes | mmap.mmap
    start: int
    end: int
    is_ascii: bool
    mark: int = 0

    @property
    def data(self) -> bytes:
        """Its bytes."""
        return self.buffer[self.start : self.end]


def text_of(path: str, data: bytes) -> Text:
    """The text of a file's bytes."""
    if _is_plain(data):
        return Text(path, data, 0, len(data), data.isascii())
    text = decode(data).replace("\r\n", "\n").encode()
    return Text(path, text, 0, len(text), text.isascii(), len(_BOM) if data.startswith(_BOM) else 0)


def _is_plain(data: bytes) -> bool:
    """Whether bytes are the text that they hold."""
    if b"\r" in data or data.startswith(_BOM):
        return False
    try:
        return data.isascii() or bool(data.decode())
    except UnicodeDecodeError:
        return False


class _Place(NamedTuple):
    start: int
    end: int
    is_plain: bool
    is_ascii: bool


class KeptTexts:
    """Files of one snapshot, which cannot change."""

    def __init__(self, snapshot: Snapshot, paths: Sequence[str]) -> None:
        """Read the files at `paths`. Raises OSError where there is no room to keep them."""
        import tempfile

        self._snapshot = snapshot
        self._places: dict[str, _Place] = {}
        with tempfile.TemporaryFile(prefix="rlm-code-") as file:
            at = 0
            for path, data in snapshot.read_many(paths):
                if not isinstance(data, SourceError):
                    file.writelines((data, b"\n"))
                    self._places[path] = _Place(at, at + len(data), _is_plain(data), data.isascii())
                    at += len(data) + 1
            file.flush()
            self._map = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) if at else b""

    def of(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """The bytes of files, in the order given; those that were not kept are read."""
        for path in paths:
            place = self._places.get(path)
            if place is not None:
                yield path, self._map[place.start : place.end]
            else:
                yield from _read(self._snapshot, path)

    def texts(self, paths: Iterable[str]) -> Iterator[Text]:
        """The texts of files, in the order given; those that were not kept are read."""
        for path in paths:
            place = self._places.get(path)
            if place is None:
                yield from (text_of(path, data) for _, data in _read(self._snapshot, path))
            elif place.is_plain:
                yield Text(path, self._map, place.start, place.end, place.is_ascii)
            else:
                yield text_of(path, self._map[place.start : place.end])


def _read(snapshot: Snapshot, path: str) -> Iterator[tuple[str, bytes]]:
    for other, data in snapshot.read_many([path]):
        if not isinstance(data, SourceError):
            yield other, data
