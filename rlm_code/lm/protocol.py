"""What a language model is to the rest: messages in, one reply out.

Providers translate; nobody else sees their wire. Assistant messages keep the provider's own content
blocks in `raw`, so that what a model said goes back to it verbatim (thinking blocks included).
This package knows nothing of code analysis.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

Role = Literal["user", "assistant"]
Stop = Literal["end_turn", "tool_use", "max_tokens", "refusal", "pause_turn", "context_overflow"]
Effort = Literal["low", "medium", "high"]


@dataclass(frozen=True, slots=True)
class Text:
    text: str


@dataclass(frozen=True, slots=True)
class ToolCall:
    """The model asks for a tool. `arguments` is what it sent, already parsed; it may not fit the schema."""

    id: str
    name: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ToolResult:
    call_id: str
    text: str
    is_error: bool = False


Block = Text | ToolCall | ToolResult


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `raw` is the provider's own form of an assistant message, None for what we wrote."""

    role: Role
    content: tuple[Block, ...]
    raw: Any = None


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool the model may call; `schema` is the JSON schema of its arguments."""

    name: str
    description: str
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Request:
    """One call. The messages only ever grow at the end within a run, so that providers can cache the prefix."""

    system: str
    messages: tuple[Message, ...]
    tools: tuple[Tool, ...] = ()
    max_tokens: int = 8192
    effort: Effort | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens as the provider counted them. `input_tokens` leaves out those read from or written to its cache."""

    input_tokens: int = 0
    output_tokens: int = 0
    cache_read_tokens: int = 0
    cache_write_tokens: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.cache_read_tokens + other.cache_read_tokens,
            self.cache_write_tokens + other.cache_write_tokens,
        )


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. `lm` is the model that answered, as its provider names it."""

    message: Message
    stop: Stop
    usage: Usage
    lm: str
    request_id: str | None = None

    @property
    def text(self) -> str:
        return "".join(block.text for block in self.message.content if isinstance(block, Text))

    @property
    def tool_calls(self) -> tuple[ToolCall, ...]:
        return tuple(block for block in self.message.content if isinstance(block, ToolCall))


@dataclass(frozen=True, slots=True)
class Waiting:
    """The provider asked for patience: attempt `attempt` failed for `reason`, the next comes in `seconds`."""

    attempt: int
    seconds: float
    reason: str


@dataclass(frozen=True, slots=True)
class Listener:
    """Whom to tell while a reply is under way; both are called on the event loop's thread and must be quick."""

    on_text: Callable[[str], None] = field(default=lambda text: None)
    on_wait: Callable[[Waiting], None] = field(default=lambda waiting: None)


class LanguageModel(Protocol):
    """A language model. `name` is how a user chooses it: "anthropic:claude-…", "structural"."""

    @property
    def name(self) -> str: ...

    async def complete(self, request: Request, listener: Listener) -> Reply:
        """Answer one request, retrying what may pass. Raises LMError; cancellation closes the connection."""
        ...

    async def close(self) -> None: ...
