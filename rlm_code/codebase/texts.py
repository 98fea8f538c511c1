"""The text of a snapshot's files: as it is searched, and kept in a mapped file for searches after the first.

The mapped file has no name and is gone with the process; its pages are the system's to drop, so memory stays flat.
"""

from __future__ import annotations

import mmap
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from rlm_code.text import decode

_WINDOW_BYTES = 1 << 21
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
    """Files of one snapshot, which cannot change. `read` gives the bytes of those it can read, in order."""

    def __init__(self, read: Callable[[Sequence[str]], Iterable[tuple[str, bytes]]], paths: Sequence[str]) -> None:
        """Read the files at `paths`. Raises OSError where there is no room to keep them."""
        import tempfile

        self._read = read
        self._places: dict[str, _Place] = {}
        self._starts: list[int] = []
        """Where each file starts, ascending, and last where the text ends."""
        with tempfile.TemporaryFile(prefix="rlm-code-") as file:
            at = 0
            for path, data in read(paths):
                file.writelines((data, b"\n"))
                self._starts.append(at)
                self._places[path] = _Place(at, at + len(data), _is_plain(data), data.isascii())
                at += len(data) + 1
            self._starts.append(at)
            file.flush()
            self._map = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) if at else b""

    def of(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """The bytes of files, in the order given; those that were not kept are read."""
        for path in paths:
            place = self._places.get(path)
            if place is None:
                yield from self._read([path])
            else:
                yield path, self._map[place.start : place.end]

    def holding(
        self, first: Callable[[Any, int, int], tuple[int, int]], paths: Iterable[str], tick: Callable[[], object]
    ) -> list[str]:
        """Those of `paths`, in their order, whose text may hold what `first` finds between two offsets of a buffer,
        and which no line feed is part of. `tick` is called every now and then, and may raise."""
        holding, at, size = set[int](), 0, len(self._map)
        while at < size:
            tick()
            window = self._starts[min(bisect_right(self._starts, at + _WINDOW_BYTES), len(self._starts) - 1)]
            start, _ = first(self._map, at, window)
            if start < 0:
                at = window
            elif start == size:  # an empty match behind the last file
                break
            else:
                number = bisect_right(self._starts, start)
                holding.add(self._starts[number - 1])
                at = self._starts[number]
        return [path for path in paths if self._may_hold(path, holding)]

    def _may_hold(self, path: str, holding: set[int]) -> bool:
        place = self._places.get(path)
        return place is None or not place.is_plain or place.start in holding

    def texts(self, paths: Iterable[str]) -> Iterator[Text]:
        """The texts of files, in the order given; those that were not kept are read."""
        for path in paths:
            place = self._places.get(path)
            if place is None:
                yield from (text_of(*file) for file in self._read([path]))
            elif place.is_plain:
                yield Text(path, self._map, place.start, place.end, place.is_ascii)
            else:
                yield text_of(path, self._map[place.start : place.end])
