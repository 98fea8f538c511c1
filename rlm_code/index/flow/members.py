"""What values have under a name: modules, classes in their order of resolution, objects, functions.

The rules are Python's. What a class outside the snapshot may add is unknown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rlm_code.errors import SourceError
from rlm_code.index.flow.fields import filled
from rlm_code.index.flow.values import (
    ANYTHING,
    NOTHING,
    Bound,
    Descriptor,
    Function,
    Generator,
    Literal,
    Method,
    Object,
    Outer,
    Partial,
    Row,
    Site,
    Super,
    Value,
    Values,
    functions_in,
)
from rlm_code.index.linearize import linearized
from rlm_code.index.values import Module, Target

if TYPE_CHECKING:
    from rlm_code.index.flow.evaluate import Evaluator
    from rlm_code.index.flow.expressions import Store
    from rlm_code.parse.scopes import Binding

_PLAIN = re.compile(rb"(?:async\s+)?def\b|class\b")
_CALLABLE = frozenset({"function", "method", "constructor", "class"})
_ENUMS = frozenset({"Enum", "IntEnum", "StrEnum", "Flag", "IntFlag"})
_MOST_SUBCLASSES = 12
_MOST_STORING = 4
_MOST_USING = 24
_MOST_MAKING = 8
_OF_CLASS = frozenset({"__new__", "__init_subclass__", "__class_getitem__"})
_BARE_BASES = frozenset({"object", "Exception", "BaseException", "ABC", "Protocol", "Generic", "type"})


class Members:
    """Members of values in one snapshot."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._index = evaluator.index
        self._orders: dict[Target, list[Target]] = {}
        self._made: dict[Target, bool] = {}
        self._kept_below: dict[Target, list[Target]] = {}
        self._kept_writers: dict[str, list[str]] = {}

    def of_all(self, values: Values, name: str) -> Values:
        """What any of some values has under a name."""
        return self._evaluator.union(self.of(value, name) for value in values)

    def of(self, value: Value, name: str) -> Values:  # noqa: PLR0911
        """What a value has under a name."""
        if isinstance(value, Module):
            return self.of_module(value, name, value.paths[0] if value.paths else "") or ANYTHING
        if isinstance(value, Target):
            return self._of_class(value, name)
        if isinstance(value, Object):
            return self._of_object(value, name)
        if isinstance(value, Super):
            return self._of_super(value, name)
        if isinstance(value, Outer):
            return frozenset({Outer(f"{value.dotted}.{name}")})
        if isinstance(value, Function | Bound):
            return self._of_function(value, name)
        if isinstance(value, Site | Row | Generator | Literal):
            return frozenset({Method(value, name)})
        if isinstance(value, Partial):
            return self._evaluator.running.partial_function(value) if name == "func" else ANYTHING
        return ANYTHING

    def of_module(self, module: Module, name: str, importer: str) -> Values:
        """What a module has under a name where it ends; nothing if it has none."""
        return self._evaluator.work.answer(("module", module, name), lambda: self._in_module(module, name, importer))

    def _in_module(self, module: Module, name: str, importer: str) -> Values:
        for path in module.paths:
            found = self._of_file(path, name)
            if found:
                return found
        importer = importer or self._index.paths_of_family("python")[0]  # a namespace package has no file of its own
        linked = self._evaluator.links.member(module, name, importer)
        inner = frozenset(value for value in linked if isinstance(value, Module))
        if inner:
            return inner
        return self._evaluator.union(self._evaluator.of_target(v) for v in linked if isinstance(v, Target))

    def _of_file(self, path: str, name: str) -> Values:
        view = self._index.view(path)
        own = view.children.get(-1, {}).get(name, ())
        if len(own) == 1 and name not in view.bound_imports and self.is_plain(Target(path, own[0])):
            return self._evaluator.of_target(Target(path, own[0]))
        if not own and name not in view.bound_imports and not view.star_imports:
            return self._given_by_hook(path, name)
        file = self._evaluator.file(path)
        if file is None:
            return ANYTHING
        end = file.root.end_byte + 1
        binding = file.locals.lookup(name, end)
        if binding is not None:
            return self._evaluator.variable(path, binding, end, None)
        for row in view.star_imports:
            inner = self._evaluator.links.modules.of(path).locate(path, row.module)
            found = self.of_module(inner, name, path) if inner and path not in inner.paths else NOTHING
            if found:
                return found
        return self._given_by_hook(path, name)

    def _given_by_hook(self, path: str, name: str) -> Values:
        """What a module's own `__getattr__` gives."""
        hooks = self._index.view(path).children.get(-1, {}).get("__getattr__", ())
        return ANYTHING if hooks and not name.startswith("__") else NOTHING

    def is_plain(self, target: Target) -> bool:
        """Whether a definition is a class or function without decorators, and the only one of its name in its place."""
        view = self._index.view(target.path)
        definition = view.definitions[target.at]
        same = view.children.get(definition.parent, {}).get(definition.name, ())
        try:
            data = self._index.data(target.path)
        except SourceError:  # the text is gone since the snapshot was taken
            return False
        return definition.kind in _CALLABLE and len(same) == 1 and bool(_PLAIN.match(data, definition.start))

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
        if len(found) == 1 and self.is_plain(Target(owner.path, found[0])):
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

    def _of_class(self, owner: Target, name: str) -> Values:
        if self._index.view(owner.path).definitions[owner.at].kind != "class":
            return ANYTHING
        if name == "__class__":
            return ANYTHING
        found = self.in_order(self.order(owner), name)
        given = self._evaluator.union(self._unbound(value, owner) for value in found)
        stored = self._stored(owner, name)
        if given and self._is_enum(owner) and not functions_in(given):
            return frozenset({Object(owner)})
        return given | stored or ANYTHING

    def _is_enum(self, owner: Target) -> bool:
        """Whether a class names a base of the module `enum`."""
        names = {name for name, _ in self._evaluator.links.base_names(owner)}
        return not names.isdisjoint(_ENUMS)

    @staticmethod
    def _unbound(value: Value, owner: Target) -> Values:
        if isinstance(value, Descriptor):
            if value.kind == "staticmethod":
                return frozenset({value.function})
            if value.kind == "classmethod" and isinstance(value.function, Function):
                return frozenset({Bound(value.function, owner)})
            return ANYTHING
        return frozenset({value})

    def _of_object(self, value: Object, name: str) -> Values:
        if name == "__class__":
            return frozenset({value.of})
        found: set[Value] = set()
        for owner in self.classes_of(value):
            held = self.in_order(self.order(owner), name)
            found |= self._evaluator.union(self.bound(one, value, owner) for one in held)
        found |= self._stored(value.of, name)
        found |= filled(self._evaluator, value.of, name) if not functions_in(frozenset(found)) else NOTHING
        if found:
            return frozenset(found)
        getters = self.in_order(self.order(value.of), "__getattr__")
        given = (self._evaluator.running.given_name(one, value, name) for one in getters if isinstance(one, Function))
        return self._evaluator.union(given) if getters else ANYTHING

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

    def bound(self, value: Value, receiver: Object, owner: Target) -> Values:
        """What a class's member is when an object of the class is asked for it."""
        if isinstance(value, Function):
            return frozenset({Bound(value, receiver)})
        if not isinstance(value, Descriptor):
            return frozenset({value})
        if value.kind == "staticmethod":
            return frozenset({value.function})
        if not isinstance(value.function, Function):
            return ANYTHING
        if value.kind == "classmethod":
            return frozenset({Bound(value.function, owner)})
        return self._evaluator.running.run(value.function, receiver) or ANYTHING

    def _of_super(self, value: Super, name: str) -> Values:
        receiver = value.receiver
        of = receiver.of if isinstance(receiver, Object) else receiver
        owners = self.classes_of(receiver) if isinstance(receiver, Object) else [of]
        found: set[Value] = set()
        for owner in owners:
            order = self.order(owner) if isinstance(owner, Target) else []
            after = order[order.index(value.of) + 1 :] if value.of in order else []
            held = self.in_order(after, name)
            if isinstance(receiver, Object):
                found |= self._evaluator.union(self.bound(one, receiver, value.of) for one in held)
            elif isinstance(receiver, Target):
                static = name in _OF_CLASS
                found |= held if static else self._evaluator.union(self._unbound(one, receiver) for one in held)
        return frozenset(found) or ANYTHING

    def _of_function(self, value: Function | Bound, name: str) -> Values:
        if name == "__call__":
            return frozenset({value})
        if isinstance(value, Bound):
            known = {"__func__": value.function, "__self__": value.receiver}
            return frozenset({known[name]}) if name in known else self._of_function(value.function, name)
        found: set[Value] = set()
        for path in self._storing(value.path, name):
            file = self._evaluator.file(path)
            for store in file.member_stores.get(name, ()) if file else ():
                held = self._evaluator.values(path, store.of, None)
                if any(isinstance(one, Function) and one[:2] == value[:2] for one in held):
                    found |= self._evaluator.values(path, store.value, None)
        return frozenset(found) or ANYTHING

    def _stored(self, owner: Target, name: str) -> Values:
        """What is assigned to a member of objects of a class, or of the class."""
        own = [Target(o.path, o.at) for o in self.order(owner)]
        paths = dict.fromkeys(path for one in own for path in self._storing(one.path, name))
        found: set[Value] = set()
        for path in paths:
            file = self._evaluator.file(path)
            for store in file.member_stores.get(name, ()) if file else ():
                if self._may_be(path, store, owner):
                    found |= self._evaluator.values(path, store.value, None)
        return frozenset(found)

    def _may_be(self, path: str, store: Store, owner: Target) -> bool:
        """Whether a store's object may be one of a class, or of a class above or below it."""
        for value in self._evaluator.values(path, store.of, None):
            of = value.of if isinstance(value, Object) else value
            if isinstance(of, Target) and (of in self.order(owner) or owner in self.order(of)):
                return True
        return False

    def stored_in_module(self, path: str, name: str) -> Values:
        """What other files assign to a variable of the module at `path`."""
        found: set[Value] = set()
        for other in self._storing(path, name):
            file = self._evaluator.file(other) if other != path else None
            for store in file.member_stores.get(name, ()) if file else ():
                held = self._evaluator.values(other, store.of, None)
                if any(isinstance(value, Module) and path in value.paths for value in held):
                    found |= self._evaluator.values(other, store.value, None)
        return frozenset(found)

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

    def declared(self, path: str, binding: Binding) -> Values:
        """The objects that a binding's annotation promises; nothing if it has none."""
        if binding.annotation is None:
            return NOTHING
        return self._evaluator.running.annotated(path, binding.annotation)

    def receiver(self, path: str, function: int) -> Values:
        """What a method's first parameter is when nothing more is known of the call; nothing if it is no method."""
        file = self._evaluator.file(path)
        around = file.class_around(function) if file else None
        at = self._index.view(path).by_name_start.get(around) if around is not None else None
        if file is None or at is None:
            return NOTHING
        kinds = {kind for call in file.decorators(function) for kind in self._descriptor_kinds(path, call.callee)}
        name = file.functions[function].child_by_field_name("name")
        if "staticmethod" in kinds:
            return NOTHING
        if "classmethod" in kinds or (name is not None and (name.text or b"").decode() in _OF_CLASS):
            return frozenset(self.classes_of(Object(Target(path, at), open=True)))
        return frozenset({Object(Target(path, at), open=True)})

    def _descriptor_kinds(self, path: str, callee: object) -> list[str]:
        from rlm_code.index.flow.expressions import Name

        return [callee.name] if isinstance(callee, Name) else []
