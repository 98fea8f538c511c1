"""What a run gives back: the answer, its verified citations, and what it cost and covered.

The shapes here are the public JSON of `--json`, of the language server and of MCP.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Status = Literal["complete", "partial", "failed"]
RouteName = Literal["structure", "one-call", "direct", "explore", "sub-queries", "children"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in the snapshot, checked by the host. Lines are 1-based, inclusive. `quote` is the text of these
    lines as the file has it: whoever shows it in a terminal makes it printable first. `commit` holds this text
    at this path; None where only the working tree or a folder does."""

    path: str
    start_line: int
    end_line: int
    commit: str | None
    quote: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was looked at, as the host counted it. Paths are sorted.

    `read` are files of which text was shown to the root model, `read_by_sub_models` likewise in sub-calls and child
    runs; `scanned` counts those touched by code alone; `matched_unread` matched a search but nobody read them;
    `unparsed` are [path, reason]. `blind_spots` say what no reading of the syntax can see.
    """

    files: int
    read: tuple[str, ...]
    read_by_sub_models: tuple[str, ...]
    scanned: int
    matched_unread: tuple[str, ...]
    unparsed: tuple[tuple[str, str], ...]
    blind_spots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spent:
    """What a run used, sub-calls included. `cost_usd` is None when a model's price is unknown; `cached` counts the
    sub-queries that were answered without being sent."""

    turns: int
    calls: int
    input_tokens: int
    output_tokens: int
    cache_read_tokens: int
    cache_write_tokens: int
    cost_usd: float | None
    seconds: float
    cached: int = 0


@dataclass(frozen=True, slots=True)
class LMUse:
    """Which models answered: names as chosen, None where none was used."""

    root: str
    sub: str | None
    sandbox: str


@dataclass(frozen=True, slots=True)
class Route:
    """The way on which a question was answered, and the rule that chose it, in a few words.

    structure    by the index and no model          explore      a model writes code; no sub-queries
    one-call     one request with the places that   sub-queries  a model writes code that asks sub-models
                 are most likely to hold the answer children     and that starts child runs
    direct       one request with the whole text, as much of it as the window holds
    """

    name: RouteName
    reason: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The end of a run. `answer` is Markdown whose `[n]` point at `citations[n - 1]`. `reason` says in a
    sentence why the status is not complete, else None. `trajectory` is the run's file; `trajectory_problem` says
    why there is none or why it ends too early. `route` says how it came about, None where nobody chose."""

    status: Status
    answer: str
    citations: tuple[Citation, ...]
    coverage: Coverage
    usage: Spent
    lm: LMUse
    trajectory: str | None
    question: str
    repository: str
    commit: str | None
    reason: str | None = None
    trajectory_problem: str | None = None
    route: Route | None = None

    def to_json(self) -> dict[str, Any]:
        """The answer as plain JSON values, in the order people read it."""
        return asdict(self)
