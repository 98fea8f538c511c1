"""A question takes the cheapest way that can be enough, says which and why, and goes on where it was not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rlm_code.codebase.host import HostQueries
from rlm_code.errors import ConfigError
from rlm_code.features.ask import ask
from rlm_code.features.replay import Recording, replay
from rlm_code.features.route import routes
from rlm_code.lm.protocol import Message, Reply, ToolCall, Usage
from rlm_code.lm.structural import StructuralLM
from rlm_code.rlm import events
from rlm_code.rlm.answer import Answer
from rlm_code.rlm.task import Limits
from tests.rlm.scripted import ScriptedLM, cell, last_text, prose, stopped

LM = ScriptedLM([])
SUB = ScriptedLM([])

SUBMIT = "submit('So [1].', [{'path': 'pkg/shop.py', 'start_line': 6, 'end_line': 6}])"
QUOTE = {"path": "pkg/shop.py", "quote": "return charge_card(cart)"}


def submits(answer: str, *citations: dict[str, Any], **more: Any) -> Reply:
    """A reply that hands in an answer by the tool of single requests."""
    call = ToolCall("call_1", "submit", {"answer": answer, "citations": [*citations], **more})
    return replace(prose(""), message=Message("assistant", (call,)), stop="tool_use")


@pytest.fixture
def asked(shop: HostQueries, tmp_path: Path) -> Callable[..., Answer]:
    """The answer of a model to a question about the shop."""

    def once(question: str, lm: Any, **options: Any) -> Answer:
        fields: dict[str, Any] = {"sub_lm": None, "limits": Limits(), "runs_dir": tmp_path / "runs"} | options
        return asyncio.run(ask(shop, question, lm=lm, **fields))

    return once


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Where is charge_card defined?", "structure"),
        ("who calls `charge_card`", "structure"),
        ("How does checkout reach charge_card?", "structure"),
        ("what does pkg/shop.py import", "structure"),
        ("when was retry_payment last changed?", "structure"),
        ("Explain `checkout`", "one-call"),
        ("How does retry_payment work?", "one-call"),
        ("Explain pkg/shop.py", "one-call"),
        # Nothing is called so, or so written: a model knows what may be meant.
        ("Who calls refund?", "sub-queries"),
        ("Where is Charge_Card defined?", "sub-queries"),
        ("Who uses authentication?", "sub-queries"),
        ("Where is the retry logic?", "sub-queries"),
        ("Explain this repository", "sub-queries"),
        ("Why does checkout fail when the card has expired, and who calls charge_card?", "sub-queries"),
    ],
)
def test_the_wording_and_the_index_choose(shop: HostQueries, question: str, first: str) -> None:
    found = routes(question, shop, LM, SUB, Limits())
    assert found[0].name == first
    assert found[-1].name == "sub-queries"
    assert all(route.reason for route in found)


def test_who_may_ask_whom_chooses_how_to_explore(shop: HostQueries) -> None:
    assert [route.name for route in routes("Why?", shop, LM, None, Limits())] == ["explore"]
    assert [route.name for route in routes("Why?", shop, LM, SUB, Limits(depth=1))] == ["children"]
    assert [route.name for route in routes("Why?", shop, StructuralLM(), None, Limits())] == ["structure"]


def test_who_names_a_route_gets_that_one(shop: HostQueries) -> None:
    (route,) = routes("Where is charge_card defined?", shop, LM, SUB, Limits(), "sub-queries")
    assert (route.name, route.reason) == ("sub-queries", "asked for")
    for wanted, says in (("swift", "no route"), ("children", "child runs")):
        with pytest.raises(ConfigError, match=says):
            routes("?", shop, LM, SUB, Limits(), wanted)
    with pytest.raises(ConfigError, match="sub-model"):
        routes("?", shop, LM, None, Limits(), "sub-queries")


def test_what_the_index_knows_costs_nothing(asked: Callable[..., Answer]) -> None:
    lm = ScriptedLM([])
    answer = asked("Who calls charge_card?", lm)
    assert (answer.status, lm.requests, answer.usage.cost_usd) == ("complete", [], 0.0)
    assert answer.lm.root == "structural"
    assert answer.route is not None
    assert answer.route.name == "structure"


def test_where_structure_is_not_enough_the_model_goes_on(
    asked: Callable[..., Answer], shop: HostQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rlm_code.rlm import loop

    gives_up = ScriptedLM([prose("No."), prose("No.")], name="structural")
    monkeypatch.setattr(loop, "StructuralLM", lambda: gives_up)
    lm = ScriptedLM([cell("print(repo.file('pkg/shop.py').text)"), cell(SUBMIT)])
    heard: list[events.Event] = []
    answer = asked("Who calls charge_card?", lm, on_event=heard.append)
    assert (answer.status, answer.answer, answer.lm.root) == ("complete", "So [1].", lm.name)
    routed = [event for event in heard if isinstance(event, events.Routed)]
    assert [event.route.name for event in routed] == ["structure", "explore"]
    assert "without submitting" in str(routed[1].after)
    assert answer.route == routed[1].route
    assert answer.usage.turns == 4
    assert "<question>" in last_text(lm.requests[0])


def test_one_call_is_shown_the_likeliest_places_and_cites_them(asked: Callable[..., Answer]) -> None:
    lm = ScriptedLM([submits("It charges [1].", QUOTE)])
    answer = asked("Explain `checkout`", lm)
    assert (answer.status, answer.answer, answer.usage.calls) == ("complete", "It charges [1].", 1)
    assert (answer.citations[0].path, answer.citations[0].start_line) == ("pkg/shop.py", 6)
    assert "pkg/shop.py" in answer.coverage.read
    assert "def checkout(cart):" in last_text(lm.requests[0])
    assert answer.route is not None
    assert answer.route.name == "one-call"


NOT_ENOUGH = {
    "it says so": [submits("Perhaps [1].", QUOTE, incomplete="where it is called")],
    "citations that do not hold": [submits("So [1].", {"path": "pkg/shop.py", "quote": "no such text"})] * 3,
    "a refusal": [stopped("refusal", detail="no")],
    "prose": [prose("It charges.")] * 4,
    "the window": [stopped("context_overflow")],
}


@pytest.mark.parametrize("why", NOT_ENOUGH)
def test_where_one_call_is_not_enough_the_model_explores(
    asked: Callable[..., Answer], shop: HostQueries, why: str
) -> None:
    lm = ScriptedLM([*NOT_ENOUGH[why], cell("print(repo.file('pkg/shop.py').text)"), cell(SUBMIT)])
    answer = asked("Explain `checkout`", lm)
    assert (answer.status, answer.answer) == ("complete", "So [1].")
    assert answer.usage.calls == len(lm.requests) == len(NOT_ENOUGH[why]) + 2
    assert answer.usage.input_tokens == 100 * len(lm.requests)
    replayed = asyncio.run(replay(Recording(Path(str(answer.trajectory))), shop))
    assert (replayed.difference, replayed.cut_off) == (None, None)


@pytest.mark.parametrize("route", ["one-call", "direct"])
def test_asked_for_a_single_request_is_all_there_is(asked: Callable[..., Answer], route: str) -> None:
    answer = asked("Explain `checkout`", ScriptedLM(NOT_ENOUGH["it says so"]), route=route)
    assert (answer.status, answer.reason) == ("partial", "where it is called")
    assert len(answer.citations) == 1


def test_a_citation_that_does_not_hold_comes_back(asked: Callable[..., Answer]) -> None:
    wrong = submits("So [1].", {"path": "pkg/shop.py", "quote": "nowhere"})
    lm = ScriptedLM([wrong, submits("So [1].", QUOTE)])
    assert asked("?", lm, route="direct").status == "complete"
    assert "citation 1: its quote is not in pkg/shop.py" in last_text(lm.requests[1])


def test_direct_holds_all_the_text_until_the_window_is_full(asked: Callable[..., Answer]) -> None:
    lm = ScriptedLM([submits("So [1].", QUOTE)])
    asked("?", lm, route="direct")
    sent = last_text(lm.requests[0])
    assert "All of its text follows" in sent
    assert all(part in sent for part in ("SECRET-MARKER", "def charge_card", "def retry_payment"))
    lm = ScriptedLM([submits("So.", incomplete="most of it")])
    answer = asked("?", lm, route="direct", limits=Limits(window_tokens=4_200, reply_tokens=16))
    sent = last_text(lm.requests[0])
    assert "A part of its text follows" in sent
    assert "def retry_payment" not in sent
    assert answer.status == "partial"


def test_money_that_runs_out_in_the_single_request_ends_partial(asked: Callable[..., Answer]) -> None:
    dear = replace(submits("So [1].", {"path": "pkg/shop.py", "quote": "nowhere"}), usage=Usage(60_000))
    answer = asked("?", ScriptedLM([dear, dear]), route="direct", limits=Limits(tokens=70_000))
    assert answer.status == "partial"
    assert "tokens limit" in str(answer.reason)
