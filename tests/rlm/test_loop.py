"""The loop over a real repository, a real index and a real worker; only the model's replies are written here."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest

from rlm_code.errors import ConfigError, LMError, SandboxError
from rlm_code.lm.protocol import Request, Text, ToolCall, ToolResult, Usage
from rlm_code.rlm import events
from rlm_code.rlm.budget import Ledger
from rlm_code.rlm.prompt import CUT_OFF, DROPPED, MALFORMED, NUDGE, SKIPPED
from rlm_code.rlm.task import Limits
from rlm_code.sandbox import open_sandbox
from rlm_code.sandbox.protocol import CellResult, Namespace, Sandbox
from tests.rlm.conftest import Ask
from tests.rlm.scripted import ScriptedLM, cell, last_text, prose, stopped

LOOK = "print(repo.find('charge_card')[0].callers())"
SUBMIT = "submit('Called by checkout [1].', [{'path': 'pkg/shop.py', 'start_line': 6, 'end_line': 6}])"


def results(request: Request) -> list[ToolResult]:
    """The tool results of the newest message, without the status line that ends the last one."""
    found = [block for block in request.messages[-1].content if isinstance(block, ToolResult)]
    return [*found[:-1], replace(found[-1], text=found[-1].text.split("\n[turn ")[0])]


def test_an_answer_whose_citations_hold_is_complete(ask: Ask) -> None:
    answer = ask(ScriptedLM([cell(LOOK), cell(SUBMIT)]))
    assert (answer.status, answer.reason) == ("complete", None)
    assert answer.answer == "Called by checkout [1]."
    assert [(c.path, c.start_line, c.quote) for c in answer.citations] == [
        ("pkg/shop.py", 6, "    return charge_card(cart)")
    ]
    assert answer.citations[0].commit == answer.commit is not None
    assert answer.usage.turns == answer.usage.calls == 2
    assert (answer.lm.sub, answer.lm.sandbox) == (None, "seccomp, Landlock, rlimits")


def test_lines_that_differ_from_the_commit_are_cited_without_it(ask: Ask) -> None:
    submit = "submit('Ends so [1].', [{'path': 'pkg/retry.py', 'quote': 'return None'}])"
    answer = ask(ScriptedLM([cell("print(repo.file('pkg/retry.py').lines())"), cell(submit)]))
    assert answer.status == "complete"
    assert answer.citations[0].commit is None


def test_the_question_stands_in_its_tags_and_turns_in_the_newest_message_alone(ask: Ask) -> None:
    lm = ScriptedLM([cell("x = 1"), cell(LOOK), cell(SUBMIT)])
    ask(lm, question="What is </question> here?")
    first = last_text(lm.requests[0])
    assert first.startswith("<question>\nWhat is </question > here?\n</question>\n")
    assert "turn 1 of 24" in first
    assert lm.requests[0].system == lm.requests[2].system
    assert "turn" not in lm.requests[0].system.split("# How to work")[0]
    assert "turn 3 of 24" in last_text(lm.requests[2])


def test_no_text_follows_tool_results(ask: Ask) -> None:
    lm = ScriptedLM([cell("x = 1", LOOK), cell(SUBMIT)])
    ask(lm)
    first, last = lm.requests[1].messages[-1].content
    assert isinstance(first, ToolResult)
    assert isinstance(last, ToolResult)
    assert "[turn" not in first.text
    assert last.text.endswith("s]")
    assert "\n[turn 2 of 24, " in last.text


def test_messages_only_ever_grow(ask: Ask) -> None:
    lm = ScriptedLM([cell("x = 1"), cell("1/0"), cell(LOOK), cell(SUBMIT)])
    ask(lm)
    for before, after in zip(lm.requests, lm.requests[1:], strict=False):
        assert after.messages[: len(before.messages)] == before.messages
        assert after.tools == before.tools


def test_assignments_survive_an_error_which_shows_its_own_line(ask: Ask) -> None:
    lm = ScriptedLM([cell("kept = 41\nraise ValueError('oh')"), cell("print(kept + 1)"), cell(LOOK), cell(SUBMIT)])
    assert ask(lm).status == "complete"
    assert results(lm.requests[1])[0].is_error
    assert "ValueError: oh" in results(lm.requests[1])[0].text
    assert "42" in results(lm.requests[2])[0].text


def test_silence_is_said_to_be_silence(ask: Ask) -> None:
    lm = ScriptedLM([cell("x = 1"), cell(LOOK), cell(SUBMIT)])
    ask(lm)
    assert "nothing was printed" in results(lm.requests[1])[0].text


def test_a_cell_that_fails_submits_nothing(ask: Ask) -> None:
    lm = ScriptedLM([cell(LOOK), cell(SUBMIT + "\n1/0"), cell(SUBMIT)])
    answer = ask(lm)
    assert answer.status == "complete"
    assert answer.usage.turns == 3
    assert DROPPED in results(lm.requests[2])[0].text


def test_who_has_not_looked_cannot_answer(ask: Ask) -> None:
    lm = ScriptedLM([cell(SUBMIT), cell("print(repo.overview)\n" + SUBMIT), cell(SUBMIT)])
    answer = ask(lm)
    assert "nothing of the repository was read" in results(lm.requests[1])[0].text
    assert answer.status == "partial"
    assert "nothing of the repository was read" in str(answer.reason)


def test_a_wrong_citation_goes_back_and_can_be_mended(ask: Ask) -> None:
    wrong = "submit('So [1].', [{'path': 'pkg/shop.py', 'start_line': 60, 'end_line': 61}])"
    lm = ScriptedLM([cell(LOOK), cell(wrong), cell(SUBMIT)])
    answer = ask(lm)
    assert "citation 1: no lines 60-61 in pkg/shop.py, which has 6 lines" in results(lm.requests[2])[0].text
    assert answer.status == "complete"


def test_after_two_returns_the_answer_is_partial_and_shows_what_lost_its_evidence(ask: Ask) -> None:
    wrong = (
        "submit('Gone [1]. There [2]. Nowhere [7].', "
        "[{'path': 'pkg/gone.py', 'start_line': 1, 'end_line': 1}, "
        "{'path': 'pkg/shop.py', 'quote': 'charge_card(cart)'}])"
    )
    answer = ask(ScriptedLM([cell(LOOK), cell(wrong), cell(wrong), cell(wrong)]))
    assert answer.status == "partial"
    assert answer.answer == "Gone [unverified]. There [1]. Nowhere [unverified]."
    assert [c.path for c in answer.citations] == ["pkg/shop.py"]
    assert "a citation did not hold (no file pkg/gone.py in the repository)" in str(answer.reason)
    assert "[7]" in str(answer.reason)


def test_what_cannot_be_cited_goes_back_twice_as_well(ask: Ask) -> None:
    """A model that insists would go on to its last turn."""
    wrong = "submit('Called by checkout [1].', ['pkg/shop.py'])"
    lm = ScriptedLM([cell(LOOK), cell(wrong), cell(wrong), cell(wrong)])
    answer = ask(lm)
    assert "citation 1: str cannot be cited: give a symbol" in last_text(lm.requests[2])
    assert (answer.status, answer.citations) == ("partial", ())
    assert answer.answer == "Called by checkout [unverified]."


def test_an_answer_that_cites_nothing_goes_back(ask: Ask) -> None:
    lm = ScriptedLM([cell(LOOK), cell("submit('Nobody.', [])"), cell(SUBMIT)])
    assert ask(lm).status == "complete"
    assert "cites nothing" in results(lm.requests[2])[0].text


def test_what_does_not_exist_can_be_answered_without_a_citation_once_it_was_looked_for(ask: Ask) -> None:
    nobody = "submit('Nothing here is called refund.', [])"
    lm = ScriptedLM([cell("print(repo.find('refund'))"), cell(nobody), cell(nobody)])
    answer = ask(lm, question="Who calls refund?")
    assert (answer.status, answer.citations) == ("complete", ())
    assert "submit it again as it is" in results(lm.requests[2])[0].text
    assert ask(ScriptedLM([cell("repo.search('refund')"), cell(nobody), cell(nobody)])).status == "complete"
    answer = ask(ScriptedLM([cell(LOOK), cell(nobody), cell(nobody), cell(nobody)]))
    assert answer.status == "partial"  # nothing was looked for in vain


def test_a_model_can_say_itself_that_its_answer_is_incomplete(ask: Ask) -> None:
    answer = ask(ScriptedLM([cell(LOOK), cell(SUBMIT.replace("])", "], incomplete='tests were not read')"))]))
    assert (answer.status, answer.reason) == ("partial", "tests were not read")
    assert len(answer.citations) == 1


def test_escapes_are_made_visible_in_the_answer(ask: Ask) -> None:
    submit = "submit('\\x1b[31mred [1]', [{'path': 'pkg/shop.py', 'start_line': 6, 'end_line': 6}])"
    assert ask(ScriptedLM([cell(LOOK), cell(submit)])).answer == "\\x1b[31mred [1]"


def test_several_cells_in_one_reply_run_in_order_until_one_fails(ask: Ask) -> None:
    lm = ScriptedLM([cell("x = 1", "print(x + 1)", "1/0", "print('never')"), cell(LOOK), cell(SUBMIT)])
    assert ask(lm).status == "complete"
    texts = [result.text for result in results(lm.requests[1])]
    assert "2" in texts[1]
    assert "ZeroDivisionError" in texts[2]
    assert texts[3] == SKIPPED
    assert [result.is_error for result in results(lm.requests[1])] == [False, False, True, True]


def test_a_reply_that_looks_and_submits_ends_the_run_at_once(ask: Ask) -> None:
    answer = ask(ScriptedLM([cell(LOOK, SUBMIT, "1/0")]))
    assert (answer.status, answer.usage.turns) == ("complete", 1)


@pytest.mark.parametrize(
    "call",
    [
        ToolCall("a", "python", {}),
        ToolCall("a", "python", {"code": 7}),
        ToolCall("a", "python", {}, malformed='{"code": "pri'),
        ToolCall("a", "bash", {"code": "ls"}),
    ],
)
def test_a_malformed_call_is_answered_and_not_run(ask: Ask, call: ToolCall) -> None:
    lm = ScriptedLM([stopped("tool_use", call), cell(LOOK), cell(SUBMIT)])
    assert ask(lm).status == "complete"
    assert results(lm.requests[1]) == [ToolResult("a", MALFORMED, is_error=True)]


def test_a_reply_cut_off_in_a_call_is_not_run(ask: Ask) -> None:
    cut = stopped("max_tokens", Text("I will"), ToolCall("a", "python", {"code": "print('never')"}))
    lm = ScriptedLM([cut, stopped("max_tokens", Text("and so")), cell(LOOK), cell(SUBMIT)])
    assert ask(lm).status == "complete"
    assert results(lm.requests[1]) == [ToolResult("a", CUT_OFF, is_error=True)]
    assert CUT_OFF in last_text(lm.requests[2])


def test_prose_is_nudged_once(ask: Ask) -> None:
    lm = ScriptedLM([prose("Surely checkout."), cell(LOOK), cell(SUBMIT)])
    assert ask(lm).status == "complete"
    assert NUDGE in last_text(lm.requests[1])


def test_prose_again_is_a_partial_answer_that_nothing_supports(ask: Ask) -> None:
    answer = ask(ScriptedLM([prose("Hm."), prose("It is checkout [1].")]))
    assert answer.status == "partial"
    assert answer.answer == "It is checkout [unverified]."
    assert answer.citations == ()
    assert "without submitting" in str(answer.reason)


def test_a_refusal_is_a_failure_with_its_reason_and_no_prose(ask: Ask) -> None:
    answer = ask(ScriptedLM([cell(LOOK), stopped("refusal", Text("I would rather"), detail="policy")]))
    assert (answer.status, answer.answer) == ("failed", "")
    assert "declined" in str(answer.reason)
    assert "policy" in str(answer.reason)
    assert answer.coverage.read == ("pkg/retry.py", "pkg/shop.py")


def test_a_model_that_dies_is_a_failure_that_lists_what_was_read(ask: Ask) -> None:
    answer = ask(ScriptedLM([cell(LOOK), LMError("529 overloaded", provider="anthropic")]))
    assert (answer.status, answer.answer) == ("failed", "")
    assert "overloaded" in str(answer.reason)
    assert "pkg/shop.py" in answer.coverage.read


def test_a_model_that_dies_after_a_returned_answer_leaves_what_held_of_it(ask: Ask) -> None:
    half = (
        "submit('A [1], b [2].', [{'path': 'pkg/shop.py', 'start_line': 6, 'end_line': 6}, "
        "{'path': 'pkg/shop.py', 'start_line': 99, 'end_line': 99}])"
    )
    answer = ask(ScriptedLM([cell(LOOK), cell(half), LMError("gone", provider="anthropic")]))
    assert answer.status == "partial"
    assert answer.answer == "A [1], b [unverified]."
    assert str(answer.reason).startswith("gone")


def test_a_pause_is_taken_up_and_does_not_last_for_ever(ask: Ask) -> None:
    lm = ScriptedLM([stopped("pause_turn", Text("thinking")), cell(LOOK), cell(SUBMIT)])
    assert ask(lm).status == "complete"
    assert lm.requests[1].messages[-1].role == "assistant"
    answer = ask(ScriptedLM(lambda request: stopped("pause_turn", Text("…"))))
    assert answer.status == "partial"
    assert "paused" in str(answer.reason)


def test_a_conversation_that_outgrew_the_window_goes_on_from_notes(ask: Ask) -> None:
    lm = ScriptedLM(
        [cell("kept = 'still here'\n" + LOOK), stopped("context_overflow"), cell("print(kept)"), cell(SUBMIT)]
    )
    answer = ask(lm)
    assert answer.status == "complete"
    compacted = lm.requests[2]
    assert len(compacted.messages) == 1
    assert "<question>" in last_text(compacted)
    assert "kept = 'still here'" in last_text(compacted)
    assert "still here" in results(lm.requests[3])[0].text


def test_a_window_too_small_for_anything_is_said(ask: Ask) -> None:
    answer = ask(ScriptedLM(lambda request: stopped("context_overflow")))
    assert answer.status == "partial"
    assert "window" in str(answer.reason)


def test_the_last_turn_is_announced_and_its_answer_partial(ask: Ask) -> None:
    lm = ScriptedLM([cell(LOOK), cell("x = 1"), cell(SUBMIT)])
    answer = ask(lm, limits={"turns": 3})
    assert "last turn" not in last_text(lm.requests[1])
    assert "This is your last turn" in last_text(lm.requests[2])
    assert answer.status == "partial"
    assert answer.reason == "the turns limit is reached: 3 of 3"
    assert len(answer.citations) == 1


def test_who_does_not_submit_in_the_last_turn_leaves_no_answer(ask: Ask) -> None:
    answer = ask(ScriptedLM(lambda request: cell("x = 1")), limits={"turns": 3})
    assert (answer.status, answer.usage.turns) == ("partial", 3)
    assert answer.answer == "No answer was submitted, and nothing had been read."
    answer = ask(ScriptedLM(lambda request: cell(LOOK)), limits={"turns": 2})
    assert answer.answer == "No answer was submitted. Read until then: pkg/retry.py, pkg/shop.py."


@pytest.mark.parametrize("limit", [{"tokens": 300_000}, {"cost_usd": 0.75}, {"calls": 5}])
def test_before_a_limit_one_turn_is_left_to_submit_in(ask: Ask, limit: dict[str, Any]) -> None:
    def script(request: Request) -> Any:
        reply = cell(SUBMIT if "last turn" in last_text(request) else LOOK)
        return replace(reply, usage=Usage(input_tokens=20_000, output_tokens=1_000))

    answer = ask(ScriptedLM(script), limits={"turns": 100_000, **limit})
    assert answer.status == "partial"
    assert len(answer.citations) == 1
    (name,) = limit
    assert f"the {name} limit is reached" in str(answer.reason)
    used = {
        "calls": answer.usage.calls,
        "tokens": answer.usage.input_tokens + answer.usage.output_tokens,
        "cost_usd": answer.usage.cost_usd,
    }
    assert used[name] is not None
    assert used[name] <= limit[name]  # type: ignore[operator]


@pytest.mark.usefixtures("patient")
def test_time_that_runs_out_leaves_a_last_turn(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 300 s, 30 are held back for the last turn; when the second cell starts, 269 are gone."""
    gone_s = 0.0

    def script(request: Request) -> Any:
        nonlocal gone_s
        if "last turn" in last_text(request):
            return cell(SUBMIT)
        if len(request.messages) == 1:
            return cell(LOOK)
        gone_s = 269.0
        return cell("import time; time.sleep(600)")

    clock = lambda: time.monotonic() + gone_s  # noqa: E731
    monkeypatch.setattr("rlm_code.rlm.run.Ledger", lambda limits: Ledger(limits, clock))
    answer = ask(ScriptedLM(script), limits={"seconds": 300.0, "cell_seconds": 600.0})
    assert (answer.status, answer.usage.turns) == ("partial", 3)
    assert "the seconds limit" in str(answer.reason)
    assert len(answer.citations) == 1
    assert answer.usage.seconds < 300


