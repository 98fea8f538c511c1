"""A snapshot of the files on disk that follows them: brought up to date at the cost of what changed.

What it gives equals what `open_snapshot` would give at that moment. Where single paths cannot be judged by
themselves (git's own state changed, an ignore file, a merge conflict), everything is looked at anew.
"""

from __future__ import annotations

import os
import stat
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack

from rlm_code.errors import SourceError
from rlm_code.source.baseline import NOTHING, folders_above, read_baseline
from rlm_code.source.differences import differing_paths, patched
from rlm_code.source.frozen import FrozenSnapshot
from rlm_code.source.git_files import GitFiles, git_files
from rlm_code.source.made_by_tools import is_about_tools
from rlm_code.source.open import open_snapshot
from rlm_code.source.paths import to_bytes, to_text
from rlm_code.source.pending import Happened, Pending
from rlm_code.source.repository import find_repository
from rlm_code.source.scan import Scan
from rlm_code.source.snapshot import Entry, Snapshot
from rlm_code.source.territory import Territory, shapes_territory
from rlm_code.source.watch import Happening, Told, Watcher, WatchError

_LOOKED_AT_FOR_S = 0.5
_SHARE_OF_LOOKING = 10
_SETTLED_WITHIN_S = 1.0
_MOST_PATHS = 500
_MOST_FOLDERS = 20
_NO_GIT = GitFiles(frozenset(), frozenset(), b"")


