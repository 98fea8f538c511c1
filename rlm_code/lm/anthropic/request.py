"""Our requests as parameters of the Messages API.

What has been sent is never written differently later: a run's messages keep their bytes, so that the provider
finds its cached prefix again and its reasoning blocks still stand after what they stood after. Only the
`cache_control` marks move, and they are no part of what is compared. There is no prefill, no forced tool
choice and no `thinking` parameter: current models reject the first two and reason by default.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rlm_code.lm.protocol import Block, Effort, Message, Request, Text, Tool, ToolCall, ToolResult
from rlm_code.lm.wire import encodable

_MARK = {"type": "ephemeral"}
_WITHOUT_EFFORT = ("claude-haiku-4-5", "claude-sonnet-4-5")


def parameters(lm: str, request: Request, default_effort: Effort | None) -> dict[str, Any]:
    """The keyword arguments of `messages.create` for `request` to the model `lm`."""
    messages = [form for message in request.messages if (form := _message(message))]
    arguments: dict[str, Any] = {"model": lm, "max_tokens": request.max_tokens, "messages": messages}
    if request.system:
        arguments["system"] = [{"type": "text", "text": encodable(request.system), "cache_control": _MARK}]
    if request.tools:
        arguments["tools"] = [_tool(tool) for tool in request.tools]
        arguments["tools"][-1]["cache_control"] = _MARK
    if request.tools or len(messages) > 1:
        # One question without tools is not going to continue: writing it to the cache would only cost.
        _mark_newest(messages)
    effort = request.effort or default_effort
    if effort and lm.startswith("claude-") and not lm.startswith(_WITHOUT_EFFORT):
        arguments["output_config"] = {"effort": effort}
    return arguments


def _mark_newest(messages: Sequence[dict[str, Any]]) -> None:
    """Mark the ends of the last two user messages: where this request writes the cache, and where the one before
    it did. The provider searches back only twenty blocks by itself, fewer than one turn may add."""
    ours = [message for message in messages if message["role"] == "user"]
    for message in ours[-2:]:
        message["content"][-1]["cache_control"] = _MARK


def _tool(tool: Tool) -> dict[str, Any]:
    return {"name": tool.name, "description": tool.description, "input_schema": dict(tool.schema)}


def _message(message: Message) -> dict[str, Any] | None:
    """The message as the API takes it; None where nothing is left of it, since the API takes no empty one."""
    if message.raw is not None:
        content = [block for block in message.raw if not _is_blank(block)]
    else:
        # Results of tools must come before anything else in their message.
        blocks = sorted(message.content, key=lambda block: not isinstance(block, ToolResult))
        content = [form for block in blocks if not _is_blank(form := _block(block))]
    return {"role": message.role, "content": content} if content else None


def _is_blank(block: dict[str, Any]) -> bool:
    """Whether the API would refuse the block: a text without a visible character. It does send such itself."""
    return block.get("type") == "text" and not block.get("text", "").strip()


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Text(text):
            return {"type": "text", "text": encodable(text)}
        case ToolCall():
            return {"type": "tool_use", "id": block.id, "name": block.name, "input": dict(block.arguments)}
        case ToolResult(call_id, text, is_error):
            shown = encodable(text) if text.strip() else "(empty)"
            return {"type": "tool_result", "tool_use_id": call_id, "content": shown, "is_error": is_error}
