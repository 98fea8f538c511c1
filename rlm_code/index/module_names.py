"""The modules of a snapshot, by the family of languages that names them; each family's are found when first asked for.

It knows files and their languages, nothing of what is in them.
"""

from __future__ import annotations

from collections.abc import Collection

from rlm_code.index.modules import Modules, modules_of
from rlm_code.index.snapshot_index import SnapshotIndex


class ModuleNames:
    """The `Modules` of every family of one snapshot."""

    def __init__(self, index: SnapshotIndex) -> None:
        self._index = index
        self._modules: dict[str, Modules] = {}
        self._readers: dict[str, _Reader] = {}

    def renewed(self, index: SnapshotIndex, changed: Collection[str]) -> ModuleNames:
        """The modules of another state with the same paths in the same languages: those that no changed file was read
        for are kept."""
        after = ModuleNames(index)
        for family, modules in self._modules.items():
            reader = self._readers[family]
            if reader.paths.isdisjoint(changed):
                reader.index = index
                after._modules[family], after._readers[family] = modules, reader
        return after

    def of(self, path: str) -> Modules:
        """The module names of the language of a file."""
        name = self._index.family(path).name
        if name not in self._modules:
            own = frozenset(self._index.paths_of_family(name))
            reader = self._readers[name] = _Reader(self._index)
            self._modules[name] = modules_of(name, self._index.row(path).language, self._index.paths, own, reader.text)
        return self._modules[name]


class _Reader:
    """Reads project files, and remembers which."""

    def __init__(self, index: SnapshotIndex) -> None:
        self.index = index
        self.paths: set[str] = set()

    def text(self, path: str) -> str:
        """The text of the file at `path`."""
        self.paths.add(path)
        return self.index.text(path)
