"""Stops work that takes too long, also within one match of a regular expression.

Python looks at signals while it matches, so a timer ends even an expression that would backtrack for ever. Signals
reach the main thread alone: elsewhere, whoever calls must be in a process that can be ended.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from rlm_code.errors import LimitReached


@contextmanager
def time_box(limit: str, seconds: float) -> Iterator[None]:
    """Raise LimitReached, which names `limit`, in the block when it has run for `seconds`.

    Only in the main thread, and not where someone else uses the timer already; there, nothing is bounded.
    """
    if threading.current_thread() is not threading.main_thread() or signal.getitimer(signal.ITIMER_REAL)[0]:
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise LimitReached(limit, spent=seconds, allowed=seconds)

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
