"""Look-ups in whole processes, and text search beside ripgrep: `python -m benchmarks.lookup PATH`.

Nothing is kept: the index goes to a temporary folder. Whole processes are measured twice: over a part of the
repository, a git repository of 3,000 files of code, which is the size that the goal is set for, and over all of it.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from benchmarks.figures import TIMES, Figure, median_seconds, shown
from benchmarks.sandbox import names_over, output
from rlm_code.codebase import Repo
from rlm_code.codebase.host import HostQueries
from rlm_code.codebase.open import open_host
from rlm_code.sandbox import open_sandbox

RUNS = 11
PART_FILES = 3_000
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


def processes(queries: HostQueries, root: str, cache: str, name: str, goal: float | None = None) -> Iterator[Figure]:
    """A whole process that asks one thing, with nothing changed since the index was made. `goal` is in ms."""
    empty = taken([sys.executable, "-c", ""])
    git = taken(["git", "--version"])
    size = f"{len(queries.files()):,} files"
    beside = f"{size}; an empty Python {empty * 1000:.0f} ms, `git --version` {git * 1000:.0f} ms"
    place = ["--repo", root, "--cache-dir", cache]
    command = [sys.executable, "-m", "rlm_code"]
    asked: tuple[tuple[str, list[str], float | None], ...] = (
        ("whole process, one look-up", [sys.executable, "-c", LOOK_UP, root, cache, name], goal),
        ("rlm-code definition", [*command, "definition", name, *place], goal),
        ("rlm-code references", [*command, "references", "--limit", "5", first_place(queries, name), *place], None),
        ("rlm-code search", [*command, "search", "--literal", "--limit", "5", name, *place], None),
    )
    for what, line, most in asked:
        took = taken(line)
        yield Figure("look-up", what, took * 1000, "ms", beside, goal=most)
        yield Figure("look-up", f"{what}, to an empty Python", took / empty, TIMES, size)


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
    """The median of the seconds that a process takes, with the bytecode of what it imports at hand, as it is for users
    from the second time on."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    run = partial(subprocess.run, command, capture_output=True, check=True, env=env)
    run()
    return median_seconds(RUNS, run)


def figures(root: str) -> Iterator[Figure]:
    """The figures over the repository at `root`."""
    with tempfile.TemporaryDirectory() as place:
        cache, part = f"{place}/cache", f"{place}/part"
        with closing(settled(root, cache)) as queries:
            copy_part(queries, Path(part))
            with closing(settled(part, cache)) as fewer:
                yield from processes(fewer, part, cache, some_function(fewer), goal=60)
            name = some_function(queries)
            yield from processes(queries, root, cache, name)
            yield from searches(queries, root, cache, name)


def settled(root: str, cache: str) -> HostQueries:
    """The repository, indexed and opened once more, so that what is kept of it will be used."""
    open_host(root, cache_dir=cache).close()
    time.sleep(SETTLED_S)
    open_host(root, cache_dir=cache).close()
    return open_host(root, cache_dir=cache)


def copy_part(queries: HostQueries, part: Path) -> None:
    """A git repository of the first files of code that a repository has."""
    code = [row.path for row in queries.files() if row.language and row.status in ("parsed", "partial")]
    for path in code[:PART_FILES]:
        (part / path).parent.mkdir(parents=True, exist_ok=True)
        (part / path).write_bytes(queries.data(path))
    author = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    for arguments in (["init", "--quiet"], ["add", "--all", "--force"], [*author, "commit", "--quiet", "-m", "part"]):
        subprocess.run(["git", "-C", str(part), *arguments], check=True)


def some_function(queries: HostQueries) -> str:
    """The name of a function that no other definition has."""
    functions = queries.symbols("_", "function", None, 400)
    return next(row.name for row in reversed(functions) if len(queries.find(row.name, None, 2)) == 1)


if __name__ == "__main__":
    list(shown(figures(sys.argv[1])))
