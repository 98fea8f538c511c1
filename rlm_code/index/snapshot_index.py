"""The facts of one snapshot: paths on one side, stored blobs on the other.

It knows nothing of scopes or imports.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from rlm_code.index.build import Built, Progress, Tables
from rlm_code.index.family import Family, family_of
from rlm_code.index.fileview import HEAD, FileView, no_columns
from rlm_code.index.packing import Column
from rlm_code.index.recent import FACTS_BYTES, TEXTS_BYTES, Recent
from rlm_code.index.store import BlobRow, Key
from rlm_code.index.syntax import Span, Syntax, SyntaxCache
from rlm_code.source.snapshot import Snapshot
from rlm_code.text import decode

if TYPE_CHECKING:
    from rlm_code.index.base_names import BaseNames
    from rlm_code.index.renewal import AnyStore, Change, Renewed

_KEPT_NAMES = 4096
_VIEW_BYTES = 3000
_VIEW_BYTES_A_LINE = 100
_MENDED = 20


class SnapshotIndex:
    """Looks up facts by path and paths by name. One caller at a time; any thread."""

    def __init__(self, snapshot: Snapshot, store: AnyStore, tables: Tables) -> None:
        self.snapshot = snapshot
        self.store = store
        self._tables = tables
        self._views: Recent[str, FileView] = Recent(FACTS_BYTES)
        self._named: dict[tuple[Literal["defining", "using"], str], list[str]] = {}
        self._texts: Recent[str, bytes] = Recent(TEXTS_BYTES)
        self._syntax = SyntaxCache(lambda path: (self.keys[path], self.row(path).language, self.data(path)))

    def renewed(
        self, snapshot: Snapshot, change: Change, progress: Progress | None = None
    ) -> tuple[SnapshotIndex, Renewed]:
        """The index of another state of the same repository, on the same store, with what is known of files that
        have not changed; and what has. This one stays usable until the store is closed."""
        from rlm_code.index.renewal import renew

        renewed = renew(self.store, self.built, snapshot, change, progress)
        after = SnapshotIndex(snapshot, renewed.store, renewed.built)
        after._take_over(self, renewed)
        return after, renewed

    def _take_over(self, before: SnapshotIndex, renewed: Renewed) -> None:
        """Keep what `before` knows of files that have not changed."""
        changed = renewed.changed
        self._views, self._texts = before._views.copied(), before._texts.copied()
        for path in changed:
            self._views.drop(path)
            self._texts.drop(path)
        self._syntax.take_over(before._syntax, changed)
        if before._named and len(changed) <= _MENDED:
            names = {name for path in changed for index in (before, self) for name in index._names_in(path)}
            self._named = {key: paths for key, paths in before._named.items() if key not in names}
        if "_paths_of_blob" in before.__dict__:
            from rlm_code.index.renewal import patched_paths

            self._paths_of_blob = patched_paths(before._paths_of_blob, before.built, self.built, changed)
        if "_families" in before.__dict__ and renewed.same_names:
            self._families = before._families
        if "base_names" in before.__dict__:
            self.base_names = before.base_names.renewed(self, changed)

    def _names_in(self, path: str) -> list[tuple[Literal["defining", "using"], str]]:
        if path not in self.keys:
            return []
        view = self.view(path)
        return [*(("defining", name) for name in view.by_name), *(("using", name) for name in view.uses.names)]

    @property
    def built(self) -> Built:
        """Its tables."""
        return self._tables.whole

    @property
    def keys(self) -> dict[str, Key]:
        """What the facts of each regular file are stored under."""
        return self.built.keys

    @property
    def paths(self) -> Collection[str]:
        """Every regular file, in order."""
        return self._tables.paths

    def row(self, path: str) -> BlobRow:
        """Status, language and length of a regular file."""
        return self._tables.row(path)

    def family(self, path: str) -> Family:
        """How the language of a file binds names."""
        return family_of(self.row(path).language)

    def paths_of_family(self, family: str) -> list[str]:
        """The files in the languages of a family, in order."""
        return self._families.get(family, [])

    def view(self, path: str) -> FileView:
        """The facts of a regular file; empty ones for a file that could not be read."""
        view = self._views.get(path)
        if view is None:
            view = self._viewed(path)
            self._keep_view(path, view)
        return view

    def _keep_view(self, path: str, view: FileView) -> None:
        self._views.put(path, view, _VIEW_BYTES + _VIEW_BYTES_A_LINE * view.row.line_count)

    def passing_view(self, path: str) -> FileView:
        """The same for who reads all files one after the other: what is made for that alone is not kept."""
        return self._views.get(path) or self._viewed(path)

    def meet(self, paths: Sequence[str], columns: Sequence[Column] = HEAD) -> None:
        """Read facts of several files by one question: for who is about to view them all."""
        rows = {path: row for path in paths if self._views.get(path) is None and (row := self.row(path)).id}
        if len(rows) > 1:
            facts = self.store.columns(list({row.id for row in rows.values()}), columns)
            for path, row in rows.items():
                view = self._viewed(path)
                view.take(columns, facts[row.id])
                self._keep_view(path, view)

    def _viewed(self, path: str) -> FileView:
        row = self.row(path)
        return FileView(row, self.store.columns if row.id else no_columns)

    @cached_property
    def base_names(self) -> BaseNames:
        """Where names are written as bases of classes."""
        from rlm_code.index.base_names import BaseNames

        return BaseNames.whole(self)

    def data(self, path: str) -> bytes:
        """The bytes of a file. Those read last are kept."""
        data = self._texts.get(path)
        if data is None:
            data = self.snapshot.read(path)
            self._texts.put(path, data, len(data))
        return data

    def syntax(self, path: str, span: Span | None = None) -> Syntax:
        """The tree and the locals of a file, or of a span of it that can be read by itself. Those asked for last are
        kept."""
        return self._syntax.of(path, span)

    def holds(self, path: str, syntax: Syntax) -> bool:
        """Whether this syntax of a file is still among those that are kept."""
        return self._syntax.holds(path, syntax)

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
        of_language: dict[str, list[str]] = {}
        for path, language in self._tables.languages():
            paths = of_language.get(language)
            if paths is None:
                paths = of_language[language] = found.setdefault(family_of(language).name, [])
            paths.append(path)
        return found

    @cached_property
    def _paths_of_blob(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for path, blob in self._tables.ids():
            if blob:
                found.setdefault(blob, []).append(path)
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
