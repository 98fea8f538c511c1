"""Workers of one recipe: the one asked for, and a warm spare so that the next starts at once."""

from __future__ import annotations

import threading
from collections.abc import Callable

from rlm_code.errors import SandboxError
from rlm_code.sandbox.process import NEEDED, Recipe, Worker
from rlm_code.sandbox.shared import SharedBytes

Shared = Callable[[], bytes | memoryview]


class Pool:
    """Shared by all sandboxes with the same recipe and the same shared bytes; closed with the last of them."""

    _open: dict[tuple[Recipe, Shared | None], Pool] = {}  # noqa: RUF012 - the one registry
    _registry_lock = threading.Lock()

    def __init__(self, recipe: Recipe, shared: Shared | None) -> None:
        self._key = (recipe, shared)
        self._shared = SharedBytes(shared) if shared else None
        self._spare: Worker | None = None
        self._lock = threading.Lock()
        self._users = 0
        self.confinement = "none" if not recipe.confine else ""

    @classmethod
    def join(cls, recipe: Recipe, shared: Shared | None) -> Pool:
        """The pool for this recipe, with one more user."""
        with cls._registry_lock:
            pool = cls._open.get((recipe, shared))
            if pool is None:
                pool = cls._open[recipe, shared] = cls(recipe, shared)
            pool._users += 1
            return pool

    def release(self) -> None:
        """One user less; the last one closes the pool."""
        with self._registry_lock:
            self._users -= 1
            if self._users:
                return
            del self._open[self._key]
        with self._lock:
            spare, self._spare = self._spare, None
        if spare is not None:
            spare.close()
        if self._shared is not None:
            self._shared.close()

    def take(self) -> Worker:
        """A worker that is ready to run cells. Raises SandboxError if none can be had."""
        with self._lock:
            worker, self._spare = self._spare, None
        worker = worker or self._start()
        report = worker.ready()
        if self._key[0].confine:
            missing = sorted(name for name in NEEDED if not report.get(name))
            if missing:
                worker.close()
                raise SandboxError(f"this system does not confine the worker: {', '.join(missing)} failed")
            walls = ["seccomp", "Landlock", "rlimits"] if report.get("landlock") else ["seccomp", "rlimits"]
            without = "" if report.get("landlock") else " (no Landlock here)"
            self.confinement = ", ".join(walls) + without
        return worker

    def prepare_spare(self) -> None:
        """Have a worker get ready in the background, if none is."""
        with self._lock:
            if self._spare is None and self._users:
                self._spare = self._start()

    def _start(self) -> Worker:
        return Worker(self._key[0], self._shared)

    def shared_size(self) -> int:
        """The size of the shared bytes; fills them on first use. 0 if there are none."""
        return self._shared.size() if self._shared else 0
