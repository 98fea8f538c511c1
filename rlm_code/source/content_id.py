"""The id that content has in git, computed here so that files outside git have one too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rlm_code.source.snapshot import ObjectFormat

if TYPE_CHECKING:
    from hashlib import _Hash


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
    import hashlib  # 3 ms that a look-up in an unchanged repository does without

    return hashlib.new(object_format, b"blob %d\0" % size_bytes, usedforsecurity=False)
