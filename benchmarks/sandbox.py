"""What confinement costs beside plain Python in the same run: `python -m benchmarks.sandbox [FOLDER]`.

start   a sandbox, cold and from a warm spare, beside a bare `python -I -S -c pass`
cell    one empty cell
call    one call of a host method from a cell, there and back
scan    the text of every file read and searched with a regular expression, beside reading the files from disk
memory  what one worker holds beside the shared text

FOLDER (default: the modules at the top of the standard library) is indexed into a temporary folder. Medians,
and the 99th percentile where waiting for it matters.
"""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.figures import TIMES, Figure, median_seconds, shown
from rlm_code.codebase import open_host
from rlm_code.rlm.coverage import Reading
from rlm_code.rlm.methods import namespace
from rlm_code.sandbox import HostMethod, Namespace, Sandbox, open_sandbox

if TYPE_CHECKING:
    from rlm_code.codebase.host import HostQueries

PATTERN = r"def (\w+)\(self"
CALLS = """
import time
seconds = []
for _ in range(3000):
    start = time.perf_counter()
    budget()
    seconds.append(time.perf_counter() - start)
seconds.sort()
print(seconds[1500], seconds[2970])
"""
SCAN = f"""
import re, time
pattern = re.compile(r"{PATTERN}")
start = time.perf_counter()
found = sum(len(pattern.findall(repo.file(path).text)) for path in paths)
print(found, time.perf_counter() - start)
"""


def figures(folder: str | None = None) -> Iterator[Figure]:
    """The figures over the text of `folder`."""
    with tempfile.TemporaryDirectory() as place:
        root = (
            Path(folder)
            if folder
            else Path(shutil.copytree(sysconfig.get_path("stdlib"), f"{place}/code", ignore=_deep))
        )
        queries = open_host(root, untracked=True, cache_dir=Path(place))
        names = names_over(queries)
        yield from start(names)
        with open_sandbox(names) as sandbox:
            yield cell(sandbox)
            yield from call(sandbox)
            yield scan(sandbox, queries)
            yield memory(sandbox)
        queries.close()


def _deep(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if not name.endswith(".py")]


def names_over(queries: HostQueries) -> Namespace:
    """The names of a run, with a budget that costs nothing."""
    return namespace(queries, Reading(queries.snapshot), {"budget": HostMethod(lambda: {})})


def start(names: Namespace) -> Iterator[Figure]:
    bare = median_seconds(15, lambda: subprocess.run([sys.executable, "-I", "-S", "-c", "pass"], check=True))
    beside = f"an empty Python starts in {bare * 1000:.0f} ms"
    cold = median_seconds(15, lambda: open_sandbox(names).close())
    yield Figure("sandbox", "start", cold * 1000, "ms", beside, goal=80)
    with open_sandbox(names) as first:
        first.run("1", 5)
        warm = []
        for _ in range(10):
            time.sleep(0.3)
            begun = time.perf_counter()
            second = open_sandbox(names)
            warm.append(time.perf_counter() - begun)
            second.run("1", 5)
            second.close()
    yield Figure("sandbox", "start from the warm spare", statistics.median(warm) * 1000, "ms", beside)


def cell(sandbox: Sandbox) -> Figure:
    return Figure("sandbox", "an empty cell", median_seconds(500, lambda: sandbox.run("x = 1", 5)) * 1e6, "µs")


def call(sandbox: Sandbox) -> Iterator[Figure]:
    middle, late = map(float, output(sandbox, CALLS).split())
    yield Figure("sandbox", "a call to the host, p50", middle * 1e6, "µs", goal=150)
    yield Figure("sandbox", "a call to the host, p99", late * 1e6, "µs")


def scan(sandbox: Sandbox, queries: HostQueries) -> Figure:
    paths = [row.path for row in queries.files() if row.status in ("parsed", "partial", "text")]
    root, pattern = queries.snapshot.root, re.compile(PATTERN)
    output(sandbox, f"paths = {paths!r}\nrepo.file(paths[0]).text[:1]")
    plain = median_seconds(3, lambda: sum(len(pattern.findall(read(root / path))) for path in paths))
    inside = statistics.median(float(output(sandbox, SCAN).split()[1]) for _ in range(3))
    what = f"an expression over the text of {len(paths)} files"
    return Figure("sandbox", what, inside / plain, TIMES, "the same in plain Python from disk", goal=1.5)


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")


def memory(sandbox: Sandbox) -> Figure:
    pid = sandbox._worker.pid  # type: ignore[attr-defined]
    fields = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:])
    return Figure("sandbox", "memory of one worker", int(fields["Anonymous"].split()[0]) / 1024, "MiB", goal=30)


def output(sandbox: Sandbox, code: str) -> str:
    result = sandbox.run(code, 120)
    assert result.status == "ok", result.error
    return result.output


if __name__ == "__main__":
    list(shown(figures(sys.argv[1] if len(sys.argv) > 1 else None)))
