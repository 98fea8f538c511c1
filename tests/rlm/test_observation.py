"""What a model is shown of a cell."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from rlm_code.rlm.budget import Ledger
from rlm_code.rlm.observation import MOST_OUTPUT, render, status_line
from rlm_code.rlm.task import Limits
from rlm_code.sandbox.protocol import CellResult

QUIET = CellResult(3, "ok", "", 0, None, None, 0.1)


def test_silence_is_said() -> None:
    assert render(QUIET) == "(the cell ran; nothing was printed)"


def test_output_value_and_error_follow_each_other() -> None:
    assert render(replace(QUIET, output="a\n", output_length=2, value="[1, 2]")) == "a\nvalue: [1, 2]"
    failed = replace(QUIET, status="error", error="line 2: x\nValueError: no")
    assert render(failed) == "line 2: x\nValueError: no"


def test_long_output_keeps_head_and_tail_and_says_where_the_whole_is() -> None:
    text = "".join(f"{n:06}\n" for n in range(10_000))
    shown = render(replace(QUIET, output=text, output_length=len(text)))
    assert shown.startswith("000000\n")
    assert shown.endswith("009999")
    assert f"of {len(text):,} characters left out: out[3][" in shown
    assert len(shown) < MOST_OUTPUT + 200


@pytest.mark.parametrize("line", ["{n:06}\n", "{n:06} "])
def test_what_was_left_out_can_be_printed_as_it_says(line: str) -> None:
    text = "".join(line.format(n=n) for n in range(10_000)) + "\n"
    shown = render(replace(QUIET, output=text, output_length=len(text)))
    head, tail = shown.split("\n… ")[0], shown.split(" …\n")[1]
    first, last = map(int, re.findall(r"out\[3\]\[(\d+):(\d+)\]", shown)[0])
    assert "".join([head, text[first:last], tail]).replace("\n", "") == text.replace("\n", "")


def test_long_output_is_cut_between_lines() -> None:
    text = "".join(f"{n:06}\n" for n in range(10_000))
    shown = render(replace(QUIET, output=text, output_length=len(text)))
    assert {len(each) for each in shown.splitlines() if "left out" not in each} == {6}


def test_variables_that_died_are_named_once() -> None:
    killed = replace(QUIET, status="killed", lost=("big", "x"))
    assert "variables lost: big, x" in render(killed)
    assert render(replace(killed, error="killed; variables lost: big, x")) == "killed; variables lost: big, x"


def test_the_status_line_counts_turns_and_what_is_left() -> None:
    ledger = Ledger(Limits(cost_usd=0.5, tokens=None, seconds=60.0), clock=lambda: 0.0)
    assert status_line(3, ledger, last=False) == "[turn 3 of 24, 0 of 300 calls, $0.00 of $0.5 spent, 0 of 60 s]"
    assert "last turn" in status_line(3, ledger, last=True)
