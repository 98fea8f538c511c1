"""Reads what is needed of a SCIP index: documents and, in each, which symbol occurs where and in which role.

SCIP is a protobuf message; these are the few fields that a comparison needs, read without its schema.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

DEFINITION: Final = 1
_DOCUMENT, _PATH, _OCCURRENCE, _ENCODING = 2, 1, 2, 6
_RANGE, _SYMBOL, _ROLES = 1, 2, 3
_UTF8, _UTF32 = 1, 3


class Occurrence(NamedTuple):
    """One occurrence. `line` and `column` count from 0, the column in the document's units."""

    line: int
    column: int
    end_column: int
    symbol: str
    roles: int


class Document(NamedTuple):
    """One file and its occurrences, in order. `encoding` says what columns count: 1 bytes, 3 characters, else
    UTF-16 units."""

    path: str
    encoding: int
    occurrences: list[Occurrence]


def read(index: Path) -> Iterator[Document]:
    """The documents of the index file."""
    for field, value in _fields(index.read_bytes()):
        if field == _DOCUMENT and isinstance(value, bytes):
            yield _document(value)


def byte_column(text: bytes, column: int, encoding: int) -> int:
    """A column of the line `text` in bytes."""
    if encoding == _UTF8 or text.isascii():
        return column
    line = text.decode("utf-8", "replace")
    if encoding == _UTF32:
        return len(line[:column].encode())
    return len(line.encode("utf-16-le")[: 2 * column].decode("utf-16-le", "replace").encode())


def _document(data: bytes) -> Document:
    path, encoding, occurrences = "", 0, []
    for field, value in _fields(data):
        if field == _PATH and isinstance(value, bytes):
            path = value.decode()
        elif field == _ENCODING and isinstance(value, int):
            encoding = value
        elif field == _OCCURRENCE and isinstance(value, bytes):
            occurrences.append(_occurrence(value))
    return Document(path.replace("\\", "/"), encoding, sorted(occurrences))


def _occurrence(data: bytes) -> Occurrence:
    numbers: list[int] = []
    symbol, roles = "", 0
    for field, value in _fields(data):
        if field == _RANGE:
            numbers += [value] if isinstance(value, int) else list(_varints(value))
        elif field == _SYMBOL and isinstance(value, bytes):
            symbol = value.decode()
        elif field == _ROLES and isinstance(value, int):
            roles = value
    return Occurrence(numbers[0], numbers[1], numbers[-1], symbol, roles)


def _fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    """The fields of a message: numbers as they are, everything with a length as bytes."""
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        kind = key & 7
        if kind == 0:
            value, at = _varint(data, at)
            yield key >> 3, value
            continue
        if kind == 2:
            length, at = _varint(data, at)
        else:
            length = {1: 8, 5: 4}[kind]
        yield key >> 3, data[at : at + length]
        at += length


def _varints(data: bytes) -> Iterator[int]:
    at = 0
    while at < len(data):
        value, at = _varint(data, at)
        yield value


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7
