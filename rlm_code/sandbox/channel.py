"""The host's end of the wire: every read and write has a limit and can be woken.

What comes from the worker is not trusted: lengths are checked before anything is kept.
"""

from __future__ import annotations

import os
import select
import time
from typing import Any

from rlm_code.sandbox import wire

_CHUNK_BYTES = 1 << 16


class WorkerGone(Exception):  # noqa: N818 - it is no error of the host's
    """The worker closed its end or broke the rules of the wire; it can no longer be used."""


class Channel:
    """Frames to and from one worker. `wake_fd` becomes readable when somebody wants the waiting thread's attention."""

    def __init__(self, read_fd: int, write_fd: int, wake_fd: int) -> None:
        self._read_fd = read_fd
        self._write_fd = write_fd
        self._buffer = bytearray()
        self._chunk = memoryview(bytearray(_CHUNK_BYTES))  # kept, since making one costs more than the read
        os.set_blocking(read_fd, False)
        os.set_blocking(write_fd, False)
        self._readable = select.poll()
        self._readable.register(read_fd, select.POLLIN)
        self._readable.register(wake_fd, select.POLLIN)
        self._writable = select.poll()
        self._writable.register(write_fd, select.POLLOUT)

    def send(self, data: bytes, limit_s: float) -> None:
        """Write all of `data`. Raises WorkerGone if the worker does not take it within `limit_s`."""
        deadline = time.monotonic() + limit_s
        sent = 0
        while sent < len(data):
            try:
                sent += os.write(self._write_fd, memoryview(data)[sent:] if sent else data)
            except BlockingIOError:
                if not self._writable.poll(_milliseconds(deadline)):
                    raise WorkerGone("it does not read") from None
            except OSError:
                raise WorkerGone("it went away") from None

    def receive(self, deadline: float) -> tuple[dict[str, Any], bytes] | None:
        """The next frame; None at `deadline` (monotonic) or when woken. Raises WorkerGone."""
        while True:
            frame = self._next()
            if frame is not None:
                return frame
            ready = self._readable.poll(_milliseconds(deadline))
            if not any(fd == self._read_fd for fd, _ in ready):
                return None
            self._fill()
            if len(ready) > 1:
                return self._next()

    def silent(self) -> bool:
        """Whether nothing came that nobody asked for, and the worker's end is open."""
        return not self._buffer and not any(fd == self._read_fd for fd, _ in self._readable.poll(0))

    def _fill(self) -> None:
        try:
            size = os.readv(self._read_fd, [self._chunk])
        except BlockingIOError:
            return
        except OSError as error:
            raise WorkerGone(str(error)) from None
        if not size:
            raise WorkerGone("it went away")
        self._buffer += self._chunk[:size]

    def _next(self) -> tuple[dict[str, Any], bytes] | None:
        buffer = self._buffer
        start = wire.PREFIX.size
        if len(buffer) < start:
            return None
        try:
            head, blob = wire.lengths(buffer)
            if len(buffer) < start + head + blob:
                return None
            header = wire.parse_untrusted(buffer[start : start + head])
        except wire.WireError as error:
            raise WorkerGone(str(error)) from None
        body = bytes(buffer[start + head : start + head + blob])
        del buffer[: start + head + blob]
        return header, body


def _milliseconds(deadline: float) -> float:
    """Until `deadline`, as far as a poll can wait: whoever waits looks again then."""
    return min(max(0.0, deadline - time.monotonic()), 3600.0) * 1000
