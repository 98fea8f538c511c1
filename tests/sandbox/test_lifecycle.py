"""Workers come, go and leave nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from rlm_code.sandbox import HostMethod, Namespace, Sandbox, open_sandbox
from tests.processes import eventually, has_ended, nothing_is_left
from tests.sandbox.conftest import SHARED, ask, namespace

ROOT = Path(__file__).parents[2]


def worker_pid(sandbox: Sandbox) -> int:
    """The worker's process id, as the host knows it."""
    return sandbox._worker.pid  # type: ignore[attr-defined]


def end(pid: int) -> None:
    """Kill a child, and wait until that has happened; the host is still to find out."""
    os.kill(pid, signal.SIGKILL)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)


def open_and_close(times: int) -> None:
    for number in range(times):
        with open_sandbox(Namespace("tests.sandbox.names:names", {}, lambda: SHARED), "confined") as sandbox:
            if number % 10 == 0:
                assert sandbox.run("bytes(host.shared())[:3]", 5).value == "b'the'"


def test_nothing_is_left_behind() -> None:
    with nothing_is_left():
        open_and_close(12)


@pytest.mark.slow
def test_two_hundred_workers_leave_nothing_behind() -> None:
    with nothing_is_left():
        open_and_close(200)


def test_a_failed_start_leaves_nothing_behind() -> None:
    with nothing_is_left():
        for entry in (
            "tests.sandbox.names:nothing",
            "tests.sandbox.nowhere:names",
            "nowhere:names",
            "rlm_code.lm.nowhere:x",
        ):
            with pytest.raises(Exception, match="did not start"):
                open_sandbox(Namespace(entry, {}), "confined")


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
    end(worker_pid(own_sandbox))
    result = own_sandbox.run("a", 5)
    assert (result.status, result.lost) == ("killed", ("a",))
    assert "SIGKILL" in (result.error or "")
    assert own_sandbox.run("1 + 1", 5).value == "2"


def test_a_dead_spare_is_not_used(own_sandbox: Sandbox) -> None:
    own_sandbox.run("1", 5)
    spare = own_sandbox._pool._spare.result()  # type: ignore[attr-defined]
    end(spare.pid)
    end(worker_pid(own_sandbox))
    assert own_sandbox.run("1", 5).status == "killed"
    assert own_sandbox.run("1 + 1", 5).value == "2"


def test_workers_outlive_the_thread_that_opened_them() -> None:
    opened: list[Sandbox] = []
    thread = threading.Thread(target=lambda: opened.append(open_sandbox(namespace(), "confined")))
    thread.start()
    thread.join()
    # PR_SET_PDEATHSIG counts the death of the parent's thread, which comes after its function's end.
    eventually(lambda: not Path(f"/proc/self/task/{thread.native_id}").exists())
    assert opened[0].run("1 + 1", 5).value == "2"
    opened[0].close()


@pytest.mark.parametrize("busy", [False, True])
def test_workers_die_with_their_host(busy: bool) -> None:
    script = (
        "import threading, time\n"
        "from rlm_code.sandbox import HostMethod, Namespace, open_sandbox\n"
        "methods = {'started': HostMethod(lambda: print('started', flush=True))}\n"
        "sandbox = open_sandbox(Namespace('tests.sandbox.names:names', methods), 'confined')\n"
        "print(sandbox._worker.pid, flush=True)\n"
        + ("sandbox.run('host.call(\"started\")\\nwhile True: pass', 600)\n" if busy else "time.sleep(600)\n")
    )
    host = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert host.stdout is not None
    pid = int(host.stdout.readline())
    if busy:
        assert host.stdout.readline() == "started\n"
    assert not has_ended(pid)
    host.kill()
    host.wait()
    host.stdout.close()
    eventually(lambda: has_ended(pid))


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
