"""The modules of a snapshot, by the family of languages that names them; each family's are found when first asked for.

It knows files and their languages, nothing of what is in them.
"""

from __future__ import annotations

from rlm_code.index.modules import Modules, modules_of
from rlm_code.index.snapshot_index import SnapshotIndex


class ModuleNames:
    """The `Modules` of every family of one snapshot."""

    def __init__(self, index: SnapshotIndex) -> None:
        self._index = index
        self._modules: dict[str, Modules] = {}

    def of(self, path: str) -> Modules:
        """The module names of the language of a file."""
        name = self._index.family(path).name
        if name not in self._modules:
            own = frozenset(self._index.paths_of_family(name))
            self._modules[name] = modules_of(
                name, self._index.row(path).language, self._index.keys, own, self._index.text
            )
        return self._modules[name]