@pytest.mark.usefixtures("patient")
def test_a_runaway_cell_is_interrupted_and_keeps_its_variables(ask: Ask) -> None:
    lm = ScriptedLM([cell("kept = 5"), cell("while True: pass"), cell("print(kept)"), cell(LOOK), cell(SUBMIT)])
    answer = ask(lm, limits={"cell_seconds": 1.0})
    assert "variables kept" in results(lm.requests[2])[0].text
    assert "5" in results(lm.requests[3])[0].text
    assert answer.status == "complete"


def test_a_limit_in_dollars_needs_a_known_price(ask: Ask) -> None:
    with pytest.raises(ConfigError, match="price of anthropic:claude-next is unknown") as caught:
        ask(ScriptedLM([], name="anthropic:claude-next"), limits={"cost_usd": 1.0})
    assert '[prices."anthropic:claude-next"]' in str(caught.value.hint)
    free = {"price_of": lambda name: lambda usage: 0.0}
    answer = ask(ScriptedLM([cell(LOOK, SUBMIT)], name="anthropic:claude-next"), limits={"cost_usd": 1.0}, **free)
    assert (answer.status, answer.usage.cost_usd) == ("complete", 0.0)


@pytest.mark.parametrize("limit", [{"cost_usd": 0.01}, {"tokens": 3_000}])
def test_limits_without_room_for_a_single_turn_are_refused_at_once(ask: Ask, limit: dict[str, Any]) -> None:
    lm = ScriptedLM([])
    with pytest.raises(ConfigError, match="leave no room for one turn of anthropic:claude-sonnet-5"):
        ask(lm, limits=limit)
    assert lm.requests == []


