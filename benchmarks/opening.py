"""How soon a model is asked about a large repository: `python -m benchmarks.opening [MILLIONS]`.

Makes a repository of so many million characters (100), indexes it once, then prints the seconds from a new
process's start to the first request, with the index warm, and how many tokens that request has at most.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

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


def main(millions: str = "100") -> None:
    with tempfile.TemporaryDirectory() as place:
        folder, cache = Path(place, "large"), Path(place, "cache")
        _make(folder, int(float(millions) * 1_000_000))
        started = time.time()
        open_host(folder, cache_dir=cache).close()
        print(f"{millions} million characters, indexed in {time.time() - started:.1f} s")
        for _ in range(3):
            command = [sys.executable, "-m", "benchmarks.opening", "--ask", str(folder), str(cache), str(time.time())]
            subprocess.run(command, check=True)


def ask(folder: str, cache: str, started: str) -> None:
    """Open the repository, ask, and print how long it took."""
    queries = open_host(folder, cache_dir=cache)
    opened = time.time()
    lm = Asked()
    asyncio.run(run(Task("?", queries.snapshot, queries, lm, partial(open_sandbox, kind="auto"))))
    assert lm.first is not None
    at, request = lm.first
    texts = [block.text for message in request.messages for block in message.content if isinstance(block, Text)]
    tokens = sum(
        map(tokens_in, [request.system, *texts, *(f"{tool.description}{tool.schema}" for tool in request.tools)])
    )
    waited, opening = at - float(started), opened - float(started)
    print(f"first request after {waited:.2f} s ({opening:.2f} s to open), {tokens:,} tokens at most")
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
        main(*sys.argv[1:])
