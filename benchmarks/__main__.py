"""All benchmarks, one after the other: `python -m benchmarks [REPO]`.

Writes the figures with what they were measured on to `benchmarks/results.json`, and the table of them into
README.md. REPO is Django's source, downloaded once, unless another is named.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks import call_graph, index, live, lookup, loop, opening, sandbox
from benchmarks.figures import Figure, noise, shown
from benchmarks.table import write_table

RESULTS = Path(__file__).with_name("results.json")
DJANGO = "django==5.2"


def main(repository: str | None) -> None:
    root = repository or str(django())
    before = noise()
    benchmarks: list[Callable[[], Iterable[Figure]]] = [
        lambda: index.figures(root),
        call_graph.figures,
        lambda: live.figures(root),
        lambda: lookup.figures(root),
        opening.figures,
        lambda: loop.figures(root),
        lambda: sandbox.figures(root),
    ]
    figures = [figure for measured in benchmarks for figure in shown(measured())]
    results = {"machine": machine(), "repository": repository or DJANGO, "noise": [before, noise()]}
    rows = [figure._asdict() for figure in figures]
    RESULTS.write_text(json.dumps(results | {"figures": rows}, indent=2, ensure_ascii=False) + "\n")
    write_table()


def django() -> Path:
    """Django's source distribution, unpacked in the cache as a git repository."""
    place = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "rlm-code-benchmarks"
    root = place / "django"
    if not root.exists():
        place.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", DJANGO]
        subprocess.run([*command, "--dest", place], check=True)
        with tarfile.open(next(place.glob("[dD]jango-*.tar.gz"))) as archive:
            archive.extractall(place, filter="data")
        unpacked = next(path for path in place.glob("[dD]jango-*") if path.is_dir())
        author = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
        for arguments in (["init", "--quiet"], ["add", "--all"], [*author, "commit", "--quiet", "--message", "5.2"]):
            subprocess.run(["git", "-C", str(unpacked), *arguments], check=True)
        unpacked.rename(root)
    return root


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "cores": os.cpu_count(),
        "architecture": platform.machine(),
        "python": platform.python_version(),
    }


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
