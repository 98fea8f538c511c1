"""What values have under a name: modules, classes in their order of resolution, objects, functions.

The rules are Python's. What a class outside the snapshot may add is unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.flow.classes import is_plain
from rlm_code.index.flow.expressions import Name
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
from rlm_code.index.values import Module, Target

if TYPE_CHECKING:
    from rlm_code.index.flow.evaluate import Evaluator
    from rlm_code.parse.scopes import Binding

_OF_CLASS = frozenset({"__new__", "__init_subclass__", "__class_getitem__"})


class Members:
    """Members of values in one snapshot."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._index = evaluator.index

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
            return Values([Outer(f"{value.dotted}.{name}")])
        if isinstance(value, Function | Bound):
            return self._of_function(value, name)
        if isinstance(value, Site | Row | Generator | Literal):
            return Values([Method(value, name)])
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
        inner = Values(value for value in linked if isinstance(value, Module))
        if inner:
            return inner
        return self._evaluator.union(self._evaluator.of_target(v) for v in linked if isinstance(v, Target))

    def _of_file(self, path: str, name: str) -> Values:
        view = self._index.view(path)
        own = view.children.get(-1, {}).get(name, ())
        if len(own) == 1 and name not in view.bound_imports and is_plain(self._index, Target(path, own[0])):
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
        for row in reversed(view.star_imports):
            inner = self._evaluator.links.modules.of(path).locate(path, row.module)
            found = self.of_module(inner, name, path) if inner and path not in inner.paths else NOTHING
            if found:
                return found
        return self._given_by_hook(path, name)

    def _given_by_hook(self, path: str, name: str) -> Values:
        """What a module's own `__getattr__` gives."""
        hooks = self._index.view(path).children.get(-1, {}).get("__getattr__", ())
        return ANYTHING if hooks and not name.startswith("__") else NOTHING

    def _of_class(self, owner: Target, name: str) -> Values:
        if self._index.view(owner.path).definitions[owner.at].kind != "class":
            return ANYTHING
        if name == "__class__":
            return ANYTHING
        found = self._evaluator.classes.in_order(self._evaluator.classes.order(owner), name)
        given = self._evaluator.union(self._unbound(value, owner) for value in found)
        stored = self._evaluator.stored.in_class(owner, name)
        if given and self._evaluator.classes.is_enum(owner) and not functions_in(given):
            return Values([Object(owner)])
        return given | stored or ANYTHING

    @staticmethod
    def _unbound(value: Value, owner: Target) -> Values:
        if isinstance(value, Descriptor):
            if value.kind == "staticmethod":
                return Values([value.function])
            if value.kind == "classmethod" and isinstance(value.function, Function):
                return Values([Bound(value.function, owner)])
            return ANYTHING
        return Values([value])

    def _of_object(self, value: Object, name: str) -> Values:
        if name == "__class__":
            return Values([value.of])
        found = NOTHING
        for owner in self._evaluator.classes.classes_of(value):
            held = self._evaluator.classes.in_order(self._evaluator.classes.order(owner), name)
            found |= self._evaluator.union(self.bound(one, value, owner) for one in held)
        found |= self._evaluator.stored.in_class(value.of, name)
        found |= filled(self._evaluator, value.of, name) if not functions_in(found) else NOTHING
        if found:
            return found
        getters = self._evaluator.classes.in_order(self._evaluator.classes.order(value.of), "__getattr__")
        given = (self._evaluator.running.given_name(one, value, name) for one in getters if isinstance(one, Function))
        return self._evaluator.union(given) if getters else ANYTHING

    def bound(self, value: Value, receiver: Object, owner: Target) -> Values:
        """What a class's member is when an object of the class is asked for it."""
        if isinstance(value, Function):
            return Values([Bound(value, receiver)])
        if not isinstance(value, Descriptor):
            return Values([value])
        if value.kind == "staticmethod":
            return Values([value.function])
        if not isinstance(value.function, Function):
            return ANYTHING
        if value.kind == "classmethod":
            return Values([Bound(value.function, owner)])
        return self._evaluator.running.run(value.function, receiver) or ANYTHING

    def _of_super(self, value: Super, name: str) -> Values:
        receiver = value.receiver
        of = receiver.of if isinstance(receiver, Object) else receiver
        owners = self._evaluator.classes.classes_of(receiver) if isinstance(receiver, Object) else [of]
        found = NOTHING
        for owner in owners:
            order = self._evaluator.classes.order(owner) if isinstance(owner, Target) else []
            after = order[order.index(value.of) + 1 :] if value.of in order else []
            held = self._evaluator.classes.in_order(after, name)
            if isinstance(receiver, Object):
                found |= self._evaluator.union(self.bound(one, receiver, value.of) for one in held)
            elif isinstance(receiver, Target):
                static = name in _OF_CLASS
                found |= held if static else self._evaluator.union(self._unbound(one, receiver) for one in held)
        return found or ANYTHING

    def _of_function(self, value: Function | Bound, name: str) -> Values:
        if name == "__call__":
            return Values([value])
        if isinstance(value, Bound):
            known = {"__func__": value.function, "__self__": value.receiver}
            return Values([known[name]]) if name in known else self._of_function(value.function, name)
        return self._evaluator.stored.in_function(value, name)

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
        kinds = {call.callee.name for call in file.decorators(function) if isinstance(call.callee, Name)}
        name = file.functions[function].child_by_field_name("name")
        if "staticmethod" in kinds:
            return NOTHING
        if "classmethod" in kinds or (name is not None and (name.text or b"").decode() in _OF_CLASS):
            return Values(self._evaluator.classes.classes_of(Object(Target(path, at), open=True)))
        return Values([Object(Target(path, at), open=True)])