def test_where_money_is_short_replies_are_kept_short(ask: Ask) -> None:
    lm = ScriptedLM([cell(LOOK), cell(SUBMIT)])
    answer = ask(lm, limits={"cost_usd": 0.15})
    assert answer.status == "complete"
    assert [request.max_tokens for request in lm.requests] == [4096, 4096]


def test_an_unknown_price_is_said_and_not_guessed(ask: Ask) -> None:
    assert ask(ScriptedLM([cell(LOOK, SUBMIT)], name="anthropic:claude-next")).usage.cost_usd is None


def test_the_model_can_ask_what_is_left(ask: Ask) -> None:
    lm = ScriptedLM(
        [cell("b = budget()\nprint(b['turns'], b['calls']['spent'], b['cost_usd']['allowed'])"), cell(LOOK, SUBMIT)]
    )
    ask(lm, limits={"cost_usd": 5.0})
    assert "{'spent': 1, 'allowed': 24} 1 5.0" in results(lm.requests[1])[0].text


class Breaking:
    """A real sandbox that breaks down in its second cell."""

    def __init__(self, inside: Sandbox) -> None:
        self._inside = inside
        self._cells = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inside, name)

    def run(self, code: str, timeout_s: float) -> CellResult:
        self._cells += 1
        if self._cells > 1:
            raise SandboxError("the worker could not be started again")
        return self._inside.run(code, timeout_s)


