"""A run that fails is heard of once, also when nobody waits for it any more."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from rlm_code_lsp import runs
from rlm_code_lsp.roots import Root
from tests.conftest import MakeRepository

if TYPE_CHECKING:
    from rlm_code.codebase.host import HostQueries
    from rlm_code.rlm.answer import Answer
    from rlm_code.rlm.events import Event


@pytest.fixture
def root(make_repository: MakeRepository, tmp_path: Path) -> Root:
    return Root(str(make_repository({"a.py": "x = 1\n"})), tmp_path / "cache", lambda done, total: None)


Work = Callable[["HostQueries", "Callable[[Event], None]"], Coroutine[Any, Any, "Answer"]]


def run_of(root: Root, work: Work) -> runs.Run:
    return runs.Run(root, {}, work, lambda event: None, lambda done, total: None)


def test_a_failure_that_comes_after_the_patience_is_logged_once(
    root: Root, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(runs, "_PATIENCE_S", 0.01)
    begun, given_up = threading.Event(), threading.Event()

    async def work(queries: HostQueries, on_event: Callable[[Event], None]) -> Answer:
        try:
            begun.set()
            await asyncio.sleep(60)
        finally:
            await asyncio.to_thread(given_up.wait, 60)
            raise ValueError("too late")

    async def ask() -> None:
        run = run_of(root, work)
        asked = asyncio.create_task(runs.Runs().run(run))
        await asyncio.to_thread(begun.wait, 60)
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked
        given_up.set()
        with pytest.raises(ValueError, match="too late"):
            await run.done

    with caplog.at_level(logging.INFO):
        asyncio.run(ask())
    root.close()
    assert [record.exc_info[0] for record in caplog.records if record.exc_info] == [ValueError]


def test_a_failure_that_somebody_waits_for_is_theirs_to_log(root: Root, caplog: pytest.LogCaptureFixture) -> None:
    async def work(queries: HostQueries, on_event: Callable[[Event], None]) -> Answer:
        raise ValueError("at once")

    async def ask() -> None:
        with pytest.raises(ValueError, match="at once"):
            await runs.Runs().run(run_of(root, work))

    with caplog.at_level(logging.INFO):
        asyncio.run(ask())
    root.close()
    assert not [record for record in caplog.records if record.exc_info]


def test_a_failure_is_logged_where_the_server_has_gone(root: Root, caplog: pytest.LogCaptureFixture) -> None:
    begun, gone = threading.Event(), threading.Event()
    threads: list[threading.Thread] = []

    async def work(queries: HostQueries, on_event: Callable[[Event], None]) -> Answer:
        threads.append(threading.current_thread())
        begun.set()
        await asyncio.to_thread(gone.wait, 60)
        raise ValueError("nobody is here")

    async def ask() -> None:
        run_of(root, work).start()
        await asyncio.to_thread(begun.wait, 60)

    with caplog.at_level(logging.INFO):
        asyncio.run(ask())
        gone.set()
        threads[0].join(60)
    root.close()
    assert [record.exc_info[0] for record in caplog.records if record.exc_info] == [ValueError]
