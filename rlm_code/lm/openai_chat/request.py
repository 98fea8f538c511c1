"""Our requests as parameters of Chat Completions, in the part of it that all servers have."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from rlm_code.lm.openai.request import REASONS
from rlm_code.lm.protocol import Effort, Message, Request, Text, Tool, ToolCall, ToolResult
from rlm_code.lm.wire import encodable


def parameters(lm: str, request: Request, default_effort: Effort | None) -> dict[str, Any]:
    """The keyword arguments of `chat.completions.create` for `request` to the model `lm`."""
    messages = [form for message in request.messages for form in _messages(message)]
    if request.system:
        messages.insert(0, {"role": "system", "content": encodable(request.system)})
    arguments: dict[str, Any] = {"model": lm, "messages": messages, "stream_options": {"include_usage": True}}
    # OpenAI's reasoning models refuse the old name; Ollama does not know the new one.
    reasons = REASONS.match(lm)
    arguments["max_completion_tokens" if reasons else "max_tokens"] = request.max_tokens
    if request.tools:
        arguments["tools"] = [_tool(tool) for tool in request.tools]
    effort = request.effort or default_effort
    if effort and reasons:
        arguments["reasoning_effort"] = effort
    return arguments


def size_bytes(arguments: dict[str, Any]) -> int:
    """The bytes of a request's prompt."""
    return len(json.dumps([arguments["messages"], arguments.get("tools", [])], ensure_ascii=False).encode())


def _tool(tool: Tool) -> dict[str, Any]:
    function = {"name": tool.name, "description": tool.description, "parameters": dict(tool.schema)}
    return {"type": "function", "function": function}


def _messages(message: Message) -> Iterator[dict[str, Any]]:
    if message.raw:
        yield message.raw
        return
    # Results of tools must come right after the calls that they answer.
    for block in message.content:
        if isinstance(block, ToolResult):
            yield {"role": "tool", "tool_call_id": block.call_id, "content": encodable(block.text)}
    # Some templates want user and assistant to alternate, so that what one of them says is one message.
    said = "\n\n".join(block.text for block in message.content if isinstance(block, Text) and block.text.strip())
    calls = [call_form(block) for block in message.content if isinstance(block, ToolCall)]
    if said or calls:
        form: dict[str, Any] = {"role": message.role, "content": encodable(said) if said else None}
        yield form | ({"tool_calls": calls} if calls else {})


def call_form(call: ToolCall) -> dict[str, Any]:
    """A call as it goes back. Templates of local servers parse its arguments, and fail where they are no JSON."""
    arguments = dict(call.arguments) if call.malformed is None else {"INVALID_JSON": encodable(call.malformed)}
    return {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": json.dumps(arguments)}}
