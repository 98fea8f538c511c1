"""Subclasses and overrides: the same bases that lookups follow, read the other way."""

from __future__ import annotations

from rlm_code.index.fileview import CLASSES
from rlm_code.index.links import Links
from rlm_code.index.values import Target


class Hierarchy:
    """Answers over one snapshot."""

    def __init__(self, links: Links) -> None:
        self._links = links
        self._index = links.index
        self._direct: dict[Target, list[Target]] = {}

    def subclasses(self, owner: Target) -> list[Target]:
        """Direct and indirect subclasses, nearest first."""
        found: dict[Target, None] = {}
        queue = [owner]
        while queue:
            for target in self._below(queue.pop(0)):
                if target not in found and target != owner:
                    found[target] = None
                    queue.append(target)
        return list(found)

    def overrides(self, method: Target) -> list[Target]:
        """The members of subclasses that have the name of a member."""
        view = self._index.view(method.path)
        definition = view.definitions[method.at]
        owner = definition.parent
        if owner < 0 or view.definitions[owner].kind not in CLASSES:
            return []
        below = self.subclasses(Target(method.path, owner))
        return [member for target in below for member in self._links.own_members(target, definition.name)]

    def _below(self, owner: Target) -> list[Target]:
        if owner not in self._direct:
            name = self._index.view(owner.path).definitions[owner.at].name
            found: list[Target] = []
            for path in self._index.using(name):
                view = self._index.view(path)
                for use in view.uses.of(name):
                    at = view.enclosing(use.start)
                    if use.role == "inherit" and at >= 0 and owner in self._links.bases(Target(path, at)):
                        found.append(Target(path, at))
            self._direct[owner] = list(dict.fromkeys(found))
        return self._direct[owner]