def test_a_sandbox_that_breaks_down_is_a_failure_and_no_prose(ask: Ask) -> None:
    lm = ScriptedLM([cell(LOOK, say="It is surely checkout."), cell(SUBMIT)])
    answer = ask(lm, open_sandbox=lambda namespace: Breaking(open_sandbox(namespace)))
    assert (answer.status, answer.answer) == ("failed", "")
    assert answer.reason == "the worker could not be started again"
    assert answer.coverage.read == ("pkg/retry.py", "pkg/shop.py")


def test_a_sandbox_that_cannot_be_had_is_an_error_before_anything_is_sent(ask: Ask) -> None:
    def refuse(namespace: Namespace) -> Sandbox:
        raise SandboxError("this system does not confine the worker", hint="two ways on")

    lm = ScriptedLM([cell(LOOK)])
    with pytest.raises(SandboxError, match="two ways on"):
        ask(lm, open_sandbox=refuse)
    assert lm.requests == []


def test_children_of_children_go_as_deep_as_allowed_and_no_deeper(ask: Ask) -> None:
    """Each session starts a child if it can; the deepest finds no such function."""
    down = (
        "try:\n    text = rlm_query('Go down').text\nexcept LookupError as error:\n    text = 'LookupError'\n"
        "print(repo.find('checkout')[0].text)\nd = budget()['depth']['spent']\n"
        "submit(f'{d}: {text} [1]', [repo.find('checkout')[0]])"
    )
    lm = ScriptedLM(lambda request: cell(down))
    answer = ask(lm, limits={"depth": 2})
    assert answer.status == "complete"
    assert answer.answer == "0: 1: 2: LookupError [1] [1] [1]"
    assert answer.usage.calls == 3 + 1  # the deepest cited what nobody had been shown yet


