"""Which names say nothing by themselves: members that unrelated classes have, or the language's own objects.

It counts owners; whether a use of such a name is known otherwise is asked elsewhere.
"""

from __future__ import annotations

from typing import Final

from rlm_code.index.hierarchy import Hierarchy
from rlm_code.index.python.tables import BUILT_IN_MEMBERS as PYTHON_MEMBERS
from rlm_code.index.script.library import BUILT_IN_MEMBERS as SCRIPT_MEMBERS
from rlm_code.index.snapshot_index import SnapshotIndex
from rlm_code.index.values import Target

_MOST_OWNERS: Final = {"python": 5, "javascript": 5, "typescript": 1, "tsx": 1}
"""How many unrelated owners of a member leave its name telling. Where types are written, what they do not show is
hardly ever a member of this repository: the one that has the name is meant, or none."""

_KEPT_NAMES: Final = 500
_BUILT_IN: Final = {
    "python": PYTHON_MEMBERS,
    **dict.fromkeys(("javascript", "typescript", "tsx"), SCRIPT_MEMBERS),
}


class Crowds:
    """Tells over one snapshot which names are crowded."""

    def __init__(self, index: SnapshotIndex, hierarchy: Hierarchy) -> None:
        self._index = index
        self._hierarchy = hierarchy
        self._owners: dict[str, frozenset[Target]] = {}

    def is_common(self, path: str, name: str) -> bool:
        """Whether the language's own objects have a member of this name."""
        language = self._index.row(path).language
        dunder = language == "python" and name.startswith("__") and name.endswith("__")
        return dunder or name in _BUILT_IN.get(language or "", ())

    def hide(self, target: Target) -> bool:
        """Whether a member's name alone does not say that it is meant."""
        most = _MOST_OWNERS.get(self._index.row(target.path).language or "")
        definition = self._index.view(target.path).definitions[target.at]
        if most is None or definition.parent < 0:
            return False
        if self.is_common(target.path, definition.name):
            return True
        owners = self._owners_of(definition.name)
        if len(owners) <= most:
            return False
        related = {*self._hierarchy.overridden(target), *self._hierarchy.overrides(target)}
        return len(owners) - len(related) > most

    def _owners_of(self, name: str) -> frozenset[Target]:
        """The definitions that have a member of a name, in any language."""
        if name not in self._owners:
            if len(self._owners) >= _KEPT_NAMES:
                self._owners.clear()
            of_file = ((path, self._index.view(path).definitions) for path in self._index.defining(name))
            around = (Target(path, those.parent(at)) for path, those in of_file for at in those.called(name))
            self._owners[name] = frozenset(owner for owner in around if owner.at >= 0)
        return self._owners[name]
