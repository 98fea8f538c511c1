"""One streamed reply, put together event by event.

Blocks are kept as the provider sent them, kinds unknown to us included, because they go back to it verbatim.
The SDK's own accumulator is not used: it completes half-written tool input, and half a program must not run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rlm_code.lm.anthropic.failure import ERRORS
from rlm_code.lm.protocol import Block, Message, Reply, Stop, Text, ToolCall, Usage
from rlm_code.lm.retry import MalformedReplyError
from rlm_code.lm.sdk_errors import Errors
from rlm_code.lm.wire import encodable, json_object

if TYPE_CHECKING:
    from anthropic.types import MessageDeltaUsage, RawContentBlockDeltaEvent, RawMessageDeltaEvent, RawMessageStartEvent
    from anthropic.types import Usage as SdkUsage

_STOPS: dict[str, Stop] = {
    "end_turn": "end_turn",
    "stop_sequence": "end_turn",
    "tool_use": "tool_use",
    "max_tokens": "max_tokens",
    "refusal": "refusal",
    "pause_turn": "pause_turn",
    "model_context_window_exceeded": "context_overflow",
}


class IncomingReply:
    """A reply under way: see `rlm_code.lm.attempt.Incoming`."""

    def __init__(self, errors: Errors = ERRORS) -> None:
        self._errors = errors
        self.usage: Usage | None = None
        self.request_id: str | None = None
        self._lm = ""
        self._blocks: list[dict[str, Any]] = []
        self._inputs: dict[int, list[str]] = {}
        self._malformed: dict[int, str] = {}
        self._stop: str | None = None
        self._detail: str | None = None
        self._complete = False

    def feed(self, event: Any) -> str:
        """Take in one event of the SDK's stream; the text it adds. Raises MalformedReplyError for one out of place."""
        if event.type != "message_start" and self.usage is None:
            raise self._malformed_reply(f"it began with {event.type}")
        match event.type:
            case "message_start":
                self._start(event)
            case "content_block_start":
                self._blocks.append(event.content_block.to_dict())
            case "content_block_delta":
                return self._extend(event)
            case "content_block_stop":
                self._finish(event.index)
            case "message_delta":
                self._end(event)
            case "message_stop":
                self._complete = True
        return ""  # the API may add kinds of events and asks that they be ignored

    def reply(self) -> Reply:
        """The whole reply. Raises MalformedReplyError where the stream ended before it was whole."""
        if self.usage is None or not self._complete or self._stop is None:
            raise self._malformed_reply("the stream ended before it was whole" if self.usage else "it was empty")
        if self._stop not in _STOPS:
            raise self._malformed_reply(f"it stopped for an unknown reason: {self._stop}")
        for index in range(len(self._blocks)):
            self._finish(index)
        content = tuple(block for index in range(len(self._blocks)) if (block := self._ours(index)) is not None)
        return Reply(
            message=Message("assistant", content, raw=self._blocks),
            stop=_STOPS[self._stop],
            usage=self.usage,
            lm=self._lm,
            request_id=self.request_id,
            detail=self._detail,
        )

    def _start(self, event: RawMessageStartEvent) -> None:
        self._lm = event.message.model
        self.usage = _usage(event.message.usage)

    def _extend(self, event: RawContentBlockDeltaEvent) -> str:
        block, delta = self._blocks[event.index], event.delta
        match delta.type:
            case "text_delta":
                block["text"] += delta.text
                return delta.text
            case "input_json_delta":
                self._inputs.setdefault(event.index, []).append(delta.partial_json)
            case "thinking_delta":
                block["thinking"] += delta.thinking
            case "signature_delta":
                block["signature"] = delta.signature
            case "citations_delta":
                block["citations"] = [*(block.get("citations") or []), delta.citation.to_dict()]
        return ""

    def _finish(self, index: int) -> None:
        block = self._blocks[index]
        if block.get("type") == "text":
            block["text"] = encodable(block["text"])
        if text := "".join(self._inputs.pop(index, [])):
            self._finish_input(index, text)

    def _finish_input(self, index: int, text: str) -> None:
        value = json_object(text)
        if value is None:
            # The API takes nothing but an object back; this is the form its documentation proposes.
            self._malformed[index] = text
            value = {"INVALID_JSON": text}
        self._blocks[index]["input"] = value

    def _end(self, event: RawMessageDeltaEvent) -> None:
        self._stop = event.delta.stop_reason
        if (details := event.delta.stop_details) is not None:
            self._detail = ": ".join(part for part in (details.category, details.explanation) if part) or None
        if self.usage is not None:
            self.usage = _later(self.usage, event.usage)

    def _ours(self, index: int) -> Block | None:
        block = self._blocks[index]
        match block.get("type"):
            case "text":
                return Text(block.get("text", ""))
            case "tool_use":
                malformed = self._malformed.get(index)
                arguments = {} if malformed is not None else block.get("input", {})
                return ToolCall(block["id"], block["name"], arguments, malformed)
            case _:
                return None

    def _malformed_reply(self, why: str) -> MalformedReplyError:
        return self._errors.malformed(why, self.request_id)


def _usage(counted: SdkUsage) -> Usage:
    creation = counted.cache_creation
    return Usage(
        # Other servers that speak this API may leave out what this one always sends.
        input_tokens=getattr(counted, "input_tokens", None) or 0,
        output_tokens=getattr(counted, "output_tokens", None) or 0,
        cache_read_tokens=counted.cache_read_input_tokens or 0,
        cache_write_tokens=counted.cache_creation_input_tokens or 0,
        cache_write_1h_tokens=creation.ephemeral_1h_input_tokens if creation else 0,
    )


def _later(usage: Usage, counted: MessageDeltaUsage) -> Usage:
    """The usage after a later count: these are totals, and leave out what has not changed."""

    def newer(new: int | None, old: int) -> int:
        return old if new is None else new

    return Usage(
        input_tokens=newer(counted.input_tokens, usage.input_tokens),
        output_tokens=newer(counted.output_tokens, usage.output_tokens),
        cache_read_tokens=newer(counted.cache_read_input_tokens, usage.cache_read_tokens),
        cache_write_tokens=newer(counted.cache_creation_input_tokens, usage.cache_write_tokens),
        cache_write_1h_tokens=usage.cache_write_1h_tokens,
    )
