"""What tests have a model say, and what they have go wrong on the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Say:
    """What the model says. `stop` is "tool_use" or "end_turn" by itself. Each event is `every_s` after the last;
    tool input comes in pieces of `piece` characters, and bytes in pieces of `wire` bytes where it is set."""

    blocks: tuple[dict[str, Any], ...]
    stop: str | None = None
    every_s: float = 0.0
    piece: int = 0
    wire: int = 0
    details: dict[str, Any] | None = None


@dataclass(frozen=True)
class Status:
    """An error status. `code` is the error's stable code, `headers` may hold retry-after."""

    status: int
    message: str = "no luck"
    code: str | None = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Broken:
    """A reply that goes wrong after `events` events. `how`: "drop" cuts the connection in the middle of the next
    event, "end" ends the stream as if it were whole, "garbage" sends an event that is no JSON, "hang" sends
    nothing more, and "overloaded_error" or another error type sends an error event."""

    how: str
    events: int = 2
    say: Say = Say(({"type": "text", "text": "This will never be finished."},))


@dataclass(frozen=True)
class Body:
    """Status 200 with this body instead of a reply."""

    text: str
    content_type: str = "application/json"


@dataclass(frozen=True)
class Hang:
    """No answer at all, not even headers."""


Answer = Say | Status | Broken | Body | Hang
Script = Callable[[dict[str, Any]], Answer] | Sequence[Answer]


def say(*blocks: str | dict[str, Any], **settings: Any) -> Say:
    """What the model says: texts, and blocks made by `call` and `thinking` or by hand."""
    return Say(
        tuple({"type": "text", "text": block} if isinstance(block, str) else block for block in blocks), **settings
    )


def call(name: str, **arguments: Any) -> dict[str, Any]:
    """A tool call; the server numbers it."""
    return {"type": "tool_use", "name": name, "input": arguments}


def broken_call(name: str, text: str) -> dict[str, Any]:
    """A tool call whose input is `text`, which need not be JSON."""
    return {"type": "tool_use", "name": name, "input": {}, "text": text}


def thinking(text: str) -> dict[str, Any]:
    """A piece of reasoning; the server signs it."""
    return {"type": "thinking", "thinking": text}
