"""README says what is so."""

from __future__ import annotations

from benchmarks.table import README, written
from rlm_code.cli.main import VERBS


def test_its_table_is_that_of_the_results() -> None:
    text = README.read_text()
    assert written(text) == text, "run `python -m benchmarks.table`"


def test_it_names_every_command() -> None:
    text = README.read_text()
    assert [verb for verb in VERBS if f"`rlm-code {verb}" not in text and f"`{verb}" not in text] == []
