"""Evidence is what somebody was shown: lines that nobody read, commits that do not exist and look-ups that broke."""

from __future__ import annotations

import pytest

from rlm_code.codebase.host import HostQueries
from rlm_code.rlm.answer import Citation, Route
from rlm_code.rlm.citations import commit_ids
from rlm_code.rlm.coverage import Reading
from tests.conftest import git
from tests.rlm.conftest import Ask
from tests.rlm.scripted import ScriptedLM, cell, last_text, prose

CITED = "{'path': 'pkg/shop.py', 'start_line': 6, 'end_line': 6}"
SUBMIT = f"submit('So [1].', [{CITED}])"
ELSEWHERE = "print(repo.file('README.md').lines())"

LINE = Citation("pkg/shop.py", 6, 6, None, "    return charge_card(cart)")
BLOCK = Citation("pkg/a.py", 10, 12, None, 'if x:\n    say("it\'s\\n")\n}')


@pytest.mark.parametrize(
    ("citation", "shown"),
    [
        (LINE, "    return charge_card(cart)"),
        (LINE, "6  return charge_card(cart)  # and so on"),
        (LINE, "'def checkout(cart):\\n    return charge_card(cart)\\n'"),  # the repr of a text
        (LINE, "<call charge_card pkg/shop.py:6: return charge_card(cart)>"),
        (LINE, "<function checkout pkg/shop.py:4-6>"),
        (LINE, "see pkg/shop.py:6, which"),
        (BLOCK, '    say("it\'s\\n")'),
        (BLOCK, "'    say(\"it\\'s\\\\n\")'"),
    ],
)
def test_lines_are_read_by_their_text_or_their_place(shop: HostQueries, citation: Citation, shown: str) -> None:
    reading = Reading(shop.snapshot)
    reading.show(shown, to_root=False)
    assert reading.has_read(citation)


@pytest.mark.parametrize(
    "shown", ["", "pkg/shop.py", "pkg/shop.py:5", "pkg/shop.py:60", "other/pkg/shop.py:6", "return"]
)
def test_a_path_or_a_place_nearby_is_no_reading(shop: HostQueries, shown: str) -> None:
    reading = Reading(shop.snapshot)
    reading.show(shown, to_root=True)
    assert not reading.has_read(LINE)


def test_a_citation_that_nobody_read_comes_back_with_its_lines_and_then_is_read(ask: Ask) -> None:
    lm = ScriptedLM([cell(ELSEWHERE), cell(SUBMIT), cell(SUBMIT)])
    answer = ask(lm)
    told = last_text(lm.requests[2])
    assert "citation 1: nobody has read pkg/shop.py:6-6 in this run" in told
    assert "    return charge_card(cart)" in told
    assert (answer.status, len(answer.citations)) == ("complete", 1)


def test_what_code_looked_at_and_nobody_saw_is_not_read(ask: Ask) -> None:
    silently = "text = repo.file('pkg/shop.py').text\nassert 'charge_card' in text\n"
    answer = ask(ScriptedLM([cell(ELSEWHERE), cell(silently + SUBMIT)]), limits={"turns": 2})
    assert (answer.status, answer.citations) == ("partial", ())


@pytest.mark.parametrize(
    "look",
    [
        "print(repo.find('checkout')[0])",
        "print(repo.find('charge_card')[0].callers())",
        "repo.search('return charge_card')",
        "print(repo.file('pkg/shop.py').lines(5, 6))",
        "repo.file('pkg/shop.py').text",
        "for hit in repo.search('charge'): print(hit.place)",
    ],
)
def test_whatever_shows_a_line_or_its_place_makes_it_evidence(ask: Ask, look: str) -> None:
    cited = "repo.find('checkout')[0]" if "find('checkout')" in look else CITED
    assert ask(ScriptedLM([cell(look), cell(f"submit('So [1].', [{cited}])")])).status == "complete"


