"""The facts of one snapshot: paths on one side, stored blobs on the other.

It knows nothing of scopes or imports.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Literal

from rlm_code.index.build import Built, Progress, build
from rlm_code.index.family import Family, family_of
from rlm_code.index.fileview import FileView
from rlm_code.index.packing import NO_FACTS
from rlm_code.index.store import BlobRow, Key, Store
from rlm_code.index.syntax import Syntax, SyntaxCache
from rlm_code.source.snapshot import Snapshot
from rlm_code.text import decode

_KEPT_VIEWS = 1500
_KEPT_NAMES = 4096
_KEPT_BYTES = 16_000_000


class SnapshotIndex:
    """Looks up facts by path and paths by name. One caller at a time; any thread."""

    def __init__(self, snapshot: Snapshot, store: Store, built: Built) -> None:
        self.snapshot = snapshot
        self.store = store
        self.keys: dict[str, Key] = built.keys
        self._built = built
        self._rows = built.rows
        self._failed = built.failed
        self._views: dict[str, FileView] = {}
        self._named: dict[tuple[str, str], list[str]] = {}
        self._texts: dict[str, bytes] = {}
        self._texts_bytes = 0
        self._syntax = SyntaxCache(lambda path: (self.row(path).language, self.data(path)))

    def renewed(self, snapshot: Snapshot, progress: Progress | None = None) -> SnapshotIndex:
        """The index of another state of the same repository, on the same store, with what is known of files that
        have not changed."""
        after = SnapshotIndex(snapshot, self.store, build(self.store, snapshot, progress, self._built))
        for path, view in self._views.items():
            if view.row.id and after.keys.get(path) == self.keys[path]:
                after._views[path] = view
        for path, data in self._texts.items():
            if after.keys.get(path) == self.keys[path]:
                after._texts[path] = data
                after._texts_bytes += len(data)
        return after

    def row(self, path: str) -> BlobRow:
        """Status, language and length of a regular file."""
        return self._failed.get(path) or self._rows[self.keys[path]]

    def family(self, path: str) -> Family:
        """How the language of a file binds names."""
        return self.view(path).family

    def paths_of_family(self, family: str) -> list[str]:
        """The files in the languages of a family, in order."""
        return self._families.get(family, [])

    def view(self, path: str) -> FileView:
        """The facts of a regular file; empty ones for a file that could not be read."""
        view = self._views.get(path)
        if view is None:
            if len(self._views) >= _KEPT_VIEWS:
                self._views.clear()
            row = self.row(path)
            view = self._views[path] = FileView(row, self.store.facts if row.id else lambda _: NO_FACTS)
        return view

    def data(self, path: str) -> bytes:
        """The bytes of a file. Those read last are kept."""
        data = self._texts.get(path)
        if data is None:
            if self._texts_bytes > _KEPT_BYTES:
                self._texts.clear()
                self._texts_bytes = 0
            data = self._texts[path] = self.snapshot.read(path)
            self._texts_bytes += len(data)
        return data

    def syntax(self, path: str) -> Syntax:
        """The tree and the locals of a file. Those asked for last are kept."""
        return self._syntax.of(path)

    def text(self, path: str) -> str:
        """The decoded text of a file."""
        return decode(self.data(path))

    def defining(self, name: str) -> list[str]:
        """The paths of files that define `name`, in order."""
        return self._kept("defining", name)

    def names_defined(self, pattern: str) -> list[str]:
        """The names that match a LIKE pattern, in any case, and that the snapshot defines, in order."""
        of_blob = self._paths_of_blob
        found = [name for name, blobs in self.store.names_defined(pattern) if any(blob in of_blob for blob in blobs)]
        return list(dict.fromkeys(found))

    def using(self, name: str) -> list[str]:
        """The paths of files that use `name`, in order."""
        return self._kept("using", name)

    @cached_property
    def _families(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in self.keys:
            found.setdefault(family_of(self.row(path).language).name, []).append(path)
        return found

    @cached_property
    def _paths_of_blob(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for path, key in self.keys.items():
            if path not in self._failed:
                found.setdefault(self._rows[key].id, []).append(path)
        return found

    def _kept(self, how: Literal["defining", "using"], name: str) -> list[str]:
        paths = self._named.get((how, name))
        if paths is None:
            if len(self._named) >= _KEPT_NAMES:
                self._named.clear()
            paths = self._named[how, name] = self._paths(getattr(self.store, how)(name))
        return paths

    def _paths(self, blobs: Iterable[int]) -> list[str]:
        """Paths of blobs that are part of the snapshot."""
        of_blob = self._paths_of_blob
        return sorted(path for blob in blobs for path in of_blob.get(blob, ()))
