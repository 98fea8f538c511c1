"""A server on 127.0.0.1 that speaks OpenAI's Responses API, for tests that use the real SDK. See `messages_server`.

A token is four bytes of an item's JSON, rounded up. The beginning of a prompt is cached by itself, from the first
128 tokens on, and read from there by every later request that begins alike. Reasoning is signed with what it stood
after: unlike the real thing, which only wants it unchanged.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from rlm_code.lm.protocol import Usage
from tests.lm.messages_cache import Entry, canonical, extended, signature, tokens_of
from tests.lm.script import Say, Script
from tests.lm.scripted_server import Recorded, RefusedError, ScriptedServer

REQUIRED = ("model", "input")
OPTIONAL = ("instructions", "tools", "max_output_tokens", "store", "stream", "reasoning", "include", "prompt_cache_key")
CACHED_FROM = 128
ROLES = {"user": "input_text", "assistant": "output_text"}


class ResponsesServer(ScriptedServer):
    """The server; see the module."""

    request_id_header = "x-request-id"

    def __init__(self, script: Script, *, context_window: int = 1_000_000) -> None:
        super().__init__(script)
        self.context_window = context_window
        self.known: set[str] = set()

    @property
    def url(self) -> str:
        return f"{super().url}/v1"

    def check(self, path: str, headers: dict[str, str], body: dict[str, Any]) -> None:
        if path != "/v1/responses":
            raise RefusedError(f"Invalid URL (POST {path})", 404)
        if headers.get("authorization") != f"Bearer {self.key}":
            raise RefusedError("Incorrect API key provided", 401, "invalid_api_key")
        _check_parameters(body)
        _check_items(body["input"])
        _check_reasoning(body)
        if entries_of(body)[-1].tokens > self.context_window:
            raise RefusedError("Your input exceeds the context window of this model.", 400, "context_length_exceeded")

    def telling(self, record: Recorded, answer: Say) -> _Telling:
        return _Telling(self, record, answer)

    def error(
        self, record: Recorded, status: int, message: str, kind: str | None = None, code: str | None = None
    ) -> dict[str, Any]:
        return {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": code or kind}}

    def error_event(self, record: Recorded, kind: str) -> dict[str, Any]:
        return {"type": "error", "code": kind, "message": kind, "param": None, "sequence_number": 9}


def entries_of(body: dict[str, Any]) -> list[Entry]:
    """The prompt's parts in the order in which they are read."""
    entries: list[Entry] = extended([], "instructions", {"text": body.get("instructions", "")})
    for tool in body.get("tools", []):
        entries = extended(entries, "tool", tool)
    for item in body["input"]:
        entries = extended(entries, "item", _bare(item))
    return entries


def _bare(item: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if key not in ("id", "status")}


def _check_parameters(body: dict[str, Any]) -> None:
    for name in body:
        if name not in REQUIRED + OPTIONAL:
            raise RefusedError(f"Unknown parameter: '{name}'.", 400, "unknown_parameter")
    for name in REQUIRED:
        if name not in body:
            raise RefusedError(f"Missing required parameter: '{name}'.", 400, "missing_required_parameter")
    if body.get("max_output_tokens", 16) < 16:
        raise RefusedError("Invalid 'max_output_tokens': Expected a value >= 16.", 400, "integer_below_min_value")
    if "reasoning" in body and not body["model"].startswith(("gpt-5", "gpt-6", "o")):
        raise RefusedError("Unsupported parameter: 'reasoning.effort'", 400, "unsupported_parameter")
    for tool in body.get("tools", []):
        if tool.get("type") != "function" or "name" not in tool:
            raise RefusedError("Missing required parameter: 'tools[0].name'.", 400, "missing_required_parameter")


def _check_items(items: list[dict[str, Any]]) -> None:
    asked: set[str] = set()
    for at, item in enumerate(items):
        match item.get("type"):
            case "message":
                kinds = {part["type"] for part in item["content"]}
                if not kinds <= {ROLES[item["role"]], "refusal"}:
                    raise RefusedError(f"Invalid value: 'input[{at}].content[0].type'", 400, "invalid_value")
            case "function_call":
                asked.add(item["call_id"])
            case "function_call_output":
                if item["call_id"] not in asked:
                    raise RefusedError(f"No tool call found for function call output {item['call_id']}.")
                asked.discard(item["call_id"])
            case "reasoning":
                if not item.get("encrypted_content"):
                    raise RefusedError(f"Item '{item.get('id')}' not found. Items are not persisted without `store`.")
            case kind:
                raise RefusedError(f"Invalid value: '{kind}'", 400, "invalid_value")
    if asked:
        raise RefusedError(f"No tool output found for function call {asked.pop()}.")


def _check_reasoning(body: dict[str, Any]) -> None:
    for at, item in enumerate(body["input"]):
        before = entries_of(body | {"input": body["input"][:at]})
        if item["type"] == "reasoning" and item["encrypted_content"] != signature(before, ""):
            raise RefusedError("The encrypted content could not be verified.", 400, "invalid_encrypted_content")


