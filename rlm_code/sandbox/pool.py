"""Workers of one recipe: the one asked for, and a warm spare so that the next starts at once."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable

from rlm_code.errors import SandboxError
from rlm_code.sandbox.process import Recipe, Report, Worker
from rlm_code.sandbox.shared import SharedBytes
from rlm_code.sandbox.spawn import Pending, later
from rlm_code.sandbox.system import DANGER, WAYS_ON, NotConfinedError

Shared = Callable[[], bytes | memoryview]

# Without these a worker is not confined. Landlock is a second wall, and not to be had everywhere.
NEEDED = (
    "seccomp",
    "no files",
    "no sockets",
    "no processes",
    "no signals",
    "no new code",
    "memory limit",
    "shared text is read-only",
)


class Pool:
    """Shared by all sandboxes with the same recipe and the same shared bytes; closed with the last of them."""

    def __init__(self, recipe: Recipe, shared: Shared | None) -> None:
        self.recipe = recipe
        self.source = shared
        self.users = 0
        self._shared = SharedBytes(shared) if shared else None
        self._spare: Pending[Worker] | None = None
        self._lock = threading.Lock()
        self._closed = False

    def take(self) -> tuple[Worker, Report]:
        """A worker that is ready to run cells, and which protections hold. Raises SandboxError if none can be had."""
        with self._lock:
            spare, self._spare = self._spare, None
        if spare is not None:
            with contextlib.suppress(SandboxError, OSError):  # it died; a fresh one tells if there is more to it
                worker = spare.result()
                return worker, self._checked(worker)
        fresh = Worker(self.recipe, self._shared)
        return fresh, self._checked(fresh)

    def _checked(self, worker: Worker) -> Report:
        report = worker.ready()
        missing = [name for name in NEEDED if not report.get(name)] if self.recipe.confine else []
        if missing:
            worker.close()
            reason = report.get("failed") or f"{', '.join(missing)} cannot be had"
            raise NotConfinedError(f"this system does not confine the worker ({reason}): {DANGER}", hint=WAYS_ON)
        return report

    def prepare_spare(self) -> None:
        """Have a worker get ready in the background, if none is."""
        with self._lock:
            if self._spare is None and not self._closed:
                self._spare = later(lambda: Worker(self.recipe, self._shared))

    def shared_size(self) -> int:
        """The size of the shared bytes; fills them on first use. 0 if there are none."""
        return self._shared.size() if self._shared else 0

    def close(self) -> None:
        """End the spare and give back the shared bytes."""
        with self._lock:
            self._closed = True
            spare, self._spare = self._spare, None
        if spare is not None:
            with contextlib.suppress(SandboxError, OSError):  # it never came to be
                spare.result().close()
        if self._shared is not None:
            self._shared.close()


_pools: dict[tuple[Recipe, Shared | None], Pool] = {}
_pools_lock = threading.Lock()


def join(recipe: Recipe, shared: Shared | None) -> Pool:
    """The pool for this recipe and these shared bytes, with one more user."""
    with _pools_lock:
        pool = _pools.get((recipe, shared))
        if pool is None:
            pool = _pools[recipe, shared] = Pool(recipe, shared)
        pool.users += 1
        return pool


def leave(pool: Pool) -> None:
    """One user less; the last one closes the pool."""
    with _pools_lock:
        pool.users -= 1
        if pool.users:
            return
        del _pools[pool.recipe, pool.source]
    pool.close()
