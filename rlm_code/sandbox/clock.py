"""A cell's time: what it used itself, without the waits that are not its own."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

GRACE_S = 1.0


class CellClock:
    """Runs from its making. `stopped()` sections do not count.

    When the limit is reached the cell is interrupted, half a grace later once more (the first may have hit a
    place that swallows exceptions), and after the grace its worker is to be killed.
    """

    def __init__(self, limit_s: float) -> None:
        self._start = time.monotonic()
        self._limit = self._start + limit_s
        self._stopped_s = 0.0
        self._interrupts = 0
        self._next = self._limit

    @property
    def interrupted(self) -> bool:
        """Whether the cell was told to stop."""
        return self._interrupts > 0

    @property
    def seconds(self) -> float:
        """What was used so far."""
        return time.monotonic() - self._start - self._stopped_s

    @property
    def next_look(self) -> float:
        """When something is due, on the monotonic clock."""
        return self._next

    @property
    def remaining_s(self) -> float:
        """Until then."""
        return max(0.0, self._next - time.monotonic())

    @property
    def interrupt_is_due(self) -> bool:
        """Whether the limit is reached, or half of the grace after a first interrupt is."""
        return self._interrupts < 2 and time.monotonic() >= self._next

    @property
    def grace_is_over(self) -> bool:
        """Whether the cell was interrupted twice in vain."""
        return self._interrupts >= 2 and time.monotonic() >= self._next

    def note_interrupt(self) -> None:
        """The cell is being told to stop."""
        self._interrupts += 1
        self._next = time.monotonic() + GRACE_S / 2

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Time that does not count."""
        start = time.monotonic()
        try:
            yield
        finally:
            spent = time.monotonic() - start
            self._stopped_s += spent
            self._next += spent
