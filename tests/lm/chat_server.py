"""A server on 127.0.0.1 that speaks Chat Completions, for tests that use the real SDK. See `messages_server`.

It is as strict as the strictest of the servers that speak it: like DeepSeek it wants reasoning back that came with
calls, like vLLM it wants arguments of calls to be JSON, like OpenAI it wants every call answered at once. `quirks` make
it as loose as the loosest:

    no index     all calls of a reply are number 0           no usage     nothing is counted
    no ids       calls have none                             stop         it stops for "stop" after calls, too
    one chunk    a call comes whole                          null choices the chunk with the usage has no choices
    reasoning    the field is called that, as at vLLM        details      and comes in pieces, as at OpenRouter
    one string   errors are a text and no object, as at LM Studio

A token is four bytes of a message's JSON, rounded up. The beginning of a prompt is cached as in `responses_server`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from rlm_code.lm.protocol import Usage
from tests.lm.messages_cache import Entry, extended, tokens_of
from tests.lm.script import Say, Script
from tests.lm.scripted_server import Recorded, RefusedError, ScriptedServer

KNOWN = (
    "model", "messages", "tools", "max_tokens", "max_completion_tokens", "stream", "stream_options", "reasoning_effort",
)  # fmt: skip
REASONING = ("reasoning_content", "reasoning", "reasoning_details")
OVERFLOWS = {
    "openai": ("This model's maximum context length is {most} tokens.", "context_length_exceeded"),
    "vllm": ("This model's maximum context length is {most} tokens. However, you requested {asked} tokens.", None),
    "llama.cpp": ("the request exceeds the available context size. try increasing it", "exceed_context_size_error"),
    "lm studio": ("The number of tokens to keep from the initial prompt is greater than the context length.", None),
}


class ChatServer(ScriptedServer):
    """The server; see the module. `overflow` says in whose words a prompt is too long."""

    request_id_header = "x-request-id"
    farewell = b"data: [DONE]\n\n"

    def __init__(
        self,
        script: Script,
        *,
        context_window: int = 1_000_000,
        quirks: tuple[str, ...] = (),
        overflow: str = "openai",
        keyless: bool = False,
    ) -> None:
        super().__init__(script)
        self.context_window = context_window
        self.quirks = quirks
        self.known: set[str] = set()
        self.reasoned: dict[str, dict[str, Any]] = {}
        self._overflow = overflow
        self._keyless = keyless

    @property
    def url(self) -> str:
        return f"{super().url}/v1"

    def frame(self, event: dict[str, Any]) -> bytes:
        return f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode()

    def check(self, path: str, headers: dict[str, str], body: dict[str, Any]) -> None:
        if path != "/v1/chat/completions":
            raise RefusedError("Not Found", 404)
        if not self._keyless and headers.get("authorization") != f"Bearer {self.key}":
            raise RefusedError("Incorrect API key provided", 401, "invalid_api_key")
        _check_parameters(body)
        _check_messages(body["messages"])
        self._check_reasoning(body["messages"])
        asked = entries_of(body)[-1].tokens
        if asked > self.context_window:
            words, code = OVERFLOWS[self._overflow]
            raise RefusedError(words.format(most=self.context_window, asked=asked), 400, code or "BadRequestError")

    def telling(self, record: Recorded, answer: Say) -> _Telling:
        return _Telling(self, record, answer)

    def error(
        self, record: Recorded, status: int, message: str, kind: str | None = None, code: str | None = None
    ) -> dict[str, Any]:
        if "one string" in self.quirks:
            return {"error": message}
        return {"error": {"message": message, "type": kind or "server_error", "param": None, "code": code or status}}

    def error_event(self, record: Recorded, kind: str) -> dict[str, Any]:
        return {"error": {"message": kind, "type": kind, "code": int(kind) if kind.isdigit() else kind}}

    def _check_reasoning(self, messages: list[dict[str, Any]]) -> None:
        for message in messages:
            for call in message.get("tool_calls", ()):
                if any(message.get(name) != value for name, value in self.reasoned.get(call["id"], {}).items()):
                    raise RefusedError("The `reasoning_content` in the thinking mode must be passed back to the API.")


def entries_of(body: dict[str, Any]) -> list[Entry]:
    """The prompt's parts in the order in which they are read."""
    entries: list[Entry] = []
    for tool in body.get("tools", []):
        entries = extended(entries, "tool", tool)
    for message in body["messages"]:
        entries = extended(entries, message["role"], message)
    return entries


def _check_parameters(body: dict[str, Any]) -> None:
    for name in body:
        if name not in KNOWN:
            raise RefusedError(f"Unrecognized request argument supplied: {name}")
    reasons = body["model"].startswith(("gpt-5", "gpt-6", "o1", "o3"))
    if reasons and "max_tokens" in body:
        raise RefusedError("Unsupported parameter: 'max_tokens': use 'max_completion_tokens' instead.")
    if not reasons and ("max_completion_tokens" in body or "reasoning_effort" in body):
        raise RefusedError("Extra inputs are not permitted")
    for tool in body.get("tools", []):
        if tool.get("type") != "function" or "parameters" not in tool["function"]:
            raise RefusedError("Missing required parameter: 'tools[0].function'.")


