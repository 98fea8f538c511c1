"""One streamed reply of Chat Completions, put together piece by piece.

What a server sends beside text and calls (its reasoning, under whichever name) goes back to it under that name: some
refuse a conversation from which it is missing. The SDK's own accumulator is not used: it knows none of these fields.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rlm_code.lm.openai_chat.failure import ERRORS
from rlm_code.lm.openai_chat.request import call_form
from rlm_code.lm.protocol import Block, Message, Reply, Stop, Text, ToolCall, Usage
from rlm_code.lm.wire import encodable, json_object

if TYPE_CHECKING:
    from openai.types import CompletionUsage

_STOPS: dict[str, Stop] = {
    "stop": "end_turn",
    "eos": "end_turn",
    "tool_calls": "tool_use",
    "function_call": "tool_use",
    "length": "max_tokens",
    "content_filter": "refusal",
}
# DeepSeek, llama.cpp and SGLang call it reasoning_content; vLLM, Ollama and OpenRouter reasoning.
_REASONING = ("reasoning_content", "reasoning")
_BYTES_PER_TOKEN = 4


@dataclass(slots=True)
class _Call:
    """A call under way."""

    index: int | None
    id: str = ""
    name: str = ""
    arguments: list[str] = field(default_factory=list)


class IncomingReply:
    """A reply under way: see `rlm_code.lm.attempt.Incoming`. The prompt had `prompt_bytes`."""

    def __init__(self, prompt_bytes: int) -> None:
        self.usage: Usage | None = None
        self.request_id: str | None = None
        self._prompt_bytes = prompt_bytes
        self._lm = ""
        self._texts: list[str] = []
        self._refusal: list[str] = []
        self._reasoning: dict[str, list[str]] = {}
        self._details: list[dict[str, Any]] = []
        self._calls: list[_Call] = []
        self._stop: str | None = None

    def feed(self, event: Any) -> str:
        """Take in one chunk; the text it adds. Raises LMError for one that is an error."""
        self._lm = getattr(event, "model", None) or self._lm
        if getattr(event, "usage", None) is not None:
            self.usage = _usage(event.usage)
        text = ""
        for choice in event.choices or ():
            self._stop = choice.finish_reason or self._stop
            if choice.finish_reason == "error":
                # OpenRouter's form of an error in a stream, where it comes without one at the top.
                raise ERRORS.passing("the model's provider failed in the middle of its reply", self.request_id)
            if choice.delta is not None:
                text += self._extend(choice.delta)
        return text

    def reply(self) -> Reply:
        """The whole reply. Raises MalformedReplyError where the stream ended before it was whole."""
        if self._stop is None:
            raise ERRORS.malformed("the stream ended before it was whole", self.request_id)
        if self._stop not in _STOPS:
            raise ERRORS.malformed(f"it stopped for an unknown reason: {self._stop}", self.request_id)
        text = encodable("".join(self._texts))
        calls = [self._made(call, number) for number, call in enumerate(self._calls)]
        content: tuple[Block, ...] = (*([Text(text)] if text else []), *calls)
        refusal = encodable("".join(self._refusal)) or None
        return Reply(
            message=Message("assistant", content, raw=self._raw(text, calls) if content else None),
            stop=self._stopped(calls, refusal),
            usage=self.usage or self._estimated(text, calls),
            lm=self._lm,
            request_id=self.request_id,
            detail=refusal,
        )

    def _extend(self, delta: Any) -> str:
        self._refusal += [delta.refusal] if getattr(delta, "refusal", None) else []
        for name in _REASONING:
            if piece := getattr(delta, name, None):
                self._reasoning.setdefault(name, []).append(piece)
        for detail in getattr(delta, "reasoning_details", None) or ():
            _add_detail(self._details, dict(detail))
        for piece in delta.tool_calls or ():
            self._extend_call(piece)
        text = delta.content or ""
        self._texts.append(text)
        return str(text)

    def _extend_call(self, piece: Any) -> None:
        """Add to the call that a piece belongs to. Some servers number all calls alike: then a new id begins one."""
        call_id, index = piece.id or "", getattr(piece, "index", None)
        call = next((call for call in reversed(self._calls) if call.index == index), None)
        if call is None or (call_id and call.id and call_id != call.id):
            call = _Call(index)
            self._calls.append(call)
        call.id = call.id or call_id
        if (function := piece.function) is not None:
            call.name = call.name or function.name or ""
            arguments = function.arguments
            call.arguments.append(arguments if isinstance(arguments, str) else json.dumps(arguments or ""))

    def _made(self, call: _Call, number: int) -> ToolCall:
        text = "".join(call.arguments)
        arguments = json_object(text)
        # Where a server gives no id, the length of the conversation makes one that it has not seen yet.
        call_id = call.id or f"call_{self._prompt_bytes}_{number}"
        return ToolCall(call_id, call.name, arguments or {}, text if arguments is None else None)

    def _stopped(self, calls: list[ToolCall], refusal: str | None) -> Stop:
        if refusal is not None:
            return "refusal"
        stop = _STOPS[self._stop or ""]
        # Several servers stop for "stop" after a call, and some for "tool_calls" after none.
        return ("tool_use" if calls else "end_turn") if stop in ("tool_use", "end_turn") else stop

    def _raw(self, text: str, calls: list[ToolCall]) -> dict[str, Any]:
        raw: dict[str, Any] = {"role": "assistant", "content": text or None}
        raw |= {name: encodable("".join(pieces)) for name, pieces in self._reasoning.items()}
        if self._details:
            raw["reasoning_details"] = self._details
        return raw | ({"tool_calls": list(map(call_form, calls))} if calls else {})

    def _estimated(self, text: str, calls: list[ToolCall]) -> Usage:
        """What a server that counts nothing is taken to have used: a token for each four bytes."""
        reasoning = sum(len(piece) for pieces in self._reasoning.values() for piece in pieces)
        said = len(json.dumps([text, [call_form(call) for call in calls]])) + reasoning
        return Usage(-(-self._prompt_bytes // _BYTES_PER_TOKEN), -(-said // _BYTES_PER_TOKEN))


def _add_detail(details: list[dict[str, Any]], piece: dict[str, Any]) -> None:
    """Add a piece of OpenRouter's reasoning: text is continued, all else replaced."""
    last = details[-1] if details else None
    if last is None or (last.get("type"), last.get("index")) != (piece.get("type"), piece.get("index")):
        details.append(piece)
        return
    for name, value in piece.items():
        continued = name in ("text", "summary", "data") and isinstance(value, str)
        last[name] = f"{last.get(name) or ''}{value}" if continued else (last.get(name) if value is None else value)


def _usage(counted: CompletionUsage) -> Usage:
    """What was read from and written to a cache is counted into the prompt; we count it apart."""
    details = getattr(counted, "prompt_tokens_details", None)
    read = getattr(details, "cached_tokens", None) or 0
    written = getattr(details, "cache_write_tokens", None) or 0
    prompt = getattr(counted, "prompt_tokens", None) or 0
    return Usage(max(0, prompt - read - written), getattr(counted, "completion_tokens", None) or 0, read, written)
