"""What the Messages API refuses, as far as this project could break it: API version 2026-10-21, current models."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.lm.messages_cache import Entry, as_blocks, extended, signature
from tests.lm.scripted_server import RefusedError

REQUIRED = ("model", "max_tokens", "messages")
OPTIONAL = ("system", "tools", "tool_choice", "thinking", "output_config", "stream", "metadata", "stop_sequences")
RARE = ("cache_control", "service_tier", "container", "diagnostics", "inference_geo", "speed")
WITHOUT_EFFORT = ("claude-haiku-4-5", "claude-sonnet-4-5")
EFFORTS = ("low", "medium", "high", "xhigh", "max")
BLOCKS = {
    "user": {"text", "tool_result", "image", "document"},
    "assistant": {"text", "tool_use", "thinking", "redacted_thinking", "server_tool_use", "web_search_tool_result"},
}
MOST_OUTPUT = 128_000
MOST_MARKS = 4


def check(body: dict[str, Any], paused: list[list[dict[str, Any]]]) -> None:
    """Raise RefusedError for a body that the API refuses. `paused` are the contents that may be continued."""
    _check_parameters(body)
    _check_settings(body)
    _check_tools(body.get("tools", []), body.get("tool_choice"))
    messages = _check_messages(body)
    _check_tool_answers(messages)
    _check_end(messages, paused)
    _check_marks(body)
    _check_thinking(body)


def _check_parameters(body: dict[str, Any]) -> None:
    for name in body:
        if name not in REQUIRED + OPTIONAL + RARE:
            raise RefusedError(f"{name}: Extra inputs are not permitted")
    for name in REQUIRED:
        if name not in body:
            raise RefusedError(f"{name}: Field required")


def _check_settings(body: dict[str, Any]) -> None:
    model, most = body["model"], body["max_tokens"]
    if not isinstance(model, str) or not model.startswith("claude-"):
        raise RefusedError(f"model: {model}", 404, "not_found_error")
    if type(most) is not int or most < 1:
        raise RefusedError("max_tokens: Input should be greater than or equal to 1")
    if most > MOST_OUTPUT:
        raise RefusedError(f"max_tokens: {most} > {MOST_OUTPUT}, which is the maximum allowed number of output tokens")
    if (thinking := body.get("thinking")) is not None and thinking.get("type") not in ("adaptive", "between_tools"):
        raise RefusedError(f"thinking.type: {thinking.get('type')!r} is not supported by this model")
    if (effort := body.get("output_config", {}).get("effort")) is not None:
        if model.startswith(WITHOUT_EFFORT):
            raise RefusedError("This model does not support the effort parameter.")
        if effort not in EFFORTS:
            raise RefusedError("output_config.effort: Input should be 'low', 'medium', 'high', 'xhigh' or 'max'")


def _check_tools(tools: list[dict[str, Any]], choice: dict[str, Any] | None) -> None:
    names = [tool.get("name", "") for tool in tools]
    for index, tool in enumerate(tools):
        if not re.fullmatch(r"[a-zA-Z0-9_-]{1,128}", names[index]):
            raise RefusedError(f"tools.{index}.name: String should match pattern '^[a-zA-Z0-9_-]{{1,128}}$'")
        if tool.get("input_schema", {}).get("type") != "object":
            raise RefusedError(f"tools.{index}.input_schema.type: Field required")
    if len(set(names)) != len(names):
        raise RefusedError("tools: Tool names must be unique.")
    if choice is not None and choice.get("type") in ("any", "tool"):
        raise RefusedError("tool_choice: forced tool use is not supported by this model")


def _check_messages(body: dict[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The messages as (role, blocks), neighbours of one role combined."""
    combined: list[tuple[str, list[dict[str, Any]]]] = []
    if not isinstance(body["messages"], list) or not body["messages"]:
        raise RefusedError("messages: at least one message is required")
    for index, message in enumerate(body["messages"]):
        role = message.get("role")
        if role not in BLOCKS:
            raise RefusedError(f"messages.{index}.role: Input should be 'user' or 'assistant'")
        blocks = as_blocks(message.get("content", []))
        if not blocks and index + 1 < len(body["messages"]):
            raise RefusedError(f"messages.{index}: all messages must have non-empty content")
        for place, block in enumerate(blocks):
            _check_block(f"messages.{index}.content.{place}", role, block)
        if combined and combined[-1][0] == role:
            combined[-1][1].extend(blocks)
        else:
            combined.append((role, blocks))
    if combined[0][0] != "user":
        raise RefusedError("messages: first message must use the user role")
    return combined


