"""How an answer is made to fit a terminal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rlm_code.cli.fitting import fitted, unquoted
from rlm_code.codebase.draft import Draft

ROWS = (
    "It is used in many places, more than one would think of at the first look at it:\n"
    "\n"
    "    src/shop.py:40, 44  checkout_of_a_cart        charge_card(cart, retries=attempts_of(cart))  [1]\n"
    "    src/retry.py:8      (top level)                                                             [12]\n"
    "    … and 3 more callers\n"
)


def test_sentences_break_between_words_and_rows_are_cut_from_the_right() -> None:
    assert fitted(ROWS, 70) == (
        "It is used in many places, more than one would think of at the first\n"
        "look at it:\n"
        "\n"
        "    src/shop.py:40, 44  checkout_of_a_cart  charge_card(cart, r…  [1]\n"
        "    src/retry.py:8      (top level)                               [12]\n"
        "    … and 3 more callers\n"
    )


def test_what_fits_stays_as_it_is() -> None:
    assert fitted(ROWS, 120) == ROWS


def test_the_last_column_goes_before_names_cannot_be_told_apart_and_places_stay_whole() -> None:
    assert "    src/shop.py:40, 44  checkout_of_a_cart  [1]\n" in fitted(ROWS, 50)
    assert "    src/shop.py:40, 44  checkout_of…  [1]\n" in fitted(ROWS, 40)
    assert "    src/shop.py:40, 44  checkout_of…  [1]\n" in fitted(ROWS, 20)


def test_fenced_code_is_left_alone() -> None:
    code = "See:\n\n```\ndef total(cart, with_a_long_parameter, and_another):\n    return 1\n```\nThat is all of it."
    assert fitted(code, 20) == code


def test_a_list_stays_a_list() -> None:
    assert fitted("- one thing and another\n", 16) == "- one thing and\n  another\n"


CELLS = st.text(alphabet="ab`[1] .…é", max_size=60)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=5), st.integers(20, 130))
def test_any_table_keeps_its_rows_and_places(rows: list[list[str]], columns: int) -> None:
    draft = Draft()
    draft.say("Rows:")
    draft.table([f"a.py:{number}", *row, f"[{number}]"] for number, row in enumerate(rows, 1))
    shown = fitted(unquoted(draft.text), columns).split("\n")
    assert [line.split()[0] for line in shown if line.startswith("    ")] == [
        f"a.py:{number}" for number in range(1, len(rows) + 1)
    ]
    assert all(line == line.rstrip() for line in shown)
