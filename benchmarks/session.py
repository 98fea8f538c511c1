"""A long session of questions in a process of its own: how quickly it answers, and the memory it comes to.

Run by `benchmarks.index`, which reads every file itself, and so says nothing of the memory that questions take.
"""

from __future__ import annotations

import gc
import json
import random
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks.figures import Figure, seconds
from rlm_code.codebase.host import HostQueries
from rlm_code.codebase.open import open_host

_KINDS = frozenset({"function", "method", "class", "struct", "interface"})
_LIMIT = 100

Place = tuple[str, str, int]
"""A definition: its name, its path, where its name starts."""


def figures(root: str, cache: str) -> Iterator[Figure]:
    """Percentiles for definitions chosen at random, the same each time, and the most memory that it took."""
    queries = open_host(root, cache_dir=Path(cache))
    asked = json.dumps([root, cache, sample(queries)])
    queries.close()
    process = [sys.executable, "-m", "benchmarks.session"]
    answered = subprocess.run(process, input=asked, stdout=subprocess.PIPE, text=True, check=True)
    yield from (Figure(*row) for row in json.loads(answered.stdout))


def sample(queries: HostQueries, count: int = 300) -> list[Place]:
    """Definitions chosen at random, the same each time."""
    places = [row for file in queries.files() if file.status == "parsed" for row in queries.outline(file.path)]
    known = [row for row in places if row.kind in _KINDS]
    return [(row.name, row.path, row.name_start) for row in random.Random(1).sample(known, min(count, len(known)))]


def session(root: str, cache: str, places: list[Place]) -> Iterator[Figure]:
    """The figures of this process."""
    queries = open_host(root, cache_dir=Path(cache))
    asked: list[tuple[str, float | None, Callable[[str, str, int], object]]] = [
        ("definition", 1, lambda name, path, start: queries.find(name, None, 20)),
        ("references, asked for the first time", 5, partial(_references, queries)),
        ("references, asked again", None, partial(_references, queries)),
        ("callees", None, lambda name, path, start: queries.outgoing(path, start, ["call"])),
    ]
    for what, goal, ask in asked:
        found = sorted(seconds(partial(ask, *place)) * 1000 for place in places)
        yield Figure("index", f"{what}, p50", found[len(found) // 2], "ms")
        yield Figure("index", f"{what}, p95", found[int(len(found) * 0.95)], "ms", goal=goal)
    for when in ("first", "second"):
        took = seconds(partial(queries.rank, f"where is the {when} configuration read", 10))
        yield Figure("index", f"ranked places for a question, {when}", took, "s")
    yield Figure("index", "memory of a process that answered all these", peak_mib(), "MiB", goal=150)


def _references(queries: HostQueries, name: str, path: str, start: int) -> object:
    return queries.references(path, start, None, False, _LIMIT)


def peak_mib() -> float:
    """The most memory that this process has taken. What the system says of a process's resources counts what its
    parent held when it was started, too; Linux tells it apart."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    gc.set_threshold(100_000)  # as the command line and the language server do
    json.dump(list(session(*json.load(sys.stdin))), sys.stdout)