def test_what_a_sub_model_read_is_read(ask: Ask) -> None:
    cells = iter([cell("r = llm_query(repo.file('pkg/shop.py').text)"), cell(SUBMIT)])
    lm = ScriptedLM(lambda request: next(cells) if request.tools else prose("It charges."))
    answer = ask(lm, sub_lm=lm)
    assert (answer.status, answer.coverage.read_by_sub_models) == ("complete", ("pkg/shop.py",))


@pytest.mark.parametrize(
    ("answer", "ids"),
    [
        ("In `3f2a91bc`, then in 0123456789abcdef0123456789abcdef01234567 (see 3f2a91bc).", 2),
        ("by 1234567 of them, deadbeef, #a1b2c3d, 0xa1b2c3d4, app-3f2a91bc.js, a/3f2a91bc/b, 3f2a91bc.map", 0),
        ("f00baa7, f00baa8. And f00baa9", 3),
    ],
)
def test_what_looks_like_the_id_of_a_commit(answer: str, ids: int) -> None:
    assert len(commit_ids(answer)) == ids


def test_a_commit_that_does_not_exist_comes_back(ask: Ask, shop: HostQueries) -> None:
    look = "print(repo.file('pkg/shop.py').lines())"
    real = git(shop.snapshot.root, "rev-parse", "HEAD").strip()
    invented = f"submit('Since 3f2a91b [1].', [{CITED}])"
    lm = ScriptedLM([cell(look), cell(invented), cell(f"submit('Since {real[:9]} [1].', [{CITED}])")])
    answer = ask(lm)
    assert "there is no commit 3f2a91b in the history" in last_text(lm.requests[2])
    assert (answer.status, answer.answer) == ("complete", f"Since {real[:9]} [1].")
    stubborn = ask(ScriptedLM([cell(look)] + [cell(invented)] * 3))
    assert stubborn.status == "partial"
    assert "no commit 3f2a91b" in str(stubborn.reason)


def test_a_number_that_stands_in_the_text_is_no_invented_commit(ask: Ask) -> None:
    shown = cell("print('# vendored from 3f2a91b\\n', repo.file('pkg/shop.py').lines())")
    assert ask(ScriptedLM([shown, cell(f"submit('From 3f2a91b [1].', [{CITED}])")])).status == "complete"


@pytest.mark.parametrize(
    "error", [ZeroDivisionError("by zero"), KeyError("x"), TypeError("NoneType"), AttributeError()]
)
def test_a_look_up_of_ours_that_breaks_is_worked_around_and_not_kept_silent(
    ask: Ask, shop: HostQueries, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def broken(*_: object) -> None:
        raise error

    monkeypatch.setattr(shop, "find", broken)
    caught = "try:\n    repo.find('checkout')\nexcept Exception as error:\n    print(type(error).__name__)"
    lm = ScriptedLM([cell("repo.find('checkout')"), cell(caught), cell("print(repo.file('pkg/shop.py').lines())"),
                     cell(SUBMIT)])  # fmt: skip
    answer = ask(lm)
    kind = type(error).__name__
    assert f"repo.find failed inside rlm-code ({kind}" in last_text(lm.requests[1])
    assert "RlmCodeError" in last_text(lm.requests[2])
    assert (answer.status, len(answer.citations)) == ("partial", 1)
    assert f"repo.find failed inside rlm-code ({kind}" in str(answer.reason)
    assert any("repo.find failed" in spot for spot in answer.coverage.blind_spots)


def test_where_structure_broke_the_model_starts_afresh(
    ask: Ask, shop: HostQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shop, "find", lambda *_: 1 / 0)
    lm = ScriptedLM([cell("print(repo.file('pkg/shop.py').lines())"), cell(SUBMIT)])
    answer = ask(lm, routes=(Route("structure", "first"), Route("explore", "then")))
    assert (answer.status, answer.route) == ("complete", Route("explore", "then"))
