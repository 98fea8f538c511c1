"""What Python's own containers hold: literals, comprehensions, items, what iterating and taking apart gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.fileview import CLASSES
from rlm_code.index.python.patterns import objects_of
from rlm_code.index.python.tree import text_of
from rlm_code.index.values import EXTERNAL, Container, Instance, Target, Value

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.python.types import PythonTypes, Values

_MOST_READ = 8
_LONGEST_TUPLE = 20


class Containers:
    """Evaluates what makes and reads containers in the Python files of one snapshot."""

    def __init__(self, types: PythonTypes) -> None:
        self._types = types
        self.by_type = {
            "list": self._list,
            "set": self._list,
            "tuple": self._tuple,
            "expression_list": self._tuple,
            "dictionary": self._dictionary,
            "list_comprehension": self._comprehension,
            "set_comprehension": self._comprehension,
            "generator_expression": self._comprehension,
            "dictionary_comprehension": self._dictionary_comprehension,
            "subscript": self._subscript,
        }

    def taken(self, path: str, node: Node | None, steps: tuple[str | int, ...]) -> Values:
        """What is left of an expression's value after the steps by which a pattern takes it apart."""
        if node is None:
            return ()
        if steps and steps[0] == "caught":
            return self._caught(path, node)
        values = self._types.objects(path, node)
        for at, step in enumerate(steps):
            if "*" not in steps[at + 1 : at + 2]:  # the number before the rest is where the rest begins
                values = self._step(path, values, step)
        return values

    def item(self, path: str, values: Values, number: int | None) -> Values:
        """What `values[number]` is, `number` None for a key that is no number."""
        found: list[Value] = []
        for value in values:
            if isinstance(value, Target) or value == EXTERNAL:
                found.append(value)  # a generic class with its arguments; what strings and the like hold
            elif isinstance(value, Instance):
                found += self._item_of_object(path, value, number)
            elif isinstance(value, Container):
                found += _item_of(value, number)
        return tuple(dict.fromkeys(found))

    def elements(self, path: str, values: Values) -> Values:
        """What iterating over values gives."""
        found: list[Value] = []
        for value in values:
            if isinstance(value, Target) and self._types.definition(value).kind in CLASSES:
                found.append(Instance(value))  # the members of an enumeration
            elif isinstance(value, Instance):
                found += self._elements_of_object(path, value)
            elif isinstance(value, Container):
                found += _elements_of(value)
        return tuple(dict.fromkeys(found))

    def _item_of_object(self, path: str, value: Instance, number: int | None) -> Values:
        given = self._types.calls.of_method(path, value, "__getitem__")
        fields = self._types.classes.fields_in_order(value.of) if number is not None and not given else []
        if number is not None and number < len(fields):
            return self._types.held((fields[number],), value)
        return given or self.item(path, self._types.generics.built_on(value), number)

    def _elements_of_object(self, path: str, value: Instance) -> Values:
        calls = self._types.calls
        given = calls.of_method(path, value, "__iter__") or calls.of_method(path, value, "__aiter__")
        if value in given:
            found = self.elements(path, tuple(one for one in given if one != value))
            following = calls.of_method(path, value, "__next__") or calls.of_method(path, value, "__anext__")
            return found + following
        if given:
            return self.elements(path, given)
        built_on = self._types.generics.built_on(value)
        return calls.of_method(path, value, "__getitem__") or self.elements(path, built_on)

    def as_containers(self, values: Values, name: str) -> Values:
        """Values, with objects whose class does not define a method but builds on a container of the language's own
        replaced by that container."""
        found: list[Value] = []
        for value in values:
            lacks = isinstance(value, Instance) and not self._types.links.class_members(value.of, name)[0]
            found += (self._types.generics.built_on(value) if lacks and isinstance(value, Instance) else ()) or (value,)
        return tuple(found)

    def under_key(self, values: Values, key: Node | None) -> Values:
        """What those of some values hold under a key that are dictionaries with declared keys (`TypedDict`)."""
        if key is None or key.type != "string":
            return ()
        found: list[Value] = []
        for value in values:
            if isinstance(value, Instance) and self._types.classes.naming_base(value.of, "TypedDict"):
                fields, _ = self._types.links.class_members(value.of, text_of(key).strip("\"'"))
                found += self._types.held(tuple(fields), value)
        return tuple(dict.fromkeys(found))

    def _step(self, path: str, values: Values, step: str | int) -> Values:
        if step == "each":
            return self.elements(path, values)
        if step == "enter":
            return self._types.calls.entered(path, values)
        if step == "object":
            return tuple(Instance(value) for value in values if isinstance(value, Target))
        if isinstance(step, int):
            return self.item(path, values, step)
        if step == "*":
            return (Container("list", (self.elements(path, values),)),)
        return values if step == "default" else ()

    def _caught(self, path: str, node: Node) -> Values:
        """The exceptions that a clause catches."""
        return objects_of(self._types, path, node.named_children if node.type == "tuple" else [node])

    def _list(self, path: str, node: Node) -> Values:
        values: list[Value] = []
        for child in node.named_children[:_MOST_READ]:
            if child.type == "list_splat":
                values += self.elements(path, self._types.objects(path, child.named_children[0]))
            else:
                values += self._types.objects(path, child)
        return (Container("list", (tuple(dict.fromkeys(values)),)),)

    def _tuple(self, path: str, node: Node) -> Values:
        children = [child for child in node.named_children[:_LONGEST_TUPLE] if child.type != "comment"]
        if any(child.type == "list_splat" for child in children):
            return self._list(path, node)
        parts = tuple(self._types.objects(path, child) for child in children)
        return (Container("tuple", parts),) if parts else (EXTERNAL,)

    def _dictionary(self, path: str, node: Node) -> Values:
        pairs = [child for child in node.named_children[:_MOST_READ] if child.type == "pair"]
        keys, values = (
            tuple(dict.fromkeys(v for pair in pairs for v in self._types.objects(path, pair.child_by_field_name(side))))
            for side in ("key", "value")
        )
        return (Container("dict", (keys, values)),)

    def _comprehension(self, path: str, node: Node) -> Values:
        return (Container("list", (self._types.objects(path, node.child_by_field_name("body")),)),)

    def _dictionary_comprehension(self, path: str, node: Node) -> Values:
        body = node.child_by_field_name("body")
        sides = (body.child_by_field_name(side) if body else None for side in ("key", "value"))
        return (Container("dict", tuple(self._types.objects(path, side) for side in sides)),)

    def _subscript(self, path: str, node: Node) -> Values:
        values = self._types.objects(path, node.child_by_field_name("value"))
        key = node.child_by_field_name("subscript")
        named = self.under_key(values, key)
        if named:
            return named
        number = int(text_of(key)) if key and key.type == "integer" and text_of(key).isdecimal() else None
        if key and key.type == "slice":
            return tuple(value for value in values if isinstance(value, Container) or value == EXTERNAL)
        return self.item(path, values, number)


def _item_of(container: Container, number: int | None) -> Values:
    if container.kind == "dict":
        return container.parts[1]
    if container.kind == "list":
        return container.parts[0]
    if container.kind == "tuple":
        if number is not None and number < len(container.parts):
            return container.parts[number]
        return _elements_of(container)
    return ()


def _elements_of(container: Container) -> Values:
    if container.kind == "tuple":
        return tuple(dict.fromkeys(value for part in container.parts for value in part))
    return container.parts[0] if container.kind in ("list", "dict") else ()
