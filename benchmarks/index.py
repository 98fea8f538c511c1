"""The index over a repository on disk, as ratios to a bare tree-sitter parse of the same files in the same run.

    python benchmarks/index.py PATH [--queries 300]

Seconds depend on the machine, ratios hardly. Nothing is kept: the index goes to a temporary folder.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from rlm_code.codebase.host import HostQueries
from rlm_code.codebase.open import open_host
from rlm_code.errors import SourceError
from rlm_code.parse import language_of
from rlm_code.parse.grammar import load_grammar
from rlm_code.source import open_snapshot

LOOK_UP = """
import sys
from rlm_code.codebase.open import open_host

open_host(sys.argv[1], cache_dir=sys.argv[2]).find(sys.argv[3], None, 5)
"""


class Cost(NamedTuple):
    """What something took: seconds on the clock, and of all processors together."""

    wall_s: float
    cpu_s: float


def bare_parse(root: str) -> tuple[Cost, int, int]:
    """What it takes to parse every file that has a grammar, one after the other, their number and bytes."""
    from tree_sitter import Parser

    snapshot = open_snapshot(root)
    paths = [entry.path for entry in snapshot.entries.values() if entry.kind == "file"]
    work = []
    for path, data in snapshot.read_many(paths):
        if isinstance(data, SourceError) or b"\0" in data[:8192] or len(data) > 2_000_000:
            continue
        language = language_of(path, data)
        grammar = load_grammar(language) if language else None
        if grammar is not None and not isinstance(grammar, str):
            work.append((Parser(grammar), data))

    def parse() -> None:
        for parser, data in work:
            parser.parse(data)

    cost = costed(parse)
    return cost, len(work), sum(len(data) for _, data in work)


def costed(action: Callable[[], object]) -> Cost:
    """What an action took, the processes that it started and ended included."""
    wall, cpu = time.perf_counter(), cpu_seconds()
    action()
    return Cost(time.perf_counter() - wall, cpu_seconds() - cpu)


def cpu_seconds() -> float:
    """Processor time of this process and of its children that have ended."""
    return sum(os.times()[:4])


def timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def latencies(queries: HostQueries, count: int) -> None:
    """Print percentiles for definitions chosen at random, the same each time."""
    places = [row for file in queries.files() if file.status == "parsed" for row in queries.outline(file.path)]
    known = [row for row in places if row.kind in ("function", "method", "class", "struct", "interface")]
    sample = random.Random(1).sample(known, min(count, len(known)))
    questions: dict[str, Callable[[int], object]] = {
        "definition": lambda at: queries.find(sample[at].name, None, 20),
        "references, first time": lambda at: queries.references(
            sample[at].path, sample[at].name_start, None, False, 100
        ),
        "references, again": lambda at: queries.references(sample[at].path, sample[at].name_start, None, False, 100),
        "callees": lambda at: queries.outgoing(sample[at].path, sample[at].name_start, ["call"]),
    }
    for name, ask in questions.items():
        found = sorted(timed(partial(ask, at)) * 1000 for at in range(len(sample)))
        print(f"{name:28} p50 {found[len(found) // 2]:7.3f} ms   p95 {found[int(len(found) * 0.95)]:7.2f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("path")
    parser.add_argument("--queries", type=int, default=300)
    arguments = parser.parse_args()
    bare, files, size = bare_parse(arguments.path)
    print(f"{files} files with a grammar, {size / 1e6:.1f} MB; bare parse, one thread: {bare.wall_s:.2f} s")
    with tempfile.TemporaryDirectory() as folder:
        cold = costed(lambda: open_host(arguments.path, cache_dir=folder).close())
        database = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
        print(
            f"cold index {cold.wall_s:.2f} s: {cold.wall_s / bare.wall_s:.2f} x the parse on the clock, "
            f"{cold.cpu_s / bare.cpu_s:.2f} x in processor time; database {database / size:.2f} x the source"
        )
        queries = open_host(arguments.path, cache_dir=folder)
        name = next(row.name for file in queries.files() for row in queries.outline(file.path))
        command = [sys.executable, "-c", LOOK_UP, arguments.path, folder, name]
        start = statistics.median(
            timed(lambda: subprocess.run([sys.executable, "-c", ""], check=True)) for _ in range(7)
        )
        whole = statistics.median(timed(lambda: subprocess.run(command, check=True)) for _ in range(7))
        print(f"whole process, nothing changed, one look-up: {whole * 1000:.0f} ms, {whole / start:.1f} x an empty one")
        latencies(queries, arguments.queries)
        print(f"first ranking {timed(lambda: queries.rank('where is the configuration read', 10)):.2f} s", end=", ")
        print(f"second {timed(lambda: queries.rank('who checks the arguments of a call', 10)) * 1000:.0f} ms")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(f"peak memory: this process {peak[0] // 1024} MiB, the largest worker {peak[1] // 1024} MiB")


if __name__ == "__main__":
    main()
