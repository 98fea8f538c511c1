"""What a review says of itself to people."""

from __future__ import annotations

from dataclasses import replace

from rlm_code.cli.review_text import as_annotations, as_markdown, as_text
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


def removed(count: int, symbol: str) -> tuple[Finding, ...]:
    """As many calls of one function that is gone."""
    message = f"`{symbol}` is called here, but the change removed it from bank.py"
    return tuple(
        Finding("stale-call", "error", "shop.py", line, message, symbol, "bank.py:3", f"{symbol}({line})")
        for line in range(1, count + 1)
    )


def test_findings_of_one_cause_are_said_once() -> None:
    review = replace(reviewed(), findings=(*removed(40, "pay"), *removed(1, "lend")))
    text = as_text(review).splitlines()
    assert text[0] == "41 findings of 2 causes in 1 changed file"
    assert text[2:6] == [
        "shop.py:1: error: `pay` is called here, but the change removed it from bank.py",
        "    pay(1)",
        "    also shop.py:2: pay(2)",
        "    also shop.py:3: pay(3)",
    ]
    assert text[12] == "    … and at 31 other places"
    assert text[14].startswith("shop.py:1: error: `lend` is called here")
    pay, lend = as_markdown(review).splitlines()[2:4]
    assert pay.startswith("- **error** `shop.py:1` `pay` is called here, but the change removed it from bank.py; also ")
    assert pay.endswith("`shop.py:9` and 31 other places")
    assert lend == "- **error** `shop.py:1` `lend` is called here, but the change removed it from bank.py"


def test_each_cause_is_annotated_before_any_is_again() -> None:
    commands = as_annotations(replace(reviewed(), findings=(*removed(40, "pay"), *removed(1, "lend")))).splitlines()
    assert ["`pay`" in commands[0], "`lend`" in commands[1], "`pay`" in commands[2]] == [True] * 3
    assert commands[-1] == "::notice::31 more findings stand in the summary"


def test_calls_that_fail_in_different_ways_are_told_apart() -> None:
    one = Finding("call-misfit", "error", "shop.py", 1, "no `a`", "bank.pay", "bank.py:3", "pay()")
    other = replace(one, line=2, message="no `b`")
    assert as_text(replace(reviewed(), findings=(one, other))).splitlines()[0] == "2 findings in 1 changed file"
