"""What has happened below a root and was not looked at yet. It knows nothing of how it became known."""

from __future__ import annotations

import threading
import time
from typing import NamedTuple

_WRITTEN_FOR_S = 1.0


class Happened(NamedTuple):
    """What to look at: single `paths`, whole `folders` (each with its slash), or `everything`; and what belongs to
    the `territory`."""

    paths: frozenset[bytes] = frozenset()
    folders: frozenset[bytes] = frozenset()
    everything: bool = False
    territory: bool = False

    def __bool__(self) -> bool:
        return bool(self.paths or self.folders or self.everything)


class Pending:
    """Collects from any thread. All paths are relative to the root."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._paths: set[bytes] = set()
        self._folders: set[bytes] = set()
        self._everything = False
        self._territory = False
        self._written: dict[bytes, float] = {}
        self._first = 0.0
        self._last = 0.0
        self._nudged = False
        self._ended = False

    def add(self, path: bytes) -> None:
        """A file came, went or was written."""
        with self._changed:
            self._written.pop(path, None)
            self._paths.add(path)
            self._note()

    def add_written(self, path: bytes) -> None:
        """A file is being written: it is looked at when that ends, or after a second."""
        with self._changed:
            if path not in self._paths and path not in self._written:
                self._written[path] = time.monotonic() + _WRITTEN_FOR_S
                self._changed.notify_all()

    def add_folder(self, folder: bytes) -> None:
        """A folder came or went."""
        with self._changed:
            self._folders.add(folder)
            self._note()

    def add_everything(self, *, territory: bool) -> None:
        """Nobody knows what happened; with `territory`, what is to be looked at may be other than before, too."""
        with self._changed:
            self._everything = True
            self._territory = self._territory or territory
            self._note()

    def take(self) -> Happened:
        """All that has happened, which is then no more pending."""
        with self._changed:
            self._ripen()
            happened = Happened(frozenset(self._paths), frozenset(self._folders), self._everything, self._territory)
            self._paths, self._folders, self._everything, self._territory = set(), set(), False, False
            return happened

    @property
    def count(self) -> int:
        """How many files and folders there are to look at."""
        with self._changed:
            self._ripen()
            return len(self._paths) + len(self._folders)

    @property
    def everything(self) -> bool:
        """Whether everything is to be looked at."""
        with self._changed:
            return self._everything

    def times(self) -> tuple[float, float]:
        """How many seconds ago the first and the last of it happened."""
        with self._changed:
            now = time.monotonic()
            return now - self._first, now - self._last

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait until there is something to look at, a nudge, or time is over; False at the end."""
        deadline = float("inf") if timeout_s is None else time.monotonic() + timeout_s
        with self._changed:
            while not self._ended:
                self._ripen()
                now = time.monotonic()
                if self._nudged or self._paths or self._folders or self._everything or now >= deadline:
                    self._nudged = False
                    return True
                due = min([*self._written.values(), deadline])
                self._changed.wait(None if due == float("inf") else max(0.0, due - now))
            return False

    def nudge(self) -> None:
        """Let who waits go on, although nothing has happened."""
        with self._changed:
            self._nudged = True
            self._changed.notify_all()

    def rest(self, seconds: float) -> bool:
        """Wait; False at the end."""
        with self._changed:
            return not self._changed.wait_for(lambda: self._ended, seconds)

    def end(self) -> None:
        """Let nobody wait any more."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def _note(self) -> None:
        """Remember when; only the first wakes who waits: a burst is thousands."""
        now = time.monotonic()
        fresh = len(self._paths) + len(self._folders) + self._everything == 1
        self._first = now if fresh else self._first
        self._last = now
        if fresh:
            self._changed.notify_all()

    def _ripen(self) -> None:
        now = time.monotonic()
        ripe = [path for path, due in self._written.items() if due <= now]
        for path in ripe:
            del self._written[path]
            self._paths.add(path)
            self._note()
