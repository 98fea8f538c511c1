"""A model that says again what another said in a recorded run: no key, no network, no cost.

It reads a run's file (schema 1, as `rlm_code.rlm.trajectory` describes it) and puts the requests of that run
together again. A request that is among them gets the reply it got then. Any other is an error that shows the
first difference: a replay never makes anything up. The line at the end of a message that begins with "[turn " is
not compared, nor what follows it: that is where a run says how much time and money is left.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from itertools import takewhile
from pathlib import Path
from typing import Any

from rlm_code.errors import ConfigError, LMError
from rlm_code.lm.protocol import Block, Listener, Message, Reply, Request, Text, ToolCall, ToolResult, Usage

SCHEMA = 1

_STATUS = "\n[turn "


@dataclass(slots=True)
class _Recorded:
    """The replies of a run by the requests that got them; `texts` are the requests of conversations as text."""

    turns: dict[str, deque[Reply]] = field(default_factory=dict)
    prompts: dict[str, deque[Reply | str]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)


class ReplayLM:
    """The models, sub-models included, of the run recorded at `path`. Raises ConfigError for a file that is none."""

    def __init__(self, path: Path) -> None:
        self.name = f"replay:{path}"
        try:
            self._recorded = _recorded(_events(path))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ConfigError(f"{path} is not a recorded run: {error}", hint="give the .jsonl file of a run") from error

    async def complete(self, request: Request, listener: Listener) -> Reply:
        """The reply that this request got. Raises LMError where it was never sent."""
        reply = self._sub_reply(request) or self._turn(request)
        if text := reply.text:
            listener.on_text(text)
        return reply

    async def close(self) -> None:
        """Nothing is open."""

    def _turn(self, request: Request) -> Reply:
        text = _request_text(request.system, request.messages)
        replies = self._recorded.turns.get(text)
        if not replies:
            raise self._failure(_difference(text, self._recorded.texts))
        return replies.popleft()

    def _sub_reply(self, request: Request) -> Reply | None:
        if request.tools or len(request.messages) != 1:
            return None
        replies = self._recorded.prompts.get(_whole_text(request.messages[0]))
        if not replies:
            return None
        # A prompt that was answered once is answered the same way each time that it is asked.
        reply = replies.popleft() if len(replies) > 1 else replies[0]
        if isinstance(reply, str):
            raise self._failure(reply)
        return reply

    def _failure(self, reason: str) -> LMError:
        return LMError(f"replay: {reason}", provider="replay")


def _events(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if not line.endswith("\n"):
                return  # a crash cut it off
            event = json.loads(line)
            if number == 0 and event["schema"] != SCHEMA:
                raise ValueError(f"its schema is {event['schema']}, not {SCHEMA}")
            yield event


@dataclass(slots=True)
class _Session:
    """A conversation that is being put together: what was sent last waits for its reply."""

    system: str
    messages: list[Message]


def _recorded(events: Iterator[dict[str, Any]]) -> _Recorded:
    recorded = _Recorded()
    sessions: dict[str, _Session] = {}
    for event in events:
        match event["event"]:
            case "session_started":
                first = Message("user", (Text(event["first_message"]),))
                sessions[event["session"]] = _Session(event["system"], [first])
            case "observed":
                sessions[event["session"]].messages.append(_message(event["message"]))
            case "compacted":
                sessions[event["session"]].messages.clear()
            case "replied":
                _keep_turn(recorded, sessions[event["session"]], _reply(event))
            case "sub_call_ended" if not event["cached"] or event["prompt"] not in recorded.prompts:
                # Of a reply that was kept from an earlier run, this is the only record.
                recorded.prompts.setdefault(event["prompt"], deque()).append(_sub_call(event))
    if not recorded.texts and not recorded.prompts:
        raise ValueError("no model ever answered in it")
    return recorded


def _keep_turn(recorded: _Recorded, session: _Session, reply: Reply) -> None:
    text = _request_text(session.system, session.messages)
    recorded.turns.setdefault(text, deque()).append(reply)
    recorded.texts.append(text)
    if reply.message.content:
        session.messages.append(reply.message)


def _reply(event: Mapping[str, Any]) -> Reply:
    said = _message(event["message"])
    return Reply(said, event["stop"], _usage(event), event["lm"], event["request_id"], event.get("detail"))


def _sub_call(event: Mapping[str, Any]) -> Reply | str:
    if event["error"] is not None:
        return str(event["error"])
    message = Message("assistant", (Text(event["text"]),))
    return Reply(message, "max_tokens" if event["truncated"] else "end_turn", _usage(event), event["lm"])


def _usage(event: Mapping[str, Any]) -> Usage:
    known = {one.name for one in fields(Usage)}
    return Usage(**{name: count for name, count in event["usage"].items() if name in known})


def _message(written: Mapping[str, Any]) -> Message:
    return Message(written["role"], tuple(map(_block, written["content"])), raw=written["raw"])


def _block(written: Mapping[str, Any]) -> Block:
    if "call_id" in written:
        return ToolResult(written["call_id"], written["text"], written["is_error"])
    if "name" in written:
        return ToolCall(written["id"], written["name"], written["arguments"], written.get("malformed"))
    return Text(written["text"])


def _request_text(system: str, messages: list[Message] | tuple[Message, ...]) -> str:
    return "\n".join([f"system: {system}", *(f"{one.role}: {_message_text(one)}" for one in messages)])


def _message_text(message: Message) -> str:
    text = _whole_text(message)
    if message.role == "assistant" or _STATUS not in text:
        return text
    return text[: text.rindex(_STATUS)].rstrip("\n")


def _whole_text(message: Message) -> str:
    return "\n".join(map(_block_text, message.content))


def _block_text(block: Block) -> str:
    match block:
        case Text(text):
            return text
        case ToolCall():
            return f"{block.name}({json.dumps(dict(block.arguments))}, malformed={block.malformed!r})"
        case ToolResult():
            return f"{'error' if block.is_error else 'result'}: {block.text}"


def _difference(text: str, recorded: list[str]) -> str:
    """Where `text` leaves the recorded request that it has most in common with."""
    lines = text.split("\n")
    best = max((other.split("\n") for other in recorded), key=lambda other: _common(lines, other), default=[])
    common = _common(lines, best)
    now, then = ("\n".join(part[common : common + 1]) or "(its end)" for part in (lines, best))
    return f"this request was not sent in the recorded run: where that said {then[:200]!r}, it says {now[:200]!r}"


def _common(lines: list[str], others: list[str]) -> int:
    """How many lines are the same at the beginning of both."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(lines, others, strict=False)))