def _check_messages(messages: list[dict[str, Any]]) -> None:
    asked: list[str] = []
    for at, message in enumerate(messages):
        role = message["role"]
        if asked and role != "tool":
            raise RefusedError("An assistant message with 'tool_calls' must be followed by tool messages for each.")
        match role:
            case "system" if at == 0 and isinstance(message["content"], str):
                pass
            case "user" if isinstance(message["content"], str) and message["content"]:
                pass
            case "assistant" if message.get("content") or message.get("tool_calls"):
                asked = [call["id"] for call in message.get("tool_calls", ())]
                for call in message.get("tool_calls", ()):
                    if not isinstance(json.loads(call["function"]["arguments"]), dict):
                        raise RefusedError("Can only get item pairs from a mapping.")
            case "tool" if message["tool_call_id"] in asked and isinstance(message["content"], str):
                asked.remove(message["tool_call_id"])
            case _:
                raise RefusedError(f"Invalid 'messages[{at}]'")
    if asked:
        raise RefusedError("An assistant message with 'tool_calls' must be followed by tool messages for each.")


class _Telling:
    """One answer on its way to the client, cut to the request's limit."""

    def __init__(self, server: ChatServer, record: Recorded, answer: Say) -> None:
        self.answer = answer
        self._server = server
        self._record = record
        self._quirks = server.quirks
        self._stop = answer.stop
        entries = entries_of(record.body)
        self._input_tokens = entries[-1].tokens
        self._read = max((entry.tokens for entry in entries if entry.chain in server.known), default=0)
        server.known.update(entry.chain for entry in entries if entry.tokens >= 128)
        self._pieces: list[tuple[str, str, dict[str, Any]]] = []
        left = record.body.get("max_tokens", record.body.get("max_completion_tokens", 10**6)) * 4
        for block in answer.blocks:
            kind, text, head = _payload(block, server)
            if len(text.encode()) > left:
                text = text.encode()[:left].decode(errors="ignore")
                self._stop = "length"
            left -= len(text.encode())
            self._pieces.append((kind, text, head))
            if self._stop == "length":
                break
        calls = [head["id"] for kind, _, head in self._pieces if kind == "tool_use"]
        thought = "".join(text for kind, text, _ in self._pieces if kind == "thinking")
        if thought:
            server.reasoned |= {call_id: self._reasoning(thought) for call_id in calls}
        called = "stop" if "stop" in self._quirks else "tool_calls"
        self._stop = self._stop or (called if calls else "stop")

    def events(self) -> Iterator[dict[str, Any]]:
        yield self._chunk({"role": "assistant", "content": ""})
        number = -1
        for kind, text, head in self._pieces:
            number += kind == "tool_use"
            for delta in self._deltas(kind, text, head, 0 if "no index" in self._quirks else number):
                yield self._chunk(delta)
        yield self._chunk({}, self._stop)
        if self._record.body.get("stream_options", {}).get("include_usage") and "no usage" not in self._quirks:
            yield self._chunk(None) | {"usage": self._usage()}

    def whole(self) -> dict[str, Any]:
        raise NotImplementedError("everything is streamed")

    def was_told(self, event: dict[str, Any]) -> None:
        if event.get("usage"):
            self._record.usage = Usage(self._input_tokens - self._read, self._output_tokens, self._read)

    @property
    def _output_tokens(self) -> int:
        return max(1, sum(tokens_of(text) for _, text, _ in self._pieces))

    def _usage(self) -> dict[str, Any]:
        return {
            "prompt_tokens": self._input_tokens,
            "completion_tokens": self._output_tokens,
            "total_tokens": self._input_tokens + self._output_tokens,
            "prompt_tokens_details": {"cached_tokens": self._read},
        }

    def _reasoning(self, text: str) -> dict[str, Any]:
        if "details" in self._quirks:
            detail = {"type": "reasoning.text", "index": 0, "text": text, "signature": "signed"}
            return {"reasoning": text, "reasoning_details": [detail]}
        return {"reasoning" if "reasoning" in self._quirks else "reasoning_content": text}

    def _deltas(self, kind: str, text: str, head: dict[str, Any], number: int) -> Iterator[dict[str, Any]]:
        size = self.answer.piece or max(7, len(text) // 20)
        pieces = [text[start : start + size] for start in range(0, len(text), size)]
        match kind:
            case "text":
                yield from ({"content": piece} for piece in pieces)
            case "refusal":
                yield from ({"refusal": piece} for piece in pieces)
            case "thinking":
                for at, piece in enumerate(pieces):
                    last = at == len(pieces) - 1
                    delta = self._reasoning(piece)
                    for detail in delta.get("reasoning_details", ()):
                        detail["signature"] = "signed" if last else None
                    yield delta
            case _:
                yield from self._call_deltas(pieces, text, head, number)

    def _call_deltas(self, pieces: list[str], text: str, head: dict[str, Any], number: int) -> Iterator[dict[str, Any]]:
        first = {"index": number, "type": "function"} | ({} if "no ids" in self._quirks else {"id": head["id"]})
        name = {"name": head["name"]}
        if "one chunk" in self._quirks:
            yield {"tool_calls": [first | {"function": name | {"arguments": text}}]}
            return
        yield {"tool_calls": [first | {"function": name | {"arguments": ""}}]}
        for piece in pieces:
            yield {"tool_calls": [{"index": number, "function": {"arguments": piece}}]}

    def _chunk(self, delta: dict[str, Any] | None, stop: str | None = None) -> dict[str, Any]:
        choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": stop}]
        return {
            "id": self._record.request_id.replace("req", "chatcmpl"),
            "object": "chat.completion.chunk",
            "created": 0,
            "model": self._record.body["model"],
            "choices": None if delta is None and "null choices" in self._quirks else choices,
        }


def _payload(block: dict[str, Any], server: ChatServer) -> tuple[str, str, dict[str, Any]]:
    match block["type"]:
        case "tool_use":
            text = block.get("text") or json.dumps(block["input"], ensure_ascii=True)
            return "tool_use", text, {"id": f"call_{server.call_number():04}", "name": block["name"]}
        case "message":
            return "refusal", block["content"][0]["refusal"], {}
        case kind:
            return kind, block[kind], {}
