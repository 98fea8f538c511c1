"""A whole run: the real loop, worker and SDK against the served API. Then the same run again from its file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from rlm_code.codebase.open import open_host
from rlm_code.lm.anthropic import AnthropicLM
from rlm_code.lm.prices import cost_usd
from rlm_code.lm.protocol import LanguageModel
from rlm_code.lm.replay import ReplayLM
from rlm_code.rlm.answer import Answer
from rlm_code.rlm.loop import run
from rlm_code.rlm.task import Task
from rlm_code.sandbox import open_sandbox
from tests.conftest import MakeRepository
from tests.lm.conftest import HASTY, Serve
from tests.lm.messages_server import Answer as Served
from tests.lm.messages_server import Broken, Status, call, say, thinking

CELLS = [
    "print(repo.find('charge')[0].callers())",
    "print([reply.text for reply in llm_query_batched([f'Summarise {name}' for name in 'abc'])])",
    "submit('shop.py calls it [1].', [{'path': 'shop.py', 'start_line': 2, 'end_line': 2}])",
]


class Model:
    """Writes the cells one after the other, and answers sub-queries; every other request goes wrong first."""

    def __init__(self) -> None:
        self._faults: list[Served] = [Status(529), Broken("drop", 4), Status(429, headers={"retry-after": "0.01"})]
        self._asked = 0

    def __call__(self, body: dict[str, Any]) -> Served:
        self._asked += 1
        if self._asked % 2 and self._faults:
            return self._faults.pop()
        if "tools" not in body:
            return say("It charges.")
        turn = sum(message["role"] == "assistant" for message in body["messages"])
        return say(thinking("Let me see."), call("python", code=CELLS[turn]))


Explore = Callable[[LanguageModel, LanguageModel], Answer]


@pytest.fixture
def explore(make_repository: MakeRepository, tmp_path: Path) -> Explore:
    """Asks a question about a small shop, of a model and a sub-model."""
    root = make_repository({"pay.py": "def charge(card):\n    return card\n", "shop.py": "import pay\npay.charge(1)\n"})

    def ask(lm: LanguageModel, sub_lm: LanguageModel) -> Answer:
        queries = open_host(root, cache_dir=tmp_path / "cache")
        task = Task(
            question="Who calls charge?",
            snapshot=queries.snapshot,
            queries=queries,
            lm=lm,
            sub_lm=sub_lm,
            open_sandbox=partial(open_sandbox, kind="auto"),
            runs_dir=tmp_path / "runs",
        )

        async def whole() -> Answer:
            try:
                return await run(task)
            finally:
                await lm.close()
                await sub_lm.close()

        try:
            return asyncio.run(whole())
        finally:
            queries.close()

    return ask


def test_a_run_through_faults_is_counted_to_the_token_and_can_be_replayed(serve: Serve, explore: Explore) -> None:
    served = serve(Model())
    answer = explore(served.lm, AnthropicLM("claude-haiku-5-5", effort="low", patience=HASTY))
    assert (answer.status, answer.answer) == ("complete", "shop.py calls it [1].")
    spent, total = answer.usage, served.server.total
    assert (spent.input_tokens, spent.output_tokens) == (total.input_tokens, total.output_tokens)
    assert (spent.cache_read_tokens, spent.cache_write_tokens) == (total.cache_read_tokens, total.cache_write_tokens)
    bills = [cost_usd(one.body["model"], one.usage) or 0 for one in served.server.recorded if one.usage]
    assert spent.cost_usd == pytest.approx(sum(bills))
    assert len(served.server.recorded) == len(CELLS) + 3 + 3

    assert answer.trajectory is not None
    replay = ReplayLM(Path(answer.trajectory))
    again = explore(replay, replay)
    assert (again.status, again.answer, again.citations) == (answer.status, answer.answer, answer.citations)
    assert again.usage.cost_usd == 0
    assert len(served.server.recorded) == len(CELLS) + 3 + 3
