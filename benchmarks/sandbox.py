"""What confinement costs beside plain Python in the same run: `python benchmarks/sandbox.py [FOLDER]`.

start   a sandbox, cold and from a warm spare, beside a bare `python -I -S -c pass`
cell    one empty cell, beside `exec` of the same
call    one call of a host method from a cell, there and back
scan    the text of every file read and searched with a regular expression, beside reading the files from disk
memory  what one worker holds beside the shared text

FOLDER (default: the modules at the top of the standard library) is indexed into a temporary folder. Medians, and the
99th percentile where waiting for it matters.
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
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

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


def main(folder: str | None) -> None:
    with tempfile.TemporaryDirectory() as place:
        root = (
            Path(folder)
            if folder
            else Path(shutil.copytree(sysconfig.get_path("stdlib"), f"{place}/code", ignore=_deep))
        )
        queries = open_host(root, untracked=True, cache_dir=Path(place))
        names = names_over(queries)
        report_start(names)
        with open_sandbox(names) as sandbox:
            print(f"confined by {sandbox.confinement}\n")
            report_cell(sandbox)
            report_call(sandbox)
            report_scan(sandbox, queries)
            report_memory(sandbox)
        queries.close()


def _deep(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if not name.endswith(".py")]


def names_over(queries: HostQueries) -> Namespace:
    """The names of a run, with a budget that costs nothing."""
    return namespace(queries, Reading(queries.snapshot), {"budget": HostMethod(lambda: {})})


def report_start(names: Namespace) -> None:
    bare = median(15, lambda: subprocess.run([sys.executable, "-I", "-S", "-c", "pass"], check=True))
    cold = median(15, lambda: open_sandbox(names).close())
    with open_sandbox(names) as first:
        first.run("1", 5)
        warm = []
        for _ in range(10):
            time.sleep(0.3)
            start = time.perf_counter()
            second = open_sandbox(names)
            warm.append(time.perf_counter() - start)
            second.run("1", 5)
            second.close()
    line("start, cold", cold, bare, "a bare Python")
    line("start, warm spare", statistics.median(warm), bare, "a bare Python")


def report_cell(sandbox: Sandbox) -> None:
    plain = median(500, lambda: exec(compile("x = 1", "cell", "exec"), {}))
    line("cell", median(500, lambda: sandbox.run("x = 1", 5)), plain, "exec")


def report_call(sandbox: Sandbox) -> None:
    middle, late = map(float, output(sandbox, CALLS).split())
    print(f"{'call':20} {middle * 1e6:8.0f} µs, 99th percentile {late * 1e6:.0f} µs")


def report_scan(sandbox: Sandbox, queries: HostQueries) -> None:
    paths = [row.path for row in queries.files() if row.status in ("parsed", "partial", "text")]
    root, pattern = queries.snapshot.root, re.compile(PATTERN)
    output(sandbox, f"paths = {paths!r}\nrepo.file(paths[0]).text[:1]")
    plain = median(3, lambda: sum(len(pattern.findall(read(root / path))) for path in paths))
    inside = statistics.median(float(output(sandbox, SCAN).split()[1]) for _ in range(3))
    line(f"scan, {len(paths)} files", inside, plain, "reading them from disk")


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")


def report_memory(sandbox: Sandbox) -> None:
    pid = sandbox._worker.pid  # type: ignore[attr-defined]
    fields = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:])
    print(f"{'memory':20} {int(fields['Anonymous'].split()[0]) / 1024:8.1f} MB of its own")


def output(sandbox: Sandbox, code: str) -> str:
    result = sandbox.run(code, 120)
    assert result.status == "ok", result.error
    return result.output


def median(times: int, work: Callable[[], Any]) -> float:
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def line(name: str, seconds: float, plain: float, beside: str) -> None:
    unit, factor = ("ms", 1e3) if seconds > 0.001 else ("µs", 1e6)
    ratio = f"{seconds / plain:.1f} times {beside} ({plain * factor:.1f} {unit})"
    print(f"{name:20} {seconds * factor:8.1f} {unit}, {ratio}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
