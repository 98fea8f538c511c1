"""Reads one file from disk without following links, waiting on a pipe or trusting its size.

Paths are bytes here: names need not be UTF-8, whatever the locale.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

from rlm_code.source.content_id import oid_of, oid_of_chunks
from rlm_code.source.snapshot import ObjectFormat

HASHED_BYTES_LIMIT = 1 << 30
_WHOLE_BYTES_LIMIT = 1 << 24
_CHUNK_BYTES = 1 << 20
# Not to wait for the other end of a named pipe, not to follow a link that took the file's place.
_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def read_file(path: bytes, limit_bytes: int = HASHED_BYTES_LIMIT) -> bytes:
    """The content of the regular file at `path`; OSError if it cannot be read, is larger, or is anything else."""
    descriptor, size = _open(path, limit_bytes)
    try:
        return _whole(descriptor, size)
    finally:
        os.close(descriptor)


def identify_file(path: bytes, expected_oid: str | None, object_format: ObjectFormat) -> tuple[str, int]:
    """The id and size of the content at `path`; OSError if it cannot be read, or changes while it is.

    Content that differs from `expected_oid` in line ends alone has that id, as `with_oid` explains.
    """
    descriptor, size = _open(path, HASHED_BYTES_LIMIT)
    try:
        if size <= _WHOLE_BYTES_LIMIT:
            data = _whole(descriptor, size)
            same = with_oid(data, expected_oid, object_format) if expected_oid else None
            return (
                (expected_oid, len(same))
                if expected_oid and same is not None
                else (oid_of(data, object_format), len(data))
            )
        oid = oid_of_chunks(_chunks(descriptor), size, object_format)
        if oid is None:
            raise OSError("it changed while it was read")
        return oid, size
    finally:
        os.close(descriptor)


def with_oid(data: bytes, oid: str, object_format: ObjectFormat) -> bytes | None:
    """The form of `data` whose id is `oid`: itself, or with line feeds for CRLF; None if neither is.

    A checkout may turn line feeds into CRLF (core.autocrlf, .gitattributes); lines and columns stay the same.
    """
    if oid_of(data, object_format) == oid:
        return data
    if b"\r\n" in data:
        converted = data.replace(b"\r\n", b"\n")
        if oid_of(converted, object_format) == oid:
            return converted
    return None


def _open(path: bytes, limit_bytes: int) -> tuple[int, int]:
    """The regular file at `path`, and how large it says that it is."""
    descriptor = os.open(path, _FLAGS)
    status = os.fstat(descriptor)
    if stat.S_ISREG(status.st_mode) and status.st_size <= limit_bytes:
        return descriptor, status.st_size
    os.close(descriptor)
    raise OSError(f"larger than {limit_bytes} bytes" if stat.S_ISREG(status.st_mode) else "not a regular file")


def _whole(descriptor: int, size: int) -> bytes:
    """All that a file holds: in one call if that is as much as it says, as it nearly always is."""
    data = os.read(descriptor, min(size, _WHOLE_BYTES_LIMIT) + 1)
    return data if len(data) == size else b"".join([data, *_chunks(descriptor)])


def _chunks(descriptor: int) -> Iterator[bytes]:
    while chunk := os.read(descriptor, _CHUNK_BYTES):
        yield chunk
