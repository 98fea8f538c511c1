"""A conversation is shortened before it outgrows the window, and what matters of it is told anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rlm_code.lm.protocol import Reply, Usage
from rlm_code.lm.replay import ReplayLM
from rlm_code.rlm import events
from rlm_code.rlm.trajectory import read_trajectory
from tests.rlm.conftest import Ask
from tests.rlm.scripted import ScriptedLM, cell, last_text, prose, stopped

LOOK = "found = repo.find('charge_card')[0].callers()\ntexts = [repo.file('pkg/shop.py').text]\nimport re\nprint(found)"
HALF = "submit('A [1], b [2].', [{'path': 'pkg/shop.py', 'start_line': 6}, {'path': 'pkg/shop.py', 'start_line': 99}])"
SUBMIT = "print(len(texts))\nsubmit('So [1].', [{'path': 'pkg/shop.py', 'start_line': 6}])"


def full(reply: Reply) -> Reply:
    """A reply after which the provider has counted almost a whole window."""
    return replace(reply, usage=Usage(150_000, 1_000))


TURNS = [cell(LOOK), cell(HALF), full(cell("number = 7\nprint('almost full')")), cell(SUBMIT)]


def test_before_the_window_is_full_the_turns_become_notes(ask: Ask) -> None:
    lm = ScriptedLM(TURNS)
    answer = ask(lm, limits={"window_tokens": 200_000})
    assert (answer.status, answer.answer) == ("complete", "So [1].")
    assert [len(request.messages) for request in lm.requests] == [1, 3, 5, 1]
    told = last_text(lm.requests[3])
    assert told.startswith("<question>\nWho calls charge_card?\n</question>")
    assert "found: Listing, 2 long\ntexts: list, 1 long\nnumber: int\n" in told
    assert "Files looked at: pkg/shop.py" in told
    assert "A [1], b [unverified].\n[1] pkg/shop.py:6-6" in told
    assert "Out: almost full" in told
    assert "re: module" not in told
    assert "[turn 4 of 24" in told


def test_as_long_as_all_fits_nothing_is_forgotten(ask: Ask) -> None:
    lm = ScriptedLM(TURNS)
    ask(lm, limits={"window_tokens": 1_000_000})
    assert [len(request.messages) for request in lm.requests] == [1, 3, 5, 7]


def test_a_window_that_is_always_full_does_not_stop_the_run(ask: Ask) -> None:
    lm = ScriptedLM([cell(LOOK), *[replace(cell("print('x' * 9000)"), usage=Usage(6_000))] * 5, cell(SUBMIT)])
    answer = ask(lm, limits={"window_tokens": 9_000, "reply_tokens": 3_000})
    assert answer.status == "complete"
    assert max(len(request.messages) for request in lm.requests) <= 5


@pytest.mark.parametrize("turns", [TURNS, [cell(LOOK), stopped("context_overflow"), cell(SUBMIT)]])
def test_a_shortened_run_is_recorded_and_replays(ask: Ask, turns: list[Reply]) -> None:
    first = ask(ScriptedLM(turns))
    recorded = list(read_trajectory(Path(str(first.trajectory))))
    assert [line["event"] for line in recorded].count("compacted") == 1
    again = ask(ReplayLM(Path(str(first.trajectory))))
    assert (again.status, again.answer, again.coverage) == (first.status, first.answer, first.coverage)


def test_a_worker_that_cannot_say_its_variables_is_no_reason_to_stop(ask: Ask) -> None:
    lm = ScriptedLM([cell("globals().clear()\nprint('gone')"), full(cell("1")), prose("Hm."), prose("Hm.")])
    heard: list[events.Event] = []
    assert ask(lm, on_event=heard.append).status == "partial"
    assert any(isinstance(event, events.Compacted) for event in heard)


def test_children_shorten_their_own(ask: Ask) -> None:
    sub = ScriptedLM([cell(LOOK), full(cell("print('So far')")), cell(SUBMIT)])
    lm = ScriptedLM([cell("print(rlm_query('Look.'))"), cell(LOOK), cell(SUBMIT)])
    heard: list[events.Event] = []
    assert ask(lm, sub_lm=sub, limits={"depth": 1}, on_event=heard.append).status == "complete"
    assert [event.session for event in heard if isinstance(event, events.Compacted)] == ["1"]
