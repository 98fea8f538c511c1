"""What happens in a run, as facts: front ends listen to them, the trajectory writes them down.

`session` is "" for the root and "1", "2", "2.1" … for child runs. `on_event` of `loop.run` is called with
each, on the event loop's thread, and must be quick. This module knows neither terminals nor files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from rlm_code.lm.protocol import Message, Reply, Stop, Usage
from rlm_code.rlm.answer import Route
from rlm_code.sandbox.protocol import CellResult


@dataclass(frozen=True, slots=True)
class RunStarted:
    """The run begins. `limits` are by name, None for no limit; `fingerprint` tells the snapshot's files and their
    contents apart from all others; `routes` are tried in their order until one leads to a complete answer."""

    question: str
    repository: str
    label: str
    commit: str | None
    lm: str
    sub_lm: str | None
    limits: Mapping[str, float | None]
    fingerprint: str = ""
    routes: tuple[Route, ...] = ()


@dataclass(frozen=True, slots=True)
class Routed:
    """The root goes this way; `after` says why the way before was not enough, None for the first."""

    session: str
    route: Route
    after: str | None


@dataclass(frozen=True, slots=True)
class SessionStarted:
    """A session has its worker, confined as `sandbox` says, and its first messages. `task` is the question or,
    of a child run, what its parent asked."""

    session: str
    task: str
    sandbox: str
    system: str
    first_message: str


@dataclass(frozen=True, slots=True)
class TurnStarted:
    """A request to the root model goes out. `left` is spent and allowed of each limit."""

    session: str
    turn: int
    left: Mapping[str, Mapping[str, float | None]]


@dataclass(frozen=True, slots=True)
class TextDelta:
    """A piece of what the model says, as it arrives."""

    session: str
    text: str


@dataclass(frozen=True, slots=True)
class Waited:
    """A provider asked for patience: attempt `attempt` failed for `reason`, the next comes in `seconds`."""

    session: str
    attempt: int
    seconds: float
    reason: str


@dataclass(frozen=True, slots=True)
class Replied:
    """A reply of the model that writes the cells, and what it used. `cost_usd` is None if nobody knows; `detail` is
    what the provider says about the stop, None if nothing."""

    session: str
    turn: int
    message: Message
    stop: Stop
    detail: str | None
    lm: str
    request_id: str | None
    usage: Usage
    cost_usd: float | None
    seconds: float

    @classmethod
    def of(cls, session: str, turn: int, reply: Reply, cost_usd: float | None, seconds: float) -> Replied:
        """The event of a reply."""
        return cls(
            session=session,
            turn=turn,
            message=reply.message,
            stop=reply.stop,
            detail=reply.detail,
            lm=reply.lm,
            request_id=reply.request_id,
            usage=reply.usage,
            cost_usd=cost_usd,
            seconds=seconds,
        )


@dataclass(frozen=True, slots=True)
class CellStarted:
    """A cell begins to run."""

    session: str
    turn: int
    code: str


@dataclass(frozen=True, slots=True)
class CellEnded:
    """A cell has ended."""

    session: str
    turn: int
    result: CellResult


@dataclass(frozen=True, slots=True)
class Observed:
    """The message that the model replied to: what came of its cells and what is left. Those of a conversation are
    its first message, then in turn what was observed and replied."""

    session: str
    turn: int
    message: Message


@dataclass(frozen=True, slots=True)
class SubCallEnded:
    """One sub-query has its result; `done` of `total` in its batch have. `cached` ones cost nothing."""

    session: str
    done: int
    total: int
    prompt: str
    text: str
    error: str | None
    truncated: bool
    cached: bool
    lm: str
    usage: Usage
    cost_usd: float | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Submitted:
    """A cell submitted an answer; `problems` are why it went back, empty when it stands."""

    session: str
    answer: str
    citations: tuple[Mapping[str, Any], ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compacted:
    """The transcript outgrew the model's window; `turns` of it were put into short notes."""

    session: str
    turns: int


@dataclass(frozen=True, slots=True)
class SessionEnded:
    """A session is over."""

    session: str
    status: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class RunEnded:
    """The run is over; `answer` is the public JSON."""

    answer: Mapping[str, Any]


Event = (
    RunStarted | Routed | SessionStarted | TurnStarted | TextDelta | Waited | Replied | CellStarted | CellEnded
    | Observed | SubCallEnded | Submitted | Compacted | SessionEnded | RunEnded
)  # fmt: skip

Emit = Callable[[Event], None]
