"""Python's classes as value flow sees them: their order of resolution, what they define themselves, who is made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rlm_code.errors import SourceError
from rlm_code.index.fileview import FUNCTIONS
from rlm_code.index.flow.values import ANYTHING, NOTHING, Object, Outer, Values
from rlm_code.index.linearize import linearized
from rlm_code.index.values import Target

if TYPE_CHECKING:
    from rlm_code.index.flow.evaluate import Evaluator
    from rlm_code.index.snapshot_index import SnapshotIndex

_PLAIN = re.compile(rb"(?:async\s+)?def\b|class\b")
_CALLABLE = FUNCTIONS | {"class"}
_ENUMS = frozenset({"Enum", "IntEnum", "StrEnum", "Flag", "IntFlag"})
_BARE_BASES = frozenset({"object", "Exception", "BaseException", "ABC", "Protocol", "Generic", "type"})
_MOST_SUBCLASSES = 12
_MOST_USING = 24
_MOST_MAKING = 8


class FlowClasses:
    """The classes of one snapshot."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._index = evaluator.index
        self._orders: dict[Target, list[Target]] = {}
        self._made: dict[Target, bool] = {}
        self._kept_below: dict[Target, list[Target]] = {}

    def order(self, owner: Target) -> list[Target]:
        """A class and the classes of the snapshot that it builds on, in the order of resolution."""
        found = self._orders.get(owner)
        if found is None:
            self._orders[owner] = [owner]  # what a class that builds on itself is told
            found = list(linearized(owner, self._bases(owner)[0], self.order))
            self._orders[owner] = found
            if self._evaluator.work.spent:
                del self._orders[owner]
        return found

    def _bases(self, owner: Target) -> tuple[list[Target], bool]:
        """The bases of a class, and whether they are all known."""
        names = self._evaluator.links.base_names(owner)
        linked = self._evaluator.links.bases(owner)
        if len(linked) == len(names) or all(name in _BARE_BASES for name, _ in names):
            return list(linked), True
        file = self._evaluator.file(owner.path)
        if file is None:
            return list(linked), False
        at = self._definition_start(owner)
        found: list[Target] = []
        known = True
        for base in file.bases(at):
            values = self._evaluator.values(owner.path, base, None)
            classes = [value for value in values if isinstance(value, Target) and value != owner]
            known = known and (bool(classes) or all(v in {Outer(n) for n in _BARE_BASES} for v in values))
            found += [value for value in classes if value not in found]
        return found, known

    def _definition_start(self, target: Target) -> int:
        return self._index.view(target.path).definitions[target.at].name_start

    def own(self, owner: Target, name: str) -> Values:
        """What a class itself defines under a name, as its body leaves it."""
        found = self._index.view(owner.path).children.get(owner.at, {}).get(name, ())
        if len(found) == 1 and is_plain(self._index, Target(owner.path, found[0])):
            return self._evaluator.of_target(Target(owner.path, found[0]))
        file = self._evaluator.file(owner.path)
        if file is None:
            return NOTHING if not found else ANYTHING
        scope = file.class_scope(self._definition_start(owner))
        binding = file.bound_in(scope, name)
        if binding is None or (binding.value is None and binding.kind == "variable"):
            return NOTHING
        return self._evaluator.variable(owner.path, binding, file.locals.scopes[scope].end, None)

    def in_order(self, order: list[Target], name: str) -> Values:
        """What the first of some classes that has a name holds under it."""
        for owner in order:
            found = self.own(owner, name)
            if found:
                return found
        return NOTHING

    def classes_of(self, value: Object) -> list[Target]:
        """The classes that an object may be of: its own, and if it is open those below that are made anywhere, in
        place of its own if nothing makes that."""
        made = [below for below in self._below(value.of) if self._is_made(below)] if value.open else []
        return made if made and not self._is_made(value.of) else [value.of, *made]

    def _below(self, owner: Target) -> list[Target]:
        found = self._kept_below.get(owner)
        if found is None:
            name = self._index.view(owner.path).definitions[owner.at].name
            few = len(self._index.using(name)) <= _MOST_USING
            found = self._evaluator.hierarchy.subclasses(owner) if few else []
            found = self._kept_below[owner] = found if len(found) <= _MOST_SUBCLASSES else []
        return found

    def _is_made(self, owner: Target) -> bool:
        """Whether anything calls a class."""
        if owner not in self._made:
            name = self._index.view(owner.path).definitions[owner.at].name
            users = self._index.using(name)
            many = len(users) > _MOST_MAKING or not self._evaluator.may_visit(users)
            self._made[owner] = many or any(use.role in ("call", "read") for use in self._evaluator.uses.named(owner))
        return self._made[owner]

    def is_enum(self, owner: Target) -> bool:
        """Whether a class names a base of the module `enum`."""
        names = {name for name, _ in self._evaluator.links.base_names(owner)}
        return not names.isdisjoint(_ENUMS)


def is_plain(index: SnapshotIndex, target: Target) -> bool:
    """Whether a definition is a class or function without decorators, and the only one of its name in its place."""
    view = index.view(target.path)
    definition = view.definitions[target.at]
    same = view.children.get(definition.parent, {}).get(definition.name, ())
    try:
        data = index.data(target.path)
    except SourceError:  # the text is gone since the snapshot was taken
        return False
    return definition.kind in _CALLABLE and len(same) == 1 and bool(_PLAIN.match(data, definition.start))
