"""Files of cells: how they are split, run and told."""

from __future__ import annotations

import json

import pytest

from rlm_code.sandbox import CellResult, Sandbox
from rlm_code.sandbox.cells import result_as_json, result_as_text, run_cells, split_cells
from tests.sandbox.conftest import once_started


def test_cells_stand_between_marks() -> None:
    text = "a = 1\n# %% second\nb = 2\n\n#%%\n\n# %%\nc = '# %%'\n"
    assert split_cells(text) == ["a = 1\n", "b = 2\n\n", "c = '# %%'\n"]
    assert split_cells("") == []
    assert split_cells("# %%") == []
    assert split_cells("x") == ["x"]


@pytest.mark.usefixtures("patient")
def test_each_cell_runs_whatever_came_of_the_one_before(sandbox: Sandbox) -> None:
    endless = "host.call('started')\nwhile True: pass"
    with once_started(sandbox.interrupt):
        results = list(run_cells(sandbox, ["x = 1", "1 / 0", endless, "print(x)\nx + 1"], 60))
    assert [result.status for result in results] == ["ok", "error", "timeout", "ok"]
    assert (results[3].output, results[3].value) == ("1\n", "2")


def test_a_result_as_a_line_of_json(sandbox: Sandbox) -> None:
    line = result_as_json(sandbox.run("print('ä\\n\\ud800')\n'v'", 5))
    assert "\n" not in line
    told = json.loads(line)
    assert (told["status"], told["output"], told["value"], told["error"]) == ("ok", "ä\n\ufffd\n", "'v'", None)
    assert set(told) == {"number", "status", "output", "output_length", "value", "error", "seconds", "lost"}


def test_a_result_for_a_terminal_has_no_control_characters(sandbox: Sandbox) -> None:
    result = sandbox.run("print('\\x1b[2J\\x1b]0;title\\x07\\x9b31m red\\r')\nraise ValueError('\\x1b[31m')", 5)
    assert "\x1b" in result.output
    shown = result_as_text(result)
    assert not any((ch < " " and ch != "\n") or ch in "\x1b\x07\x9b\r" for ch in shown)
    assert "\\x1b[2J" in shown


def test_a_silent_cell_says_so() -> None:
    silent = CellResult(3, "ok", "", 0, None, None, 0.01)
    assert result_as_text(silent) == "(nothing was printed)\n[3] ok, 0.010 s\n"