class _Telling:
    """One answer on its way to the client: its items numbered, signed and cut to the request's limit."""

    def __init__(self, server: ResponsesServer, record: Recorded, answer: Say) -> None:
        self.answer = answer
        self._record = record
        self._incomplete: str | None = None
        entries = entries_of(record.body)
        self._input_tokens = entries[-1].tokens
        self._read = max((entry.tokens for entry in entries if entry.chain in server.known), default=0)
        written = [entry for entry in entries if entry.tokens >= CACHED_FROM]
        self._written = max(0, written[-1].tokens - self._read) if written else 0
        server.known.update(entry.chain for entry in written)
        self._items: list[dict[str, Any]] = []
        self._texts: list[str] = []
        left = record.body.get("max_output_tokens", 10**6) * 4
        for number, block in enumerate(answer.blocks):
            item, text = _item(block, server, number)
            if len(text.encode()) > left:
                text = text.encode()[:left].decode(errors="ignore")
                self._incomplete = "max_output_tokens"
            left -= len(text.encode())
            item = _with_text(item, text, "incomplete" if self._incomplete else "completed")
            if item["type"] == "reasoning":
                item["encrypted_content"] = signature(entries, "")
            entries = extended(entries, "item", _bare(item))
            self._items.append(item)
            self._texts.append(text)
            if self._incomplete:
                break
        if answer.stop == "content_filter":
            self._incomplete = "content_filter"

    def whole(self) -> dict[str, Any]:
        return self._response(self._items, "incomplete" if self._incomplete else "completed")

    def events(self) -> Iterator[dict[str, Any]]:
        for number, event in enumerate(self._events()):
            yield event | {"sequence_number": number}

    def _events(self) -> Iterator[dict[str, Any]]:
        yield {"type": "response.created", "response": self._response([], "in_progress")}
        for index, (item, text) in enumerate(zip(self._items, self._texts, strict=True)):
            begun = _with_text(item, "", "in_progress")
            yield {"type": "response.output_item.added", "output_index": index, "item": begun}
            yield from self._deltas(index, item, text)
            yield {"type": "response.output_item.done", "output_index": index, "item": item}
        end = "response.incomplete" if self._incomplete else "response.completed"
        yield {"type": end, "response": self.whole()}

    def was_told(self, event: dict[str, Any]) -> None:
        if event["type"] in ("response.completed", "response.incomplete"):
            fresh = self._input_tokens - self._read - self._written
            self._record.usage = Usage(fresh, self._output_tokens, self._read, self._written)

    @property
    def _output_tokens(self) -> int:
        return max(1, sum(map(tokens_of, self._texts)))

    def _deltas(self, index: int, item: dict[str, Any], text: str) -> Iterator[dict[str, Any]]:
        size = self.answer.piece or max(7, len(text) // 20)
        kinds = {"message": "response.output_text.delta", "function_call": "response.function_call_arguments.delta"}
        if item["type"] in kinds:
            for start in range(0, len(text), size):
                delta = {"type": kinds[item["type"]], "output_index": index, "item_id": item["id"]}
                yield delta | {"delta": text[start : start + size]}

    def _response(self, output: list[dict[str, Any]], status: str) -> dict[str, Any]:
        done = status != "in_progress"
        usage = {
            "input_tokens": self._input_tokens,
            "input_tokens_details": {"cached_tokens": self._read, "cache_write_tokens": self._written},
            "output_tokens": self._output_tokens,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": self._input_tokens + self._output_tokens,
        }
        return {
            "id": self._record.request_id.replace("req", "resp"),
            "object": "response",
            "model": self._record.body["model"],
            "status": status,
            "output": output,
            "usage": usage if done else None,
            "incomplete_details": {"reason": self._incomplete} if done and self._incomplete else None,
            "error": None,
        }


def _item(block: dict[str, Any], server: ResponsesServer, number: int) -> tuple[dict[str, Any], str]:
    match block["type"]:
        case "text":
            return {"type": "message", "id": f"msg_{number}", "role": "assistant", "content": []}, block["text"]
        case "tool_use":
            call_id = f"call_{server.call_number():04}"
            item = {"type": "function_call", "id": f"fc_{number}", "call_id": call_id, "name": block["name"]}
            return item, block.get("text") or json.dumps(block["input"], ensure_ascii=True)
        case "thinking":
            return {"type": "reasoning", "id": f"rs_{number}", "summary": []}, block["thinking"]
        case _:
            return block | {"id": f"x_{number}"}, canonical(block)


def _with_text(item: dict[str, Any], text: str, status: str) -> dict[str, Any]:
    match item["type"]:
        case "message" if not item["content"] or item["content"][0]["type"] == "output_text":
            parts = [{"type": "output_text", "text": text, "annotations": []}] if text else []
            return item | {"content": parts, "status": status}
        case "function_call":
            return item | {"arguments": text, "status": status}
        case _:
            return item
