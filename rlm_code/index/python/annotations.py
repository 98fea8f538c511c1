"""What Python annotations name: the classes of objects, and what containers of them hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from rlm_code.index.fileview import CLASSES
from rlm_code.index.python import tables
from rlm_code.index.python.tree import enclosing_function, first_parameter, node_at, text_of
from rlm_code.index.values import EXTERNAL, Container, Instance, Local, Target, Value

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.python.types import PythonTypes, Values

_WRAPPERS = frozenset({"type", "parenthesized_expression", "expression_statement", "module"})
_MOST_DEEP = 12

Told = Mapping[Value, tuple[Value, ...]]
_NOTHING: Told = {}


class Known(NamedTuple):
    """What is known where an annotation is read: see `Annotations.values`."""

    receiver: Value | None
    told: Told


class Annotations:
    """Reads annotations in the Python files of one snapshot."""

    def __init__(self, types: PythonTypes) -> None:
        self._types = types
        self._depth = 0

    def values(self, path: str, node: Node | None, receiver: Value | None = None, told: Told = _NOTHING) -> Values:
        """The objects that an annotation allows. `receiver` is what a method is called on, for `Self` and the type
        variables of its class; `told`, what other type variables are known to stand for."""
        return self._allowed(path, node, Known(receiver, told))

    def _allowed(self, path: str, node: Node | None, known: Known) -> Values:
        if node is None or self._depth > _MOST_DEEP:
            return ()
        self._depth += 1
        try:
            return self._values(path, node, known)
        finally:
            self._depth -= 1

    def _values(self, path: str, node: Node, known: Known) -> Values:
        if node.type in _WRAPPERS:
            return self._allowed(path, node.named_children[0], known) if node.named_children else ()
        if node.type in ("identifier", "attribute"):
            return self._named(path, node, known)
        if node.type == "string":
            return self._quoted(path, node, known)
        if node.type in ("binary_operator", "union_type"):
            return self._all(path, node.named_children, known)
        if node.type in ("generic_type", "subscript"):
            return self._generic(path, node, known)
        return ()

    def _all(self, path: str, nodes: list[Node], known: Known) -> Values:
        return tuple(dict.fromkeys(value for node in nodes for value in self._allowed(path, node, known)))

    def _quoted(self, path: str, node: Node, known: Known) -> Values:
        content = next((child for child in node.named_children if child.type == "string_content"), None)
        if content is None:
            return ()
        tree = self._types.index.syntax(path, content.byte_range).tree
        return self._allowed(path, tree.root_node if tree else None, known)

    def _named(self, path: str, node: Node, known: Known) -> Values:
        name = text_of(node).rsplit(".", 1)[-1]
        if name == "Self":
            return self._self(path, node, known)
        found: list[Value] = []
        for value in self._targets(path, node):
            given = known.told.get(value) or self._types.generics.given(known.receiver, path, node, value)
            found += self._meant(value, name, known) if given is None else given
        return tuple(dict.fromkeys(found))

    def _targets(self, path: str, node: Node) -> Values:
        """What a dotted name in an annotation stands for, variables left as they are."""
        if node.type == "identifier":
            return self._types.links.bare(path, text_of(node), node.start_byte).values
        inner, name = node.child_by_field_name("object"), node.child_by_field_name("attribute")
        if inner is None or name is None or inner.type not in ("identifier", "attribute"):
            return ()
        return self._types.member(path, self._targets(path, inner), text_of(name))[0]

    def _meant(self, value: Value, name: str, known: Known) -> Values:
        """The objects that one meaning of a name in an annotation allows."""
        if value == EXTERNAL:
            return self._external(name)
        if isinstance(value, Local):
            return self._bound_of_parameter(value, known)
        if not isinstance(value, Target):
            return ()
        kind = self._types.definition(value).kind
        return (Instance(value),) if kind in CLASSES and kind != "type" else self._alias(value, known)

    def _external(self, name: str) -> Values:
        if name in tables.UNKNOWN_TYPES or name in tables.CALLABLES:
            return ()
        if name in tables.LISTS or name in tables.TUPLES:
            return (Container("list", ((),)),)
        if name in tables.MAPPINGS:
            return (Container("dict", ((), ())),)
        return (EXTERNAL,)

    def _alias(self, target: Target, known: Known) -> Values:
        """What an alias of a type stands for: `Headers = Union[…]`, `type Headers = …`, `T = TypeVar("T", bound=…)`."""
        definition = self._types.definition(target)
        tree = self._types.index.syntax(target.path, (definition.start, definition.end)).tree
        name = node_at(tree, definition.name_start, definition.name_end)
        statement = name
        while statement and statement.type not in ("assignment", "type_alias_statement"):
            statement = statement.parent
        right = statement.child_by_field_name("right") if statement else None
        if right is None:
            return ()
        if right.type == "call":
            return self._bound_of(target.path, right, known)
        return self._allowed(target.path, right, known)

    def _bound_of(self, path: str, call: Node, known: Known) -> Values:
        """What the bound of a type variable allows, and what a new type is made of."""
        function, arguments = call.child_by_field_name("function"), call.child_by_field_name("arguments")
        name = text_of(function).rsplit(".", 1)[-1] if function else ""
        if arguments is None:
            return ()
        if name == "NewType":
            return self._all(path, arguments.named_children[1:2], known)
        for argument in arguments.named_children:
            keyword = argument.child_by_field_name("name") if argument.type == "keyword_argument" else None
            if keyword and text_of(keyword) == "bound":
                return self._allowed(path, argument.child_by_field_name("value"), known)
        return self._all(path, arguments.named_children[1:], known) if name == "TypeVar" else ()

    def _bound_of_parameter(self, parameter: Local, known: Known) -> Values:
        """What the bound of a type parameter allows: `def f[T: C](…)`."""
        end = parameter.start + len(parameter.name.encode())
        name = node_at(self._types.index.syntax(parameter.path).tree, parameter.start, end)
        around = name.parent.parent if name is not None and name.parent is not None else None
        if around is None or around.type != "constrained_type" or len(around.named_children) < 2:
            return ()
        return self._allowed(parameter.path, around.named_children[1], known)

    def _self(self, path: str, node: Node, known: Known) -> Values:
        if isinstance(known.receiver, Instance):
            return (known.receiver,)
        if isinstance(known.receiver, Target):
            return (Instance(known.receiver),)
        function = enclosing_function(node)
        first = first_parameter(function) if function else None
        values = self._types.evaluate(path, first) if first else ()
        return tuple(Instance(value) if isinstance(value, Target) else value for value in values)

    def _generic(self, path: str, node: Node, known: Known) -> Values:
        base, arguments = parts_of(node)
        name = text_of(base).rsplit(".", 1)[-1] if base else ""
        if name in tables.UNIONS:
            return self._all(path, arguments[:1] if name == "Annotated" else arguments, known)
        if name in tables.CLASS_OBJECTS:
            values = self._all(path, arguments, known)
            return tuple(value.of for value in values if isinstance(value, Instance))
        if base and any(isinstance(value, Target) for value in self._targets(path, base)):
            values = self._named(path, base, known)
            parts = tuple(self._allowed(path, argument, known) for argument in arguments)
            return tuple(value._replace(arguments=parts) if isinstance(value, Instance) else value for value in values)
        if name in tables.RESULTS:
            return self._all(path, arguments[-1:], known)
        return self._container(path, name, arguments, known)

    def _container(self, path: str, name: str, arguments: list[Node], known: Known) -> Values:
        parts = tuple(self._allowed(path, argument, known) for argument in arguments)
        if name in tables.LISTS and parts:
            return (Container("list", parts[:1]),)
        if name in tables.MAPPINGS and len(parts) > 1:
            return (Container("dict", parts[:2]),)
        if name in tables.TUPLES and parts:
            endless = any(argument.type == "ellipsis" or text_of(argument) == "..." for argument in arguments)
            return (Container("list", parts[:1]) if endless else Container("tuple", parts),)
        if name in tables.CONTEXTS and parts:
            return (Container("context", parts[:1]),)
        if name in tables.CALLABLES and parts:
            return (Container("callable", parts[-1:]),)
        return self._external(name) if name not in tables.UNKNOWN_TYPES else ()


def parts_of(node: Node) -> tuple[Node | None, list[Node]]:
    """The name and the arguments of a generic type, written either way."""
    if node.type == "subscript":
        return node.child_by_field_name("value"), node.children_by_field_name("subscript")
    children = node.named_children
    arguments = children[1].named_children if len(children) > 1 else []
    return (children[0] if children else None), arguments
