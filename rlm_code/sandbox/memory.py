"""Files in memory that are handed to workers: nothing of them is ever on a disk where there is memfd."""

from __future__ import annotations

import os
import tempfile


def memory_file(data: bytes | memoryview = b"") -> int:
    """A descriptor of a new nameless file that holds `data`."""
    if hasattr(os, "memfd_create"):
        file = os.memfd_create("rlm-code", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    else:
        with tempfile.TemporaryFile() as temporary:
            file = os.dup(temporary.fileno())
    try:
        append(file, data)
    except OSError:
        os.close(file)
        raise
    return file


def append(file: int, data: bytes | memoryview) -> None:
    """Write all of `data` at the file's position."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]
