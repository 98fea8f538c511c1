"""A language model that is none: rules that write programs, for answers without a key.

`StructuralLM` reads the question, picks a program by a table of wordings, has it run like any model's code, and
submits what it found. It is deterministic, costs nothing, and says what it cannot judge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.lm.protocol import Message, Reply, Text, ToolCall, Usage
from rlm_code.lm.structural.policy import next_step

if TYPE_CHECKING:
    from rlm_code.lm.protocol import Listener, Request

__all__ = ["StructuralLM"]


class StructuralLM:
    """The embedded policy as a `LanguageModel`: no network, no tokens."""

    name = "structural"

    async def complete(self, request: Request, listener: Listener) -> Reply:
        """The next step for this conversation: a cell to run, or words if there is nothing more to do."""
        step = next_step(request.messages)
        if not step.code:
            return Reply(Message("assistant", (Text(step.say),)), "end_turn", Usage(), self.name)
        call = ToolCall(f"{step.name}-{len(request.messages)}", "python", {"code": step.code})
        return Reply(Message("assistant", (call,)), "tool_use", Usage(), self.name)

    async def close(self) -> None:
        """Nothing is open."""
