"""A repository that a server holds open: queries over its files as they are now, unsaved buffers on top.

A thread follows what changes, so that a look-up finds the work done; one that comes sooner does it itself. It refuses
to know who asks.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from rlm_code.codebase.generation import Connection, Generation, open_over
from rlm_code.errors import IndexStoreError, RlmCodeError, SourceError

if TYPE_CHECKING:
    from rlm_code.codebase.host import HostQueries
    from rlm_code.index.build import Progress
    from rlm_code.source.live_tree import LiveTree
    from rlm_code.source.snapshot import Snapshot

logger = logging.getLogger(__name__)

_QUIET_S = 0.01
_BURST_QUIET_S = 0.1
_LONGEST_S = 0.5
_BURST_LONGEST_S = 10.0
_BURST = 30
_MENDED_PATHS = 60
_STORED_AFTER_S = 2.0
_AFTER_TROUBLE_S = 5.0
_LOCK_POLL_S = 0.1

T = TypeVar("T")

OverlayOf = Callable[["Snapshot"], Mapping[str, bytes]]
"""The content of unsaved files by path, given the snapshot that they lie over."""


class LiveRepository:
    """One repository or folder, opened when it is first asked about. A query sees all that was on disk when it was
    asked; only in the middle of a burst (git switches a branch, a tool installs) it may see what was before. Where
    the system does not tell of changes, or not yet, files are looked at for at most a tenth of the time.

    `renewals` counts how often what is seen was replaced. Safe to use from several threads.
    """

    def __init__(self, path: str | os.PathLike[str], cache_dir: Path, progress: Progress | None = None) -> None:
        self._path = path
        self._cache_dir = cache_dir
        self._progress = progress
        self._lock = threading.RLock()
        self._tree: LiveTree | None = None
        self._now: Generation | None = None
        self._behind_next: set[str] | None = None
        self._thread: threading.Thread | None = None
        self._closed = False
        self.renewals = 0

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences for the user about the index, and about how changes are noticed."""
        tree, now = self._tree, self._now
        found = list(now.queries.notices) if now else []
        if tree and tree.problem:
            found.append(f"changes on disk are noticed late, by looking at all files: {tree.problem}")
        return tuple(found)

    def answer(self, overlay_of: OverlayOf, find: Callable[[HostQueries], T]) -> T:
        """What `find` finds in the files as they are now. Looks again, once, where a file changed under it or the
        index broke. Raises SourceError and IndexStoreError where that does not help."""
        try:
            with self.reading(overlay_of) as queries:
                return find(queries)
        except (SourceError, IndexStoreError):
            self._start_over()
            with self.reading(overlay_of) as queries:
                return find(queries)

    @contextmanager
    def reading(self, overlay_of: OverlayOf | None = None) -> Iterator[HostQueries]:
        """Queries over the files as they are now, with unsaved ones on top. They stay as they are while one reads."""
        with self._lock:
            generation = self._current(overlay_of or _nothing)
            generation.hold()
        try:
            yield generation.queries
        finally:
            generation.release()

    @contextmanager
    def opened(self, overlay_of: OverlayOf, progress: Progress) -> Iterator[HostQueries]:
        """Queries of one's own over the files as they are now, for work that takes long. `progress` is called while
        it waits and while files are read; what it raises ends that. Raises SourceError."""
        while not self._lock.acquire(timeout=_LOCK_POLL_S):
            progress(0, 0)
        try:
            disk = self._refreshed().snapshot
        finally:
            self._lock.release()
        queries = open_over(disk, overlay_of(disk), self._cache_dir, progress)
        try:
            yield queries
        finally:
            queries.close()

    @property
    def follows(self) -> bool:
        """Whether the system tells of what changes by now."""
        return self._tree is not None and self._tree.follows

    @property
    def root(self) -> Path | None:
        """The absolute folder that paths are relative to; None before it is opened."""
        return self._tree.snapshot.root if self._tree else None

    def hear(self, path: str | None = None) -> None:
        """Somebody else, such as an editor, says that the file at a path changed, or that something did."""
        if self._tree is not None:
            self._tree.hear(os.fsencode(path) if path else None)

    def close(self) -> None:
        """Follow no more, and close what is open once nobody reads it."""
        self._closed = True
        tree, thread = self._tree, self._thread
        if tree:
            tree.close()
        if thread and thread is not threading.current_thread():
            thread.join()
        with self._lock:
            self._drop()
            self._tree = self._thread = None

    # Under the lock.

    def _refreshed(self) -> LiveTree:
        """The files as they are now."""
        if self._tree is None:
            self._tree = self._followed()
            return self._tree
        if not _in_burst(self._tree):
            self._tree.settle()
        if self._now is None or not _in_burst(self._tree):
            self._refresh(self._tree)
        return self._tree

    def _followed(self) -> LiveTree:
        from rlm_code.source.live_tree import LiveTree

        if self._closed:
            raise SourceError(f"{os.fspath(self._path)} was closed")
        tree = LiveTree(self._path)
        self._thread = threading.Thread(target=self._follow, args=(tree,), name="follow", daemon=True)
        self._thread.start()
        return tree

    def _refresh(self, tree: LiveTree) -> None:
        changed = tree.refresh()
        if self._now is not None:
            self._now.behind |= changed
        if self._behind_next is not None:
            self._behind_next |= changed

    def _current(self, overlay_of: OverlayOf) -> Generation:
        tree, now = self._refreshed(), self._now
        if now is None:
            return self._replace(self._opened(tree.snapshot, overlay_of(tree.snapshot)))
        disk = tree.snapshot
        if len(now.behind) > _MENDED_PATHS:  # the thread reads so much aside
            tree.pending.nudge()
            disk = now.disk
        buffers = overlay_of(disk)
        if disk is now.disk and buffers == now.buffers:
            return now
        after = self._replace(now.followed_by(disk, buffers, self._tick))
        if after.kept:
            tree.pending.nudge()  # the thread stores them when there is time
        return after

    def _opened(self, disk: Snapshot, buffers: Mapping[str, bytes]) -> Generation:
        queries = open_over(disk, buffers, self._cache_dir, self._tick)
        return Generation(queries, disk, buffers, Connection(queries))

    def _replace(self, generation: Generation) -> Generation:
        generation.hold()
        before, self._now = self._now, generation
        self.renewals += before is None or before.disk is not generation.disk or before.buffers != generation.buffers
        if before is not None:
            before.release()
        return generation

    def _drop(self) -> None:
        now, self._now = self._now, None
        if now is not None:
            now.release()

    def _start_over(self) -> None:
        with self._lock:
            self._drop()
        self.hear()

    def _tick(self, done: int, total: int) -> None:
        if self._closed:
            raise RlmCodeError("the repository is being closed")
        if self._progress:
            self._progress(done, total)

    # The thread that follows.

    def _follow(self, tree: LiveTree) -> None:
        tree.problem = _failure_of(tree.start) or tree.problem
        while tree.pending.wait(_STORED_AFTER_S if self._now and self._now.kept else None):
            if _failure_of(lambda: self._renew(tree)):
                tree.pending.rest(_AFTER_TROUBLE_S)

    def _renew(self, tree: LiveTree) -> None:
        """Have the queries ready before somebody asks."""
        if not _until_quiet(tree):
            return
        with self._lock:
            self._refresh(tree)
            now, disk = self._now, tree.snapshot
            if now is None:
                return
            if disk is now.disk:
                if now.kept and tree.pending.times()[1] >= _STORED_AFTER_S:
                    self._replace(now.stored(self._tick))
                return
            buffers = {path: data for path, data in now.buffers.items() if _differs(disk, path, data)}
            if len(now.behind) <= _MENDED_PATHS:
                self._replace(now.followed_by(disk, buffers, self._tick))
                return
            self._behind_next = set()
        fresh = None
        try:
            # Read aside, with the lock left: who asks meanwhile sees what was before.
            fresh = self._opened(disk, buffers)
        finally:
            with self._lock:
                behind, self._behind_next = self._behind_next, None
                if fresh is not None:
                    fresh.behind = behind
                    self._replace(fresh)


