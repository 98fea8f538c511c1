"""What Python calls give: objects of classes, what functions say they return, what built-in functions pass through."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rlm_code.index.fileview import CLASSES, FUNCTIONS
from rlm_code.index.python import tables
from rlm_code.index.python.built_ins import passed_through
from rlm_code.index.python.overloads import chosen
from rlm_code.index.python.tree import decorators_of, first_parameter, statements_of, text_of
from rlm_code.index.python.type_variables import told
from rlm_code.index.values import EXTERNAL, Container, Instance, Target, Value

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.python.annotations import Told
    from rlm_code.index.python.types import PythonTypes, Values

_MOST_CALLEES = 12
_RETURNS = frozenset({"return_statement", "yield"})


class Calls:
    """Evaluates calls in the Python files of one snapshot."""

    def __init__(self, types: PythonTypes) -> None:
        self._types = types

    def call(self, path: str, node: Node) -> Values:
        """What a call gives."""
        function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        if function is None or arguments is None:
            return ()
        given = [child for child in arguments.named_children if child.type != "comment"]
        name = text_of(function).rsplit(".", 1)[-1] if function.type in ("identifier", "attribute") else ""
        if function.type == "identifier" and name == "super":
            return self._super(path, node)
        on = self._types.objects(path, function.child_by_field_name("object")) if function.type == "attribute" else ()
        containers = self._types.containers.as_containers(on, name)
        known = _of_containers(containers, name) or self._made_anew(path, on, name, given)
        if name in tables.VALUE_METHODS and given:
            known = self._types.containers.under_key(on, given[0]) or known
        if known:
            return known
        values = self._callees(path, function, on)
        if EXTERNAL in values:
            return self._external(path, function, name, given)
        found: list[Value] = []
        for value in chosen(self._types, path, values, given)[:_MOST_CALLEES]:
            found += self._given_with(path, node, value, values[value], given)
        return tuple(dict.fromkeys(found))

    def _given_with(self, path: str, node: Node, value: Value, receiver: Value | None, given: list[Node]) -> Values:
        """What calling one value with arguments gives, type variables replaced by what these tell of them."""
        if not isinstance(value, Target):
            return self.given_by(path, value, receiver)
        variables = told(self._types, value, receiver, path, given)
        result = self._result(value, receiver, variables) if variables else self.given_by(path, value, receiver)
        is_made = result == (Instance(value),)
        return (self._types.generics.made(path, node, value, given),) if is_made else result

    def _callees(self, path: str, function: Node, on: Values) -> dict[Value, Value | None]:
        """What is called, each with that of `on` which it is called on."""
        if function.type != "attribute":
            return dict.fromkeys(self._types.objects(path, function))
        name = function.child_by_field_name("attribute")
        found: dict[Value, Value | None] = {}
        for receiver in on:
            for value in self._types.attribute(path, receiver, text_of(name) if name else ""):
                found[value] = receiver
        return found

    def _made_anew(self, path: str, on: Values, name: str, given: list[Node]) -> Values:
        """What methods give that every class has and that make an object of it, or of the class they are given."""
        if name not in tables.MAKING:
            return ()
        owners = (value.of if isinstance(value, Instance) else value for value in on)
        lacking = [one for one in owners if not isinstance(one, Target) or not self._has(one, name)]
        made = lacking and self._types.objects(path, given[0]) if name == "__new__" and given else lacking
        return tuple(Instance(owner) for owner in made if isinstance(owner, Target))

    def _has(self, owner: Target, name: str) -> bool:
        return bool(self._types.links.class_members(owner, name)[0])

    def given_by(self, path: str, value: Value, receiver: Value | None) -> Values:
        """What calling one value gives."""
        if isinstance(value, Container):
            return value.parts[0] if value.kind == "callable" else ()
        if isinstance(value, Instance):
            return self.of_method(path, value, "__call__")
        if not isinstance(value, Target):
            return ()
        kind = self._types.definition(value).kind
        if kind in CLASSES:
            return (Instance(value),)
        return self.result(value, receiver) if kind in FUNCTIONS else ()

    def result(self, target: Target, receiver: Value | None = None) -> Values:
        """What calling a function on `receiver` gives: by its annotation, else by what it returns."""
        return self._types.memo.get(
            ("result", target, receiver),
            lambda: self._result(target, receiver, told(self._types, target, receiver, target.path, [])),
        )

    def of_method(self, path: str, value: Instance, name: str) -> Values:
        """What calling a method of an object gives."""
        found, _ = self._types.links.class_members(value.of, name)
        return tuple(dict.fromkeys(one for target in found for one in self.given_by(path, target, value)))

    def entered(self, path: str, values: Values) -> Values:
        """What `with` binds."""
        found: list[Value] = []
        for value in values:
            if isinstance(value, Container) and value.kind == "context":
                found += value.parts[0]
            elif isinstance(value, Instance):
                given = self.of_method(path, value, "__enter__") or self.of_method(path, value, "__aenter__")
                found += given or (value,)
            elif value == EXTERNAL:
                found.append(value)
        return tuple(dict.fromkeys(found))

    def without_member(self, value: Instance | Target, name: str) -> Values:
        """What is known of a member that a class does not have: that it comes from a base outside, if it has one."""
        owner = value.of if isinstance(value, Instance) else value
        return (EXTERNAL,) if self._types.links.has_outside_base(owner) else ()

    def _result(self, target: Target, receiver: Value | None, variables: Told) -> Values:
        definition = self._types.definition(target)
        node = self._types.node_of(target)
        if node is None or node.type != "function_definition":
            return ()
        head = self._types.index.data(target.path)[definition.start : definition.name_start]
        decorators = decorators_of(head)
        annotation = node.child_by_field_name("return_type")
        if annotation is not None:
            values = self._types.annotations.values(target.path, annotation, receiver, variables)
        else:
            values = self._returned(target.path, node, receiver)
        if any(name.endswith("contextmanager") for name in decorators):
            return (Container("context", (self._types.containers.elements(target.path, values),)),)
        return values

    def _returned(self, path: str, function: Node, receiver: Value | None) -> Values:
        """What a function without an annotation returns, or, if it yields, what iterating over it gives."""
        found: list[Value] = []
        yields = False
        own = first_parameter(function)
        for statement in statements_of(function, _RETURNS):
            inner = statement.named_children[0] if statement.named_children else None
            if statement.type == "yield" and not yields:
                found, yields = [], True
            if inner is None or (yields and statement.type != "yield"):
                continue
            if own and receiver and inner.type == "identifier" and text_of(inner) == text_of(own):
                found.append(receiver)
            else:
                values = self._types.objects(path, inner)
                is_from = statement.type == "yield" and any(child.type == "from" for child in statement.children)
                found += self._types.containers.elements(path, values) if is_from else values
        values = tuple(dict.fromkeys(found))
        return (Container("list", (values,)),) if yields else values

    def _super(self, path: str, node: Node) -> Values:
        owner = self._types.links.class_around(path, node.start_byte)
        if owner is None:
            return ()
        return tuple(Instance(base) for base in self._types.links.bases(owner)) or (EXTERNAL,)

    # -- What comes from outside

    def _external(self, path: str, function: Node, name: str, given: list[Node]) -> Values:
        through = passed_through(self._types, path, name, given)
        if through is not None:
            return through
        if name in tables.PLAIN_FUNCTIONS or name[:1].isupper() or self._is_standard(path, function):
            return (EXTERNAL,)
        return ()

    def _is_standard(self, path: str, function: Node) -> bool:
        """Whether a function is one of the standard library's, whose results are not of the snapshot's classes."""
        root = function
        while root.type == "attribute" and (inner := root.child_by_field_name("object")):
            root = inner
        if root.type != "identifier":
            return root.type in ("string", "concatenated_string")
        bound = self._types.links.scope(path).lookup(text_of(root), root.start_byte)
        modules = [row.module.split(".", 1)[0] for row in bound.imports] if bound else []
        return bool(modules) and all(module in sys.stdlib_module_names for module in modules)


def _of_containers(values: Values, name: str) -> Values:
    """What a method of those values that are containers gives."""
    found: list[Value] = []
    for value in values:
        found += _method_of(value, name) if isinstance(value, Container) else ()
    return tuple(dict.fromkeys(found))


def _method_of(container: Container, name: str) -> Values:
    if container.kind == "dict":
        return _method_of_mapping(container, name)
    if container.kind == "list" and name in tables.ELEMENT_METHODS:
        return container.parts[0]
    if container.kind == "list" and name in tables.LIST_METHODS:
        return (container,)
    return (EXTERNAL,)


def _method_of_mapping(container: Container, name: str) -> Values:
    keys, values = container.parts
    if name in tables.VALUE_METHODS:
        return values
    if name == "items":
        return (Container("list", ((Container("tuple", (keys, values)),),)),)
    if name in ("values", "keys"):
        return (Container("list", (values if name == "values" else keys,)),)
    return (container,) if name == "copy" else (EXTERNAL,)
