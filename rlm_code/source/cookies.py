"""A file in a folder of our own that is renamed to see whether the system has told of it yet.

The folder is locked for as long as its process lives: what a killed one left behind is removed by the next.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rlm_code.source.watch import Happening

_PREFIX = "rlm-code-watch-"
_OLDER_S = 60.0


class Cookies:
    """Renames its file, and waits until it is told of that. Raises OSError where no folder can be made."""

    def __init__(self) -> None:
        _remove_leftovers()
        self.folder = os.fsencode(tempfile.mkdtemp(prefix=_PREFIX))
        self._locked = _lock(self.folder)
        self._changed = threading.Condition()
        self._number = 0
        self._seen = 0
        os.close(os.open(self._path(0), os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC, 0o600))

    def seen(self, path: bytes, happening: Happening) -> None:
        """The system has told of a file."""
        with self._changed, contextlib.suppress(ValueError):
            self._seen = max(self._seen, int(path.rpartition(b"/")[2]))
            self._changed.notify_all()

    def drop_and_wait(self, timeout_s: float) -> bool:
        """Rename the file; whether the system tells of that in time."""
        with self._changed:
            self._number += 1
            wanted = self._number
        try:
            os.rename(self._path(wanted - 1), self._path(wanted))  # noqa: PTH104  bytes
        except OSError:  # somebody tidied up
            return False
        with self._changed:
            return self._changed.wait_for(lambda: self._seen >= wanted, timeout_s)

    def close(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.folder, ignore_errors=True)
        if self._locked is not None:
            os.close(self._locked)
            self._locked = None

    def _path(self, number: int) -> bytes:
        return b"%s/%d" % (self.folder, number)


def _remove_leftovers() -> None:
    """Remove the folders of processes that were killed: old ones of this user that nobody has locked."""
    with contextlib.suppress(OSError), os.scandir(tempfile.gettempdir()) as entries:
        for entry in entries:
            if entry.name.startswith(_PREFIX) and _is_old_and_ours(entry):
                locked = _lock(os.fsencode(entry.path))
                if locked is not None:
                    shutil.rmtree(entry.path, ignore_errors=True)
                    os.close(locked)


def _is_old_and_ours(entry: os.DirEntry[str]) -> bool:
    """Whether it is a folder of this user that was not made just now: between making and locking is a moment."""
    try:
        found = entry.stat(follow_symlinks=False)
        is_folder = entry.is_dir(follow_symlinks=False)
    except OSError:
        return False
    return is_folder and found.st_uid == os.geteuid() and found.st_mtime < time.time() - _OLDER_S


def _lock(folder: bytes) -> int | None:
    """The open folder, locked until it is closed or its process is gone; None where another has it, or none can."""
    try:
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(opened)
        return None
    return opened
