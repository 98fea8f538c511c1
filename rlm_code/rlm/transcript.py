"""The conversation of one session: it grows at its end alone, so that providers can cache what came before.

Only where it outgrew the model's window is it rewritten: the first message stays, the turns become short notes,
and the variables in the REPL are untouched.
"""

from __future__ import annotations

from dataclasses import replace

from rlm_code.lm.protocol import Block, Message, Reply, Text, Tool, ToolCall, ToolResult
from rlm_code.rlm.budget import tokens_in

_NOTED_CODE = 600
_NOTED_RESULT = 400
_NOTES = 16_000


class Transcript:
    """Messages sent and received, and `pending`: what goes out with the next request.

    It begins with `first`, under `system`, with one `tool`.
    """

    def __init__(self, first_message: str, system: str, tool: Tool) -> None:
        self.first = first_message
        self.system = system
        self.tool = tool
        self._fixed_tokens = tokens_in(system) + tokens_in(tool.description) + tokens_in(str(tool.schema))
        self._sent_tokens = self._fixed_tokens
        self._messages: list[Message] = []
        self._notes: list[str] = []
        self.pending: list[Block] = [Text(first_message)]

    @property
    def tokens(self) -> int:
        """An upper estimate of the tokens of the next request."""
        return self._sent_tokens + sum(_tokens(block) for block in self.pending)

    def next_message(self, status: str) -> Message | None:
        """The user message that the next request ends with; None where nothing is to be said.

        After tool results the status stands in the last of them: text that follows them teaches models to end
        their turns with nothing.
        """
        if not self.pending:
            return None
        *before, last = self.pending
        if isinstance(last, ToolResult):
            return Message("user", (*before, replace(last, text=f"{last.text}\n{status}")))
        return Message("user", (*self.pending, Text(status)))

    def with_message(self, message: Message | None) -> tuple[Message, ...]:
        """All messages of the next request."""
        return tuple(self._messages) if message is None else (*self._messages, message)

    def add(self, message: Message | None, reply: Reply) -> None:
        """Keep what was sent and what came back; nothing is pending now."""
        if message is not None:
            self._messages.append(message)
        if reply.message.content:
            self._messages.append(reply.message)
        said = sum(map(_tokens, reply.message.content)) + sum(map(_tokens, message.content if message else ()))
        used = reply.usage
        counted = used.input_tokens + used.cache_read_tokens + used.cache_write_tokens + used.output_tokens
        self._sent_tokens = counted or self._sent_tokens + said
        self.pending = []

    def note(self, code: str, result: str) -> None:
        """Keep a short form of a cell for the day on which the conversation must be shortened."""
        self._notes.append(f"In: {_cut(code, _NOTED_CODE)}\nOut: {_cut(result, _NOTED_RESULT)}")

    @property
    def has_turns(self) -> bool:
        """Whether there is anything that notes could stand for."""
        return len(self._messages) > 2

    def compact(self, kept: str) -> int:
        """Put all turns into notes, the latest ones first to be kept, below what is `kept` whole; returns how many
        cells are noted."""
        notes = self._newest_notes()
        self._messages = []
        self._sent_tokens = self._fixed_tokens
        said = (
            "The conversation outgrew the window and was put into these notes of your cells. Your variables in the "
            "REPL are all there. Print less from now on."
        )
        self.pending = [Text(self.first), Text("\n\n".join(filter(None, [said, kept, *notes])))]
        return len(notes)

    def _newest_notes(self) -> list[str]:
        kept: list[str] = []
        size = 0
        for note in reversed(self._notes):
            size += len(note)
            if size > _NOTES:
                break
            kept.insert(0, note)
        return kept


def _tokens(block: Block) -> int:
    if isinstance(block, ToolCall):
        return tokens_in(str(block.arguments))
    return tokens_in(block.text)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most * 2 // 3]} … {text[-most // 3 :]}"
