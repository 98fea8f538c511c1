"""A language model whose replies are written in the test: a whole implementation of the protocol, minus the network."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace

from rlm_code.lm.protocol import Listener, Message, Reply, Request, Text, ToolCall, Usage

Script = Callable[[Request], "Reply | BaseException"]


class ScriptedLM:
    """Answers with the replies it was given, one after the other, or with what a function makes of the request.

    `requests` are what it was asked. Each reply uses 100 tokens of input and 10 of output unless it says otherwise.
    """

    def __init__(
        self,
        script: Iterable[Reply | BaseException] | Script,
        name: str = "anthropic:claude-sonnet-5",
        seconds: float = 0,
    ) -> None:
        self.name = name
        self.requests: list[Request] = []
        self.under_way = 0
        self.most_under_way = 0
        self._seconds = seconds
        if callable(script):
            self._script = script
        else:
            replies = iter(script)
            self._script = lambda request: next(replies)

    async def complete(self, request: Request, listener: Listener) -> Reply:
        self.requests.append(request)
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        try:
            await asyncio.sleep(self._seconds)
            reply = self._script(request)
            if isinstance(reply, BaseException):
                raise reply
            listener.on_text(reply.text)
            return reply
        finally:
            self.under_way -= 1

    async def close(self) -> None:
        pass


USED = Usage(input_tokens=100, output_tokens=10)


def cell(*codes: str, say: str = "") -> Reply:
    """A reply that runs cells."""
    calls = tuple(
        ToolCall(f"call_{hash((code, number)) & 0xFFFFFF:x}", "python", {"code": code})
        for number, code in enumerate(codes)
    )
    return Reply(Message("assistant", ((Text(say), *calls) if say else calls)), "tool_use", USED, "scripted")


def prose(text: str) -> Reply:
    """A reply without a cell."""
    return Reply(Message("assistant", (Text(text),)), "end_turn", USED, "scripted")


def stopped(stop: str, *blocks: Text | ToolCall, detail: str | None = None) -> Reply:
    """A reply that ended for a reason of its own."""
    return replace(prose(""), message=Message("assistant", blocks), stop=stop, detail=detail)  # type: ignore[arg-type]


def last_text(request: Request) -> str:
    """All that the newest message of a request says."""
    return "\n".join(getattr(block, "text", "") for block in request.messages[-1].content)
