"""Between the client's positions and ours: the only place where either is turned into the other.

A client counts lines from 0, ends them at LF, CR LF or a lone CR, and counts columns in units of the encoding it
agreed on. We count bytes from the start of the file. Bytes that are no UTF-8 are U+FFFD to the client, as its
own decoder makes them; a byte-order mark is nothing to it. What lies beyond the text is cut to its end.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from lsprotocol.types import Position, Range

Encoding = Literal["utf-8", "utf-16", "utf-32"]

_LINE_END = re.compile(rb"\r\n|\n|\r")
_BOM = b"\xef\xbb\xbf"
_REPLACEMENT = "\ufffd"


class Positions:
    """Positions in one file's bytes, for a client that counts in `encoding`."""

    def __init__(self, data: bytes, encoding: Encoding) -> None:
        self._data = data
        self._encoding = encoding

    def to_proto(self, offset: int) -> Position:
        """The client's position of a byte offset."""
        offset = min(max(offset, self._starts[0]), len(self._data))
        line = bisect_right(self._starts, offset) - 1
        within = self._data[self._starts[line] : offset]
        return Position(line, _units(within.decode("utf-8", "replace"), self._encoding))

    def range_to_proto(self, start: int, end: int) -> Range:
        """The client's range of the bytes from `start` up to `end`."""
        return Range(self.to_proto(start), self.to_proto(end))

    def from_proto(self, position: Position) -> int:
        """The byte offset of a client's position; one inside a character counts as the character's start."""
        if position.line >= len(self._starts):
            return len(self._data)
        start = self._starts[position.line]
        offset, left = start, position.character
        for text, size in _pieces(self._line(position.line)):
            units = _units(text, self._encoding)
            if units > left:
                within = "" if text == _REPLACEMENT else _prefix(text, left, self._encoding)
                return offset + len(within.encode("utf-8"))
            offset, left = offset + size, left - units
        return offset

    def _line(self, number: int) -> bytes:
        """One line without its end."""
        last = number + 1 == len(self._starts)
        whole = self._data[self._starts[number] : None if last else self._starts[number + 1]]
        return whole.rstrip(b"\r\n")

    @cached_property
    def _starts(self) -> list[int]:
        first = len(_BOM) if self._data.startswith(_BOM) else 0
        return [first, *(end.end() for end in _LINE_END.finditer(self._data))]


def _units(text: str, encoding: Encoding) -> int:
    if encoding == "utf-32" or text.isascii():
        return len(text)
    return len(text.encode("utf-8")) if encoding == "utf-8" else len(text.encode("utf-16-le")) // 2


def _prefix(text: str, units: int, encoding: Encoding) -> str:
    """The characters that fit whole into the first `units` units of `text`."""
    if encoding == "utf-32" or text.isascii():
        return text[:units]
    if encoding == "utf-8":
        return text.encode("utf-8")[:units].decode("utf-8", "ignore")
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")


def _pieces(line: bytes) -> Iterator[tuple[str, int]]:
    """The characters of a line in runs, each with its size in bytes; what is no UTF-8 comes as U+FFFD by itself."""
    while line:
        try:
            yield line.decode("utf-8"), len(line)
            return
        except UnicodeDecodeError as error:
            if error.start:
                yield line[: error.start].decode("utf-8"), error.start
            yield _REPLACEMENT, error.end - error.start
            line = line[error.end :]
