"""However large the repository is, the first request stays small, and holds none of its text."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

from rlm_code.codebase.open import open_host
from rlm_code.lm.protocol import Request, Text
from rlm_code.rlm.loop import run
from rlm_code.rlm.task import Limits, Task
from rlm_code.sandbox import open_sandbox
from tests.conftest import write_files
from tests.lm.messages_cache import canonical, tokens_of
from tests.rlm.scripted import ScriptedLM, prose

MOST_TOKENS = 8_000
BODY = "".join(f"    value_{n} = compute(value_{n - 1}, 'MARKER', {n})\n" for n in range(1, 60))


def first_request(folder: Path, cache: Path) -> Request:
    queries = open_host(folder, cache_dir=cache)
    lm, sub = ScriptedLM([prose("")] * 2), ScriptedLM([])
    task = Task(
        "Why is it slow?", queries.snapshot, queries, lm, partial(open_sandbox, kind="auto"), sub, Limits(depth=2)
    )
    asyncio.run(run(task))
    queries.close()
    return lm.requests[0]


def tokens(request: Request) -> int:
    """As the served API counts them: a token is four bytes of each part's JSON, rounded up."""
    texts = [block.text for message in request.messages for block in message.content if isinstance(block, Text)]
    tools = [
        canonical({"name": tool.name, "description": tool.description, "schema": tool.schema}) for tool in request.tools
    ]
    return sum(map(tokens_of, [request.system, *texts, *tools]))


def test_the_first_request_of_a_large_repository_is_below_8000_tokens(tmp_path: Path) -> None:
    files = {
        f"area_{n % 40:02}_{'x' * (n % 50)}/part_{n % 7}/module_{n}.py": f"def compute_{n}(value_0):\n{BODY}"
        for n in range(400)
    }
    write_files(tmp_path / "large", files)
    assert sum(map(len, files.values())) > 1_000_000
    request = first_request(tmp_path / "large", tmp_path / "cache")
    assert tokens(request) < MOST_TOKENS
    said = request.system + "".join(str(message) for message in request.messages)
    assert "MARKER" not in said
    assert "module_1.py" not in said
