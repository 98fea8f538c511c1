"""How soon a running server sees what changes: `python -m benchmarks.live [REPO]`.

Works on a copy of the repository. One file after another is edited as an editor saves it; then a branch with 5,000
more files is switched to and back.
"""

from __future__ import annotations

import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from benchmarks.figures import TIMES, Figure, median_seconds, seconds, shown
from rlm_code.codebase.host import HostQueries
from rlm_code.codebase.live import LiveRepository
from rlm_code.codebase.open import open_host
from rlm_code.source import Snapshot

EDITS = 100
BURST_FILES = 5_000
LARGEST_BYTES = 300_000


class Saves(NamedTuple):
    """Seconds for each save: until queries over it are ready for who asks at once (`worked`: of the processor),
    until the definitions at three places of it are found, and until they are ready though nobody asks."""

    updated: list[float]
    worked: list[float]
    answered: list[float]
    noticed: list[float]


def figures(root: str) -> Iterator[Figure]:
    """The figures over a copy of the repository or folder at `root`."""
    with tempfile.TemporaryDirectory() as place:
        copy, cache = Path(place, "copy"), Path(place, "cache")
        _copy(Path(root), copy)
        open_host(copy, untracked=True, cache_dir=cache).close()
        opened = median_seconds(5, lambda: open_host(copy, untracked=True, cache_dir=cache).close())
        live = LiveRepository(copy, cache)
        try:
            saves = _saves(live, copy)
            yield from _of_saves(saves, opened)
            yield from _of_a_burst(live, copy, cache)
        finally:
            live.close()


def _of_saves(saves: Saves, opened: float) -> Iterator[Figure]:
    size = f"{len(saves.updated)} files saved"
    for part, most in ((50, 2), (95, 30)):
        yield Figure("live", f"update after a save, p{part}", 1000 * _part(saves.updated, part), "ms", size, most)
    for part in (50, 95):
        what = f"of it processor time, p{part}"
        yield Figure("live", what, 1000 * _part(saves.worked, part), "ms", size)
    for part in (50, 95):
        yield Figure("live", f"save to three definitions, p{part}", 1000 * _part(saves.answered, part), "ms", size)
    for part, most in ((50, 50), (95, 50)):
        what = f"save to seen though nobody asks, p{part}"
        yield Figure("live", what, 1000 * _part(saves.noticed, part), "ms", size, most)
    yield Figure("live", "update after a save", _part(saves.updated, 50) / opened, TIMES, "opening anew, warm", 0.05)


def _of_a_burst(live: LiveRepository, root: Path, cache: Path) -> Iterator[Figure]:
    _git(root, "checkout", "--quiet", "-b", "burst")
    for number in range(BURST_FILES):
        path = root / "burst" / f"folder_{number % 100}" / f"module_{number}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"def burst_{number}(value):\n    return burst_{number - 1}(value) + {number}\n")
    _git(root, "add", "--all")
    _git(root, "commit", "--quiet", "--message", "burst")
    last = f"burst_{BURST_FILES - 1}"
    _until(lambda: _holds(live, last))
    _git(root, "checkout", "--quiet", "-")
    _until(lambda: not _holds(live, last))
    before = live.renewals
    switching = seconds(lambda: _git(root, "checkout", "--quiet", "burst"))
    seen = _until(lambda: _holds(live, last))
    size = f"{BURST_FILES:,} files more by a switch of {switching:.1f} s"
    yield Figure("live", "branch switched to seen", seen, "s", size)
    yield Figure("live", "states that were read for it", live.renewals - before, "", size, goal=2)
    opened = median_seconds(3, lambda: open_host(root, untracked=True, cache_dir=cache).close())
    yield Figure("live", "branch switched to seen", seen / opened, TIMES, "opening anew, warm")


def _saves(live: LiveRepository, root: Path) -> Saves:
    paths = live.answer(_no_buffers, lambda queries: _editable(queries, root))
    _until(lambda: live.follows)
    time.sleep(1)
    saves = Saves([], [], [], [])
    for number, path in enumerate(random.Random(5).sample(paths, min(EDITS, len(paths)))):
        live.answer(_no_buffers, lambda queries, path=path: _definitions(queries, path))  # type: ignore[misc]
        text = (root / path).read_bytes()
        _save(root / path, text + b"\n# edited %d\n" % number)
        started, worked = time.perf_counter(), time.thread_time()
        live.answer(_no_buffers, lambda queries: None)
        saves.updated.append(time.perf_counter() - started)
        saves.worked.append(time.thread_time() - worked)
        live.answer(_no_buffers, lambda queries, path=path: _definitions(queries, path))  # type: ignore[misc]
        saves.answered.append(time.perf_counter() - started)
        before = live.renewals
        _save(root / path, text)
        saves.noticed.append(_until(lambda before=before: live.renewals > before))  # type: ignore[misc]
    return saves


def _editable(queries: HostQueries, root: Path) -> list[str]:
    rows = queries.files()
    return [row.path for row in rows if row.status == "parsed" and row.language and 0 < row.size_bytes < LARGEST_BYTES]


def _definitions(queries: HostQueries, path: str) -> None:
    for row in queries.outline(path)[:3]:
        queries.definition_at(path, row.start_line, 8)


def _save(path: Path, text: bytes) -> None:
    """As editors do: whole, under another name first."""
    beside = path.with_name(f".{path.name}.tmp")
    beside.write_bytes(text)
    beside.replace(path)


def _holds(live: LiveRepository, name: str) -> bool:
    return bool(live.answer(_no_buffers, lambda queries: queries.find(name, None, 1)))


def _no_buffers(disk: Snapshot) -> Mapping[str, bytes]:
    return {}


def _until(reached: Callable[[], bool]) -> float:
    """The seconds until something is so."""
    started = time.perf_counter()
    while not reached():
        if time.perf_counter() > started + 120:
            raise TimeoutError("it does not come about")
        time.sleep(0.0005)
    return time.perf_counter() - started


def _part(values: list[float], part: int) -> float:
    return statistics.quantiles(values, n=100)[part - 1]


def _copy(root: Path, copy: Path) -> None:
    """A copy that is a git repository with one commit at least."""
    if (root / ".git").exists():
        subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(root), str(copy)], check=True)
        return
    shutil.copytree(root, copy, symlinks=True)
    _git(copy, "init", "--quiet")
    _git(copy, "add", "--all")
    _git(copy, "commit", "--quiet", "--message", "copy")


def _git(root: Path, *arguments: str) -> None:
    author = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    subprocess.run(["git", "-C", str(root), *author, *arguments], check=True, env=os.environ | {"LC_ALL": "C"})


if __name__ == "__main__":
    for _ in shown(figures(sys.argv[1] if len(sys.argv) > 1 else ".")):
        pass
