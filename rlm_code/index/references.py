"""References between definitions, answered by resolving the uses of a name when someone asks.

It speaks of definitions as targets and of uses as offsets; rows for people are made elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rlm_code.index.resolve import Resolver
from rlm_code.index.values import Certainty, Target
from rlm_code.parse.facts import ROLES, Occurrence


class Reference(NamedTuple):
    """One use. `inside` is the definition around it in the same file, -1 at the top."""

    path: str
    use: Occurrence
    certainty: Certainty
    inside: int
    targets: tuple[Target, ...]


_NOT_IMPORTS = frozenset(ROLES) - {"import"}


class References:
    """Answers over one snapshot."""

    def __init__(self, resolver: Resolver) -> None:
        self.resolver = resolver
        self.links = resolver.links
        self._index = resolver.links.index

    def to(self, target: Target, roles: frozenset[str] | None, *, sure: bool) -> Iterator[Reference]:
        """The uses of a definition, in order of path and offset; by name alone only unless `sure`."""
        name = self._index.view(target.path).definitions[target.at].name
        for path in self._index.using(name):
            names = self._aliases(path, name)
            uses = sorted((use for other in names for use in self._index.view(path).uses.of(other)), key=_start)
            for use in uses:
                if roles is None or use.role in roles:
                    reference = self._match(path, use, target, aliased=use.name != name)
                    if reference and not (sure and reference.certainty == "name"):
                        yield reference

    def inside(self, path: str, start: int, end: int, roles: frozenset[str] | None) -> Iterator[Reference]:
        """The uses written between two offsets of a file, with their targets, in order."""
        view = self._index.view(path)
        for use in view.uses.all():
            if start <= use.start < end and (roles is None or use.role in roles):
                resolution = self.resolver.resolve(path, use)
                yield Reference(path, use, resolution.certainty, view.inside(use.start), resolution.targets)

    def inside_of(self, target: Target) -> Iterator[Reference]:
        """The uses written inside a definition, imports left out."""
        definition = self._index.view(target.path).definitions[target.at]
        return self.inside(target.path, definition.start, definition.end, _NOT_IMPORTS)

    def at(self, path: str, offset: int) -> Reference | None:
        """The use that covers an offset of a file."""
        for use in self._index.view(path).uses.all():
            if use.start <= offset <= use.start + len(use.name.encode()):
                return next(self.inside(path, use.start, use.start + 1, None))
        return None

    def _aliases(self, path: str, name: str) -> list[str]:
        """The names under which a file may know what it imports as `name`."""
        aliases = {row.alias for row in self._index.view(path).imports if row.alias and row.name == name}
        return [name, *sorted(aliases - {name})]

    def _match(self, path: str, use: Occurrence, target: Target, *, aliased: bool) -> Reference | None:
        resolution = self.resolver.resolve(path, use)
        inside = self._index.view(path).inside(use.start)
        if target in resolution.targets:
            return Reference(path, use, resolution.certainty, inside, resolution.targets)
        if resolution.values or aliased:
            return None
        return Reference(path, use, "name", inside, (target,))


def _start(use: Occurrence) -> int:
    return use.start
