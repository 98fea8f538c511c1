"""Which sandbox one gets, on systems that offer less, and what is said where there is none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rlm_code.errors import ConfigError, SandboxError
from rlm_code.sandbox import diagnose, open_sandbox, system
from tests.sandbox.conftest import namespace
from tests.sandbox.probes import numbers

ROOT = Path(__file__).parents[2]
_LANDLOCK_CREATE_RULESET = 444
_PR_SET_SECCOMP = 22
_OPEN = """
import sys
from rlm_code.errors import SandboxError
from rlm_code.sandbox import diagnose, open_sandbox
from tests.sandbox.conftest import namespace
if sys.argv[1] == "doctor":
    for finding in diagnose():
        print(finding.holds, finding.check, finding.why)
else:
    try:
        with open_sandbox(namespace(), sys.argv[1]) as sandbox:
            print(sandbox.confinement, "|", sandbox.run("1 + 1", 10).value)
            print(sandbox.run("open('/etc/passwd')", 10).error)
    except SandboxError as error:
        print(type(error).__name__, error)
"""


def restrained(folder: Path, call: int, argument: int, what: str) -> str:
    """What the script says where a system call is refused."""
    script = folder / "script.py"
    script.write_text(_OPEN)
    ran = subprocess.run(
        [sys.executable, "-m", "tests.sandbox.restrained", str(call), str(argument), str(script), what],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return ran.stdout


def test_without_landlock_it_runs_and_says_so(tmp_path: Path) -> None:
    said = restrained(tmp_path, _LANDLOCK_CREATE_RULESET, -1, "auto")
    assert "seccomp, rlimits (no Landlock on this system) | 2" in said
    assert "PermissionError" in said


def test_without_seccomp_it_is_not_confined(tmp_path: Path) -> None:
    prctl = numbers(os.uname().machine)["prctl"]
    said = restrained(tmp_path, prctl, _PR_SET_SECCOMP, "confined")
    assert said.startswith("NotConfinedError this system does not confine the worker (")
    assert "the kernel takes no seccomp filter: EPERM" in said
    assert "could read your files and keys" in said
    assert "rlm-codebase[monty]" in said
    assert "--sandbox=none" in said


def test_without_seccomp_monty_steps_in(tmp_path: Path) -> None:
    pytest.importorskip("pydantic_monty", reason="the extra `monty` is not installed")
    prctl = numbers(os.uname().machine)["prctl"]
    said = restrained(tmp_path, prctl, _PR_SET_SECCOMP, "auto")
    assert "subset of Python | 2" in said
    assert "PermissionError" in said


def test_the_doctor_tells_what_does_not_hold(tmp_path: Path) -> None:
    prctl = numbers(os.uname().machine)["prctl"]
    said = restrained(tmp_path, prctl, _PR_SET_SECCOMP, "doctor")
    assert "False seccomp the kernel takes no seccomp filter: EPERM" in said
    assert "True seccomp " in restrained(tmp_path, _LANDLOCK_CREATE_RULESET, -1, "doctor")


def test_the_doctor_here() -> None:
    findings = {finding.check: finding for finding in diagnose()}
    assert findings["confinement for this system"].holds
    assert findings["a worker process starts"].holds
    assert all(findings[name].holds for name in ("no files", "no sockets", "no processes", "memory limit"))


@pytest.mark.parametrize("platform", ["darwin", "win32", "freebsd14"])
def test_other_systems_are_refused_without_monty(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system.sys, "platform", platform)
    monkeypatch.setattr(system.importlib.util, "find_spec", lambda name: None)
    for kind in ("auto", "confined"):
        with pytest.raises(SandboxError, match=f"there is no confinement on {platform}") as refused:
            open_sandbox(namespace(), kind)  # type: ignore[arg-type]
        assert "could read your files" in str(refused.value)
        assert "--sandbox=none" in (refused.value.hint or "")
    with pytest.raises(SandboxError, match="Monty is not installed"):
        open_sandbox(namespace(), "monty")


@pytest.mark.usefixtures("patient")
def test_none_runs_unconfined_by_explicit_choice_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with open_sandbox(namespace(), "none") as sandbox:
        assert sandbox.confinement.startswith("none")
        assert sandbox.run("import os\nos.path.exists('/')", 5).value == "True"
        assert sandbox.run("while True: pass", 0.2).status == "timeout"
        assert sandbox.run("bytes(host.shared()[:3])", 5).value == "b'the'"
    for value in ("true", "1", "yes"):
        monkeypatch.setenv("CI", value)
        with pytest.raises(SandboxError, match="refused under CI"):
            open_sandbox(namespace(), "none")


def test_an_unknown_kind_is_a_wrong_setting() -> None:
    with pytest.raises(ConfigError, match="there is no sandbox 'docker'"):
        open_sandbox(namespace(), "docker")  # type: ignore[arg-type]
