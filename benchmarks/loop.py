"""What the loop itself costs, with a model that answers at once: `python -m benchmarks.loop [FOLDER]`.

The host's time a turn early and late in a run of 300 turns (a turn less the cell's own seconds: wire,
transcript, ledger, coverage, the run's file), and 200 sub-queries of 50 ms against the ideal at their width.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from math import ceil
from pathlib import Path
from statistics import median

from benchmarks.figures import TIMES, Figure, shown
from rlm_code.codebase.host import HostQueries
from rlm_code.codebase.open import open_host
from rlm_code.rlm import events
from rlm_code.rlm.loop import run
from rlm_code.rlm.task import Limits, Task
from rlm_code.sandbox import open_sandbox
from tests.rlm.scripted import ScriptedLM, cell, prose

TURNS = 300
PROMPTS = 200
PROMPT_SECONDS = 0.05


def figures(folder: str) -> Iterator[Figure]:
    """The figures over the repository at `folder`."""
    with tempfile.TemporaryDirectory() as place:
        queries = open_host(folder, cache_dir=place)
        yield from turns(queries, Path(place))
        for width, goal in ((16, 1.2), (64, 1.7)):
            yield sub_queries(queries, Path(place), width, goal)
        queries.close()


def turns(queries: HostQueries, place: Path) -> Iterator[Figure]:
    """The host's milliseconds a turn, early and late."""
    stamps: list[float] = []
    seconds: list[float] = []

    def heard(event: events.Event) -> None:
        if isinstance(event, events.TurnStarted):
            stamps.append(time.perf_counter())
        elif isinstance(event, events.CellEnded):
            seconds.append(event.result.seconds)

    path = queries.files()[0].path
    lm = ScriptedLM(lambda request: cell(f"print(repo.file({path!r}).text[:8000])"))
    limits = Limits(turns=TURNS, calls=TURNS + 1, tokens=None)
    asyncio.run(run(Task("?", queries.snapshot, queries, lm, open_sandbox, limits=limits, runs_dir=place), heard))
    spans = zip(stamps, stamps[1:], seconds, strict=False)
    host = [(after - before - own) * 1000 for before, after, own in spans]
    for when, part in (("first", host[:50]), ("last", host[-50:])):
        yield Figure("loop", f"host time a turn, {when} 50 of {TURNS}", median(part), "ms", goal=5)


def sub_queries(queries: HostQueries, place: Path, width: int, goal: float) -> Figure:
    """How much longer a batch takes than it must at its width."""
    stamps: list[float] = []

    def heard(event: events.Event) -> None:
        if isinstance(event, events.CellStarted | events.CellEnded):
            stamps.append(time.perf_counter())

    lm = ScriptedLM([cell(f"llm_query_batched([str(n) for n in range({PROMPTS})])"), prose(""), prose("")])
    sub = ScriptedLM(lambda request: prose("yes"), seconds=PROMPT_SECONDS)
    limits = Limits(width=width)
    task = Task("?", queries.snapshot, queries, lm, open_sandbox, sub_lm=sub, limits=limits, runs_dir=place)
    asyncio.run(run(task, heard))
    took, ideal = stamps[1] - stamps[0], ceil(PROMPTS / width) * PROMPT_SECONDS
    what = f"{PROMPTS} sub-queries of {PROMPT_SECONDS * 1000:.0f} ms at width {width}"
    return Figure("loop", what, took / ideal, TIMES, f"the ideal, {ideal:.2f} s", goal)


if __name__ == "__main__":
    list(shown(figures(*sys.argv[1:] or ["."])))
