"""Our requests as parameters of the Responses API.

Nothing is stored at the provider: each request holds the whole conversation, and what the model said goes back
item by item as it came, its encrypted reasoning included. The provider caches the beginning by itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from rlm_code.lm.protocol import Block, Effort, Message, Request, Role, Text, Tool, ToolCall, ToolResult
from rlm_code.lm.wire import encodable

REASONS = re.compile(r"gpt-[5-9]|o\d")
"""What the names of OpenAI's models begin with that reason."""


def parameters(lm: str, request: Request, default_effort: Effort | None) -> dict[str, Any]:
    """The keyword arguments of `responses.create` for `request` to the model `lm`."""
    items = [item for message in request.messages for item in _items(message)]
    arguments: dict[str, Any] = {"model": lm, "input": items, "max_output_tokens": request.max_tokens, "store": False}
    if request.system:
        arguments["instructions"] = encodable(request.system)
    if request.tools:
        arguments["tools"] = [_tool(tool) for tool in request.tools]
    effort = request.effort or default_effort
    if effort and REASONS.match(lm):
        arguments["reasoning"] = {"effort": effort}
    return arguments


def _tool(tool: Tool) -> dict[str, Any]:
    form = {"type": "function", "name": tool.name, "description": tool.description}
    return {**form, "parameters": dict(tool.schema), "strict": False}


def _items(message: Message) -> Iterator[dict[str, Any]]:
    if message.raw is not None:
        yield from message.raw
        return
    # Results of tools must come right after the calls that they answer.
    for block in sorted(message.content, key=lambda block: not isinstance(block, ToolResult)):
        if not (isinstance(block, Text) and not block.text.strip()):
            yield _item(message.role, block)


def _item(role: Role, block: Block) -> dict[str, Any]:
    match block:
        case Text(text):
            kind = "input_text" if role == "user" else "output_text"
            return {"type": "message", "role": role, "content": [{"type": kind, "text": encodable(text)}]}
        case ToolCall():
            arguments = json.dumps(dict(block.arguments)) if block.malformed is None else block.malformed
            return {"type": "function_call", "call_id": block.id, "name": block.name, "arguments": arguments}
        case ToolResult(call_id, text):
            return {"type": "function_call_output", "call_id": call_id, "output": encodable(text)}
