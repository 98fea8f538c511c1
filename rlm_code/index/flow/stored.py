"""What is assigned to members of objects, classes, functions and modules, wherever that stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.flow.values import ANYTHING, NOTHING, Function, Object, Values
from rlm_code.index.values import Module, Target

if TYPE_CHECKING:
    from rlm_code.index.flow.evaluate import Evaluator
    from rlm_code.index.flow.expressions import Store

_MOST_STORING = 4
_MOST_USING = 24


class Stored:
    """Assignments to members in one snapshot."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._index = evaluator.index
        self._kept_writers: dict[str, list[str]] = {}

    def in_function(self, function: Function, name: str) -> Values:
        """What is assigned to a member of a function."""
        found = NOTHING
        for path in self._storing(function.path, name):
            file = self._evaluator.file(path)
            for store in file.stores.members.get(name, ()) if file else ():
                held = self._evaluator.values(path, store.of, None)
                if any(isinstance(one, Function) and one[:2] == function[:2] for one in held):
                    found |= self._evaluator.values(path, store.value, None)
        return found or ANYTHING

    def in_class(self, owner: Target, name: str) -> Values:
        """What is assigned to a member of objects of a class, or of the class."""
        own = [Target(o.path, o.at) for o in self._evaluator.classes.order(owner)]
        paths = dict.fromkeys(path for one in own for path in self._storing(one.path, name))
        found = NOTHING
        for path in paths:
            file = self._evaluator.file(path)
            for store in file.stores.members.get(name, ()) if file else ():
                if self._may_be(path, store, owner):
                    found |= self._evaluator.values(path, store.value, None)
        return found

    def _may_be(self, path: str, store: Store, owner: Target) -> bool:
        """Whether a store's object may be one of a class, or of a class above or below it."""
        for value in self._evaluator.values(path, store.of, None):
            of = value.of if isinstance(value, Object) else value
            if isinstance(of, Target) and (
                of in self._evaluator.classes.order(owner) or owner in self._evaluator.classes.order(of)
            ):
                return True
        return False

    def in_module(self, path: str, name: str) -> Values:
        """What other files assign to a variable of the module at `path`."""
        found = NOTHING
        for other in self._storing(path, name):
            file = self._evaluator.file(other) if other != path else None
            for store in file.stores.members.get(name, ()) if file else ():
                held = self._evaluator.values(other, store.of, None)
                if any(isinstance(value, Module) and path in value.paths for value in held):
                    found |= self._evaluator.values(other, store.value, None)
        return found

    def _storing(self, home: str, name: str) -> list[str]:
        """The files that may assign a member: the one at hand, and a few others if they are few."""
        writes = self._writes(home, name) or name in self._index.view(home).by_name
        others = [path for path in self._writers(name) if path != home]
        return [home, *others] if writes else others

    def _writers(self, name: str) -> list[str]:
        """The files that assign a member of a name, if few files use the name at all."""
        found = self._kept_writers.get(name)
        if found is None:
            users = self._index.using(name)
            found = [path for path in users if self._writes(path, name)] if len(users) <= _MOST_USING else []
            found = self._kept_writers[name] = found if len(found) <= _MOST_STORING else []
        return found

    def _writes(self, path: str, name: str) -> bool:
        if any(use.role == "write" for use in self._index.view(path).uses.of(name)):
            return True
        data = self._index.data(path) if self._index.view(path).uses.of("setattr") else b""
        return any(quote + name.encode() + quote in data for quote in (b"'", b'"'))
