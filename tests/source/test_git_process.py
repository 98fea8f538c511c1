"""Git is run with care: bounded, cut off from the caller's settings, and never left behind."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest

from rlm_code.errors import SourceError
from rlm_code.source import git_process
from rlm_code.source.git_process import GitProcess, run_git, try_git
from tests.conftest import MakeRepository
from tests.processes import eventually, has_ended, nothing_is_left


@pytest.fixture
def slow_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A git that starts a child and then sleeps; the child's id is in the file this gives."""
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\nsleep 60 &\necho $! > '{tmp_path}/child'\nwait\n")
    program.chmod(0o755)
    monkeypatch.setattr(git_process, "git_executable", lambda: str(program))
    return tmp_path / "child"


def child_of(slow_git: Path) -> int:
    """The id of the child that the slow git started, once it has."""
    eventually(lambda: slow_git.exists() and slow_git.read_text().endswith("\n"))
    return int(slow_git.read_text())


def test_output_and_status_come_back(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": ""})
    assert run_git(root, "ls-files") == b"a.py\n"
    code, output, errors = try_git(root, "rev-parse", "--verify", "nothing")
    assert (code, output) == (128, b"")
    assert "Needed a single revision" in errors


def test_output_larger_than_any_pipe_comes_back_whole(make_repository: MakeRepository) -> None:
    data = os.urandom(3 << 20)
    root = make_repository({"a.bin": data})
    assert run_git(root, "cat-file", "blob", "HEAD:a.bin") == data


def test_git_that_takes_too_long_is_ended_with_its_children(
    tmp_path: Path, slow_git: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = git_process._ready

    def once_it_runs(*arguments: Any) -> Any:
        child_of(slow_git)
        return ready(*arguments)

    monkeypatch.setattr(git_process, "_ready", once_it_runs)
    before = time.monotonic()
    with pytest.raises(SourceError, match="too long"):
        run_git(tmp_path, "status", timeout_s=0.3)
    assert time.monotonic() - before < 50, "git and its child take 60 s"
    eventually(lambda: has_ended(child_of(slow_git)))


def test_an_interrupted_wait_ends_git(tmp_path: Path, slow_git: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        child_of(slow_git)
        raise KeyboardInterrupt

    monkeypatch.setattr(git_process, "_ready", interrupt)
    with pytest.raises(KeyboardInterrupt):
        run_git(tmp_path, "status")
    eventually(lambda: has_ended(child_of(slow_git)))


def test_git_that_cannot_be_started_is_an_error_and_leaks_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(git_process, "git_executable", lambda: str(tmp_path / "missing"))
    with nothing_is_left():
        for _ in range(5):
            with pytest.raises(SourceError, match="cannot be started"):
                run_git(tmp_path, "status")


def test_many_runs_leave_no_descriptor_and_no_process(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": ""})
    run_git(root, "ls-files")
    with nothing_is_left():
        for _ in range(20):
            run_git(root, "ls-files")
            try_git(root, "no-such-command")


def test_a_conversation_ends_when_it_is_told_to(make_repository: MakeRepository) -> None:
    process = GitProcess(make_repository({"a.py": ""}), ("cat-file", "--batch"), conversation=True)
    assert process.running()
    assert process.wait() == 0
    assert not process.running()
    process.kill()


def test_only_absolute_folders_of_the_path_are_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("here", "elsewhere"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "git").write_text("")
        (tmp_path / folder / "git").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"here::.:{tmp_path}/nowhere:{tmp_path}/elsewhere")
    git_process.git_executable.cache_clear()
    try:
        assert git_process.git_executable() == str(tmp_path / "elsewhere" / "git")
    finally:
        git_process.git_executable.cache_clear()
