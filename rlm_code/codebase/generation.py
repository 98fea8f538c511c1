"""One state of a live repository as queries: the files on disk, with unsaved buffers over them.

States that were renewed from one another share one open index; it is closed after the last of them.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Set
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rlm_code.codebase.host import HostQueries
    from rlm_code.index.build import Progress
    from rlm_code.source.snapshot import Snapshot

_MOST_KEPT = 40


class Connection:
    """One open index, which all states share that were renewed from one another; closed after the last of them."""

    def __init__(self, queries: HostQueries) -> None:
        self._queries = queries
        self._lock = threading.Lock()
        self._used = 0

    def hold(self) -> None:
        """One more uses it."""
        with self._lock:
            self._used += 1

    def release(self) -> None:
        """One less uses it."""
        with self._lock:
            self._used -= 1
            if self._used == 0:
                self._queries.close()


class Generation:
    """Queries over one state: the snapshot on disk, and the buffers over it. `behind` are the paths that changed on
    disk since; `kept` those that were saved, and whose facts are not stored yet."""

    def __init__(
        self, queries: HostQueries, disk: Snapshot, buffers: Mapping[str, bytes], connection: Connection
    ) -> None:
        self.queries = queries
        self.disk = disk
        self.buffers = buffers
        self.behind: set[str] = set()
        self.kept: frozenset[str] = frozenset()
        self._connection = connection
        self.hold, self.release = connection.hold, connection.release

    def followed_by(self, disk: Snapshot, buffers: Mapping[str, bytes], progress: Progress) -> Generation:
        """The state after this one, at the cost of the difference. Storing facts takes as long as finding them: those
        of a few saved files wait in memory for `stored`."""
        saved = self.behind if disk is not self.disk else frozenset[str]()
        kept = self.kept | saved
        after = self._after(disk, buffers, kept if len(kept) <= _MOST_KEPT else frozenset(), saved, progress)
        after.behind = self.behind if disk is self.disk else set()
        return after

    def stored(self, progress: Progress) -> Generation:
        """The same state with the facts of saved files in the store."""
        after = self._after(self.disk, self.buffers, frozenset(), frozenset(), progress)
        after.behind = self.behind
        return after

    def _after(
        self, disk: Snapshot, buffers: Mapping[str, bytes], kept: Set[str], saved: Set[str], progress: Progress
    ) -> Generation:
        from rlm_code.index.renewal import Change

        change = Change({*self.buffers, *saved}, {*buffers, *kept})
        queries = self.queries.renewed(_laid_over(disk, buffers), change, progress)
        after = Generation(queries, disk, buffers, self._connection)
        after.kept = frozenset(kept)
        return after


def open_over(disk: Snapshot, buffers: Mapping[str, bytes], cache_dir: Path, progress: Progress) -> HostQueries:
    """Queries of their own over a snapshot with unsaved buffers, whose facts are kept in memory."""
    from rlm_code.codebase.open import open_host_of
    from rlm_code.index.renewal import Change

    with ExitStack() as unless_opened:
        queries = open_host_of(disk, cache_dir, progress)
        unless_opened.callback(queries.close)
        if buffers:
            queries = queries.renewed(_laid_over(disk, buffers), Change((), buffers), progress)
        unless_opened.pop_all()
    return queries


def _laid_over(disk: Snapshot, buffers: Mapping[str, bytes]) -> Snapshot:
    if not buffers:
        return disk
    from rlm_code.source.overlay import with_overlay

    return with_overlay(disk, buffers)