class LiveTree:
    """The files of a repository's work tree, untracked ones included, or of a plain folder.

    `snapshot` is their state when it was last refreshed, a value like any other. `pending` is what has happened
    since. `problem` says why the system does not tell of changes, where it does not: then refreshing looks at
    everything, for at most a tenth of the time. Safe to use from several threads.
    """

    def __init__(self, path: str | os.PathLike[str], make_watcher: Callable[[Told], Watcher] = Watcher) -> None:
        """Open the files at `path`; nothing is watched yet. Raises SourceError."""
        self.pending = Pending()
        self.problem: str | None = None
        self._path = path
        self._make_watcher = make_watcher
        self._lock = threading.RLock()
        self._watcher: Watcher | None = None
        self._follows = False
        self._closed = False
        self._new: set[bytes] = set()
        self._looked_at = self._looking_took = 0.0
        self.snapshot: Snapshot = self._open()
        self._root = os.fsencode(self.snapshot.root)
        self._in_git = self.snapshot.label != "folder"
        self._git = _NO_GIT
        self._git_looked: tuple[object, ...] | None = None
        self._baseline = NOTHING
        self._territory = Territory(self._root, NOTHING, in_git=self._in_git)

    @property
    def watched(self) -> frozenset[bytes]:
        """The folders that are watched, as absolute paths."""
        return self._watcher.folders if self._watcher else frozenset()

    @property
    def follows(self) -> bool:
        """Whether the system tells of what changes."""
        return self._follows

    @property
    def git_is_at_work(self) -> bool:
        """Whether git is changing the files right now."""
        return bool(self._git.index_lock) and os.path.lexists(self._git.index_lock)

    def start(self) -> None:
        """Watch from now on, if the system can; the first refreshing after that looks at everything once."""
        if self.snapshot.label not in ("working tree", "folder"):  # a bare repository has no files to watch
            return
        try:
            watcher = self._make_watcher(self._told)
            with self._lock:
                self._watcher = watcher
                closed = self._closed
            if closed:
                self._stop_watching("it is closed")
                return
            self._survey()
        except WatchError as error:
            self._stop_watching(str(error))
        with self._lock:
            self._follows = self._watcher is not None
            self.pending.add_everything(territory=False)

    def hear(self, path: bytes | None = None) -> None:
        """Somebody else says that a path below the root changed, or that something did."""
        if path and self._follows and not shapes_territory(path):
            self.pending.add(path)
        else:
            self.pending.add_everything(territory=False)

    def settle(self) -> None:
        """Wait, not long, until all that has happened so far is pending; everything is where the system tells late."""
        watcher = self._watcher
        if self._follows and watcher and not watcher.settle(_SETTLED_WITHIN_S):
            self.pending.add_everything(territory=False)

    def refresh(self) -> frozenset[str]:
        """Bring the snapshot up to date; the paths whose entry came, went or changed. Raises SourceError."""
        with self._lock:
            happened = self.pending.take()
            if not self._follows and not happened.everything and not self._is_stale():
                return frozenset()
            if not happened and self._follows:
                return frozenset()
            with ExitStack() as unless_seen:
                unless_seen.callback(self.pending.add_everything, territory=True)
                try:
                    changed = self._look_at(happened)
                except WatchError as error:
                    self._stop_watching(str(error))
                    changed = self._look_at_everything()
                unless_seen.pop_all()
            return changed

    def close(self) -> None:
        """Watch no more, and give back what was used for it."""
        self.pending.end()
        with self._lock:
            self._closed = True
        self._stop_watching(None)
        self.snapshot.close()

    def _open(self) -> Snapshot:
        started = time.monotonic()
        found = open_snapshot(self._path, untracked=True)
        self._looked_at = time.monotonic()
        self._looking_took = self._looked_at - started
        return found

    def _is_stale(self) -> bool:
        fresh_for = max(_LOOKED_AT_FOR_S, _SHARE_OF_LOOKING * self._looking_took)
        return time.monotonic() >= self._looked_at + fresh_for

    def _stop_watching(self, problem: str | None) -> None:
        self.problem = problem
        with self._lock:
            watcher, self._watcher, self._follows = self._watcher, None, False
        if watcher:
            watcher.close()

    # What happened, as the watcher tells it on its own thread.

    def _told(self, path: bytes, happening: Happening) -> None:
        below = path[len(self._root) + 1 :]
        watcher = self._watcher
        if watcher is None:
            return
        if happening == "gone":
            watcher.forget(path)
        if happening == "lost" or not below:
            self.pending.add_everything(territory=True)
        elif self._git.holds(path):
            if path in self._git.names and happening != "writing":
                self.pending.add_everything(territory=path.endswith((b"/info", b"/exclude", b"/config")))
        elif shapes_territory(below):
            self.pending.add_everything(territory=True)
        elif happening in ("folder", "gone"):
            self.pending.add_folder(below + b"/")
        elif happening == "writing":
            self.pending.add_written(below)
        else:
            self.pending.add(below)

    # Everything anew.

    def _survey(self) -> None:
        """Learn what belongs to the territory, and watch exactly that."""
        self._read_git()
        wanted = {self._place(b""), *self._git.folders}
        for _ in self._territory.walk(b"", lambda folder: wanted.add(self._watch(self._place(folder)))):
            pass
        if self._watcher:
            self._watcher.keep(wanted)

    def _read_git(self) -> None:
        """Learn what git holds, and watch the files that tell when it is something else."""
        self._git_looked = None
        repository = find_repository(self.snapshot.root) if self._in_git else None
        self._git = git_files(repository.root) if repository else _NO_GIT
        for folder in self._git.folders:
            self._watch(folder)
        looks = self._looks_of_git()  # before it is read: what changes meanwhile is read again
        self._baseline = read_baseline(repository) if repository else NOTHING
        self._territory = Territory(self._root, self._baseline, in_git=self._in_git)
        self._git_looked = looks

    def _looks_of_git(self) -> tuple[object, ...]:
        """What changes whenever git holds something else."""
        return (self.snapshot.commit, self._in_git, *map(_look, sorted(self._git.names)))

    def _look_at_everything(self, *, territory: bool = False) -> frozenset[str]:
        before, found = self.snapshot, self._open()
        self.snapshot = found
        changed = differing_paths(before, found)
        if self._follows:
            changed_kind = self._in_git != (found.label != "folder")
            self._in_git = found.label != "folder"
            self._follow_all(changed & found.entries.keys(), territory=territory or changed_kind)
        if not changed and (before.commit, before.issues) == (found.commit, found.issues):
            self.snapshot = before
        return changed

    def _follow_all(self, came: Iterable[str], *, territory: bool) -> None:
        """Watch what is to be watched, the folders of paths that `came` among it. What is watched only now is looked
        at once more, since nobody told of it so far."""
        self._new.clear()
        if territory:
            self._survey()
        elif self._git_looked != self._looks_of_git():
            self._read_git()
        for folder in folders_above(map(to_bytes, came)):
            if self._territory.enters(folder):
                self._watch(self._place(folder))
        if len(self._new) > _MOST_FOLDERS or not self._new.isdisjoint(self._git.folders):
            self.pending.add_everything(territory=False)
        elif self._new:
            for place in self._new:
                self.pending.add_folder(place[len(self._root) + 1 :] + b"/")

    def _watch(self, place: bytes) -> bytes:
        watcher = self._watcher
        if watcher is None:
            return place
        if watcher.watch(place):
            self._new.add(place)
        elif place == self._root and not watcher.watches(place):
            if os.path.lexists(place):
                raise WatchError(f"{to_text(place)} may not be read")
            raise SourceError(f"{to_text(place)} is gone")
        return place

    def _place(self, folder: bytes) -> bytes:
        return self._root + b"/" + folder[:-1] if folder else self._root

    # Single paths.

    def _look_at(self, happened: Happened) -> frozenset[str]:
        if happened.everything or not self._follows:
            return self._look_at_everything(territory=happened.territory or bool(happened.folders))
        paths = self._paths_of(happened) if self._baseline.single else None
        if paths is None or len(paths) > _MOST_PATHS or not isinstance(self.snapshot, FrozenSnapshot):
            return self._look_at_everything(territory=bool(happened.folders))
        changed = self._mend(self.snapshot, paths)
        return self._look_at_everything() if changed is None else changed

    def _paths_of(self, happened: Happened) -> set[bytes] | None:
        """The paths to look at; None if they do not tell all."""
        entries = self.snapshot.entries
        if len(happened.folders) > _MOST_FOLDERS or any(_kind(entries, path) == "submodule" for path in happened.paths):
            return None
        paths = set(happened.paths)
        for folder in happened.folders:
            if folder[:-1] in paths or not self._is_plain(folder):
                return None
            text = to_text(folder)
            paths |= {to_bytes(path) for path in entries if path.startswith(text)}
            paths |= self._enter(folder)
            if any(skipped.startswith(folder) for skipped in self._territory.skipped):
                return None
        return paths

    def _is_plain(self, folder: bytes) -> bool:
        """Whether a folder that came or went has nothing about it but its files."""
        below, itself = to_text(folder), to_text(folder[:-1])
        issues = self.snapshot.issues
        if any(issue.path == itself or issue.path.startswith(below) for issue in issues):
            return False
        if any(is_about_tools(issue) for issue in issues) and not os.path.lexists(self._root + b"/" + folder[:-1]):
            return False  # it may be one of those that are counted
        return _kind(self.snapshot.entries, folder[:-1]) is None

    def _enter(self, folder: bytes) -> set[bytes]:
        """Watch a folder that may have come, and those below; the paths of the files there."""
        self._territory.forget(folder)
        return set(self._territory.walk(folder, lambda inner: self._watch(self._place(inner))))

    def _mend(self, snapshot: FrozenSnapshot, paths: Iterable[bytes]) -> frozenset[str] | None:
        """Look at these paths; None if that takes more."""
        scan = Scan(snapshot.root, snapshot.object_format)
        touched = {to_text(path): path for path in paths}
        for path in touched.values():
            self._look_at_path(scan, path)
        if scan.is_through_links:  # such a file counts if it is the one that git knows
            return None
        before = snapshot.entries
        changed = frozenset(path for path in touched if before.get(path) != scan.entries.get(path))
        issues = [*(issue for issue in snapshot.issues if issue.path not in touched), *scan.issues]
        if changed or tuple(issues) != snapshot.issues:
            entries = patched(before, {path: scan.entries.get(path) for path in changed})
            self.snapshot = snapshot.with_entries(entries, issues)
        return changed

    def _look_at_path(self, scan: Scan, path: bytes) -> None:
        """Note what is at a path now, if it belongs to the snapshot."""
        expected = self._baseline.tracked.get(path)
        if expected is None:
            if not self._territory.admits(path) or (self._in_git and not _is_file_or_link(self._root + b"/" + path)):
                return
            expected = self._baseline.staged.get(path)
        scan.add(path, expected)
        entry = scan.entries.get(to_text(path))
        if entry is not None:
            scan.entries[entry.path] = entry._replace(committed=entry.oid == self._baseline.committed(path))


def _look(place: bytes) -> tuple[int, int, int] | None:
    try:
        found = os.lstat(place)
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _kind(entries: Mapping[str, Entry], path: bytes) -> str | None:
    entry = entries.get(to_text(path))
    return entry.kind if entry else None


def _is_file_or_link(place: bytes) -> bool:
    try:
        mode = os.lstat(place).st_mode
    except OSError:
        return False
    return stat.S_ISREG(mode) or stat.S_ISLNK(mode)
