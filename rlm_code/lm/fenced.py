"""For models that have no tool use: calls as fenced blocks of text, seen from outside as the calls of a tool.

`FencedLM` is a `LanguageModel` around another, so that nobody else needs to know of it. A tool that takes `code` is
called with a block of Python, any other with a block of JSON. Fences are read line by line; one inside a string of the
cell does not end the cell, because a cell ends where what it holds is Python.
"""

from __future__ import annotations

import ast
import json
import re
import warnings
from collections.abc import Callable, Sequence
from dataclasses import replace

from rlm_code.lm.protocol import (
    Block,
    LanguageModel,
    Listener,
    Message,
    Reply,
    Request,
    Text,
    Tool,
    ToolCall,
    ToolResult,
)
from rlm_code.lm.wire import json_object

MOST_ENDS_TRIED = 40

SUFFIX = "+fenced"
"""What a name ends in whose model is to be called this way."""

_CODE = """

# How to call the tool here
You cannot call tools in this conversation. Instead, write a cell as a fenced block of its own and stop:

```repl
print(repo.overview)
```

Every block marked `repl` or `python` is run, and what came of it is the next message."""

_JSON = """

# How to call the tool here
You cannot call tools in this conversation. Instead of calling `{name}`, write its arguments as JSON in a fenced block \
of its own and stop:

```json
{{…}}
```

{description} Its arguments are an object of this schema: {schema}"""

_OPENING = r"^ {{0,3}}(?P<fence>`{{3,}}|~{{3,}})[ \t]*(?:{})[ \t]*$"
_OPENS_CODE = re.compile(_OPENING.format("repl|python|py"))
_OPENS_JSON = re.compile(_OPENING.format("json"))
# Models without tool use think aloud, and what they only thought of is not to be run.
_THOUGHT = re.compile(r"\A\s*<think>.*?(?:</think>|\Z)", re.DOTALL)


class FencedLM:
    """`lm`, whose fenced blocks become calls of the request's tool."""

    def __init__(self, lm: LanguageModel) -> None:
        self._lm = lm

    @property
    def name(self) -> str:
        """The name of the model inside, with what says that it is called this way."""
        return self._lm.name + SUFFIX

    async def complete(self, request: Request, listener: Listener) -> Reply:
        """Answer `request`; see LanguageModel."""
        if not request.tools:
            return await self._lm.complete(request, listener)
        (tool,) = request.tools
        messages = tuple(map(_as_text, request.messages))
        plain = replace(request, system=request.system + _instructions(tool), messages=messages, tools=())
        reply = await self._lm.complete(plain, listener)
        content = _blocks(_THOUGHT.sub("", reply.text), tool, f"fenced-{len(messages)}")
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
        case ToolCall(arguments={"code": str(code)}):
            return Text(f"```repl\n{code}\n```\n")
        case ToolCall():
            return Text(f"```json\n{json.dumps(dict(block.arguments))}\n```\n")
        case ToolResult():
            return Text(f"{'The cell failed' if block.is_error else 'What came of the cell'}:\n{block.text}\n")


def _takes_code(tool: Tool) -> bool:
    return list(tool.schema.get("properties", ())) == ["code"]


def _instructions(tool: Tool) -> str:
    if _takes_code(tool):
        return _CODE
    return _JSON.format(name=tool.name, description=tool.description, schema=json.dumps(tool.schema))


def _call(call_id: str, tool: Tool, text: str) -> ToolCall:
    if _takes_code(tool):
        return ToolCall(call_id, tool.name, {"code": text})
    arguments = json_object(text)
    return ToolCall(call_id, tool.name, arguments or {}, text if arguments is None else None)


def _blocks(text: str, tool: Tool, call_id: str) -> tuple[Block, ...]:
    """What a reply says and the calls it holds, in order."""
    opens, is_whole = (_OPENS_CODE, _is_python) if _takes_code(tool) else (_OPENS_JSON, _is_json)
    blocks: list[Block] = []
    said: list[str] = []
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        opening = opens.match(lines[at].rstrip("\r"))
        if opening is None:
            said.append(lines[at])
            at += 1
            continue
        _say(blocks, said)
        end = _end_of_block(lines, at + 1, opening["fence"], is_whole)
        blocks.append(_call(f"{call_id}-{len(blocks)}", tool, "\n".join(lines[at + 1 : end])))
        at = end + 1
    _say(blocks, said)
    return tuple(blocks)


def _say(blocks: list[Block], said: list[str]) -> None:
    if text := "\n".join(said).strip():
        blocks.append(Text(text))
    said.clear()


def _end_of_block(lines: Sequence[str], start: int, fence: str, is_whole: Callable[[str], bool]) -> int:
    """The index of the closing fence: the first one before which the block is whole, else the first, else the end."""
    closing = re.compile(rf"^ {{0,3}}{re.escape(fence[0])}{{{len(fence)},}}[ \t]*\r?$")
    ends = [at for at in range(start, len(lines)) if closing.match(lines[at])] or [len(lines)]
    return next((end for end in ends[:MOST_ENDS_TRIED] if is_whole("\n".join(lines[start:end]))), ends[0])


def _is_json(text: str) -> bool:
    return json_object(text) is not None


def _is_python(code: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(code)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return False
    return True
