"""A server on 127.0.0.1 that speaks the Messages API by its own rules, for tests that use the real SDK.

    with MessagesServer([say(call("python", code="print(1)")), say("done")]) as server:
        monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
        monkeypatch.setenv("ANTHROPIC_API_KEY", server.key)
        …
    assert server.total == ledger

A script is a sequence of answers, given in the order in which requests arrive, or a function from the request's
body to an answer. An answer is what the model says (`say`) or a fault. Requests are checked (`messages_rules`),
counted and cached (`messages_cache`) before the script is asked.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from rlm_code.lm.protocol import Usage
from tests.lm.messages_cache import Counted, PromptCache, canonical, entries_of, extended, signature, tokens_of
from tests.lm.messages_rules import RefusedError, check

KINDS = {
    400: "invalid_request_error",
    401: "authentication_error",
    402: "billing_error",
    403: "permission_error",
    404: "not_found_error",
    413: "request_too_large",
    429: "rate_limit_error",
    504: "timeout_error",
    529: "overloaded_error",
}


@dataclass(frozen=True)
class Say:
    """What the model says. `stop` is "tool_use" or "end_turn" by itself. Each event is `every_s` after the last;
    tool input comes in pieces of `piece` characters, and bytes in pieces of `wire` bytes where it is set."""

    blocks: tuple[dict[str, Any], ...]
    stop: str | None = None
    every_s: float = 0.0
    piece: int = 0
    wire: int = 0
    details: dict[str, Any] | None = None


@dataclass(frozen=True)
class Status:
    """An error status. `code` is the error's stable code, `headers` may hold retry-after."""

    status: int
    message: str = "no luck"
    code: str | None = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Broken:
    """A reply that goes wrong after `events` events. `how`: "drop" cuts the connection in the middle of the next
    event, "end" ends the stream as if it were whole, "garbage" sends an event that is no JSON, "hang" sends
    nothing more, and "overloaded_error" or another error type sends an error event."""

    how: str
    events: int = 2
    say: Say = Say(({"type": "text", "text": "This will never be finished."},))


@dataclass(frozen=True)
class Body:
    """Status 200 with this body instead of a reply."""

    text: str
    content_type: str = "application/json"


@dataclass(frozen=True)
class Hang:
    """No answer at all, not even headers."""


Answer = Say | Status | Broken | Body | Hang
Script = Callable[[dict[str, Any]], Answer] | Sequence[Answer]


def say(*blocks: str | dict[str, Any], **settings: Any) -> Say:
    """What the model says: texts, and blocks made by `call` and `thinking` or by hand."""
    return Say(
        tuple({"type": "text", "text": block} if isinstance(block, str) else block for block in blocks), **settings
    )


def call(name: str, **arguments: Any) -> dict[str, Any]:
    """A tool call; the server numbers it."""
    return {"type": "tool_use", "name": name, "input": arguments}


def broken_call(name: str, text: str) -> dict[str, Any]:
    """A tool call whose input is `text`, which need not be JSON."""
    return {"type": "tool_use", "name": name, "input": {}, "text": text}


def thinking(text: str) -> dict[str, Any]:
    """A piece of reasoning; the server signs it."""
    return {"type": "thinking", "thinking": text}


@dataclass
class Recorded:
    """A request that arrived and what was reported for it: its usage is None where none was."""

    body: dict[str, Any]
    headers: dict[str, str]
    status: int = 0
    usage: Usage | None = None


