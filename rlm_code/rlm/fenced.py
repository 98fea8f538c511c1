"""For models that have no tool use: cells as fenced blocks of text, seen from outside as the calls of a tool.

`FencedLM` is a `LanguageModel` around another, so the loop needs to know nothing of it. Fences are read line by
line; one inside a string of the cell does not end the cell, because a cell ends where what it holds is Python.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Sequence
from dataclasses import replace

from rlm_code.lm.protocol import Block, LanguageModel, Listener, Message, Reply, Request, Text, ToolCall, ToolResult

MOST_ENDS_TRIED = 40

_INSTRUCTIONS = """

# How to call the tool here
You cannot call tools in this conversation. Instead, write a cell as a fenced block of its own and stop:

```repl
print(repo.overview)
```

Every block marked `repl` or `python` is run, and what came of it is the next message."""

_OPENING = re.compile(r"^ {0,3}(?P<fence>`{3,}|~{3,})[ \t]*(?:repl|python|py)[ \t]*$")


class FencedLM:
    """`lm`, whose fenced blocks become calls of the tool `python`."""

    def __init__(self, lm: LanguageModel) -> None:
        self._lm = lm

    @property
    def name(self) -> str:
        """The name of the model inside."""
        return self._lm.name

    async def complete(self, request: Request, listener: Listener) -> Reply:
        """Answer `request`; see LanguageModel."""
        if not request.tools:
            return await self._lm.complete(request, listener)
        messages = tuple(map(_as_text, request.messages))
        plain = replace(request, system=request.system + _INSTRUCTIONS, messages=messages, tools=())
        reply = await self._lm.complete(plain, listener)
        content = _blocks(reply.text, f"fenced-{len(messages)}")
        calls = any(isinstance(block, ToolCall) for block in content)
        # The message inside goes back as it came.
        message = Message("assistant", content, raw=reply.message)
        return replace(reply, message=message, stop="tool_use" if calls and reply.stop == "end_turn" else reply.stop)

    async def close(self) -> None:
        """Close the model inside."""
        await self._lm.close()


def _as_text(message: Message) -> Message:
    if isinstance(message.raw, Message):
        return message.raw
    return Message(message.role, tuple(map(_block_as_text, message.content)))


def _block_as_text(block: Block) -> Text:
    match block:
        case Text():
            return block
        case ToolCall():
            return Text(f"```repl\n{block.arguments.get('code', '')}\n```\n")
        case ToolResult():
            return Text(f"{'The cell failed' if block.is_error else 'What came of the cell'}:\n{block.text}\n")


def _blocks(text: str, call_id: str) -> tuple[Block, ...]:
    """What a reply says and the cells it holds, in order."""
    blocks: list[Block] = []
    said: list[str] = []
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        opening = _OPENING.match(lines[at].rstrip("\r"))
        if opening is None:
            said.append(lines[at])
            at += 1
            continue
        _say(blocks, said)
        end = _end_of_cell(lines, at + 1, opening["fence"])
        code = "\n".join(lines[at + 1 : end])
        blocks.append(ToolCall(f"{call_id}-{len(blocks)}", "python", {"code": code}))
        at = end + 1
    _say(blocks, said)
    return tuple(blocks)


def _say(blocks: list[Block], said: list[str]) -> None:
    if text := "\n".join(said).strip():
        blocks.append(Text(text))
    said.clear()


def _end_of_cell(lines: Sequence[str], start: int, fence: str) -> int:
    """The index of the closing fence: the first one before which the cell is Python, else the first, else the end."""
    closing = re.compile(rf"^ {{0,3}}{re.escape(fence[0])}{{{len(fence)},}}[ \t]*\r?$")
    ends = [at for at in range(start, len(lines)) if closing.match(lines[at])] or [len(lines)]
    return next((end for end in ends[:MOST_ENDS_TRIED] if _is_python("\n".join(lines[start:end]))), ends[0])


def _is_python(code: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(code)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return False
    return True
