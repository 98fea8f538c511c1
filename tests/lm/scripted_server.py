"""A server on 127.0.0.1 that answers requests to a language model by a script, in whichever dialect it is given.

It checks, counts and records every request before it asks the script, and breaks what the script wants broken.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar, Protocol, Self, TypeVar

from rlm_code.lm.protocol import Usage
from tests.lm.script import Answer, Body, Broken, Hang, Say, Script, Status

Json = dict[str, Any]
T = TypeVar("T")

SILENCE_S = 40.0  # longer than an attempt takes on any machine


class RefusedError(Exception):
    """The request is answered with this status and kind of error."""

    def __init__(self, message: str, status: int = 400, kind: str = "invalid_request_error") -> None:
        super().__init__(message)
        self.message, self.status, self.kind = message, status, kind


@dataclass
class Recorded:
    """A request that arrived and what was reported for it: its usage is None where none was."""

    body: Json
    headers: dict[str, str]
    request_id: str
    status: int = 0
    usage: Usage | None = None
    data: bytes = b""


class Telling(Protocol):
    """One thing that the model says, on its way to the client."""

    answer: Say

    def events(self) -> Iterator[Json]:
        """It as the events of a stream."""

    def whole(self) -> Json:
        """It as the body of an answer that is not streamed."""

    def was_told(self, event: Json) -> None:
        """Note in the record what the client now knows of the usage."""


class ScriptedServer(ABC):
    """The server; see the module. `most_at_once` is the largest number of requests that were under way together."""

    key = "sk-test-key"
    request_id_header: ClassVar[str]
    stream_type: ClassVar[str] = "text/event-stream; charset=utf-8"
    farewell: ClassVar[bytes] = b""

    def __init__(self, script: Script) -> None:
        self.recorded: list[Recorded] = []
        self.most_at_once = 0
        self.closing = threading.Event()
        self._script = script
        self._lock = threading.Lock()
        self._at_once = self._calls = self._asked = self._silences = 0
        handler = type("Handler", (_Handler,), {"scripted": self})
        self._http = _Http(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    @abstractmethod
    def check(self, path: str, headers: dict[str, str], body: Json) -> None:
        """Raise RefusedError for a request that the API refuses."""

    @abstractmethod
    def telling(self, record: Recorded, answer: Say) -> Telling:
        """How the model's answer to a request is told."""

    @abstractmethod
    def error(
        self, record: Recorded, status: int, message: str, kind: str | None = None, code: str | None = None
    ) -> Json:
        """The body of an answer that is an error."""

    @abstractmethod
    def error_event(self, record: Recorded, kind: str) -> Json:
        """An error in the middle of a stream."""

    def frame(self, event: Json) -> bytes:
        """An event as it goes over the wire."""
        return f"event: {event['type']}\ndata: {json.dumps(event, ensure_ascii=False)}\n\n".encode()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join(10)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    @property
    def requests(self) -> list[Json]:
        """The bodies that arrived, in order."""
        return [recorded.body for recorded in self.recorded]

    @property
    def total(self) -> Usage:
        """All the usage that was reported to the client, of broken replies too."""
        return sum((recorded.usage for recorded in self.recorded if recorded.usage), Usage())

    def record(self, headers: dict[str, str]) -> Recorded:
        with self._lock:
            recorded = Recorded({}, headers, f"req_{len(self.recorded) + 1:04}")
            self.recorded.append(recorded)
            return recorded

    def answer(self, body: Json) -> Answer:
        if callable(self._script):
            return self._script(body)
        with self._lock:
            number, self._asked = self._asked, self._asked + 1
        if number >= len(self._script):
            return Status(400, f"the test's script has only {len(self._script)} answers")
        return self._script[number]

    def call_number(self) -> int:
        with self._lock:
            self._calls += 1
            return self._calls

    def fall_silent(self) -> None:
        """Say nothing more to one client until the server ends."""
        with self._lock:
            self._silences += 1
        self.closing.wait()

    async def hurry(self, work: Awaitable[T]) -> T:
        """What `work` gives, with the clock of its loop put forward by `SILENCE_S` each time the server falls silent:
        no limit of time is so short that a busy machine reaches it, and nobody waits for one."""
        loop = asyncio.get_running_loop()
        real, ahead_s = loop.time, 0.0
        loop.time = lambda: real() + ahead_s  # type: ignore[method-assign]

        async def watch() -> None:
            nonlocal ahead_s
            for number in itertools.count(1):
                while self._silences < number:
                    await asyncio.sleep(0.01)
                for _ in range(50):  # what was said before is there, and is taken in first
                    await asyncio.sleep(0)
                ahead_s += SILENCE_S

        watching = asyncio.create_task(watch())
        try:
            return await work
        finally:
            watching.cancel()

    @property
    def at_once(self) -> int:
        """The requests that are under way now."""
        return self._at_once

    @contextmanager
    def under_way(self) -> Iterator[None]:
        with self._lock:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            yield
        finally:
            with self._lock:
                self._at_once -= 1


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128  # who comes while nobody is let in, waits a second to knock again


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # many small writes that wait for no answer: each pair would wait 40 ms
    scripted: ScriptedServer

    def log_message(self, *_: object) -> None: ...

    def do_POST(self) -> None:
        with self.scripted.under_way(), suppress(ConnectionError):
            data = self.rfile.read(int(self.headers.get("content-length", 0)))
            record = self.scripted.record({name.lower(): value for name, value in self.headers.items()})
            try:
                record.data = data
                record.body = _parsed(data)
                self.scripted.check(self.path, record.headers, record.body)
            except RefusedError as refused:
                record.status = refused.status
                self._json(
                    record, refused.status, self.scripted.error(record, refused.status, refused.message, refused.kind)
                )
                return
            self._give(self.scripted.answer(record.body), record)

    def _give(self, answer: Answer, record: Recorded) -> None:
        record.status = 200
        match answer:
            case Status(status, message, code, headers):
                record.status = status
                self._json(record, status, self.scripted.error(record, status, message, code=code), headers)
            case Body(text, content_type):
                self._whole(record, 200, text.encode(), {"content-type": content_type})
            case Hang():
                self.scripted.fall_silent()
                self.close_connection = True
            case Broken(_, _, said):
                self._stream(record, self.scripted.telling(record, said), answer)
            case Say():
                telling = self.scripted.telling(record, answer)
                if record.body.get("stream"):
                    self._stream(record, telling, None)
                else:
                    self._json(record, 200, telling.whole())

    def _stream(self, record: Recorded, telling: Telling, broken: Broken | None) -> None:
        self.send_response(200)
        self.send_header("content-type", self.scripted.stream_type)
        self.send_header(self.scripted.request_id_header, record.request_id)
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        for number, event in enumerate(telling.events()):
            if broken and number == broken.events:
                self._break(record, broken.how, event)
                return
            self._send(self.scripted.frame(event), telling.answer.wire)
            telling.was_told(event)
            if telling.answer.every_s:
                time.sleep(telling.answer.every_s)
        if self.scripted.farewell:
            self._chunk(self.scripted.farewell)
        self._chunk(b"")

    def _break(self, record: Recorded, how: str, event: Json) -> None:
        match how:
            case "drop":
                data = self.scripted.frame(event)
                self._chunk(data[: len(data) // 2])
            case "end":
                self._chunk(b"")
                return
            case "garbage":
                self._chunk(self.scripted.frame(event).replace(b"{", b"", 1))
            case "hang":
                self.scripted.fall_silent()
            case _:
                self._chunk(self.scripted.frame(self.scripted.error_event(record, how)))
                self._chunk(b"")
        self.close_connection = True

    def _send(self, data: bytes, wire: int) -> None:
        for start in range(0, len(data), wire or len(data)):
            self._chunk(data[start : start + (wire or len(data))])

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()

    def _json(self, record: Recorded, status: int, body: Json, headers: dict[str, str] | None = None) -> None:
        self._whole(record, status, json.dumps(body).encode(), {"content-type": "application/json"} | (headers or {}))

    def _whole(self, record: Recorded, status: int, data: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        headers = {self.scripted.request_id_header: record.request_id, "content-length": str(len(data))} | headers
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


def _parsed(data: bytes) -> Json:
    try:
        body = json.loads(data)
    except ValueError:
        raise RefusedError("The request body is not valid JSON") from None
    if not isinstance(body, dict):
        raise RefusedError("Input should be a valid dictionary")
    return body
