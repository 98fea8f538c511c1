"""Shows a long reading of files in the client, and stops it when the server goes."""

from __future__ import annotations

import asyncio
import itertools
from typing import TYPE_CHECKING

from lsprotocol.types import (
    WINDOW_WORK_DONE_PROGRESS_CREATE,
    WorkDoneProgressBegin,
    WorkDoneProgressCreateParams,
    WorkDoneProgressEnd,
    WorkDoneProgressReport,
)
from pygls.capabilities import get_capability

from rlm_code.errors import RlmCodeError

if TYPE_CHECKING:
    from rlm_code_lsp.language_server import RlmCodeServer

_WORTH_SHOWING_FILES = 200


class Indexing:
    """Told (files done, files to do) on the thread of look-ups; raises once the server stops."""

    def __init__(self, server: RlmCodeServer) -> None:
        self._server = server
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tokens = (f"rlm-code-index-{number}" for number in itertools.count(1))
        self._token: str | None = None
        self._stopped = False

    def start(self) -> None:
        """Show readings from now on, from the running event loop."""
        if get_capability(self._server.client_capabilities, "window.work_done_progress"):
            self._loop = asyncio.get_running_loop()

    def stop(self) -> None:
        """End the reading that is under way, and every later one."""
        self._stopped = True

    def __call__(self, done: int, total: int) -> None:
        """Show how far a reading is."""
        if self._stopped:
            raise RlmCodeError("the server is shutting down")
        if self._loop is not None and total >= _WORTH_SHOWING_FILES:
            self._loop.call_soon_threadsafe(self._show, done, total)

    def _show(self, done: int, total: int) -> None:
        progress = self._server.work_done_progress
        message = f"{done:,} of {total:,} files"
        if self._token is None:
            self._token = next(self._tokens)
            # The client may refuse the token; then it ignores what is said under it.
            self._server.protocol.send_request(
                WINDOW_WORK_DONE_PROGRESS_CREATE, WorkDoneProgressCreateParams(token=self._token)
            )
            begin = WorkDoneProgressBegin(title="RLM Code: reading", message=message, percentage=0, cancellable=False)
            progress.begin(self._token, begin)
        elif done < total:
            progress.report(self._token, WorkDoneProgressReport(message=message, percentage=100 * done // total))
        if done >= total:
            progress.end(self._token, WorkDoneProgressEnd())
            progress.tokens.pop(self._token, None)
            self._token = None
