"""Answers in the making: markers, tables, and source that must not read as a marker."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from rlm_code.codebase import Draft, Repo


def place(line: int) -> dict[str, object]:
    return {"path": "a.py", "start_line": line, "end_line": line}


def test_the_same_place_keeps_its_marker(shop: Repo) -> None:
    draft = Draft()
    assert [draft.cite(place(1)), draft.cite(shop.symbol("main")), draft.cite(place(1))] == ["[1]", "[2]", "[1]"]
    assert draft.citations == [place(1), {"path": "pkg/shop.py", "start_line": 10, "end_line": 10}]


def test_a_table_stands_apart_in_aligned_columns() -> None:
    draft = Draft()
    draft.say("Two:")
    draft.table([["a.py:1", "f", "", "[1]"], ["long.py:20", "", "", "[2]"], ["… and 3 more"]])
    draft.say("End.")
    assert draft.text == ("Two:\n\n    a.py:1      f  [1]\n    long.py:20     [2]\n    … and 3 more\n\nEnd.")


def test_no_rows_make_no_table() -> None:
    draft = Draft()
    draft.say("One.")
    draft.table([])
    draft.say("Two.")
    assert draft.text == "One.\n\nTwo."


def test_wide_rows_are_cut_to_fit_a_screen_but_never_a_place_or_a_name() -> None:
    draft = Draft()
    draft.table([["path/" * 6, "n" * 30, "x" * 200, "[12]"]])
    (line,) = draft.text.splitlines()
    assert len(line) <= 4 + 112
    assert line.strip().startswith("path/" * 6 + "  " + "n" * 30 + "  ")
    assert line.endswith("…  [12]")


def test_source_with_brackets_is_quoted() -> None:
    assert Draft.code("a = items[0]") == "`a = items[0]`"
    assert Draft.code("a  =\titems") == "a = items"
    assert Draft.code("x" * 100, 10) == "xxxxxxxxx…"
    assert Draft.prose("see [1] and [2, 3]") == "see (1) and (2, 3)"


def test_citations_can_be_taken_out() -> None:
    draft = Draft()
    draft.say(f"A {draft.cite(place(1))}, B {draft.cite(place(2))}, C {draft.cite(place(3))}; `x[2]`")
    without = draft.without({2})
    assert without.text == "A [1], B , C [2]; `x[2]`"
    assert without.citations == [place(1), place(3)]


@given(st.lists(st.lists(st.text(max_size=60), max_size=5), max_size=6))
def test_no_row_is_lost_and_none_breaks_a_line(rows: list[list[str]]) -> None:
    draft = Draft()
    draft.table(rows)
    shown = [line for line in draft.text.split("\n") if line.strip()]
    assert len(shown) <= len(rows)
    assert not re.search(r"\n{3}", draft.text)
