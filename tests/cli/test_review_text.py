"""What a review says of itself to people."""

from __future__ import annotations

from dataclasses import replace

from rlm_code.cli.review_text import as_markdown, as_text
from rlm_code.features.review.findings import Finding, Reach, Review

CALLED = ("shop.py:4 checkout",)


def reviewed(*reach: Reach) -> Review:
    return Review("a" * 40, "b" * 40, findings=(), reach=reach, reviewed=("bank.py",), skipped=(), incomplete=())


def test_a_removed_method_that_was_called_does_not_look_judged() -> None:
    gone = Reach("removed", "method", "Bank.pay", "bank.py:3", CALLED, 0)
    headline = (
        "Nothing that this change breaks was found in 1 changed file; 1 removed method with callers is not judged"
    )
    assert as_text(reviewed(gone)).splitlines()[0] == headline
    assert as_markdown(reviewed(gone)).splitlines()[0] == f"### {headline}"
    assert as_text(reviewed(gone, gone)).splitlines()[0].endswith("; 2 removed methods with callers are not judged")


def test_what_is_judged_or_has_no_callers_needs_no_such_word() -> None:
    function = Reach("removed", "function", "pay", "bank.py:3", CALLED, 0)
    changed = Reach("changed", "method", "Bank.pay", "bank.py:3", CALLED, 0)
    unused = Reach("removed", "method", "Bank.pay", "bank.py:3", (), 0)
    text = as_text(reviewed(function, changed, unused))
    assert text.splitlines()[0] == "Nothing that this change breaks was found in 1 changed file"


def test_a_method_that_a_finding_names_or_a_language_lets_judge_is_judged() -> None:
    gone = Reach("removed", "method", "Bank.pay", "bank.py:3", CALLED, 0)
    stale = Finding("stale-call", "error", "shop.py", 4, "gone", "Bank.pay", "bank.py:3", "Bank.pay()")
    said = as_text(replace(reviewed(gone), findings=(stale,)))
    assert said.splitlines()[0] == "1 finding in 1 changed file"
    assert "not judged" not in as_text(reviewed(replace(gone, language="rust")))


def test_what_was_too_much_to_look_at_is_said() -> None:
    text = as_text(replace(reviewed(), unjudged=2, unreached=1))
    assert text.splitlines()[0].endswith("; 2 removed definitions that may still be used are not judged")
    assert "callers    of 1 changed definition were not looked up" in text


def test_no_change_is_not_a_change_that_breaks_nothing() -> None:
    headline = as_text(replace(reviewed(), reviewed=())).splitlines()[0]
    assert headline == "There is no change to review: commits are compared, and what is not committed is left out"