def _failure_of(step: Callable[[], object]) -> str:
    """Why `step` failed, if it did. The outermost edge of the thread that follows: whatever gets here is logged."""
    try:
        step()
    except RlmCodeError as error:
        logger.info("the files cannot be looked at: %s", error)
        return str(error)
    except Exception as error:
        logger.exception("following the files failed; this is a bug in rlm-code")
        return str(error) or type(error).__name__
    return ""


def _differs(disk: Snapshot, path: str, data: bytes) -> bool:
    from rlm_code.source.content_id import oid_of

    entry = disk.entries.get(path)
    return entry is None or entry.oid != oid_of(data, disk.object_format)


def _nothing(disk: Snapshot) -> Mapping[str, bytes]:
    return {}


def _in_burst(tree: LiveTree) -> bool:
    """Whether so much is happening right now that looking at it would be looking at half of it."""
    if tree.pending.count <= _BURST:
        return False
    first, last = tree.pending.times()
    return first < _BURST_LONGEST_S and (last < _BURST_QUIET_S or tree.git_is_at_work)


def _until_quiet(tree: LiveTree) -> bool:
    """Wait until nothing more happens, or for long enough; False at the end."""
    while True:
        first, last = tree.pending.times()
        git_is_at_work = tree.git_is_at_work
        large = git_is_at_work or tree.pending.everything or tree.pending.count > _BURST
        quiet, longest = (_BURST_QUIET_S, _BURST_LONGEST_S) if large else (_QUIET_S, _LONGEST_S)
        if first >= longest or (last >= quiet and not git_is_at_work):
            return True
        if not tree.pending.rest(max(quiet - last, _QUIET_S)):
            return False
