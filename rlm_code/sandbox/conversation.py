"""What host and worker say to each other about one cell.

The host sends the cell and then serves the worker, one request at a time, until the worker is done, the
time is up or the worker is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from rlm_code.errors import SandboxError
from rlm_code.sandbox import wire
from rlm_code.sandbox.channel import WorkerGone
from rlm_code.sandbox.clock import GRACE_S, CellClock
from rlm_code.sandbox.methods import Method, raised_in_cell
from rlm_code.sandbox.process import Worker
from rlm_code.sandbox.report import Done, done

_SEND_LIMIT_S = 10.0
_MESSAGE_CHARS = 10_000


@dataclass(slots=True)
class Wishes:
    """What other threads want of the running cell."""

    interrupt: bool = False
    close: bool = False


class Conversation:
    """One cell in one worker."""

    def __init__(
        self,
        worker: Worker,
        methods: Mapping[str, Method],
        shared_size: Callable[[], int],
        clock: CellClock,
        wishes: Wishes,
    ) -> None:
        self._worker = worker
        self._channel = worker.channel
        self._methods = methods
        self._shared_size = shared_size
        self._clock = clock
        self._wishes = wishes
        self._nonce = worker.new_nonce()

    def run(self, number: int, code: str, shown_chars: int) -> Done:
        """The worker's report. Raises WorkerGone if the worker has to be given up, SandboxError if the host failed,
        WireError if the cell is too long to be sent."""
        self._begin(number, code, shown_chars)
        while True:
            self._mind_time()
            received = self._channel.receive(self._clock.next_look)
            if received is None:
                self._worker.hush()
                continue
            header, blob = received
            if header.get("k") != self._nonce:
                raise WorkerGone("it sent a frame with a wrong nonce")
            if header.get("t") != "done":
                answer = self._answer(header)
                self._mind_time()  # before the worker goes on: what is due reaches it with the answer
                self._send(answer)
                continue
            if not self._channel.silent():
                raise WorkerGone("it sent something that nobody asked for")
            return done(header, blob, shown_chars)

    def _begin(self, number: int, code: str, shown_chars: int) -> None:
        if not self._channel.silent():
            raise WorkerGone("it sent something that nobody asked for")
        self._worker.hush()
        header = {"k": self._nonce, "n": number, "shown": shown_chars, "stale": self._worker.interrupted}
        self._worker.interrupted = False
        self._send(wire.frame(header, code.encode("utf-8", "surrogatepass")))

    def _send(self, frame: bytes) -> None:
        self._channel.send(frame, min(_SEND_LIMIT_S, self._clock.remaining_s + GRACE_S))

    def _mind_time(self) -> None:
        clock = self._clock
        if self._wishes.close:
            raise SandboxError("the sandbox was closed")
        if clock.grace_is_over:
            raise WorkerGone(f"it did not stop within {GRACE_S:g} s of being interrupted")
        if clock.interrupt_is_due or (self._wishes.interrupt and not clock.interrupted):
            clock.note_interrupt()
            self._worker.interrupt()

    def _answer(self, header: dict[str, Any]) -> bytes:
        kind = header.get("t")
        if kind == "call":
            return self._called(header.get("m"), header.get("a"))
        if kind == "module":
            return self._worker.module(header.get("m"))
        if kind == "shared":
            with self._clock.stopped():
                return wire.frame({"r": self._shared_size()})
        raise WorkerGone("it sent a frame of an unknown kind")

    def _called(self, name: Any, arguments: Any) -> bytes:
        if not isinstance(name, str) or not isinstance(arguments, list):
            raise WorkerGone("it sent a call without a name or arguments")
        method = self._methods.get(name)
        if method is None:
            return _raised("LookupError", f"the host has no method {name[:100]!r}")
        if self._clock.interrupted:
            return _raised("KeyboardInterrupt", "")
        try:
            with self._clock.stopped() if method.stops_clock else nullcontext():
                result = method.call(arguments)
        except Exception as error:
            raised = raised_in_cell(error)
            if raised is None:
                raise SandboxError(f"the host's {name} failed: {type(error).__name__}: {error}") from error
            return _raised(*raised)
        return _result(name, result)


def _raised(kind: str, message: str) -> bytes:
    return wire.frame({"e": [kind, message[:_MESSAGE_CHARS]]})


def _result(name: str, result: Any) -> bytes:
    try:
        return wire.frame(*wire.pack_result(result))
    except wire.WireError as error:
        return _raised("ValueError", f"the result of {name} is too large: {error}")
    except (TypeError, ValueError) as error:
        raise SandboxError(f"the host's {name} returned what is no JSON: {error}") from error
