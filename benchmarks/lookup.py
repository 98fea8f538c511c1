"""Look-ups in whole processes, and text search beside ripgrep: `python -m benchmarks.lookup PATH`.

Nothing is kept: the index goes to a temporary folder.
"""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial

from benchmarks.figures import TIMES, Figure, median_seconds, shown
from benchmarks.sandbox import names_over, output
from rlm_code.codebase import Repo
from rlm_code.codebase.host import HostQueries
from rlm_code.codebase.open import open_host
from rlm_code.sandbox import open_sandbox

RUNS = 11
SETTLED_S = 0.2
LOOK_UP = """
import sys
from rlm_code.codebase.open import open_host

open_host(sys.argv[1], cache_dir=sys.argv[2]).find(sys.argv[3], None, 5)
"""
IN_CELL = """
import time
begun = time.perf_counter()
hits = repo.search({!r}, regex={!r}, limit=None)
print(time.perf_counter() - begun)
"""
SEARCHES: tuple[tuple[str, str, list[str], float], ...] = (
    ("a text", "{name}", ["--fixed-strings"], 0.25),
    ("a word", r"\b{name}\b", [], 1.5),
    ("an expression around a text", r"\w+_lookup\(", [], 1.5),
    ("a text in any case", "(?i){name}", [], 1.5),
    ("an expression without a text", r"[A-Z]{3,}\d+", [], 1.5),
)


def processes(queries: HostQueries, root: str, cache: str, name: str) -> Iterator[Figure]:
    """A whole process that asks one thing, with nothing changed since the index was made."""
    empty = taken([sys.executable, "-c", ""])
    git = taken(["git", "--version"])
    beside = (
        f"{len(queries.files()):,} files; an empty Python {empty * 1000:.0f} ms, `git --version` {git * 1000:.0f} ms"
    )
    place = ["--repo", root, "--cache-dir", cache]
    command = [sys.executable, "-m", "rlm_code.cli.main"]
    asked: tuple[tuple[str, list[str], float | None], ...] = (
        ("whole process, one look-up", [sys.executable, "-c", LOOK_UP, root, cache, name], 60),
        ("rlm-code definition", [*command, "definition", name, *place], None),
        ("rlm-code references", [*command, "references", "--limit", "5", first_place(queries, name), *place], None),
        ("rlm-code search", [*command, "search", "--literal", "--limit", "5", name, *place], None),
    )
    for what, line, goal in asked:
        took = taken(line)
        yield Figure("look-up", what, took * 1000, "ms", beside, goal=goal)
        yield Figure("look-up", f"{what}, to an empty Python", took / empty, TIMES)


def searches(queries: HostQueries, root: str, cache: str, name: str) -> Iterator[Figure]:
    """A search in a running process, in a cell and in a process of its own, beside ripgrep's process over the same
    files; nothing where that is missing."""
    if not shutil.which("rg"):
        return
    repo = Repo(queries)
    with open_sandbox(names_over(queries)) as sandbox:
        for what, pattern, options, goal in SEARCHES:
            wanted = pattern.format(name=re.escape(name)) if "{name}" in pattern else pattern
            command = ["rg", "--no-config", "--line-number", *options, wanted, root]
            peer = median_seconds(RUNS, partial(subprocess.run, command, capture_output=True, check=False))
            search = partial(repo.search, wanted, regex=not options, limit=None)
            search()
            search()  # the second keeps the text
            took = median_seconds(RUNS, search)
            beside = f"ripgrep's process in {peer * 1000:.0f} ms"
            yield Figure("look-up", f"search for {what}", took / peer, TIMES, beside, goal=goal)
            took = statistics.median(float(output(sandbox, IN_CELL.format(wanted, not options))) for _ in range(RUNS))
            yield Figure("look-up", f"search for {what}, in a cell", took / peer, TIMES, beside)
            literal = ["--literal"] if options else []
            place = ["--repo", root, "--cache-dir", cache]
            took = taken([sys.executable, "-m", "rlm_code.cli.main", "search", *literal, wanted, *place])
            yield Figure("look-up", f"search for {what}, in a process", took / peer, TIMES, beside)


def first_place(queries: HostQueries, name: str) -> str:
    """The place of a definition, as the command line takes it."""
    row = queries.find(name, None, 1)[0]
    return f"{row.path}:{row.start_line}"


def taken(command: list[str]) -> float:
    """The median of the seconds that a process takes."""
    return median_seconds(RUNS, partial(subprocess.run, command, capture_output=True, check=True))


def figures(root: str) -> Iterator[Figure]:
    """The figures over the repository at `root`."""
    with tempfile.TemporaryDirectory() as cache:
        open_host(root, cache_dir=cache).close()
        time.sleep(SETTLED_S)
        queries = open_host(root, cache_dir=cache)
        functions = queries.symbols("_", "function", None, 400)
        name = next(row.name for row in reversed(functions) if len(queries.find(row.name, None, 2)) == 1)
        yield from processes(queries, root, cache, name)
        yield from searches(queries, root, cache, name)
        queries.close()


if __name__ == "__main__":
    list(shown(figures(sys.argv[1])))
