"""A cell's time: what it used itself, without the waits that are not its own."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

GRACE_S = 1.0


class CellClock:
    """Runs from its making. `stopped()` sections do not count. Once `interrupted`, only the grace is left."""

    def __init__(self, limit_s: float) -> None:
        self._start = time.monotonic()
        self._end = self._start + limit_s
        self._stopped_s = 0.0
        self.interrupted = False

    @property
    def seconds(self) -> float:
        """What was used so far."""
        return time.monotonic() - self._start - self._stopped_s

    @property
    def deadline(self) -> float:
        """When time is up, on the monotonic clock."""
        return self._end

    @property
    def is_up(self) -> bool:
        """Whether the limit, or after an interrupt the grace, is used up."""
        return time.monotonic() >= self._end

    def start_grace(self) -> None:
        """The cell was told to stop: from here it has the grace."""
        self.interrupted = True
        self._end = time.monotonic() + GRACE_S

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Time that does not count."""
        start = time.monotonic()
        try:
            yield
        finally:
            spent = time.monotonic() - start
            self._stopped_s += spent
            self._end += spent
