"""What would take a grammar, a query or an expression without end is stopped or refused; what people write is not."""

from __future__ import annotations

import sys
import time

import pytest

from rlm_code.parse.detect import language_of
from rlm_code.parse.extract import parse_file
from rlm_code.parse.facts import FileFacts
from rlm_code.parse.grammar import facts_query
from rlm_code.parse.limits import longest_unclosed
from rlm_code.parse.masks import candidates
from rlm_code.parse.rescue import KOTLIN_MASKS


def timed(path: str, data: bytes, timeout_s: float) -> tuple[FileFacts, float]:
    language = language_of(path, data)
    assert language is not None
    facts_query(language)  # its compilation is no part of what a file takes
    start = time.thread_time()
    return parse_file(language, data, timeout_s=timeout_s), time.thread_time() - start


@pytest.mark.parametrize("path", ["a.cs", "a.java"])
def test_angle_brackets_that_stay_open_are_an_issue(path: str) -> None:
    found, seconds = timed(path, b"a<" * 20_000, 1)
    assert [issue.message for issue in found.issues] == ["more than 5000 brackets < are opened in a row and not closed"]
    assert seconds < 1


@pytest.mark.parametrize(
    "code", [b"f(1 << 3, a <= b, c <<= d)\n", b"if a < b > c\n", b"List<int> x = y < z;\n", b"#include <a>\n"]
)
def test_shifts_comparisons_and_closed_brackets_are_no_open_ones(code: bytes) -> None:
    assert longest_unclosed(code * 2_000) <= 2


@pytest.mark.parametrize("size", [20_000, 32_000, 40_000])
def test_a_grammar_that_is_slow_at_each_step_is_stopped_in_time(size: int) -> None:
    found, seconds = timed("a.rst", (b"fn(" * size)[:size], 0.2)
    assert seconds < 5
    assert [issue.message for issue in found.issues] == ["parsing took longer than 0.2 s"]


@pytest.mark.parametrize("path", ["a.go", "a.json", "a.py"])
def test_an_error_of_very_many_children_is_an_issue(path: str) -> None:
    found, seconds = timed(path, b"a } " * 13_000, 5)
    assert [issue.message for issue in found.issues] == [
        "a syntax error spans more than 5000 tokens in a row or 10000 in all"
    ]
    assert seconds < 2


@pytest.mark.parametrize("code", [b"a." * 20_000, b"|a" * 20_000, b"class A { int x = a" + b".a" * 20_000 + b"; }"])
def test_an_endless_chain_is_an_issue(code: bytes) -> None:
    found, seconds = timed("a.cs", code, 5)
    assert [issue.message for issue in found.issues] == ["more than 10000 expressions are nested in each other"]
    assert seconds < 1


def test_what_may_be_blanked_is_found_in_linear_time() -> None:
    start = time.thread_time()
    assert list(candidates(b"fun a " * 13_000, KOTLIN_MASKS, conditionals=False)) == []
    assert time.thread_time() - start < 3


def test_a_better_reading_is_sought_until_the_time_is_over() -> None:
    _, seconds = timed("a.kt", b"class A " * 10_000, 0.3)
    assert seconds < 2


def test_a_file_that_was_read_is_forgotten() -> None:
    """The binding keeps each object that is read out to it, and Perl's grammar has each token read out."""
    code = b"my $total = first(1) + $second{third};\n" * 1_000
    timed("a.pl", code, 10)
    before = sys.getallocatedblocks()
    timed("a.pl", code, 10)
    assert sys.getallocatedblocks() - before < 1_000
