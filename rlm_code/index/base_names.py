"""Where names are written as bases of classes: all of a snapshot, read from its facts once.

Subclasses are found by it. It knows under which names a file knows what it builds on; whether one of them means a
certain class is for others to say.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from sys import intern
from typing import TYPE_CHECKING

from rlm_code.errors import SourceError
from rlm_code.index.fileview import CLASSES, FileView

if TYPE_CHECKING:
    from rlm_code.index.snapshot_index import SnapshotIndex

_SAME = re.compile(rb"[ \t]*=[ \t]*(?:[\w.]+\.)?(\w+)[ \t]*$")

Place = tuple[str, int]
"""A path, and the offset in it at which a base is named."""


class BaseNames:
    """The places in one snapshot that name a base."""

    def __init__(self, by_path: dict[str, list[tuple[str, int]]]) -> None:
        self._by_path = by_path

    @classmethod
    def whole(cls, index: SnapshotIndex) -> BaseNames:
        """Those of all files."""
        return cls({}).renewed(index, index.keys)

    def renewed(self, index: SnapshotIndex, changed: Collection[str]) -> BaseNames:
        """Those of another state, at the cost of the files that changed."""
        by_path = {path: named for path, named in self._by_path.items() if path not in changed}
        for path in changed:
            named = _named_in(index, path) if path in index.keys else []
            if named:
                by_path[path] = named
        return BaseNames(by_path)

    def of(self, name: str) -> list[Place]:
        """The places where a class called `name` may be named as a base, in order of path and offset."""
        return self._by_name.get(name, [])

    @cached_property
    def _by_name(self) -> Mapping[str, list[Place]]:
        found: dict[str, list[Place]] = {}
        for path in sorted(self._by_path):
            for name, start in self._by_path[path]:
                found.setdefault(name, []).append((path, start))
        return found


def _named_in(index: SnapshotIndex, path: str) -> list[tuple[str, int]]:
    """The names of the bases in a file, and the names that these have where they come from, with their offsets."""
    if not index.row(path).language:
        return []
    view = index.passing_view(path)
    inherits = view.inherits
    if not inherits:
        return []
    same: dict[str, list[str]] = {}
    for row in view.imports:
        if row.alias and row.name and row.alias != row.name:
            same.setdefault(row.alias, []).append(row.name)
    if view.family.name == "python":
        for name, other in _assigned(index, path, view, {use.name for use in inherits}):
            same.setdefault(name, []).append(other)
    return [
        (intern(name), use.start) for use in inherits for name in dict.fromkeys([use.name, *same.get(use.name, ())])
    ]


def _assigned(index: SnapshotIndex, path: str, view: FileView, names: Iterable[str]) -> list[tuple[str, str]]:
    """The bases that a file gets by assigning a class to another name (`Base = module.Class`), with the class's."""
    places = [at for name in names for at in view.definitions.called_in(-1, name)]
    held = [view.definitions[at] for at in places if view.definitions.kind(at) not in CLASSES]
    try:
        data = index.data(path) if held else b""
    except SourceError:  # the text is gone since the snapshot was taken
        return []
    found = [(row.name, _SAME.match(data, row.name_end, row.end)) for row in held]
    return [(name, match[1].decode("utf-8", "replace")) for name, match in found if match]
