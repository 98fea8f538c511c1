"""What cells call: sub-queries, submit, budget."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from rlm_code.codebase import Draft, Repo
from rlm_code.environment import SubmitError
from rlm_code.environment.names import Environment
from tests.codebase.conftest import *  # noqa: F403  the shop, on the host and behind the wire

USAGE = {"input_tokens": 7, "output_tokens": 2, "cost_usd": 0.001}


class Host:
    """Records what is called and answers from a table."""

    def __init__(self, **answers: Any) -> None:
        self.answers = answers
        self.calls: list[tuple[str, tuple[Any, ...]]] = []

    def __call__(self, method: str, *arguments: Any) -> Any:
        self.calls.append((method, arguments))
        answer = self.answers[method]
        return answer(*arguments) if isinstance(answer, Callable) else answer  # type: ignore[arg-type]


def reply(text: str, **others: Any) -> dict[str, Any]:
    return {"text": text, "error": None, "truncated": False, "usage": USAGE} | others


def accepting() -> Host:
    return Host(submit={"accepted": True})


def test_answers_of_sub_models_are_text() -> None:
    host = Host(llm_query_batched=lambda prompts: [reply(prompt.upper()) for prompt in prompts])
    first, second = Environment(host).llm_query_batched(["yes", "no"])
    assert f"{first}|{second:>4}" == "YES|  NO"
    assert "E" in first
    assert len(first) == 3
    assert (first.text, first.error, first.truncated, first.usage) == ("YES", None, False, USAGE)
    assert host.calls == [("llm_query_batched", (["yes", "no"],))]


def test_a_failed_one_says_so_and_raises_nothing() -> None:
    host = Host(llm_query_batched=[reply("", error="rate limited")])
    answer = Environment(host).llm_query("?")
    assert (str(answer), repr(answer), f"{answer}") == ("[no answer: rate limited]",) * 3
    assert (answer.text, answer.error) == ("", "rate limited")
    assert not answer


def test_one_cut_off_shows_it() -> None:
    answer = Environment(Host(llm_query_batched=[reply("half", truncated=True)])).llm_query("?")
    assert repr(answer) == "half [cut off]"


def test_children_bring_citations() -> None:
    cited = {"path": "a.py", "start_line": 1, "end_line": 1, "quote": "x"}
    host = Host(rlm_query_batched=[reply("found", citations=[cited])], submit={"accepted": True})
    child = Environment(host).rlm_query("look")
    Environment(host).submit(f"It is there [1]. {child}", child.citations)
    assert host.calls[-1] == ("submit", ("It is there [1]. found", [cited]))


def test_an_answer_can_say_that_it_is_incomplete() -> None:
    host = accepting()
    cited = {"path": "a.py", "quote": "x"}
    Environment(host).submit("Half of it [1].", [cited], incomplete="the other half was not looked at")
    assert host.calls == [("submit", ("Half of it [1].", [cited], "the other half was not looked at"))]


def test_prompts_are_texts() -> None:
    environment = Environment(Host())
    assert environment.llm_query_batched([]) == []
    with pytest.raises(TypeError, match="give a list of texts, not one text"):
        environment.llm_query_batched("one")
    with pytest.raises(TypeError, match="a prompt is text, not int: build it with an f-string"):
        environment.llm_query(3)  # type: ignore[arg-type]


def test_handles_are_citations(shop: Repo) -> None:
    host = accepting()
    symbol = shop.symbol("checkout")
    places = [
        symbol,
        symbol.callers()[0],
        shop.file("pkg/shop.py").imports()[0],
        shop.search("LIMIT = 3")[0],
        shop.file("pkg/shop.py").lines(10, 11),
        shop.symbol("main").blame()[0],
        {"path": "a.py", "start_line": 3},
        {"path": "a.py", "quote": "x = 1"},
        "a.py:3",
        "pkg/a.py:3-9",
    ]
    Environment(host).submit("yes", places)
    ((_, (_, sent)),) = host.calls
    assert [tuple(each.values()) for each in sent] == [
        ("pkg/shop.py", 5, 5),
        ("pkg/shop.py", 11, 11),
        ("pkg/shop.py", 1, 1),
        ("pkg/payments.py", 7, 7),
        ("pkg/shop.py", 10, 11),
        ("pkg/shop.py", 10, 10),
        ("a.py", 3, 3),
        ("a.py", "x = 1"),
        ("a.py", 3, 3),
        ("pkg/a.py", 3, 9),
    ]


@pytest.mark.parametrize(
    ("place", "says"),
    [
        (lambda shop: shop.file("shop.py"), "a whole file is no evidence: cite the lines that matter"),
        (lambda shop: shop.commits()[0], "cite lines it changed, as they are now"),
        (lambda shop: "pkg/shop.py", "str cannot be cited: give a symbol"),
        (lambda shop: "pkg/shop.py:9-3", "lines 9 to 3 are no range"),
        (lambda shop: {"path": "a.py", "start_line": 1, "end_line": 61}, "61 lines are too many"),
        (lambda shop: {"path": "a.py", "start_line": 0, "end_line": 1}, "lines 0 to 1 are no range"),
        (lambda shop: {"path": "a.py", "start_line": "1"}, "start_line and end_line as numbers"),
        (lambda shop: {"path": "a.py"}, "or the exact text as quote"),
        (lambda shop: {"path": "a.py", "quote": " "}, "its quote is not text"),
        (lambda shop: {"quote": "x"}, "it names no path"),
    ],
)
def test_what_is_no_evidence_is_refused_with_a_hint(shop: Repo, place: Callable[[Repo], Any], says: str) -> None:
    """The host hears of it, so that it can count how often an answer went back."""
    host = Host(submit=lambda answer, cited: {"problems": [f"citation 2: {cited[1]['problem']}"]})
    with pytest.raises(SubmitError) as refused:
        Environment(host).submit("yes", [{"path": "a.py", "quote": "x"}, place(shop)])
    assert says in str(refused.value)
    assert "- citation 2: " in str(refused.value)


def test_problems_of_the_host_come_back_in_the_cell() -> None:
    host = Host(submit={"problems": ["citation 1: no file a.py", "nothing was read"]})
    with pytest.raises(
        SubmitError, match=r"not accepted; fix this and submit again:\n- citation 1: no file a.py\n- noth"
    ):
        Environment(host).submit("yes", [{"path": "a.py", "quote": "x"}])


@pytest.mark.parametrize("answer", ["", "  ", None, 3])
def test_an_answer_is_text(answer: Any) -> None:
    with pytest.raises(SubmitError, match="the answer is no text"):
        Environment(accepting()).submit(answer)


def test_a_draft_brings_its_own_citations() -> None:
    host = accepting()
    draft = Draft()
    draft.say(f"It is here {draft.cite({'path': 'a.py', 'quote': 'x'})}.")
    Environment(host).submit(draft)
    assert host.calls == [("submit", ("It is here [1].", [{"path": "a.py", "quote": "x"}]))]


def test_what_is_left_prints_one_limit_a_line() -> None:
    limits = {"turns": {"spent": 3, "allowed": 30}, "cost_usd": {"spent": 0.25, "allowed": None}}
    budget = Environment(Host(budget=limits)).budget()
    assert repr(budget) == "turns: 3 of 30\ncost_usd: 0.25 spent, no limit"
    assert budget["turns"]["spent"] == 3


class HasPath:
    path = "pkg/shop.py"


@pytest.mark.parametrize(
    ("within", "sent"),
    [
        (None, None),
        ("src/", ["src/"]),
        (HasPath(), ["pkg/shop.py"]),
        (["src/", HasPath()], ["src/", "pkg/shop.py"]),
    ],
)
def test_a_child_is_given_a_part_of_the_repository(within: Any, sent: list[str] | None) -> None:
    host = Host(rlm_query_batched=[reply("found")])
    Environment(host).rlm_query("look", within)
    assert host.calls == [("rlm_query_batched", (["look"], [sent]))]


@pytest.mark.parametrize(
    ("within", "error"), [("src/", TypeError), ([7], TypeError), ([["src/", 7]], TypeError), (["a", "b"], ValueError)]
)
def test_a_part_that_is_none_is_an_error_before_anything_is_sent(within: Any, error: type[Exception]) -> None:
    host = Host()
    with pytest.raises(error):
        Environment(host).rlm_query_batched(["look"], within)
    assert host.calls == []
