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
from collections.abc import Iterator
from typing import Any

from rlm_code.lm.protocol import Usage
from tests.lm.messages_cache import Counted, PromptCache, canonical, entries_of, extended, signature, tokens_of
from tests.lm.messages_rules import check
from tests.lm.script import Answer, Body, Broken, Hang, Say, Script, Status, broken_call, call, say, thinking
from tests.lm.scripted_server import Recorded, RefusedError, ScriptedServer

__all__ = [
    "Answer", "Body", "Broken", "Hang", "MessagesServer", "Recorded", "Say", "Script", "Status",
    "broken_call", "call", "say", "thinking",
]  # fmt: skip

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


class MessagesServer(ScriptedServer):
    """The server; see the module."""

    request_id_header = "request-id"

    def __init__(self, script: Script, *, context_window: int = 1_000_000, cache_minimum: int = 512) -> None:
        super().__init__(script)
        self.context_window = context_window
        self.cache = PromptCache(cache_minimum)
        self.paused: list[list[dict[str, Any]]] = []

    def check(self, path: str, headers: dict[str, str], body: dict[str, Any]) -> None:
        self._check_headers(path, headers)
        check(body, self.paused)
        length, most = entries_of(body)[-1].tokens, self.context_window
        if length > most:
            raise RefusedError(f"prompt is too long: {length} tokens > {most} maximum")

    def telling(self, record: Recorded, answer: Say) -> _Telling:
        return _Telling(self, record, answer)

    def error(
        self, record: Recorded, status: int, message: str, kind: str | None = None, code: str | None = None
    ) -> dict[str, Any]:
        error = {"type": kind or KINDS.get(status, "api_error"), "message": message}
        details = {"details": {"error_code": code}} if code else {}
        return {"type": "error", "error": error | details, "request_id": record.request_id}

    def error_event(self, record: Recorded, kind: str) -> dict[str, Any]:
        return self.error(record, 200, kind, kind)

    def _check_headers(self, path: str, headers: dict[str, str]) -> None:
        if path != "/v1/messages":
            raise RefusedError("Not Found", 404, "not_found_error")
        keys = (headers.get("x-api-key"), headers.get("authorization", "").removeprefix("Bearer "))
        if not any(keys):
            raise RefusedError("x-api-key header is required", 401, "authentication_error")
        if self.key not in keys:
            raise RefusedError("invalid x-api-key", 401, "authentication_error")
        if headers.get("anthropic-version") not in ("2023-06-01", "2026-10-21"):
            raise RefusedError("anthropic-version: header is required")
        if headers.get("content-type", "").split(";")[0] != "application/json":
            raise RefusedError("content-type: must be application/json")


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
        self._id = record.request_id.replace("req", "msg")

    @property
    def _output_tokens(self) -> int:
        return max(1, sum(tokens_of(text) for text in self._texts))

    def whole(self) -> dict[str, Any]:
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
            block["id"] = block.get("id") or f"toolu_{server.call_number():04}"
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
