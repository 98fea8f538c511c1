"""A sandbox that tests share, so that the suite starts few processes, and one that a test may ruin."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from rlm_code.errors import SourceError
from rlm_code.sandbox import HostMethod, Namespace, Sandbox, open_sandbox

_CLEAN = """
for _name in [name for name in globals() if name not in ("host", "echo", "ask", "out") and name[0] != "_"]:
    del globals()[_name]
"""
SHARED = "the quick brown fox\njumps über the lazy dog\n".encode()


def echo(value: Any) -> Any:
    return value


def ask(prompt: str) -> str:
    time.sleep(0.3)
    return f"answer to {prompt}"


def fail(kind: str) -> None:
    raise {
        "lookup": KeyError("no such thing"),
        "value": ValueError("bad"),
        "source": SourceError("unreadable"),
        "bug": OSError("boom"),
    }[kind]


def typed(text: str, count: int, ratio: float | None = None, rest: list[str] | None = None) -> list[Any]:
    return [text, count, ratio, rest]


def large() -> str:
    return "x" * 10_000_000


def larger() -> str:
    return "x" * 20_000_000


def odd() -> Any:
    return {1, 2}


def namespace() -> Namespace:
    """The namespace of these tests."""
    methods = {
        "echo": HostMethod(echo),
        "ask": HostMethod(ask, stops_clock=True),
        "slow": HostMethod(ask),
        "fail": HostMethod(fail),
        "typed": HostMethod(typed),
        "large": HostMethod(large),
        "larger": HostMethod(larger),
        "odd": HostMethod(odd),
        "started": HostMethod(say_started),
    }
    return Namespace("tests.sandbox.names:names", methods, lambda: SHARED)


_started = threading.Event()


def say_started() -> None:
    _started.set()


@contextmanager
def once_started(act: Callable[[], object]) -> Iterator[None]:
    """Has another thread `act` once a cell calls `started`."""
    _started.clear()
    thread = threading.Thread(target=lambda: _started.wait() and act())
    thread.start()
    try:
        yield
    finally:
        _started.set()
        thread.join()


@pytest.fixture(scope="session")
def shared_sandbox() -> Iterator[Sandbox]:
    sandbox = open_sandbox(namespace(), "confined")
    yield sandbox
    sandbox.close()


@pytest.fixture
def sandbox(shared_sandbox: Sandbox) -> Sandbox:
    """A sandbox without variables of another test."""
    shared_sandbox.run(_CLEAN, 5)
    return shared_sandbox


@pytest.fixture
def own_sandbox() -> Iterator[Sandbox]:
    sandbox = open_sandbox(namespace(), "confined")
    yield sandbox
    sandbox.close()
