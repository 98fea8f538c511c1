"""Bytes that workers may read and nobody may change: one memory file for all workers of a namespace.

The file is empty until a worker first asks; then it is filled and sealed. Workers inherit a read-only
descriptor. Knows nothing of what the bytes are.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Callable

from rlm_code.errors import SandboxError
from rlm_code.sandbox.memory import append, memory_file

LIMIT_BYTES = 4 << 30


class SharedBytes:
    """A file in memory, filled by `source` on first use. Close it once no worker needs it."""

    def __init__(self, source: Callable[[], bytes | memoryview]) -> None:
        self._source = source
        self._lock = threading.Lock()
        self._size: int | None = None
        self._file = memory_file()
        self.read_fd = _read_only(self._file)

    def size(self) -> int:
        """How many bytes there are; fills and seals the file the first time."""
        with self._lock:
            if self._size is None:
                self._size = self._fill()
            return self._size

    def _fill(self) -> int:
        data = memoryview(self._source()).cast("B")
        if len(data) > LIMIT_BYTES:
            raise SandboxError(f"{len(data) >> 20} MB of text cannot be shared: the limit is {LIMIT_BYTES >> 20} MB")
        append(self._file, data)
        if hasattr(fcntl, "F_ADD_SEALS"):
            seals = fcntl.F_SEAL_SEAL | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE
            fcntl.fcntl(self._file, fcntl.F_ADD_SEALS, seals)
        return len(data)

    def close(self) -> None:
        """Give the memory back once the last worker is gone."""
        with self._lock:
            if self._file >= 0:
                os.close(self._file)
                os.close(self.read_fd)
                self._file = -1


def _read_only(file: int) -> int:
    """A descriptor of `file` that cannot write, so that no mapping made from it ever can."""
    try:
        return os.open(f"/proc/self/fd/{file}", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return os.dup(file)  # no /proc here; the seals and the filter of system calls remain
