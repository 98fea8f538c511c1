"""Asks and explanations under way: each on a thread and an event loop of its own, so that nothing waits for them.

Cancelling is heard at every point: while waiting for the index, while reading files, and in the run itself,
which then gives what it has.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeAlias

from rlm_code_lsp.roots import Buffers, Root

if TYPE_CHECKING:
    from rlm_code.codebase.host import HostQueries
    from rlm_code.rlm.answer import Answer
    from rlm_code.rlm.events import Event

logger = logging.getLogger(__name__)

_AT_ONCE = 4
_PATIENCE_S = 5.0

Work: TypeAlias = "Callable[[HostQueries, Callable[[Event], None]], Awaitable[Answer]]"


class StoppedError(Exception):
    """A run was cancelled before there was anything to give."""


class Runs:
    """All runs of one connection; more than a few wait for their turn."""

    def __init__(self) -> None:
        self._slots = asyncio.Semaphore(_AT_ONCE)

    async def run(self, run: Run) -> Answer:
        """What comes of `run`. Cancelling this cancels the run, and returns its partial answer if it has one soon."""
        async with self._slots:
            run.start()
            try:
                return await asyncio.shield(run.done)
            except asyncio.CancelledError:
                run.cancel()
                if (task := asyncio.current_task()) is not None:
                    task.uncancel()
            try:
                return await asyncio.wait_for(asyncio.shield(run.done), _PATIENCE_S)
            except (TimeoutError, asyncio.CancelledError):
                run.done.add_done_callback(_log_failure)
                raise asyncio.CancelledError from None
            except StoppedError:
                raise asyncio.CancelledError from None


class Run:
    """One run of `work` over `root`. `on_event` and `on_files` are called on the loop that made this."""

    def __init__(
        self,
        root: Root,
        buffers: Buffers,
        work: Work,
        on_event: Callable[[Event], None],
        on_files: Callable[[int, int], None],
    ) -> None:
        self._root = root
        self._buffers = buffers
        self._work = work
        self._on_event = on_event
        self._on_files = on_files
        self._cancelled = threading.Event()
        self._outer = asyncio.get_running_loop()
        self._inner: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[Answer] | None = None
        self.done: asyncio.Future[Answer] = self._outer.create_future()
        # Looked at here, so that nobody complains if the one who waited has gone.
        self.done.add_done_callback(lambda done: done.cancelled() or done.exception())

    def start(self) -> None:
        """Begin. A daemon: a server that is told to exit does not wait for a model's reply."""
        threading.Thread(target=self._thread, name="run", daemon=True).start()

    def cancel(self) -> None:
        """End the work soon; `done` then holds its partial answer, or StoppedError."""
        self._cancelled.set()
        if self._inner is not None and self._task is not None:
            with contextlib.suppress(RuntimeError):  # its loop has just ended
                self._inner.call_soon_threadsafe(self._task.cancel)

    def _thread(self) -> None:
        try:
            answer = asyncio.run(self._main())
        except (asyncio.CancelledError, StoppedError):
            self._tell(self._end, StoppedError())
        except Exception as error:  # carried to the one who waits, and logged there
            if not self._tell(self._end, error):
                logger.error("a run failed after the server had gone", exc_info=error)
        else:
            self._tell(self._end, answer)

    async def _main(self) -> Answer:
        self._task, self._inner = asyncio.current_task(), asyncio.get_running_loop()
        with self._root.opened(self._buffers, self._files) as queries:
            if self._cancelled.is_set():
                raise StoppedError
            return await self._work(queries, self._event)

    def _event(self, event: Event) -> None:
        self._tell(self._on_event, event)

    def _files(self, done: int, total: int) -> None:
        if self._cancelled.is_set():
            raise StoppedError
        self._tell(self._on_files, done, total)

    def _end(self, result: Answer | Exception) -> None:
        if self.done.done():
            return
        if isinstance(result, Exception):
            self.done.set_exception(result)
        else:
            self.done.set_result(result)

    def _tell(self, whom: Callable[..., None], *what: object) -> bool:
        """Have the server's loop call `whom`; whether that loop is still there."""
        try:
            self._outer.call_soon_threadsafe(whom, *what)
        except RuntimeError:
            return False
        return True


def _log_failure(done: asyncio.Future[Answer]) -> None:
    """Log why a run failed that nobody waits for any more."""
    error = None if done.cancelled() else done.exception()
    if error is not None and not isinstance(error, StoppedError):
        logger.error("a run failed after it was given up", exc_info=error)
