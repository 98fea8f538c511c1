"""Interrupts that never tear the worker's own machinery: held back there, raised in the cell's code.

The host interrupts with SIGINT. While `depth` is above zero (between cells, inside a call to the host,
while output is stored) the signal is remembered and raised on the way out.
"""

from __future__ import annotations

import signal
from types import FrameType


class InterruptGuard:
    """Counts the sections that must not be torn. Starts held: nothing but a cell may be interrupted."""

    def __init__(self) -> None:
        self.depth = 1
        self.pending = False
        self.raised = False

    def install(self) -> None:
        """Make SIGINT ask this guard."""
        signal.signal(signal.SIGINT, self.on_signal)

    def on_signal(self, number: int, frame: FrameType | None) -> None:
        """Raise KeyboardInterrupt now, or leave it pending."""
        if self.depth:
            self.pending = True
        else:
            self.raised = True
            raise KeyboardInterrupt

    def __enter__(self) -> None:
        self.depth += 1

    def __exit__(self, *error: object) -> None:
        self.depth -= 1
        if self.pending and not self.depth:
            self.pending = False
            self.raised = True
            raise KeyboardInterrupt

    def begin(self, *, stale: bool) -> None:
        """A cell comes. `stale` says that an interrupt which is pending was meant for the one before."""
        self.raised = False
        if stale:
            self.pending = False

    def open(self) -> None:
        """From here on interrupts are raised; one that came already is raised now."""
        self.depth = 0
        if self.pending:
            self.pending = False
            self.raised = True
            raise KeyboardInterrupt
