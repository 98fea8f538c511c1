"""Fixtures for every test: a clean environment, and real repositories made in a line."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# The same examples every time, and no limit of time: what fails does so because of a change.
settings.register_profile(
    "house",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("house")

MakeRepository = Callable[..., Path]


@pytest.fixture(autouse=True, scope="session")
def _clean_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What tests share is made without the developer's settings, caches or keys, too."""
    with pytest.MonkeyPatch.context() as patch:
        _clean(patch, tmp_path_factory.mktemp("home"))
        yield


@pytest.fixture(autouse=True)
def _clean_environment(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads the developer's settings, caches or keys, and none leaves anything behind."""
    _clean(monkeypatch, tmp_path_factory.mktemp("home"))


def _clean(patch: pytest.MonkeyPatch, home: Path) -> None:
    for name in list(os.environ):
        if name.startswith(("RLM_CODE_", "ANTHROPIC_", "OPENAI_", "GIT_", "XDG_")):
            patch.delenv(name)
    patch.setenv("HOME", str(home))
    patch.setenv("XDG_CACHE_HOME", str(home / "cache"))
    patch.setenv("XDG_STATE_HOME", str(home / "state"))
    patch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    patch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell that is interrupted has time to end and keeps its variables, however busy this machine is."""
    monkeypatch.setattr("rlm_code.sandbox.clock.GRACE_S", 60.0)


# Nothing here outlives its test: no commit waits for a disk or looks whether there is something to tidy up.
_SETTINGS = [
    word
    for setting in ("init.defaultBranch=main", "core.fsync=none", "maintenance.auto=false", "gc.auto=0")
    for word in ("-c", setting)
]


def git(root: Path, *arguments: str) -> str:
    """What a git command prints, run in `root` as a fixed author at a fixed time."""
    environment = os.environ | {
        "GIT_AUTHOR_NAME": "Ada",
        "GIT_AUTHOR_EMAIL": "ada@example.org",
        "GIT_COMMITTER_NAME": "Ada",
        "GIT_COMMITTER_EMAIL": "ada@example.org",
        "GIT_AUTHOR_DATE": "2026-01-02T03:04:05+00:00",
        "GIT_COMMITTER_DATE": "2026-01-02T03:04:05+00:00",
    }
    command = ["git", "-C", str(root), *_SETTINGS, *arguments]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def write_files(root: Path, files: Mapping[str, str | bytes]) -> None:
    """Write each path's content below `root`."""
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)


@pytest.fixture
def make_repository(tmp_path: Path) -> MakeRepository:
    """Makes a git repository with one commit that holds `files`: `make_repository({"a.py": "x = 1\\n"})`."""

    def make(files: Mapping[str, str | bytes], name: str = "project") -> Path:
        root = tmp_path / name
        root.mkdir()
        write_files(root, files)
        git(root, "init", "--quiet")
        git(root, "add", "--all")
        git(root, "commit", "--quiet", "--allow-empty", "--message", "first")
        return root

    return make
