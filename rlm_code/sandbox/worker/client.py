"""The host as the worker sees it: calls by name, modules, the shared bytes.

One call at a time: write a frame, wait for the answer. Knows nothing of what the host offers.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Callable
from typing import Any

from rlm_code.errors import RlmCodeError
from rlm_code.sandbox import wire
from rlm_code.sandbox.worker.guard import InterruptGuard
from rlm_code.sandbox.worker.imports import Module

_CHUNK_BYTES = 1 << 16  # what a pipe holds
_FIRST_BYTES = 1 << 12  # as much as most answers are: they come by one read
_ERRORS: dict[str, type[BaseException]] = {
    each.__name__: each for each in (LookupError, ValueError, TypeError, RlmCodeError, KeyboardInterrupt)
}


class Pipes:
    """Frames over two file descriptors, blocking. The host's end closing ends this process."""

    def __init__(self, read_fd: int, write_fd: int) -> None:
        self._read_fd = read_fd
        self._write_fd = write_fd

    def send(self, frame: bytes) -> None:
        """Write all of `frame`."""
        sent = os.write(self._write_fd, frame)
        while sent < len(frame):
            sent += os.write(self._write_fd, memoryview(frame)[sent:])

    def receive(self) -> tuple[dict[str, Any], bytes]:
        """The next frame's header and blob. The host sends nothing before it is asked: what comes is of one frame."""
        begun = self._read(_FIRST_BYTES)
        while len(begun) < wire.PREFIX.size:
            begun += self._read(_FIRST_BYTES)
        head, blob = wire.lengths(begun)
        end = wire.PREFIX.size + head
        header = wire.parse(self._whole(head, begun[wire.PREFIX.size : end]))
        return header, self._whole(blob, begun[end:])

    def _whole(self, size: int, begun: bytes) -> bytes:
        """`size` bytes, which `begun` are the first of."""
        parts = [begun]
        left = size - len(begun)
        while left:
            parts.append(self._read(min(left, _CHUNK_BYTES)))
            left -= len(parts[-1])
        return b"".join(parts) if len(parts) > 1 else begun

    def _read(self, size: int) -> bytes:
        part = os.read(self._read_fd, size)
        if not part:
            os._exit(0)
        return part


class Host:
    """What namespaces are given to call the host with (`protocol.WorkerHost`)."""

    def __init__(self, pipes: Pipes, guard: InterruptGuard, map_shared: Callable[[int], memoryview]) -> None:
        self._pipes = pipes
        self._guard = guard
        self._map_shared = map_shared
        self._view: memoryview | None = None
        self.nonce = ""

    def call(self, method: str, *arguments: Any) -> Any:
        """The result of the host's `method`. Raises what it raised, and ValueError for what is no JSON or too long."""
        wire.check_json(arguments)
        return self._ask({"t": "call", "m": method, "a": arguments})

    def shared(self) -> memoryview:
        """The shared bytes, read-only, mapped on first use."""
        if self._view is None:
            with self._guard:
                self._view = self._map_shared(self._ask({"t": "shared"}))
        return self._view

    def module(self, name: str) -> Module | str:
        """A module's code and whether it is a package, or why there is none."""
        answer = self._ask({"t": "module", "m": name})
        if isinstance(answer, str):
            return answer
        module: Module = marshal.loads(answer)  # noqa: S302 - the host wrote it
        return module

    def _ask(self, header: dict[str, Any]) -> Any:
        if not self.nonce:
            raise RlmCodeError("the host answers only while a cell runs")
        with self._guard:
            try:
                frame = wire.frame({**header, "k": self.nonce})
                wire.check_items(frame)
            except wire.WireError as error:
                raise ValueError(str(error)) from None
            self._pipes.send(frame)
            answer, blob = self._pipes.receive()
        if "e" in answer:
            kind, message = answer["e"]
            self._guard.raised |= kind == "KeyboardInterrupt"
            raise _ERRORS.get(kind, RlmCodeError)(message)
        return wire.unpack_result(answer, blob)
