"""No search takes longer than it may, whatever is searched for; one that is stopped says how far it came."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import pytest

from rlm_code.codebase.backtracking import found_in_child
from rlm_code.codebase.queries import HitRow
from rlm_code.codebase.text_search import search_files, search_kept, sought
from rlm_code.codebase.texts import KeptTexts
from rlm_code.errors import RlmCodeError

RUNAWAY = {
    r"^(a+)+$": b"a" * 5_000 + b"!\n",
    r"(a|aa)+$(?!c)": b"a" * 5_000 + b"!\n",
    r"(?=(x+x+)+y)": b"x" * 5_000,
    r"^(\w+\s?)*$": "é".encode() + b"word " * 2_000 + b"!",
    r"(.*a){12}\1": b"a" * 5_000,
    r"((a?){30}){30}a{900}(?=b)": b"a" * 5_000,
}


@pytest.mark.parametrize("pattern", RUNAWAY)
def test_an_expression_that_runs_away_is_stopped_and_says_how_far_it_came(pattern: str) -> None:
    files = [("a", RUNAWAY[pattern]), ("b", b"nothing\n")]
    begun = time.monotonic()
    page = search_files(sought(pattern, regex=True, ignore_case=False), files, 2, 10, 0.5)
    assert time.monotonic() - begun < 60
    if page.out_of_time:
        assert 1 <= page.unseen <= 2
        assert page.blind_spots == [f"{page.unseen} of 2 files: time ran out"]


@pytest.mark.parametrize("pattern", [r"^(a+)+$", r"(x+x+)+y", "(?:a|aa)+$", "a{900}b"])
def test_most_that_run_away_elsewhere_do_not_here(pattern: str) -> None:
    files = [("a", b"a" * 100_000 + b"!\n" + b"x" * 50_000)]
    page = search_files(sought(pattern, regex=True, ignore_case=False), files, 1, 10, 60)
    assert not page.out_of_time


HUGE: dict[str, Callable[[], str]] = {
    "words": lambda: "|".join(f"word{number}" for number in range(2_200)),
    "any case": lambda: "(?i)" + "|".join(f"word{number}" for number in range(2_200)),
    "ranges": lambda: "(?i)" + "[\\x00-\\U0010ffff]" * 1_000,
    "sets": lambda: "".join(f"[{chr(0x4E00 + number)}-\u9fff]" for number in range(4_000)),
    "repeats": lambda: "(?:(?:a{1000}){1000}){1000}",
    "letters": lambda: "a" * 20_000,
    "optional": lambda: "a?" * 10_000,
    "nested": lambda: "(?:.{0,9}a){9}" * 1_400,
}


@pytest.mark.parametrize("name", HUGE)
def test_a_huge_expression_is_bounded_too(name: str) -> None:
    begun = time.monotonic()
    page = search_files(sought(HUGE[name](), regex=True, ignore_case=False), [("a", b"a word8999\n" * 1000)], 1, 1, 1)
    assert time.monotonic() - begun < 60
    assert page.out_of_time or page.unseen == 0


def test_a_huge_expression_is_bounded_over_kept_text_too() -> None:
    data = (b"ab" * 40 + b"\n") * 20_000
    kept = KeptTexts(lambda paths: [(path, data) for path in paths], ["a", "b"])
    begun = time.monotonic()
    what = sought("(?:.{0,9}a){9}" * 40 + "c", regex=True, ignore_case=False)
    assert what.sieve is None
    page = search_kept(what, kept, ["a", "b"], 1, 1)
    assert time.monotonic() - begun < 60
    assert page.out_of_time or not page.rows


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("(" * 9_000 + ")" * 9_000, "nested too deeply"),
        ("a" * 100_000, "too long"),
        ("(?<=a+)b", "fixed-width"),
        ("a{99999999999999999999}", "not a regular expression"),
        ("(", "regex=False"),
        ("", "empty pattern"),
    ],
)
def test_what_is_no_expression_is_one_clear_error(pattern: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        sought(pattern, regex=True, ignore_case=False)


def test_the_child_finds_what_is_found_here() -> None:
    assert found_in_child("b", 0, ["ab\nb", "é b"], 60) == [[(1, 1, 1, 2), (2, 0, 2, 1)], [(1, 3, 1, 4)]]


def test_a_long_literal_is_found() -> None:
    text = "x1" * 20_000
    page = search_files(sought(text, regex=False, ignore_case=False), [("a", text.encode())], 1, 1, 60)
    assert page.rows == [HitRow("a", 1, 0, 1, len(text))]


def test_a_child_that_fails_is_an_error_that_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RuntimeError, match="unterminated"):
        found_in_child("(", 0, ["a"], 60)
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with pytest.raises(RlmCodeError, match=r"failed: .*No such file"):
        search_files(sought(r"(a|aa)+\1", regex=True, ignore_case=False), [("a", b"a" * 9000)], 1, 1, 60)


def test_a_lone_surrogate_is_found_nowhere_and_harms_nothing() -> None:
    for pattern in ("\ud800", "(?=\ud800)a|a", "(?:\ud800|a)+(?=b)"):
        what = sought(pattern, regex=True, ignore_case=False)
        page = search_files(what, [("a", b"\xed\xa0\x80 ab" + b"a" * 900)], 1, 9, 60)
        assert page.unseen == 0
        assert bool(page.rows) == ("a" in pattern)
