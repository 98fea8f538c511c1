"""What a run is asked to do, with what, and how much it may use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rlm_code.errors import ConfigError
from rlm_code.lm.prices import price_of
from rlm_code.lm.protocol import Usage

if TYPE_CHECKING:
    from rlm_code.codebase.host import HostQueries
    from rlm_code.lm.protocol import LanguageModel
    from rlm_code.rlm.answer import Route
    from rlm_code.rlm.cache import SubCallCache
    from rlm_code.sandbox.protocol import Namespace, Sandbox
    from rlm_code.source.snapshot import Snapshot

DEEPEST = 2

Price = Callable[[Usage], float | None]
"""The dollars of one request to a model; None where nobody knows its price."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a run may use, its sub-calls and children included; None means no limit.

    `tokens` counts input and output, cached or not; `calls` every request to a model; `turns` those of
    one session (the root or a child). `depth` is how many levels of child runs may nest, at most 2;
    `width` how many sub-calls run at once. `cell_seconds` is a cell's own time: waiting for models is
    not counted. `reply_tokens` caps one reply of the root model, `sub_reply_tokens` one of a sub-model.
    `window_tokens` is how much one request of the root model may hold: a conversation is shortened before.
    """

    cost_usd: float | None = None
    tokens: int | None = 2_000_000
    calls: int = 300
    turns: int = 24
    seconds: float = 900.0
    depth: int = 0
    width: int = 16
    cell_seconds: float = 30.0
    reply_tokens: int = 16_384
    sub_reply_tokens: int = 8_192
    window_tokens: int = 200_000

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Limits:
        """The limits with what is `given` by name in place of the defaults. Raises ConfigError for what is no limit."""
        kinds = {field.name: str(field.type) for field in fields(cls)}
        for name, value in given.items():
            if name not in kinds:
                raise ConfigError(f"there is no limit {name!r}", hint=f"there are {', '.join(kinds)}")
            whole = "int" in kinds[name]
            if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
                raise ConfigError(f"the limit {name} must be a {'whole ' if whole else ''}number, not {value!r}")
        return cls(**given)

    def __post_init__(self) -> None:
        if not 0 <= self.depth <= DEEPEST:
            raise ConfigError(f"depth must be between 0 and {DEEPEST}, not {self.depth}")
        positive = (
            "calls", "turns", "seconds", "width", "cell_seconds", "reply_tokens", "sub_reply_tokens", "window_tokens",
        )  # fmt: skip
        for name in positive:
            if getattr(self, name) <= 0:
                raise ConfigError(f"{name} must be positive, not {getattr(self, name)}")
        for name in ("cost_usd", "tokens"):
            value = getattr(self, name)
            if value is not None and value <= 0:
                raise ConfigError(f"{name} must be positive or None, not {value}")


@dataclass(frozen=True, slots=True)
class Task:
    """One question about one snapshot.

    `queries` answers from the same `snapshot`. `sub_lm` answers the sub-queries; with None they come back
    as results that say so. `open_sandbox` starts a worker for a namespace. `runs_dir` receives the run's
    file; None records nothing. `price_of` gives the price of a model by its name. `sub_call_cache` keeps the
    replies to sub-queries for later runs. `routes` are tried in their order until one leads to a complete answer;
    without any, the model explores with all that the limits and `sub_lm` allow. `functions` are the user's own: cells
    call them, and they run in the host, where they can do whatever the user can.
    """

    question: str
    snapshot: Snapshot
    queries: HostQueries
    lm: LanguageModel
    open_sandbox: Callable[[Namespace], Sandbox]
    sub_lm: LanguageModel | None = None
    limits: Limits = Limits()
    runs_dir: Path | None = None
    price_of: Callable[[str], Price] = price_of
    sub_call_cache: SubCallCache | None = None
    routes: tuple[Route, ...] = ()
    functions: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
