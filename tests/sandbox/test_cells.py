"""Cells are ordinary Python in one lasting namespace."""

from __future__ import annotations

from rlm_code.sandbox import Sandbox


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


def test_a_time_limit_interrupts_and_keeps_variables(sandbox: Sandbox) -> None:
    stopped = sandbox.run("kept = 1\nwhile True:\n    kept += 1", 0.2)
    assert stopped.status == "timeout"
    assert 0.2 <= stopped.seconds < 1
    assert sandbox.run("kept > 1", 5).value == "True"


def test_time_in_methods_that_stop_the_clock_does_not_count(sandbox: Sandbox) -> None:
    answered = sandbox.run("ask('?')", 0.2)
    assert (answered.status, answered.value) == ("ok", "'answer to ?'")
    assert answered.seconds < 0.2
    assert sandbox.run("host.call('slow', '?')", 0.2).status == "timeout"


def test_a_cell_that_will_not_stop_is_killed_and_its_variables_named(own_sandbox: Sandbox) -> None:
    own_sandbox.run("a = 1\nb = 2", 5)
    killed = own_sandbox.run("sum(range(10**12))", 0.2)  # one call in C, which looks at no signal
    assert (killed.status, killed.lost) == ("killed", ("a", "b"))
    assert killed.error is not None
    assert "variables lost: a, b" in killed.error
    assert own_sandbox.run("'a' in globals()", 5).value == "False"
