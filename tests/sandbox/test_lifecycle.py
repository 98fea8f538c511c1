"""Workers come, go and leave nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from rlm_code.sandbox import HostMethod, Namespace, Sandbox, open_sandbox
from tests.sandbox.conftest import SHARED, ask, held, namespace

ROOT = Path(__file__).parents[2]


def worker_pid(sandbox: Sandbox) -> int:
    """The worker's process id, as the host knows it."""
    return sandbox._worker.pid  # type: ignore[attr-defined]


def leaves_nothing(times: int) -> None:
    before = held()
    for number in range(times):
        with open_sandbox(Namespace("tests.sandbox.names:names", {}, lambda: SHARED), "confined") as sandbox:
            if number % 10 == 0:
                assert sandbox.run("bytes(host.shared())[:3]", 5).value == "b'the'"
    assert held() == before


def test_nothing_is_left_behind() -> None:
    leaves_nothing(12)


@pytest.mark.slow
def test_two_hundred_workers_leave_nothing_behind() -> None:
    leaves_nothing(200)


def test_a_failed_start_leaves_nothing_behind() -> None:
    before = held()
    for entry in (
        "tests.sandbox.names:nothing",
        "tests.sandbox.nowhere:names",
        "nowhere:names",
        "rlm_code.lm.nowhere:x",
    ):
        with pytest.raises(Exception, match="did not start"):
            open_sandbox(Namespace(entry, {}), "confined")
    assert held() == before


def test_a_sub_session_gets_the_warm_spare() -> None:
    shared = lambda: SHARED  # noqa: E731
    with open_sandbox(Namespace("tests.sandbox.names:names", {}, shared), "confined") as first:
        first.run("1", 5)  # after the first cell a spare gets ready
        spare = first._pool._spare.result()  # type: ignore[attr-defined]
        with open_sandbox(Namespace("tests.sandbox.names:names", {"a": HostMethod(ask)}, shared), "confined") as second:
            assert worker_pid(second) == spare.pid
            assert second.run("host.call('a', 'x')", 5).value == "'answer to x'"


def test_namespaces_with_the_same_bytes_share_them() -> None:
    calls = []

    def source() -> bytes:
        calls.append(1)
        return SHARED

    first = open_sandbox(Namespace("tests.sandbox.names:names", {}, source), "confined")
    second = open_sandbox(Namespace("tests.sandbox.names:names", {}, source), "confined")
    assert not calls
    for sandbox in (first, second, first):
        assert sandbox.run("len(host.shared())", 5).value == str(len(SHARED))
    assert len(calls) == 1
    first.close()
    assert second.run("bytes(host.shared()[:3])", 5).value == "b'the'"
    second.close()


def test_no_shared_bytes_and_empty_ones() -> None:
    for shared in (None, lambda: b""):
        with open_sandbox(Namespace("tests.sandbox.names:names", {}, shared), "confined") as sandbox:
            assert sandbox.run("bytes(host.shared())", 5).value == "b''"


def test_a_worker_killed_from_outside_is_replaced(own_sandbox: Sandbox) -> None:
    own_sandbox.run("a = 1", 5)
    os.kill(worker_pid(own_sandbox), signal.SIGKILL)
    time.sleep(0.1)
    result = own_sandbox.run("a", 5)
    assert (result.status, result.lost) == ("killed", ("a",))
    assert "SIGKILL" in (result.error or "")
    assert own_sandbox.run("1 + 1", 5).value == "2"


def test_a_dead_spare_is_not_used(own_sandbox: Sandbox) -> None:
    own_sandbox.run("1", 5)
    spare = own_sandbox._pool._spare.result()  # type: ignore[attr-defined]
    os.kill(spare.pid, signal.SIGKILL)
    time.sleep(0.1)
    os.kill(worker_pid(own_sandbox), signal.SIGKILL)
    assert own_sandbox.run("1", 5).status == "killed"
    assert own_sandbox.run("1 + 1", 5).value == "2"


def test_workers_outlive_the_thread_that_opened_them() -> None:
    opened: list[Sandbox] = []
    thread = threading.Thread(target=lambda: opened.append(open_sandbox(namespace(), "confined")))
    thread.start()
    thread.join()
    time.sleep(0.2)  # PR_SET_PDEATHSIG counts the death of the parent's thread
    assert opened[0].run("1 + 1", 5).value == "2"
    opened[0].close()


@pytest.mark.parametrize("busy", [False, True])
def test_workers_die_with_their_host(busy: bool) -> None:
    script = (
        "import threading, time\n"
        "from rlm_code.sandbox import Namespace, open_sandbox\n"
        "sandbox = open_sandbox(Namespace('tests.sandbox.names:names', {}), 'confined')\n"
        "print(sandbox._worker.pid, flush=True)\n"
        + ("sandbox.run('while True: pass', 60)\n" if busy else "time.sleep(60)\n")
    )
    host = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert host.stdout is not None
    pid = int(host.stdout.readline())
    time.sleep(0.2)
    assert Path(f"/proc/{pid}").exists()
    host.kill()
    host.wait()
    host.stdout.close()
    deadline = time.monotonic() + 5
    while Path(f"/proc/{pid}/cmdline").exists() and time.monotonic() < deadline:
        if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
            break
        time.sleep(0.02)
    else:
        assert not Path(f"/proc/{pid}").exists()


def test_the_worker_is_confined_as_the_kernel_sees_it(own_sandbox: Sandbox) -> None:
    status = dict(
        line.split(":\t", 1) for line in Path(f"/proc/{worker_pid(own_sandbox)}/status").read_text().splitlines()
    )
    assert status["Seccomp"] == "2"
    assert status["NoNewPrivs"] == "1"
    if os.geteuid() == 0:
        assert status["Uid"].split() == ["65534"] * 4
        assert int(status["CapEff"], 16) == 0
    assert own_sandbox.confinement.startswith("seccomp")


def test_memory_of_a_worker(own_sandbox: Sandbox) -> None:
    own_sandbox.run("import re, json, collections", 5)
    rollup = Path(f"/proc/{worker_pid(own_sandbox)}/status").read_text()
    resident_kb = next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("VmRSS"))
    assert resident_kb < 30_000


def test_the_environment_is_empty_and_nothing_else_is_imported(own_sandbox: Sandbox) -> None:
    assert own_sandbox.run("import os\ndict(os.environ)", 5).value == "{}"
    known = "{*sys.stdlib_module_names, '__main__', 'rlm_code', 'tests'}"
    foreign = f"import sys\n[m for m in sys.modules if m.split('.')[0] not in {known}]"
    assert own_sandbox.run(foreign, 5).value == "[]"
    assert own_sandbox.run("sys.path, sys.argv", 5).value == "([], [''])"
