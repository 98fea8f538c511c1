"""One streamed reply of the Responses API. Its last event holds the whole of it, so that nothing is put together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rlm_code.lm.openai.failure import ERRORS, said
from rlm_code.lm.protocol import Block, Message, Reply, Stop, Text, ToolCall, Usage
from rlm_code.lm.wire import encodable, json_object

if TYPE_CHECKING:
    from openai.types.responses import Response, ResponseUsage

_STOPS: dict[str, Stop] = {"max_output_tokens": "max_tokens", "content_filter": "refusal"}


class IncomingReply:
    """A reply under way: see `rlm_code.lm.attempt.Incoming`."""

    def __init__(self) -> None:
        self.usage: Usage | None = None
        self.request_id: str | None = None
        self._response: Response | None = None

    def feed(self, event: Any) -> str:
        """Take in one event of the SDK's stream; the text it adds. Raises LMError for one that is an error."""
        match event.type:
            case "response.output_text.delta":
                return str(event.delta)
            case "response.completed" | "response.incomplete":
                self._response = event.response
                self.usage = _usage(event.response.usage)
            case "response.failed":
                self.usage = _usage(event.response.usage)
                failed = event.response.error
                raise ERRORS.said(said(failed.code, failed.message), {}, self.request_id)
            case "error":
                raise ERRORS.said(said(event.code, event.message), {}, self.request_id)
        return ""

    def reply(self) -> Reply:
        """The whole reply. Raises MalformedReplyError where the stream ended before it was whole."""
        response = self._response
        if response is None:
            raise ERRORS.malformed("the stream ended before it was whole", self.request_id)
        raw = [item.to_dict() for item in response.output]
        blocks = tuple(block for item in raw for block in _blocks(item))
        refusal = next(filter(None, map(_refusal, raw)), None)
        return Reply(
            message=Message("assistant", blocks, raw=raw),
            stop=_stop(response, blocks, refusal),
            usage=self.usage or Usage(),
            lm=response.model,
            request_id=self.request_id,
            detail=refusal,
        )


def _stop(response: Response, blocks: tuple[Block, ...], refusal: str | None) -> Stop:
    if refusal is not None:
        return "refusal"
    if response.status == "incomplete":
        reason = response.incomplete_details.reason if response.incomplete_details else None
        return _STOPS.get(reason or "", "max_tokens")
    return "tool_use" if any(isinstance(block, ToolCall) for block in blocks) else "end_turn"


def _blocks(item: dict[str, Any]) -> list[Block]:
    match item.get("type"):
        case "message":
            parts = [part["text"] for part in item["content"] if part.get("type") == "output_text"]
            return [Text(encodable(text)) for text in parts]
        case "function_call":
            arguments = json_object(item["arguments"]) if item.get("status") != "incomplete" else None
            malformed = item["arguments"] if arguments is None else None
            return [ToolCall(item["call_id"], item["name"], arguments or {}, malformed)]
        case _:
            return []


def _refusal(item: dict[str, Any]) -> str | None:
    parts = item.get("content") or [] if item.get("type") == "message" else []
    return next((part["refusal"] for part in parts if part.get("type") == "refusal"), None)


def _usage(counted: ResponseUsage | None) -> Usage | None:
    """OpenAI counts what it read from and wrote to its cache into the input; we count them apart."""
    if counted is None:
        return None
    details = getattr(counted, "input_tokens_details", None)
    read = getattr(details, "cached_tokens", None) or 0
    written = getattr(details, "cache_write_tokens", None) or 0
    return Usage(counted.input_tokens - read - written, counted.output_tokens, read, written)
