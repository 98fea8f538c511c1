"""Cells are ordinary Python in one lasting namespace."""

from __future__ import annotations

import time
from typing import Any

import pytest

from rlm_code.sandbox import HostMethod, Namespace, Sandbox, open_sandbox
from rlm_code.sandbox.clock import CellClock


def test_state_persists_and_the_last_expression_is_the_value(sandbox: Sandbox) -> None:
    first = sandbox.run("x = 20\nprint('set')", 5)
    assert (first.status, first.output, first.output_length, first.value) == ("ok", "set\n", 4, None)
    second = sandbox.run("x + 1", 5)
    assert (second.status, second.output, second.value, second.number) == ("ok", "", "21", first.number + 1)


def test_assignments_before_an_error_survive(sandbox: Sandbox) -> None:
    failed = sandbox.run("y = 1\ny = y / 0\ny = 3", 5)
    assert failed.status == "error"
    assert failed.error is not None
    assert failed.error.startswith("Traceback")
    assert "line 2" in failed.error
    assert "y = y / 0" in failed.error
    assert failed.error.endswith("ZeroDivisionError: division by zero")
    assert sandbox.run("y", 5).value == "1"


@pytest.mark.usefixtures("patient")
def test_a_time_limit_interrupts_and_keeps_variables(sandbox: Sandbox) -> None:
    sandbox.run("kept = 1", 5)
    stopped = sandbox.run("while True:\n    kept += 1", 0.2)
    assert stopped.status == "timeout"
    assert 0.2 <= stopped.seconds < 30
    assert sandbox.run("kept >= 1", 5).value == "True"


@pytest.mark.usefixtures("patient")
def test_time_in_methods_that_stop_the_clock_does_not_count(sandbox: Sandbox) -> None:
    started = time.monotonic()
    answered = sandbox.run("ask('?')", 30)
    assert (answered.status, answered.value) == ("ok", "'answer to ?'")
    assert answered.seconds <= time.monotonic() - started - 0.3
    assert sandbox.run("host.call('slow', '?')", 0.2).status == "timeout"


def test_a_clock_that_is_stopped_moves_its_limit() -> None:
    clock = CellClock(30)
    limit = clock.next_look
    with clock.stopped():
        time.sleep(0.05)
    assert clock.next_look >= limit + 0.05


def test_a_cell_that_will_not_stop_is_killed_and_its_variables_named() -> None:
    def interrupt() -> None:
        sandbox.interrupt()

    endless = "sum(range(10**13))"  # one call in C, which looks at no signal
    swallow = "\nexcept KeyboardInterrupt: "
    stubborn = f"try: host.call('interrupt'){swallow}pass\ntry: {endless}{swallow}{endless}"
    methods: dict[str, Any] = {"interrupt": HostMethod(interrupt)}
    with open_sandbox(Namespace("tests.sandbox.names:names", methods), "confined") as sandbox:
        sandbox.run("a = 1\nb = 2", 5)
        killed = sandbox.run(stubborn, 120)
        assert (killed.status, killed.lost) == ("killed", ("a", "b"))
        assert killed.error is not None
        assert "variables lost: a, b" in killed.error
        assert sandbox.run("'a' in globals()", 5).value == "False"


def test_help_is_there_and_exit_ends_the_cell(sandbox: Sandbox) -> None:
    assert "help(x)" in sandbox.run("help()", 5).output
    told = sandbox.run("def f(a, *, b=1):\n    'Adds a and b.'\nhelp(f)", 5)
    assert (told.status, told.value) == ("ok", None), told.error
    assert "f(a, *, b=1)" in told.output
    assert "Adds a and b." in told.output
    members = sandbox.run("class C:\n    'A class.'\n    def m(self, x): 'Does m.'\nhelp(C())", 5)
    assert members.output == "C(): A class.\n  m(self, x): Does m.\n"
    left = sandbox.run("x = 1\nexit()\nx = 2", 5)
    assert left.status == "error"
    assert "SystemExit" in (left.error or "")
    assert sandbox.run("x", 5).value == "1"


