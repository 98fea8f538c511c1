"""Tells what changes in folders, as the system tells it: one inotify watch a folder, and none below it.

The only module that knows watchdog, of which it uses the reader of inotify alone: its observers take a thread a
folder, enter every folder below, and hold back renames for half a second. It knows nothing of git or snapshots.
"""

from __future__ import annotations

import errno
import itertools
import os
import threading
from collections.abc import Callable, Iterable, Set
from contextlib import ExitStack
from typing import TYPE_CHECKING, Literal

from rlm_code.source.cookies import Cookies

if TYPE_CHECKING:
    from watchdog.observers.inotify_c import InotifyEvent, InotifyFD, Mask, WatchDescriptor

Happening = Literal["changed", "writing", "folder", "gone", "lost"]
"""A file, link or the like came, went or was written; is being written; a folder came or may be read by others than
before; a folder went; more happened than the system keeps."""

_FIRST_WITHIN_S = 5.0

Told = Callable[[bytes, Happening], None]


class WatchError(Exception):
    """Folders cannot be watched, and why: a sentence's end."""


class Watcher:
    """Watches folders, named by absolute paths, and calls `told` with a path and what happened there, on a thread
    of its own. `told` must return soon, and raise nothing."""

    def __init__(self, told: Told) -> None:
        self._told = told
        self._lock = threading.Lock()
        self._folders: dict[bytes, _Folder] = {}
        self._settling = threading.Lock()
        try:
            self._cookies = Cookies()
        except OSError as error:
            raise WatchError(f"nothing can be written to the folder for temporary files: {error}") from error
        with ExitStack() as unless_made:
            unless_made.callback(self._cookies.close)
            self._reader, self._mask = _reader()
            unless_made.pop_all()
        self._reader.start()
        try:
            self._add(_Folder(self._cookies.folder, self._cookies.seen, self._let_go))
        except OSError as error:
            self.close()
            raise WatchError(_reason(error)) from error
        if not self.settle(_FIRST_WITHIN_S):  # some file systems take watches and tell nothing
            self.close()
            raise WatchError("the system tells of no changes in the folder for temporary files")

    @property
    def folders(self) -> frozenset[bytes]:
        """What is watched now."""
        with self._lock:
            return frozenset(self._folders)

    def watches(self, folder: bytes) -> bool:
        """Whether a folder is watched."""
        with self._lock:
            return folder in self._folders

    def watch(self, folder: bytes) -> bool:
        """Tell of what happens in a folder from now on; False if that was so already, if it is gone or may not be
        read. Raises WatchError when the system allows no more watches."""
        if self.watches(folder):
            return False
        entry = _Folder(folder, self._told, self._let_go)
        try:
            added = self._add(entry)
        except (FileNotFoundError, NotADirectoryError, PermissionError):
            return False
        except OSError as error:
            raise WatchError(_reason(error)) from error
        if added:
            with self._lock:
                self._folders[folder] = entry
        return added

    def forget(self, folder: bytes) -> None:
        """Tell no more of a watched folder and those below, such as when it went elsewhere."""
        below = folder + b"/"
        with self._lock:
            if folder not in self._folders:
                return
            gone = [path for path in self._folders if path == folder or path.startswith(below)]
        self._remove(gone)

    def keep(self, folders: Set[bytes]) -> None:
        """Tell of no other folders than these any more."""
        with self._lock:
            gone = [path for path in self._folders if path not in folders]
        self._remove(gone)

    def _remove(self, folders: Iterable[bytes]) -> None:
        with self._lock:
            entries = [self._folders.pop(folder) for folder in folders if folder in self._folders]
        self._reader.remove_callbacks([entry.place for entry in entries])

    def settle(self, timeout_s: float) -> bool:
        """Wait until everything that has happened so far was told; False if that takes longer. The system tells in
        order: once it tells of a file of our own, it has told of all before."""
        with self._settling:
            return self._cookies.drop_and_wait(timeout_s)

    def close(self) -> None:
        """Stop, and give back threads, files and watches."""
        self._reader.stop()
        if threading.current_thread() is not self._reader:
            self._reader.join()
        self._cookies.close()

    def _add(self, entry: _Folder) -> bool:
        descriptor = self._reader.add_callback(entry.path, self._mask, entry, entry.place[1])
        entry.place = (descriptor, entry.place[1])
        return descriptor != -1  # so watchdog says that it may not be read

    def _let_go(self, entry: _Folder) -> None:
        with self._lock:
            if self._folders.get(entry.path) is entry:
                del self._folders[entry.path]


class _Folder:
    """What the reader of inotify calls for one folder."""

    _numbers = itertools.count(1)

    def __init__(self, path: bytes, told: Told, let_go: Callable[[_Folder], None]) -> None:
        from watchdog.observers.inotify_c import CallbackId, WatchDescriptor

        self.path = path
        self.place = (WatchDescriptor(-1), CallbackId(next(self._numbers)))
        self._told = told
        self._let_go = let_go

    def on_event(self, event: InotifyEvent) -> None:
        """Something happened in the folder."""
        if event.name:
            self._told(self.path + b"/" + event.name, _happening(event))

    def on_watch_deleted(self, wd: WatchDescriptor) -> None:
        """The folder is gone."""
        self._let_go(self)
        self._told(self.path, "gone")

    def on_queue_overflow(self) -> None:
        """More happened than the system keeps."""
        self._told(self.path, "lost")


def _reader() -> tuple[InotifyFD, Mask]:
    """What reads inotify, not started yet, and the events to ask for."""
    from watchdog.utils import UnsupportedLibcError

    try:
        from watchdog.observers.inotify_c import InotifyConstants as On
        from watchdog.observers.inotify_c import InotifyFD, Mask

        reader = InotifyFD()
    except (ImportError, AttributeError, UnsupportedLibcError) as error:
        raise WatchError("this system has no inotify") from error
    except OSError as error:
        raise WatchError(_reason(error)) from error
    came_or_went = On.IN_CREATE | On.IN_DELETE | On.IN_MOVED_FROM | On.IN_MOVED_TO
    written = On.IN_CLOSE_WRITE | On.IN_MODIFY | On.IN_ATTRIB
    os.set_inheritable(reader._inotify_fd, False)
    return reader, Mask(came_or_went | written | On.IN_ONLYDIR | On.IN_DONT_FOLLOW | On.IN_EXCL_UNLINK)


def _happening(event: InotifyEvent) -> Happening:
    if event.is_directory:
        return "gone" if event.is_delete or event.is_moved_from else "folder"
    only_written = event.is_modify and not event.is_close_write
    return "writing" if only_written else "changed"


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return "the system allows no more inotify watches (fs.inotify.max_user_watches)"
    if isinstance(error, OSError) and error.errno == errno.EMFILE:
        return "the system allows no more inotify instances (fs.inotify.max_user_instances)"
    return str(error)
