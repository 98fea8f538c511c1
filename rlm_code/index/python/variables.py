"""What Python variables, fields and parameters hold: by their annotations, else by what is assigned to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rlm_code.index.fileview import CLASSES, FUNCTIONS
from rlm_code.index.fixtures import fixture_for
from rlm_code.index.python import tables
from rlm_code.index.python.built_ins import given_to
from rlm_code.index.python.patterns import captured
from rlm_code.index.python.tree import (
    decorators_of,
    descend,
    enclosing_function,
    first_parameter,
    node_at,
    text_of,
)
from rlm_code.index.values import EXTERNAL, Container, Instance, Target, Value
from rlm_code.parse.facts import Definition

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.python.types import PythonTypes, Values
    from rlm_code.parse.scopes import Binding


class Variables:
    """Answers about the variables in the Python files of one snapshot."""

    def __init__(self, types: PythonTypes) -> None:
        self._types = types
        self._index = types.index

    def bound(self, path: str, binding: Binding) -> Values:
        """What one place that binds a name gives it."""
        return self._types.memo.get(("bound", path, binding.start), lambda: self._bound(path, binding))

    def _bound(self, path: str, binding: Binding) -> Values:
        at = self._index.view(path).by_name_start.get(binding.start)
        if at is not None:
            target = Target(path, at)
            return self._types.held((target,)) if self._types.definition(target).kind not in FUNCTIONS else (target,)
        if binding.kind == "import":
            rows = [r for r in self._index.view(path).bound_imports.get(binding.name, ()) if r.start <= binding.start]
            return self._types.held(self._types.links.imported(path, rows[-1])) if rows else ()
        if binding.annotation:
            return self._annotated(path, binding)
        if binding.kind == "parameter":
            return self._parameter(path, binding)
        if binding.value is None:
            return self._captured(path, binding)
        return self._types.containers.taken(path, self._types.node(path, *binding.value), binding.taken)

    def _captured(self, path: str, binding: Binding) -> Values:
        name = self._types.node(path, binding.start, binding.end)
        return captured(self._types, path, name) if name is not None else ()

    def _annotated(self, path: str, binding: Binding) -> Values:
        place = binding.annotation or (0, 0)
        values = self._types.annotations.values(path, self._types.node(path, *place))
        if binding.kind == "parameter" and "*" in binding.taken:
            name = self._types.node(path, binding.start, binding.end)
            double = bool(name and name.parent and name.parent.type == "dictionary_splat_pattern")
            return (Container("dict", ((EXTERNAL,), values)) if double else Container("list", (values,)),)
        return values

    def _parameter(self, path: str, binding: Binding) -> Values:
        """What a parameter without an annotation is given: the object or class of a method, a fixture, its default."""
        name = self._types.node(path, binding.start, binding.end)
        function = enclosing_function(name)
        if "*" in binding.taken:
            return (EXTERNAL,)
        receiver = self._receiver(path, function) if function and first_parameter(function) == name else ()
        if receiver:
            return receiver
        if function is not None and function.type == "lambda" and binding.value is None:
            return given_to(self._types, path, function) if first_parameter(function) == name else ()
        fixture = fixture_for(self._index, path, binding.name)
        if fixture:
            return self._given(fixture)
        if binding.value is None:
            return ()
        values = self._types.objects(path, self._types.node(path, *binding.value))
        return tuple(value for value in values if isinstance(value, Instance))

    def _given(self, fixture: Target) -> Values:
        """What pytest passes for a fixture: what it gives or yields."""
        values = self._types.calls.result(fixture)
        return tuple(
            part
            for value in values
            for part in (value.parts[0] if isinstance(value, Container) and value.kind == "list" else (value,))
        )

    def _receiver(self, path: str, function: Node) -> Values:
        """What a method's first parameter is given; () for a function that is none."""
        name = function.child_by_field_name("name")
        at = self._index.view(path).by_name_start.get(name.start_byte) if name else None
        if at is None or name is None:
            return ()
        view = self._index.view(path)
        owner = view.definitions[at].parent
        if owner < 0 or view.definitions[owner].kind not in CLASSES or view.outer[at] != owner:
            return ()
        head = self._index.data(path)[view.definitions[at].start : name.start_byte]
        decorators = decorators_of(head)
        if "staticmethod" in decorators:
            return ()
        target = Target(path, owner)
        of_class = "classmethod" in decorators or text_of(name) in tables.CLASS_METHODS
        return (target if of_class else Instance(target),)

    def held_by(self, target: Target, receiver: Value | None = None) -> Values:
        """What a variable, constant or field holds: by its annotation, else by all that is assigned to it. `receiver`
        is the object of a generic class that a field is asked of."""
        return self._types.memo.get(("held", target, receiver), lambda: self._held_by(target, receiver))

    def _held_by(self, target: Target, receiver: Value | None) -> Values:
        definition = self._types.definition(target)
        if definition.kind == "type":
            return ()
        if self._types.classes.is_enumerated(target):
            return (Instance(Target(target.path, definition.parent)),)
        starts = [definition.name_start, *self._other_writes(target)]
        found: list[Value] = []
        for start in starts:
            declared, values = self._assigned(target.path, definition, start, receiver)
            if declared:
                return values
            found += values
        return tuple(dict.fromkeys(found))

    def _other_writes(self, target: Target) -> Iterator[int]:
        """Where else a field is assigned in its class: to an object of the class or the class; where else a variable
        of the file is: in functions that call it global."""
        view = self._index.view(target.path)
        definition = view.definitions[target.at]
        data = self._index.data(target.path)
        if definition.parent < 0:
            yield from self._global_writes(target, data)
            return
        owner = view.definitions[definition.parent]
        if owner.kind not in CLASSES:
            return
        before = (b"self.", b"cls.", f"{owner.name}.".encode())
        for use in view.uses.of(definition.name):
            inside = use.role == "write" and owner.start < use.start < owner.end
            if inside and data.endswith(before, owner.start, use.start):
                yield use.start

    def _global_writes(self, target: Target, data: bytes) -> Iterator[int]:
        names = self._index.syntax(target.path).locals if b"global " in data else None
        view = self._index.view(target.path)
        binding = names.at(view.definitions[target.at].name_start) if names else None
        if names is not None and binding is not None:
            yield from (one.start for one in names.bindings_of(binding) if one.start not in view.by_name_start)

    def _assigned(self, path: str, definition: Definition, start: int, receiver: Value | None) -> tuple[bool, Values]:
        """Whether an annotation stands at one place where a variable is assigned, and what it is given there."""
        name = self._written(path, definition, start)
        assignment, steps = descend(name)
        if assignment is None:
            return False, self._bound_elsewhere(path, start)
        annotation = assignment.child_by_field_name("type")
        if annotation is not None:
            values = self._types.annotations.values(path, annotation, receiver)
            if values or assignment.child_by_field_name("right") is None:
                return True, values
        right = assignment.child_by_field_name("right")
        return False, self._types.containers.taken(path, right, steps) if right else ()

    def _written(self, path: str, definition: Definition, start: int) -> Node | None:
        """The name at an offset that a statement assigns, in the smallest tree that shows the statement."""
        end = start + len(definition.name.encode())
        if self._types.links.scope(path).function_span(start) is None and definition.start <= start < definition.end:
            found = node_at(self._index.syntax(path, (definition.start, definition.end)).tree, start, end)
            if found:
                return found
        return self._types.node(path, start, end)

    def _bound_elsewhere(self, path: str, start: int) -> Values:
        """What is given to a name that no assignment binds: the target of a loop at the top of a file."""
        names = self._index.syntax(path).locals
        binding = names.at(start) if names else None
        if binding is None or binding.value is None or binding.start in self._index.view(path).by_name_start:
            return ()
        return self._types.containers.taken(path, node_at(self._index.syntax(path).tree, *binding.value), binding.taken)