def test_output_keeps_head_and_tail_and_the_whole_stays_inside(sandbox: Sandbox) -> None:
    long = sandbox.run("print('start' + 'x' * 100_000 + 'end')", 5)
    assert long.output_length == 100_009
    assert long.output.startswith("startxxx")
    assert long.output.endswith("xxxend\n")
    assert len(long.output) < 21_000
    assert f"characters left out; the whole is in out[{long.number}]" in long.output
    assert sandbox.run(f"len(out[{long.number}]), out[{long.number}][-4:-1]", 5).value == "(100009, 'end')"
    assert "no output of cell 999999 is kept" in (sandbox.run("out[999999]", 5).error or "")


def test_out_is_bounded_by_forgetting_the_oldest(own_sandbox: Sandbox) -> None:
    for _ in range(10):
        own_sandbox.run("print('x' * 4_000_000)", 10)
    assert (
        own_sandbox.run("sum(map(len, out.values())) <= 32_000_000, 1 in out, 10 in out", 10).value
        == "(True, False, True)"
    )


def test_a_value_is_bounded(sandbox: Sandbox) -> None:
    value = sandbox.run("list(range(100_000))", 5).value or ""
    assert value.startswith("[0, 1, 2,")
    assert value.endswith("99999]")
    assert len(value) < 21_000


def test_tracebacks_are_short_and_show_the_cells_lines(sandbox: Sandbox) -> None:
    sandbox.run("import json\ndef load(text):\n    return json.loads(text)", 5)
    error = sandbox.run("text = '{'\nload(\n    text)", 5).error or ""
    assert "load(" in error
    assert "return json.loads(text)" in error
    assert "decoder" not in error.replace("json.decoder.JSONDecodeError", "")
    assert len(error.splitlines()) < 12
    syntax = sandbox.run("x = 1\ny = = 2", 5).error or ""
    assert "line 2" in syntax
    assert "y = = 2" in syntax
    assert "SyntaxError" in syntax
    chained = sandbox.run("try: 1 / 0\nexcept ZeroDivisionError as e: raise ValueError('no') from e", 5).error or ""
    assert "direct cause" in chained
    assert "ZeroDivisionError" in chained


def test_functions_of_an_earlier_cell_show_their_own_lines(sandbox: Sandbox) -> None:
    first = sandbox.run("def f(n):\n    return 1 / n", 5)
    error = sandbox.run("f(0)", 5).error or ""
    assert f'File "<cell {first.number}>", line 2, in f' in error
    assert "return 1 / n" in error


def test_time_limits_are_positive_and_may_be_long(sandbox: Sandbox) -> None:
    for limit in (0, -1, float("nan")):
        with pytest.raises(ValueError, match="above 0 s"):
            sandbox.run("1", limit)
    for limit in (1e9, float("inf")):
        assert sandbox.run("1", limit).value == "1"


def test_names_that_are_none_do_no_harm(own_sandbox: Sandbox) -> None:
    own_sandbox.run("globals()['a b'] = globals()[5] = globals()['\\x1b'] = good = 1", 5)
    assert own_sandbox.run("import os\nos._exit(1)", 5).lost == ("good",)


def test_large_results_come_through(sandbox: Sandbox) -> None:
    assert sandbox.run("len(host.call('large'))", 5).value == "10000000"
    assert "too large" in (sandbox.run("host.call('larger')", 5).error or "")


def test_what_is_refused_says_why(sandbox: Sandbox) -> None:
    assert "there are no files, network or processes here" in (sandbox.run("open('x')", 5).error or "")
    assert "nobody can type into a cell" in (sandbox.run("input()", 5).error or "")


def test_a_cell_of_surrogates_and_one_that_is_too_long(own_sandbox: Sandbox) -> None:
    assert "surrogates not allowed" in (own_sandbox.run("len('\udcff')", 5).error or "")
    long = own_sandbox.run("#" * 20_000_000, 5)
    assert long.status == "error"
    assert "the cell is too long: 20.0 MB do not fit through the wire at once, 16 MB do" in (long.error or "")
    assert own_sandbox.run("1", 5).number == 3


def test_functions_know_their_source(sandbox: Sandbox) -> None:
    sandbox.run("import inspect\ndef f(a):\n    # why\n    return a + 1\n", 5)
    assert sandbox.run("print(inspect.getsource(f), end='')", 5).output == "def f(a):\n    # why\n    return a + 1\n"
