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
"""Why a reply ended. After `refusal`, `max_tokens` and `context_overflow` its tool calls are not to be run;
`context_overflow` with no content means that the prompt alone did not fit."""

Effort = Literal["low", "medium", "high"]


@dataclass(frozen=True, slots=True)
class Text:
    """What is said, in Markdown."""

    text: str


@dataclass(frozen=True, slots=True)
class ToolCall:
    """The model asks for a tool. `arguments` is what it sent, already parsed; it may not fit the schema.

    `malformed` is the text it sent where that is no JSON object (cut off, mistyped): `arguments` is empty then,
    and the call must be answered with an error instead of being run.
    """

    id: str
    name: str
    arguments: Mapping[str, Any]
    malformed: str | None = None


@dataclass(frozen=True, slots=True)
class ToolResult:
    """The answer to the call `call_id`. It comes in the user message right after the call."""

    call_id: str
    text: str
    is_error: bool = False


Block = Text | ToolCall | ToolResult


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `raw` is the provider's own form of an assistant message, None for what we wrote.

    Reasoning in `raw` is bound to everything before it: whoever rewrites earlier messages (compaction) sends the
    later assistant messages with `raw=None`, which keeps their text and tool calls and drops their reasoning.
    """

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
    """One call. The messages only ever grow at the end within a run, so that providers can cache the prefix.

    `max_tokens` bounds reasoning and answer together.
    """

    system: str
    messages: tuple[Message, ...]
    tools: tuple[Tool, ...] = ()
    max_tokens: int = 16_384
    effort: Effort | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens as the provider counted them. `input_tokens` leaves out those read from or written to its cache.

    `cache_write_1h_tokens` are those of `cache_write_tokens` that the provider keeps, and prices, for an hour.
    """

    input_tokens: int = 0
    output_tokens: int = 0
    cache_read_tokens: int = 0
    cache_write_tokens: int = 0
    cache_write_1h_tokens: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.cache_read_tokens + other.cache_read_tokens,
            self.cache_write_tokens + other.cache_write_tokens,
            self.cache_write_1h_tokens + other.cache_write_1h_tokens,
        )


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. `lm` is the model that answered, as its provider names it.

    `usage` is that of the one HTTP request which gave this reply. `detail` is what the provider says about the
    stop where it says anything, such as why it refused.
    """

    message: Message
    stop: Stop
    usage: Usage
    lm: str
    request_id: str | None = None
    detail: str | None = None

    @property
    def text(self) -> str:
        """All that the reply says, without its reasoning and its tool calls."""
        return "".join(block.text for block in self.message.content if isinstance(block, Text))

    @property
    def tool_calls(self) -> tuple[ToolCall, ...]:
        """The tools it asks for, in order."""
        return tuple(block for block in self.message.content if isinstance(block, ToolCall))


@dataclass(frozen=True, slots=True)
class Waiting:
    """The provider asked for patience: attempt `attempt` failed for `reason`, the next comes in `seconds`."""

    attempt: int
    seconds: float
    reason: str


@dataclass(frozen=True, slots=True)
class Listener:
    """Whom to tell while a reply is under way; all are called on the event loop's thread and must be quick.

    `on_text` hears the reply's text as it comes; after an `on_wait` the reply starts afresh. `on_spent` hears
    what was used up by each request that gave no reply of its own (failed, dropped, cancelled or continued), one
    call per request, since prices go by the single request. It is never part of `Reply.usage`: a ledger adds both.
    """

    on_text: Callable[[str], None] = field(default=lambda text: None)
    on_wait: Callable[[Waiting], None] = field(default=lambda waiting: None)
    on_spent: Callable[[Usage], None] = field(default=lambda usage: None)


class LanguageModel(Protocol):
    """A language model."""

    @property
    def name(self) -> str:
        """How a user chooses it: "anthropic:claude-…", "structural"."""
        ...

    async def complete(self, request: Request, listener: Listener) -> Reply:
        """Answer one request, retrying what may pass. Raises LMError; cancellation closes the connection."""
        ...

    async def close(self) -> None:
        """Let go of connections; belongs at the end of the event loop that used them. A later `complete` opens new."""
        ...