def _check_block(place: str, role: str, block: dict[str, Any]) -> None:
    kind = block.get("type")
    if kind not in BLOCKS[role]:
        raise RefusedError(f"{place}: Input tag {kind!r} found using 'type' does not match any of the expected tags")
    if kind == "text" and not block["text"].strip():
        raise RefusedError("messages: text content blocks must contain non-whitespace text")
    if kind == "tool_use" and not isinstance(block.get("input"), dict):
        raise RefusedError(f"{place}.tool_use.input: Input should be a valid dictionary")
    if kind == "tool_result" and block.get("is_error") and not block.get("content"):
        raise RefusedError(f"{place}: content cannot be empty if `is_error` is true")


def _check_tool_answers(messages: list[tuple[str, list[dict[str, Any]]]]) -> None:
    asked: list[str] = []
    for index, (role, blocks) in enumerate(messages):
        answered = [block["tool_use_id"] for block in blocks if block["type"] == "tool_result"]
        for call in answered:
            if call not in asked:
                raise RefusedError(f"messages.{index}: unexpected `tool_use_id` found in `tool_result` blocks: {call}")
        if missing := [call for call in asked if call not in answered]:
            raise RefusedError(
                f"messages.{index - 1}: `tool_use` ids were found without `tool_result` blocks immediately after: "
                + ", ".join(missing)
            )
        if len(set(answered)) != len(answered):
            raise RefusedError(f"messages.{index}: each tool_use must have a single result")
        first_text = next((at for at, block in enumerate(blocks) if block["type"] != "tool_result"), len(blocks))
        if any(block["type"] == "tool_result" for block in blocks[first_text:]):
            raise RefusedError(f"messages.{index}: `tool_result` blocks must come before other content")
        asked = [block["id"] for block in blocks if block["type"] == "tool_use"] if role == "assistant" else []
    if asked:
        raise RefusedError("messages: `tool_use` ids were found without `tool_result` blocks immediately after")


def _check_end(messages: list[tuple[str, list[dict[str, Any]]]], paused: list[list[dict[str, Any]]]) -> None:
    role, blocks = messages[-1]
    if role == "assistant" and not any(blocks[-len(content) :] == content for content in paused):
        raise RefusedError(
            "This model does not support assistant message prefill. The conversation must end with a user message."
        )


def _check_marks(body: dict[str, Any]) -> None:
    marks = list(_marks(body))
    if len(marks) + ("cache_control" in body) > MOST_MARKS:
        raise RefusedError(f"A maximum of {MOST_MARKS} blocks with cache_control may be provided. Found {len(marks)}.")
    for block in marks:
        mark = block["cache_control"]
        if mark.get("type") != "ephemeral" or mark.get("ttl", "5m") not in ("5m", "1h"):
            raise RefusedError("cache_control: Input should be {'type': 'ephemeral'} with a `ttl` of '5m' or '1h'")
        if block.get("type") in ("thinking", "redacted_thinking"):
            raise RefusedError("cache_control cannot be set on thinking blocks")
    lives = [block["cache_control"].get("ttl", "5m") for block in marks]
    if lives != sorted(lives):
        raise RefusedError("a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block")


def _marks(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from (tool for tool in body.get("tools", []) if "cache_control" in tool)
    contents = [body.get("system", []), *(message["content"] for message in body["messages"])]
    for content in contents:
        yield from (block for block in as_blocks(content) if "cache_control" in block)


def _check_thinking(body: dict[str, Any]) -> None:
    """Each piece of reasoning has to stand after exactly what it stood after when it was produced."""
    entries: list[Entry] = []
    for tool in body.get("tools", []):
        entries = extended(entries, "tool", tool)
    for block in as_blocks(body.get("system", [])):
        entries = extended(entries, "system", block)
    for index, message in enumerate(body["messages"]):
        for place, block in enumerate(as_blocks(message["content"])):
            said = block.get("thinking") if block["type"] == "thinking" else None
            if said is not None and block.get("signature") != signature(entries, said):
                raise RefusedError(
                    f"messages.{index}.content.{place}: Invalid `signature` in `thinking` block. "
                    "The block is bound to a different conversation."
                )
            entries = extended(entries, message["role"], block)