def test_front_ends_hear_what_happens_in_order(ask: Ask) -> None:
    heard: list[events.Event] = []
    ask(ScriptedLM([cell(LOOK, say="Let me look."), cell(SUBMIT)]), on_event=heard.append)
    assert [type(event).__name__ for event in heard if not isinstance(event, events.TextDelta)] == [
        "RunStarted", "SessionStarted",
        "TurnStarted", "Replied", "CellStarted", "CellEnded",
        "TurnStarted", "Observed", "Replied", "CellStarted", "Submitted", "CellEnded",
        "SessionEnded", "RunEnded",
    ]  # fmt: skip
    assert events.TextDelta("", "Let me look.") in heard


def test_limits_that_make_no_sense_are_refused() -> None:
    for wrong in ({"depth": 3}, {"depth": -1}, {"turns": 0}, {"cost_usd": 0.0}, {"tokens": -5}, {"seconds": 0.0}):
        with pytest.raises(ConfigError):
            Limits(**wrong)  # type: ignore[arg-type]


def test_limits_by_name_are_those_that_exist_and_of_their_kind() -> None:
    assert Limits.of({"width": 64, "seconds": 60, "depth": 1}) == Limits(width=64, seconds=60, depth=1)
    for wrong in ({"wdth": 4}, {"width": 1.5}, {"turns": True}, {"seconds": "60"}, {"cost_usd": [1]}, {"depth": 3}):
        with pytest.raises(ConfigError):
            Limits.of(wrong)