class MessagesServer:
    """The server; see the module. `most_at_once` is the largest number of requests that were under way together."""

    key = "sk-test-key"

    def __init__(self, script: Script, *, context_window: int = 1_000_000, cache_minimum: int = 512) -> None:
        self.context_window = context_window
        self.cache = PromptCache(cache_minimum)
        self.recorded: list[Recorded] = []
        self.paused: list[list[dict[str, Any]]] = []
        self.most_at_once = 0
        self.closing = threading.Event()
        self._script = script
        self._lock = threading.Lock()
        self._at_once = self._calls = self._asked = 0
        handler = type("Handler", (_Handler,), {"messages": self})
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    def __enter__(self) -> MessagesServer:
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
    def requests(self) -> list[dict[str, Any]]:
        """The bodies that arrived, in order."""
        return [recorded.body for recorded in self.recorded]

    @property
    def total(self) -> Usage:
        """All the usage that was reported to the client, of broken replies too."""
        return sum((recorded.usage for recorded in self.recorded if recorded.usage), Usage())

    def answer(self, body: dict[str, Any]) -> Answer:
        if callable(self._script):
            return self._script(body)
        with self._lock:
            number, self._asked = self._asked, self._asked + 1
        if number >= len(self._script):
            return Status(400, f"the test's script has only {len(self._script)} answers")
        return self._script[number]

    def call_id(self) -> str:
        with self._lock:
            self._calls += 1
            return f"toolu_{self._calls:04}"

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


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    messages: MessagesServer

    def log_message(self, *_: object) -> None: ...

    def do_POST(self) -> None:
        with self.messages.under_way(), suppress(ConnectionError):
            data = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            record = Recorded({}, headers)
            self.messages.recorded.append(record)
            self._request_id = f"req_{len(self.messages.recorded):04}"
            try:
                self._check_headers(headers)
                try:
                    record.body = json.loads(data)
                except ValueError:
                    raise RefusedError("The request body is not valid JSON") from None
                check(record.body, self.messages.paused)
                self._check_length(record.body)
            except RefusedError as refused:
                record.status = refused.status
                self._error(refused.status, refused.kind, refused.message)
                return
            self._give(self.messages.answer(record.body), record)

    def _check_headers(self, headers: dict[str, str]) -> None:
        if self.path != "/v1/messages":
            raise RefusedError("Not Found", 404, "not_found_error")
        keys = (headers.get("x-api-key"), headers.get("authorization", "").removeprefix("Bearer "))
        if not any(keys):
            raise RefusedError("x-api-key header is required", 401, "authentication_error")
        if self.messages.key not in keys:
            raise RefusedError("invalid x-api-key", 401, "authentication_error")
        if headers.get("anthropic-version") not in ("2023-06-01", "2026-10-21"):
            raise RefusedError("anthropic-version: header is required")
        if headers.get("content-type", "").split(";")[0] != "application/json":
            raise RefusedError("content-type: must be application/json")

    def _check_length(self, body: dict[str, Any]) -> None:
        length, most = entries_of(body)[-1].tokens, self.messages.context_window
        if length > most:
            raise RefusedError(f"prompt is too long: {length} tokens > {most} maximum")

    def _give(self, answer: Answer, record: Recorded) -> None:
        record.status = 200
        match answer:
            case Status():
                record.status = answer.status
                details = {"error_code": answer.code} if answer.code else None
                kind = KINDS.get(answer.status, "api_error")
                self._error(answer.status, kind, answer.message, details, answer.headers)
            case Body(text, content_type):
                self._whole(200, text.encode(), {"content-type": content_type})
            case Hang():
                self.messages.closing.wait(60)
                self.close_connection = True
            case Broken():
                self._stream(_Telling(self.messages, record, answer.say), answer)
            case Say():
                telling = _Telling(self.messages, record, answer)
                if record.body.get("stream"):
                    self._stream(telling, None)
                else:
                    self._whole(200, json.dumps(telling.message()).encode(), {"content-type": "application/json"})

    def _stream(self, telling: _Telling, broken: Broken | None) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream; charset=utf-8")
        self.send_header("request-id", self._request_id)
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        for number, event in enumerate(telling.events()):
            if broken and number == broken.events:
                self._break(broken.how, event)
                return
            self._send(_sse(event), telling.answer.wire)
            telling.was_told(event)
            if telling.answer.every_s:
                time.sleep(telling.answer.every_s)
        self._chunk(b"")

    def _break(self, how: str, event: dict[str, Any]) -> None:
        match how:
            case "drop":
                data = _sse(event)
                self._chunk(data[: len(data) // 2])
            case "end":
                self._chunk(b"")
                return
            case "garbage":
                self._chunk(b'event: content_block_delta\ndata: {"type": "content_blo\n\n')
            case "hang":
                self.messages.closing.wait(60)
            case _:
                error = {"type": "error", "error": {"type": how, "message": how}, "request_id": self._request_id}
                self._chunk(_sse(error))
                self._chunk(b"")
        self.close_connection = True

    def _send(self, data: bytes, wire: int) -> None:
        for start in range(0, len(data), wire or len(data)):
            self._chunk(data[start : start + (wire or len(data))])

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()

    def _error(
        self, status: int, kind: str, message: str, details: Any = None, headers: dict[str, str] | None = None
    ) -> None:
        error = {"type": kind, "message": message} | ({"details": details} if details else {})
        body = {"type": "error", "error": error, "request_id": self._request_id}
        self._whole(status, json.dumps(body).encode(), {"content-type": "application/json"} | (headers or {}))

    def _whole(self, status: int, data: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        headers = {"request-id": self._request_id, "content-length": str(len(data))} | headers
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


def _sse(event: dict[str, Any]) -> bytes:
    return f"event: {event['type']}\ndata: {json.dumps(event, ensure_ascii=False)}\n\n".encode()


class _Telling:
    """One answer on its way to the client: its blocks numbered, signed and cut to the request's `max_tokens`."""

    def __init__(self, server: MessagesServer, record: Recorded, answer: Say) -> None:
        self.answer = answer
        self._record = record
        self._counted: Counted = server.cache.count(record.body)
        self._blocks: list[dict[str, Any]] = []
        self._texts: list[str] = []
        entries = entries_of(record.body)
        left = min(record.body["max_tokens"], server.context_window - entries[-1].tokens) * 4
        self._stop = answer.stop
        for given in answer.blocks:
            block, text = _payload(given, server)
            if len(text.encode()) > left:
                text = text.encode()[:left].decode(errors="ignore")
                fits = entries[-1].tokens + record.body["max_tokens"] <= server.context_window
                self._stop = "max_tokens" if fits else "model_context_window_exceeded"
            left -= len(text.encode())
            block = _with_payload(block, text)
            if block["type"] == "thinking":
                block["signature"] = signature(entries, block["thinking"])
            entries = extended(entries, "assistant", block)
            self._blocks.append(block)
            self._texts.append(text)
            if self._stop in ("max_tokens", "model_context_window_exceeded"):
                break
        calls = any(block["type"] == "tool_use" for block in self._blocks)
        self._stop = self._stop or ("tool_use" if calls else "end_turn")
        if self._stop == "pause_turn":
            server.paused.append(self._blocks)
        self._id = f"msg_{len(server.recorded):04}"

    @property
    def _output_tokens(self) -> int:
        return max(1, sum(tokens_of(text) for text in self._texts))

    def message(self) -> dict[str, Any]:
        """The reply as the body of an answer that is not streamed."""
        self._report(self._output_tokens)
        usage = self._counted.as_json() | {"output_tokens": self._output_tokens}
        end = {"stop_reason": self._stop, "stop_sequence": None, "stop_details": self.answer.details}
        return self._head(usage) | {"content": self._blocks} | end

    def events(self) -> Iterator[dict[str, Any]]:
        """The reply as the events of a stream."""
        yield {"type": "message_start", "message": self._head(self._counted.as_json() | {"output_tokens": 1})}
        yield {"type": "ping"}
        for index, (block, text) in enumerate(zip(self._blocks, self._texts, strict=True)):
            yield {"type": "content_block_start", "index": index, "content_block": _with_payload(block, "")}
            for delta in self._deltas(block, text):
                yield {"type": "content_block_delta", "index": index, "delta": delta}
            yield {"type": "content_block_stop", "index": index}
        end = {"stop_reason": self._stop, "stop_sequence": None, "stop_details": self.answer.details}
        yield {"type": "message_delta", "delta": end, "usage": {"output_tokens": self._output_tokens}}
        yield {"type": "message_stop"}

    def was_told(self, event: dict[str, Any]) -> None:
        """Note what the client now knows of the usage."""
        if event["type"] == "message_start":
            self._report(1)
        elif event["type"] == "message_delta":
            self._report(self._output_tokens)

    def _report(self, output_tokens: int) -> None:
        counted = self._counted
        self._record.usage = Usage(
            counted.input_tokens,
            output_tokens,
            counted.cache_read_input_tokens,
            counted.cache_creation_input_tokens,
            counted.cache_creation_1h_tokens,
        )

    def _head(self, usage: dict[str, Any]) -> dict[str, Any]:
        head = {"id": self._id, "type": "message", "role": "assistant", "model": self._record.body["model"]}
        return head | {"content": [], "stop_reason": None, "stop_sequence": None, "usage": usage}

    def _deltas(self, block: dict[str, Any], text: str) -> Iterator[dict[str, Any]]:
        size = self.answer.piece or max(7, len(text) // 20)
        pieces = [text[start : start + size] for start in range(0, len(text), size)]
        match block["type"]:
            case "text":
                yield from ({"type": "text_delta", "text": piece} for piece in pieces)
            case "thinking":
                yield from ({"type": "thinking_delta", "thinking": piece} for piece in pieces)
                yield {"type": "signature_delta", "signature": block["signature"]}
            case "tool_use" | "server_tool_use":
                yield from ({"type": "input_json_delta", "partial_json": piece} for piece in ["", *pieces])


def _payload(given: dict[str, Any], server: MessagesServer) -> tuple[dict[str, Any], str]:
    """The block with its id, and the text that a stream sends of it piece by piece."""
    block = dict(given)
    match block["type"]:
        case "text" | "thinking":
            return block, block[block["type"]]
        case "tool_use" | "server_tool_use":
            block["id"] = block.get("id") or server.call_id()
            # Escapes make for the most awkward places to split at.
            return block, block.pop("text", None) or json.dumps(block["input"], ensure_ascii=True)
        case _:
            return block, canonical(block)


def _with_payload(block: dict[str, Any], text: str) -> dict[str, Any]:
    match block["type"]:
        case "text" | "thinking":
            bare = {key: value for key, value in block.items() if key != "signature" or text}
            return (
                bare | {block["type"]: text} | ({"signature": ""} if block["type"] == "thinking" and not text else {})
            )
        case "tool_use" | "server_tool_use":
            try:
                value = json.loads(text)
            except ValueError:
                value = {"INVALID_JSON": text} if text else {}
            return block | {"input": value}
        case _:
            return block
