"""Stopping cells: from a time limit, from another thread, at any moment; state and wire survive."""

from __future__ import annotations

import random
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from rlm_code.errors import SandboxError
from rlm_code.sandbox import HostMethod, Namespace, Sandbox, open_sandbox
from tests.sandbox.conftest import namespace, once_started

pytestmark = pytest.mark.usefixtures("patient")

# Counts in step what it prints, sends and keeps, so that a torn step shows.
BUSY = """
while True:
    rounds += 1
    assert host.call("echo", rounds) == rounds
    print(rounds)
    kept.append(rounds)
    assert host.call("echo", "x" * (rounds % 5000)) == "x" * (rounds % 5000)
    text = bytes(host.shared())
    f"{text!r}".split()
"""


def run_with_interrupts(times: int, seed: int) -> None:
    random_ = random.Random(seed)
    with open_sandbox(namespace(), "confined") as sandbox:
        sandbox.run("rounds = 0\nkept = []", 5)
        for number in range(times):
            result = sandbox.run(BUSY, random_.uniform(0.0005, 0.03))
            assert result.status == "timeout", result
            told = sandbox.run("rounds, len(kept), kept == sorted(set(kept)), rounds >= (kept or [0])[-1]", 5)
            assert told.status == "ok", (number, told)
            assert (told.value or "").endswith("True, True)"), (number, told)


def test_random_interrupts_keep_state() -> None:
    run_with_interrupts(25, seed=1)


@pytest.mark.slow
def test_three_hundred_random_interrupts_keep_state() -> None:
    run_with_interrupts(300, seed=2)


def test_interrupt_from_another_thread(sandbox: Sandbox) -> None:
    with once_started(sandbox.interrupt):
        result = sandbox.run("n = 1\nhost.call('started')\nwhile True: n += 1", 120)
    assert result.status == "timeout"
    assert (result.error or "").endswith("interrupted; variables kept")
    assert result.seconds < 60
    assert sandbox.run("n > 0", 5).value == "True"


def test_interrupt_while_the_host_works_waits_for_its_answer() -> None:
    told: list[str] = []

    def work(prompt: str) -> str:
        sandbox.interrupt()
        told.append(prompt)
        return "an answer"

    with open_sandbox(Namespace("tests.sandbox.names:names", {"ask": HostMethod(work)}), "confined") as sandbox:
        result = sandbox.run("a = ask('?')\nb = 1", 30)
        assert (result.status, told) == ("timeout", ["?"])
        assert sandbox.run("'a' in globals() or 'b' in globals()", 5).value == "False"


def test_interrupt_of_nothing_does_nothing(sandbox: Sandbox) -> None:
    sandbox.interrupt()
    assert sandbox.run("1", 5).value == "1"
    sandbox.interrupt()
    assert sandbox.run("sum(range(100_000))", 5).status == "ok"


def test_an_interrupted_cell_makes_no_more_calls(sandbox: Sandbox) -> None:
    code = "host.call('started')\n    while True: pass"
    with once_started(sandbox.interrupt):
        result = sandbox.run(f"try:\n    {code}\nfinally:\n    answer = ask('too late')", 120)
    assert result.status == "timeout"
    assert result.seconds < 60
    assert sandbox.run("'answer' in globals()", 5).value == "False"


def test_cleanup_has_time(sandbox: Sandbox) -> None:
    code = "host.call('started')\n    while True: pass"
    cleanup = "import time\n    time.sleep(.1)\n    cleaned = True"
    with once_started(sandbox.interrupt):
        assert sandbox.run(f"try:\n    {code}\nfinally:\n    {cleanup}", 120).status == "timeout"
    assert sandbox.run("cleaned", 5).value == "True"


def test_close_from_another_thread_ends_a_running_cell() -> None:
    sandbox = open_sandbox(namespace(), "confined")
    start = time.monotonic()
    with once_started(sandbox.close), pytest.raises(SandboxError, match="closed"):
        sandbox.run("host.call('started')\nwhile True: pass", 120)
    assert time.monotonic() - start < 60
    with pytest.raises(SandboxError, match="closed"):
        sandbox.run("1", 5)
    sandbox.close()


def test_one_cell_at_a_time() -> None:
    def second() -> str:
        return str(other.submit(sandbox.run, "2", 5).exception())

    methods = {"second": HostMethod(second)}
    with (
        ThreadPoolExecutor(1) as other,
        open_sandbox(Namespace("tests.sandbox.names:names", methods), "confined") as sandbox,
    ):
        result = sandbox.run("host.call('second')", 30)
        assert (result.status, "running already" in (result.value or "")) == ("ok", True)
