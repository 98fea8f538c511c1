"""Runs that need no model: the structural policy's own, and recorded ones said again."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from rlm_code.lm.replay import ReplayLM
from rlm_code.lm.structural import StructuralLM
from rlm_code.rlm.answer import Answer
from tests.rlm.conftest import Ask
from tests.rlm.scripted import ScriptedLM, cell, prose, stopped

SUBMIT = "submit('So [1].', [{'path': 'pkg/shop.py', 'start_line': 6, 'end_line': 6}])"


def test_who_calls_a_function(ask: Ask) -> None:
    answer = ask(StructuralLM(), question="Who calls charge_card?")
    assert (answer.status, answer.reason) == ("complete", None)
    assert "pkg/shop.py:6" in answer.answer
    assert "pkg/retry.py:6" in answer.answer
    assert {"pkg/shop.py", "pkg/retry.py"} <= {citation.path for citation in answer.citations}
    assert (answer.lm.root, answer.usage.cost_usd, answer.usage.input_tokens) == ("structural", 0.0, 0)


def test_it_keeps_to_a_limit_in_dollars(ask: Ask) -> None:
    assert ask(StructuralLM(), limits={"cost_usd": 0.01}).status == "complete"


def test_two_runs_are_the_same(ask: Ask) -> None:
    first, second = (ask(StructuralLM(), question="Who calls charge_card?") for _ in range(2))
    assert (first.answer, first.citations, first.coverage) == (second.answer, second.citations, second.coverage)


def said_again(answer: Answer, ask: Ask) -> Answer:
    lm = ReplayLM(Path(str(answer.trajectory)))
    return ask(lm, sub_lm=ReplayLM(Path(str(answer.trajectory))))


@pytest.mark.parametrize("ends_well", [True, False])
def test_a_recorded_run_replays_to_the_same_answer(ask: Ask, ends_well: bool) -> None:
    look = "r = llm_query_batched([repo.file('pkg/shop.py').text, 'x'])\nprint(r[0].text, r[1].text)"
    ending = cell(SUBMIT) if ends_well else stopped("refusal", detail="no")
    turns = [cell("1/0"), cell(look), prose("Hm."), stopped("context_overflow"), ending]
    first = ask(ScriptedLM(turns), sub_lm=ScriptedLM(lambda request: prose("It checks out.")))
    second = said_again(first, ask)
    same = ("status", "answer", "citations", "coverage", "reason")
    assert [getattr(second, name) for name in same] == [getattr(first, name) for name in same]
    timeless = {"seconds": 0.0, "cost_usd": None}
    assert dataclasses.replace(second.usage, **timeless) == dataclasses.replace(first.usage, **timeless)
