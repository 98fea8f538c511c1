"""The index over a repository on disk beside a bare parse of the same files: `python -m benchmarks.index PATH`.

Nothing is kept: the index goes to a temporary folder.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from benchmarks import session
from benchmarks.figures import TIMES, Figure, median_seconds, shown
from rlm_code.codebase.open import open_host
from rlm_code.errors import SourceError
from rlm_code.parse import language_of
from rlm_code.parse.grammar import load_grammar
from rlm_code.source import open_snapshot


class Cost(NamedTuple):
    """What something took: seconds on the clock, and of all processors together."""

    wall_s: float
    cpu_s: float


def bare_parse(root: str) -> tuple[Cost, int, int]:
    """What it takes to parse every file that has a grammar, one after the other (the quicker of two rounds), their
    number and bytes."""
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

    cost = min(costed(parse) for _ in range(2))
    return cost, len(work), sum(len(data) for _, data in work)


def index(root: str, cache: Path) -> None:
    open_host(root, cache_dir=cache).close()


def costed(action: Callable[[], object]) -> Cost:
    """What an action took, the processes that it started and ended included."""
    wall, cpu = time.perf_counter(), cpu_seconds()
    action()
    return Cost(time.perf_counter() - wall, cpu_seconds() - cpu)


def cpu_seconds() -> float:
    """Processor time of this process and of its children that have ended."""
    return sum(os.times()[:4])


def against_ctags(root: str, cold: Cost) -> Iterator[Figure]:
    """How long the index takes beside universal-ctags, which finds no references; nothing where that is missing."""
    if shutil.which("ctags"):
        command = ["ctags", "-R", "-f", os.devnull, "--fields=+nKSe", root]
        took = median_seconds(3, lambda: subprocess.run(command, check=True, capture_output=True))
        yield Figure("index", "cold index", cold.wall_s / took, TIMES, f"universal-ctags in {took:.1f} s")


def figures(root: str) -> Iterator[Figure]:
    """The figures over the repository at `root`."""
    bare, files, size = bare_parse(root)
    with tempfile.TemporaryDirectory() as folder:
        caches = [Path(folder) / f"{number}" for number in range(2)]
        cold = min(costed(partial(index, root, cache)) for cache in caches)
        beside = f"a bare parse of {files:,} files, {size / 1e6:.0f} MB, in {bare.wall_s:.1f} s"
        yield Figure("index", "cold index, on the clock", cold.wall_s / bare.wall_s, TIMES, beside, goal=1.6)
        yield Figure("index", "cold index, processor time", cold.cpu_s / bare.cpu_s, TIMES, beside)
        yield from against_ctags(root, cold)
        database = sum(path.stat().st_size for path in caches[0].rglob("*") if path.is_file())
        yield Figure("index", "database", database / size, TIMES, "the source", goal=0.9)
        yield from session.figures(root, str(caches[0]))


if __name__ == "__main__":
    list(shown(figures(sys.argv[1])))
