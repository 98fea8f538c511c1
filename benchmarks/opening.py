"""How soon a model is asked about a large repository: `python -m benchmarks.opening [MILLIONS]`.

Makes a repository of so many million characters (100) and indexes it once; then the seconds from a new process's
start to the first request, with the index warm, and how many tokens that request has at most.
"""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.figures import Figure, shown
from rlm_code.codebase.open import open_host
from rlm_code.lm.protocol import Listener, Reply, Request, Text
from rlm_code.rlm.budget import tokens_in
from rlm_code.rlm.loop import run
from rlm_code.rlm.task import Task
from rlm_code.sandbox import open_sandbox
from tests.rlm.scripted import prose

FILE_CHARACTERS = 20_000


class Asked:
    """A model that notes when it is first asked, and says nothing."""

    name = "asked"

    def __init__(self) -> None:
        self.first: tuple[float, Request] | None = None

    async def complete(self, request: Request, listener: Listener) -> Reply:
        self.first = self.first or (time.time(), request)
        return prose("")

    async def close(self) -> None:
        pass


def figures(millions: str = "100") -> Iterator[Figure]:
    """The figures over a repository of so many million characters."""
    with tempfile.TemporaryDirectory() as place:
        folder, cache = Path(place, "large"), Path(place, "cache")
        _make(folder, int(float(millions) * 1_000_000))
        open_host(folder, cache_dir=cache).close()
        asked = [_asked(folder, cache) for _ in range(3)]
        waited, tokens = (statistics.median(column) for column in zip(*asked, strict=True))
        size = f"{millions} million characters, indexed before; no SDK to import"
        yield Figure("opening", "process start to the first request", waited, "s", size, goal=2)
        yield Figure("opening", "the first request, at most", tokens, "tokens", size, goal=8000)


def _asked(folder: Path, cache: Path) -> tuple[float, float]:
    """The seconds to the first request in a process of its own, and that request's tokens."""
    command = [sys.executable, "-m", "benchmarks.opening", "--ask", str(folder), str(cache), str(time.time())]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    waited, tokens = done.stdout.split()
    return float(waited), float(tokens)


def ask(folder: str, cache: str, started: str) -> None:
    """Open the repository, ask, and print the seconds that it took and the tokens."""
    queries = open_host(folder, cache_dir=cache)
    lm = Asked()
    asyncio.run(run(Task("?", queries.snapshot, queries, lm, partial(open_sandbox, kind="auto"))))
    assert lm.first is not None
    at, request = lm.first
    texts = [block.text for message in request.messages for block in message.content if isinstance(block, Text)]
    tokens = sum(
        map(tokens_in, [request.system, *texts, *(f"{tool.description}{tool.schema}" for tool in request.tools)])
    )
    print(at - float(started), tokens)
    queries.close()


def _make(folder: Path, characters: int) -> None:
    body = "".join(f"    value_{n} = compute(value_{n - 1}, 'some text', {n})\n" for n in range(1, 100))
    text = "".join(f"def function_{n}(value_0):\n{body}\n\n" for n in range(FILE_CHARACTERS // len(body) + 1))
    for number in range(characters // len(text)):
        path = folder / f"area_{number % 50}" / f"module_{number}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# module {number}\n{text}")
    author = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    for arguments in (["init", "--quiet"], ["add", "--all"], [*author, "commit", "--quiet", "--message", "first"]):
        subprocess.run(["git", "-C", str(folder), *arguments], check=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--ask"]:
        ask(*sys.argv[2:])
    else:
        list(shown(figures(*sys.argv[1:])))
