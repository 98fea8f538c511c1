"""How an answer looks in a terminal and in a pipe."""

from __future__ import annotations

import dataclasses
import re

from rlm_code.cli.markdown import render_markdown
from rlm_code.cli.render import render_answer
from rlm_code.rlm.answer import Answer, Citation, Coverage, LMUse, Spent

COMMIT = "3f2c9d1" + "0" * 33

ANSWER = Answer(
    status="complete",
    answer="charge_card (pkg/payments.py:12) is called from one place:\n\n  pkg/shop.py:40  checkout  [1]",
    citations=(
        Citation("pkg/shop.py", 40, 40, COMMIT, "    charge_card(cart)"),
        Citation("pkg/payments.py", 12, 14, COMMIT, "def charge_card(\n    cart,\n):"),
    ),
    coverage=Coverage(1204, (), (), 3, (), (("web/legacy.vue", "no grammar"),), ("calls by reflection can't be seen",)),
    usage=Spent(2, 0, 0, 0, 0, 0, 0.0, 0.31),
    lm=LMUse("structural", None, "seccomp"),
    trajectory="/state/runs/20260102T030405-a1b2c3.jsonl",
    question="Who calls charge_card?",
    repository="/src/my project",
    commit=COMMIT,
)


def test_the_answer_comes_first_then_evidence_coverage_and_model() -> None:
    assert render_answer(ANSWER, links=False) == (
        "charge_card (pkg/payments.py:12) is called from one place:\n"
        "\n"
        "  pkg/shop.py:40  checkout  [1]\n"
        "\n"
        "evidence  2 citations hold at 3f2c9d1\n"
        "coverage  1,204 files, 1 not parsed whole (web/legacy.vue)\n"
        "not seen  calls by reflection can't be seen\n"
        "model     none: structural answer   0.3 s\n"
    )


def test_citations_that_the_text_does_not_spell_out_are_listed_with_their_quote() -> None:
    shown = render_answer(dataclasses.replace(ANSWER, answer="It is charged once [2]."), links=False)
    assert "[1]  pkg/shop.py:40         charge_card(cart)\n[2]  pkg/payments.py:12-14  def charge_card(\n" in shown


def test_a_partial_answer_says_so_and_why() -> None:
    shown = render_answer(dataclasses.replace(ANSWER, status="partial", reason="the turns ran out"), links=False)
    assert "\npartial   the turns ran out\n" in shown


def test_a_language_model_is_named_with_what_it_used() -> None:
    answer = dataclasses.replace(
        ANSWER,
        lm=LMUse("anthropic:claude-x", "anthropic:claude-y", "seccomp"),
        usage=Spent(3, 7, 1000, 200, 30, 4, None, 12.0),
    )
    shown = render_answer(answer, links=False)
    assert "anthropic:claude-x with anthropic:claude-y: 3 turns, 7 calls, 1,234 tokens, price unknown   12.0 s" in shown
    assert shown.endswith("\nrun       20260102T030405-a1b2c3\n")


def test_in_a_terminal_each_cited_place_is_a_link_and_nothing_else_changes() -> None:
    shown = render_answer(ANSWER, links=True)
    assert "\x1b]8;;file:///src/my%20project/pkg/shop.py\x1b\\pkg/shop.py:40\x1b]8;;\x1b\\" in shown
    assert re.sub(r"\x1b\]8;;.*?\x1b\\", "", shown) == render_answer(ANSWER, links=False)


def test_an_answer_cannot_steer_the_terminal() -> None:
    evil = dataclasses.replace(ANSWER, answer="\x1b]0;owned\x07 done", reason="\x1b[2J", status="failed")
    assert "\x1b" not in render_answer(evil, links=False)


def test_a_file_name_cannot_steer_the_terminal_or_break_a_row() -> None:
    where = Citation("odd\x1b[31m\nname.py", 3, 3, COMMIT, "charge()")
    unparsed = dataclasses.replace(ANSWER.coverage, unparsed=(("bad\nname.py", "no grammar"),))
    answer = dataclasses.replace(ANSWER, answer="Once [1].", citations=(where,), coverage=unparsed)
    for links in (False, True):
        shown = render_answer(answer, links=links)
        assert "\n[1]  odd\\x1b[31m\\nname.py:3  charge()\n" in shown
        assert "(bad\\nname.py)" in shown


def test_a_place_that_the_text_spells_out_as_it_can_be_printed_is_not_listed_again() -> None:
    where = Citation("odd\udcff\nname.py", 3, 3, COMMIT, "charge()")
    answer = dataclasses.replace(ANSWER, answer="    odd\udcff name.py:3  checkout  [1]", citations=(where,))
    assert "\n[1]" not in render_answer(answer, links=False)


def with_spots(answer: Answer, *spots: str) -> Answer:
    return dataclasses.replace(answer, coverage=dataclasses.replace(answer.coverage, blind_spots=spots))


def test_what_the_answer_says_could_hide_more_is_not_said_again() -> None:
    spot = "names made at run time (getattr, setattr and the like) cannot be seen: src/one.py"
    said = dataclasses.replace(ANSWER, answer=f"Nobody [1].\nOthers could be hidden: {spot}; uses through a value.")
    assert "not seen" not in render_answer(with_spots(said, spot), links=False)
    shown = render_answer(with_spots(ANSWER, spot, "calls by reflection", "one more", "and one"), links=False)
    assert f"not seen  {spot}\n          calls by reflection\n          2 more, which --json lists\n" in shown


def test_the_files_that_were_not_parsed_whole_are_named_as_far_as_a_line_goes() -> None:
    paths = tuple((f"examples/javascript/js_example/templates/{name}.html", "partial") for name in "abcd")
    answer = dataclasses.replace(ANSWER, coverage=dataclasses.replace(ANSWER.coverage, unparsed=paths))
    said = "4 not parsed whole (examples/javascript/js_example/templates/a.html, …)\n"
    assert said in render_answer(answer, links=False)


def test_the_time_says_what_went_before_the_first_question() -> None:
    assert "0.3 s, after 12.0 s of indexing\n" in render_answer(ANSWER, links=False, opened_s=12.04)
    assert "indexing" not in render_answer(ANSWER, links=False, opened_s=0.2)


def test_code_with_brackets_stands_in_its_row_as_it_is() -> None:
    rows = "Twice:\n\n    a.py:1  f  `total = cart[0]`  [1]\n    a.py:2  g  cart()             [2]\n\nSee `cart[0]`."
    shown = render_answer(dataclasses.replace(ANSWER, answer=rows), links=False)
    assert "    a.py:1  f  total = cart[0]    [1]\n    a.py:2  g  cart()             [2]\n" in shown
    assert "See `cart[0]`." in shown


def test_a_long_blind_spot_is_cut_between_words() -> None:
    spot = "names made at run time (getattr, setattr and the like) cannot be seen: " + "src/one.py, " * 9 + "and more"
    answer = dataclasses.replace(ANSWER, coverage=dataclasses.replace(ANSWER.coverage, blind_spots=(spot,)))
    shown = render_answer(answer, links=False)
    assert f"not seen  {spot[:157].rpartition(' ')[0].rstrip(',')} …\n" in shown


def test_markdown_links_to_files_of_any_name() -> None:
    where = Citation("odd\udcff\n<name>.py", 3, 3, COMMIT, "charge()")
    page = render_markdown(dataclasses.replace(ANSWER, citations=(where,)), title="Odd")
    assert r"**[1]** [odd" in page
    assert r"\\n\<name\>.py:3](<odd%FF%0A%3Cname%3E.py#L3>)" in page
