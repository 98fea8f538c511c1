"""What the loop itself costs, with a model that answers at once: `python -m benchmarks.loop [FOLDER]`.

Prints the host's time a turn early and late in a run of 300 turns (a turn less the cell's own seconds: wire,
transcript, ledger, coverage, the run's file), and 200 sub-queries of 50 ms against the ideal at their width.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from math import ceil
from pathlib import Path
from statistics import median

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


def main(folder: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        queries = open_host(folder, cache_dir=place)
        turns(queries, Path(place))
        for width in (16, 64):
            sub_queries(queries, Path(place), width)
        queries.close()


def turns(queries: HostQueries, place: Path) -> None:
    """Print the host's milliseconds a turn."""
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
    print(f"host ms a turn: first fifty {median(host[:50]):.2f}, last fifty {median(host[-50:]):.2f}")


def sub_queries(queries: HostQueries, place: Path, width: int) -> None:
    """Print how much longer a batch takes than it must at its width."""
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
    print(f"{PROMPTS} sub-queries at width {width}: {took:.2f} s, {took / ideal:.2f} of the ideal {ideal:.2f} s")


if __name__ == "__main__":
    main(*sys.argv[1:] or ["."])
