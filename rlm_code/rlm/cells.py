"""The sandbox of one session, driven from the event loop: cells run on a thread of their own.

Host methods run on that thread and reach the loop through `Bridge`. Closing ends all of it: what the thread
waits for is cancelled, the worker is killed, the thread has ended.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import threading
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from typing import Any, TypeVar

from rlm_code.errors import RlmCodeError, SandboxError
from rlm_code.sandbox.protocol import CellResult, Sandbox

T = TypeVar("T")

CLOSING_SECONDS = 10.0


class Bridge:
    """Runs coroutines of the event loop for threads that wait for them."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._lock = threading.Lock()
        self._waiting: set[concurrent.futures.Future[Any]] = set()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closed = False

    def call(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """What `work` returns; blocks the calling thread. Raises RlmCodeError if the bridge is closed meanwhile."""
        with self._lock:
            if self._closed:
                raise RlmCodeError("the run has ended")
            future = asyncio.run_coroutine_threadsafe(self._tracked(work), self._loop)
            self._waiting.add(future)
        try:
            return future.result()
        except concurrent.futures.CancelledError as error:
            raise RlmCodeError("the run was cancelled") from error
        finally:
            self._waiting.discard(future)

    async def close(self) -> None:
        """Cancel what threads wait for, wait until it has ended, and refuse more."""
        with self._lock:
            self._closed = True
            waiting = list(self._waiting)
        for future in waiting:
            future.cancel()
        # A future's cancellation reaches its task by a callback of the loop, so tasks are cancelled here as well.
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _tracked(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            return await work()
        finally:
            self._tasks.discard(task)


class Cells:
    """One session's cells. Use as an async context manager; it starts the worker and ends it.

    `confinement` says in one line for people how the code is confined, once the worker has started.
    """

    def __init__(self, open_sandbox: Callable[[], Sandbox], bridge: Bridge) -> None:
        self.confinement = "not started"
        self._open = open_sandbox
        self._bridge = bridge
        self._thread = concurrent.futures.ThreadPoolExecutor(1, "rlm-cells")
        self._opening: concurrent.futures.Future[Sandbox] | None = None
        self._running: concurrent.futures.Future[CellResult] | None = None

    async def __aenter__(self) -> Cells:
        self._opening = self._thread.submit(self._open)
        async with AsyncExitStack() as unless_open:
            unless_open.push_async_callback(self._close)
            self.confinement = (await asyncio.wrap_future(self._opening)).confinement
            unless_open.pop_all()
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self._close()

    async def run(self, code: str, timeout_s: float) -> CellResult:
        """Run one cell. Raises SandboxError when the sandbox itself failed."""
        if self._opening is None:
            raise SandboxError("the sandbox is not open")
        self._running = self._thread.submit(self._opening.result().run, code, timeout_s)
        return await asyncio.wrap_future(self._running)

    async def _close(self) -> None:
        """End the worker and the thread. A second cancellation stops the waiting and not the ending."""
        ending = asyncio.get_running_loop().run_in_executor(None, self._end)
        await self._bridge.close()
        await asyncio.shield(ending)

    def _end(self) -> None:
        if self._opening is not None and not self._opening.cancel():
            # Runs at once where the worker is up, else as soon as it is: no worker outlives its session.
            self._opening.add_done_callback(_close_opened)
        unfinished: list[concurrent.futures.Future[Any]] = []
        unfinished += [future for future in (self._opening, self._running) if future is not None]
        done = concurrent.futures.wait(unfinished, CLOSING_SECONDS)
        # A thread that a broken sandbox holds is left behind rather than waited for without end.
        self._thread.shutdown(wait=not done.not_done, cancel_futures=True)


def _close_opened(opening: concurrent.futures.Future[Sandbox]) -> None:
    if not opening.cancelled() and opening.exception() is None:
        opening.result().close()
