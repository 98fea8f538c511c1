"""What is going on, on stderr: a live line in a terminal, now and then a plain line elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.status import Status

_QUIET_SECONDS = 0.4
_PLAIN_EVERY_SECONDS = 10.0


class Progress:
    """A line that says what is being done now. Work that is over quickly shows nothing."""

    def __init__(self) -> None:
        self._live: Status | None = None
        self._terminal = sys.stderr.isatty()
        self._quiet_until = time.monotonic() + (_QUIET_SECONDS if self._terminal else _PLAIN_EVERY_SECONDS)

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live is not None:
            self._live.stop()

    def say(self, text: str) -> None:
        """Show `text` in place of what was shown before."""
        if self._live is not None:
            self._live.update(text)
        elif time.monotonic() >= self._quiet_until:
            self._show(text)

    def files(self, done: int, total: int) -> None:
        """Show how many files of an index are read."""
        self.say(f"reading {done:,} of {total:,} files")

    def _show(self, text: str) -> None:
        if not self._terminal:
            print(text, file=sys.stderr, flush=True)
            self._quiet_until = time.monotonic() + _PLAIN_EVERY_SECONDS
            return
        from rich.console import Console

        self._live = Console(stderr=True, highlight=False, markup=False).status(text)
        self._live.start()
