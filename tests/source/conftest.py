"""What tests of `source` share: repositories in every state that people meet."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rlm_code.source import Snapshot
from tests.conftest import git

LONG_AGO = 1_600_000_000


def settle(root: Path) -> None:
    """Let the index of `root` know its files as long unchanged, as in any checkout that is not brand new."""
    for name in git(root, "ls-files", "-z").split("\0")[:-1]:
        if (root / name).is_file():
            os.utime(root / name, (LONG_AGO, LONG_AGO), follow_symlinks=False)
    git(root, "update-index", "-q", "--really-refresh")


def contents(snapshot: Snapshot) -> dict[str, bytes]:
    """The content of every file of a snapshot."""
    return {path: snapshot.read(path) for path, entry in snapshot.entries.items() if entry.kind == "file"}


def reasons(snapshot: Snapshot) -> dict[str, str]:
    """The issues of a snapshot by path."""
    return {issue.path: issue.reason for issue in snapshot.issues}


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that every user may enter, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder).resolve()


@contextmanager
def as_ordinary_user() -> Iterator[None]:
    """Give up root's right to read everything, if this is root."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.fixture
def within_seconds() -> Iterator[Callable[[Callable[[], object], float], None]]:
    """Runs a function that must not wait for ever: `within_seconds(lambda: open_snapshot(path), 5)`."""

    def run(function: Callable[[], object], seconds: float) -> None:
        failures: list[BaseException] = []

        def call() -> None:
            try:
                function()
            except BaseException as failure:  # noqa: BLE001 - raised again below
                failures.append(failure)

        thread = threading.Thread(target=call, daemon=True)
        thread.start()
        thread.join(seconds)
        assert not thread.is_alive(), f"still waiting after {seconds} s"
        if failures:
            raise failures[0]

    yield run
