"""The id that content has in git, computed here so that files outside git have one too."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rlm_code.source.snapshot import ObjectFormat

if TYPE_CHECKING:
    from hashlib import _Hash

_FEW = 8
_SHORT_BYTES = 1 << 17
_asked = itertools.count()


def oid_of(data: bytes, object_format: ObjectFormat = "sha1") -> str:
    """The git blob id of `data` as lower-case hex, as `git hash-object` prints it without filters."""
    digest = _started(len(data), object_format)
    digest.update(data)
    return digest.hexdigest()


def oid_of_chunks(chunks: Iterable[bytes], size_bytes: int, object_format: ObjectFormat = "sha1") -> str | None:
    """The git blob id of `size_bytes` of content that comes in `chunks`; None if they add up to another size."""
    digest = _started(size_bytes, object_format)
    left = size_bytes
    for chunk in chunks:
        digest.update(chunk)
        left -= len(chunk)
        if left < 0:
            return None
    return None if left else digest.hexdigest()


def _started(size_bytes: int, object_format: ObjectFormat) -> _Hash:
    header = b"blob %d\0" % size_bytes
    if object_format == "sha1" and size_bytes < _SHORT_BYTES and next(_asked) < _FEW:
        try:  # OpenSSL is six times as fast, and takes 3 ms to load: who reads one file does without
            from _sha1 import sha1  # type: ignore[import-not-found]

            started: _Hash = sha1(header, usedforsecurity=False)
            return started
        except ImportError:  # a Python without its own
            pass
    import hashlib

    return hashlib.new(object_format, header, usedforsecurity=False)
