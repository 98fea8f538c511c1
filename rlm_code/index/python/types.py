"""What Python expressions stand for, as far as syntax shows: read from the tree of the function around them.

Objects get their class from annotations, constructor calls, what functions return and what containers hold. What is not
shown is not guessed: then there are no values. EXTERNAL stands for what is known to come from elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rlm_code.index.fileview import CLASSES, FUNCTIONS
from rlm_code.index.links import Links
from rlm_code.index.memo import Memo
from rlm_code.index.python.annotations import Annotations
from rlm_code.index.python.calls import Calls
from rlm_code.index.python.classes import PythonClasses
from rlm_code.index.python.containers import Containers
from rlm_code.index.python.decorations import made_of
from rlm_code.index.python.generators import given_by_yield
from rlm_code.index.python.generics import Generics
from rlm_code.index.python.narrowing import narrowed_to
from rlm_code.index.python.operators import Operators
from rlm_code.index.python.tree import (
    decorators_of,
    node_at,
    text_of,
)
from rlm_code.index.python.variables import Variables
from rlm_code.index.reaching import reaching
from rlm_code.index.values import EXTERNAL, Container, Instance, Module, Target, Value
from rlm_code.parse.facts import Definition

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.scope import Bound

Values = tuple[Value, ...]

_MOST_DEEP = 12
_MOST_VALUES = 24
_MOST_NESTED = 40
_LITERALS = frozenset(
    {"string", "concatenated_string", "integer", "float", "true", "false", "comparison_operator", "not_operator",
     "format_string"}
)  # fmt: skip


class PythonTypes:
    """Evaluates expressions in the Python files of one snapshot. What was found once is kept."""

    def __init__(self, links: Links) -> None:
        self.links = links
        self.index = links.index
        self.annotations = Annotations(self)
        self.calls = Calls(self)
        self.classes = PythonClasses(self)
        self.containers = Containers(self)
        self.generics = Generics(self)
        self.operators = Operators(self)
        self.variables = Variables(self)
        self._depth = 0
        self.memo: Memo[Values] = Memo((), _MOST_DEEP)
        self._by_type: dict[str, Callable[[str, Node], Values]] = {
            "identifier": self._identifier,
            "attribute": self._attribute,
            "dotted_name": self._dotted,
            "call": self.calls.call,
            "await": self._first_child,
            "parenthesized_expression": self._first_child,
            "type": self._first_child,
            "expression_statement": self._first_child,
            "named_expression": lambda path, node: self._field(path, node, "value"),
            "assignment": lambda path, node: self._field(path, node, "right"),
            "lambda": self._lambda,
            "yield": lambda path, node: given_by_yield(self, path, node),
            **self.containers.by_type,
            **self.operators.by_type,
        }

    # -- What an expression stands for

    def evaluate(self, path: str, node: Node | None) -> Values:
        """The objects, classes, functions and modules that an expression may be; () if nobody knows."""
        if node is None:
            return ()
        if node.type in _LITERALS:
            return (EXTERNAL,)
        how = self._by_type.get(node.type)
        if how is None or self._depth >= _MOST_NESTED:
            return ()
        self._depth += 1
        try:
            return how(path, node)
        finally:
            self._depth -= 1

    def objects(self, path: str, node: Node | None) -> Values:
        """The same with variables and properties replaced by what they hold."""
        return self.held(self.evaluate(path, node))

    def member(self, path: str, values: Values, name: str) -> tuple[Values, bool]:
        """What values have under a name, and whether that took knowing the class of an object or its bases."""
        found: list[Value] = []
        typed = False
        for value in values:
            if isinstance(value, Module):
                found += self.links.member(value, name, path) or (EXTERNAL,)
            elif isinstance(value, Container) or value == EXTERNAL:
                found.append(EXTERNAL)
            elif isinstance(value, Instance | Target):
                members, inherited = self._of_class(value, name)
                found += members
                typed = typed or inherited or isinstance(value, Instance)
        return tuple(dict.fromkeys(found)), typed

    def _of_class(self, value: Instance | Target, name: str) -> tuple[Values, bool]:
        owner = value.of if isinstance(value, Instance) else value
        if self.definition(owner).kind not in CLASSES:
            return ((EXTERNAL,) if self.definition(owner).kind in FUNCTIONS else ()), False
        found, inherited = self.classes.members(value, name)
        if found:
            return found, inherited
        return self.calls.without_member(value, name), True

    def held(self, values: Values, receiver: Value | None = None) -> Values:
        """Values with variables replaced by what they hold, and properties by what they give."""
        found: list[Value] = []
        for value in values[:_MOST_VALUES]:
            if not isinstance(value, Target) or self.definition(value).kind in CLASSES:
                found.append(value)
            elif self.definition(value).kind not in FUNCTIONS:
                values_held = self.variables.held_by(value, receiver if self.generics.is_generic(receiver) else None)
                found += self._got(value, receiver, values_held) if receiver is not None else values_held
            elif self.is_property(value):
                found += self.calls.result(value, receiver)
            else:
                found += (*made_of(self, value), value)  # what wraps a function is mostly called like it
        return tuple(dict.fromkeys(found))

    def _got(self, field: Target, receiver: Value, values: Values) -> Values:
        """What an object or class gives that has these values in a field: of descriptors in a class, what they give."""
        view = self.index.view(field.path)
        if not 0 <= view.definitions[field.at].parent == view.outer[field.at]:
            return values
        found: list[Value] = []
        for value in values:
            if isinstance(value, Instance) and self.links.class_members(value.of, "__get__")[0]:
                found += (given for given in self.calls.of_method(field.path, value, "__get__") if given != value)
            elif isinstance(value, Container) and value.kind == "property":
                found += value.parts[0] if isinstance(receiver, Instance) else (EXTERNAL,)
            else:
                found.append(value)
        return tuple(dict.fromkeys(found))

    def attribute(self, path: str, value: Value, name: str) -> Values:
        """What a value gives under a name: what its member holds, else what `__getattr__` of its class gives."""
        members, _ = self.member(path, (value,), name)
        if members or not isinstance(value, Instance):
            return self.held(members, value)
        return self.calls.of_method(path, value, "__getattr__")

    def definition(self, target: Target) -> Definition:
        """The definition of a target."""
        return self.index.view(target.path).definitions[target.at]

    def node_of(self, target: Target) -> Node | None:
        """The node of a definition of a function or class; of a variable, the one its name stands in."""
        definition = self.definition(target)
        name = self.node(target.path, definition.name_start, definition.name_end)
        return name.parent if name else None

    def node(self, path: str, start: int, end: int) -> Node | None:
        """The node between two offsets of a file, of the tree of the function around it."""
        return node_at(self.links.scope(path).syntax_at(start).tree, start, end)

    def is_property(self, target: Target) -> bool:
        """Whether a function is read like a field."""
        definition = self.definition(target)
        if definition.start == definition.name_start:
            return False
        head = self.index.data(target.path)[definition.start : definition.name_start]
        return any(name.endswith(("property", ".getter")) for name in decorators_of(head))

    # -- Names

    def _identifier(self, path: str, node: Node) -> Values:
        name, offset = text_of(node), node.start_byte
        bound = self.links.scope(path).lookup(name, offset)
        if bound is None or not bound.bindings:
            values = self.held(self.links.bare(path, name, offset).values)
        else:
            values = self._local(path, bound, offset)
        return narrowed_to(self, path, node) or values

    def _local(self, path: str, bound: Bound, offset: int) -> Values:
        """What a name that a function binds holds at an offset."""
        names = self.links.scope(path).locals_at(offset)
        found: list[Value] = []
        held = [one for one in bound.bindings if one.kind != "augmented"]
        for binding in reaching(names, held, offset) if names else held:
            found += self.variables.bound(path, binding)
        return tuple(dict.fromkeys(found))

    # -- Expressions

    def _attribute(self, path: str, node: Node) -> Values:
        name = node.child_by_field_name("attribute")
        narrowed = narrowed_to(self, path, node)
        if narrowed or name is None:
            return narrowed
        values = self.objects(path, node.child_by_field_name("object"))
        return tuple(dict.fromkeys(found for value in values for found in self.attribute(path, value, text_of(name))))

    def _dotted(self, path: str, node: Node) -> Values:
        """The name of a class in a pattern."""
        first, *rest = node.named_children
        values = self.objects(path, first)
        for name in rest:
            values = self.held(self.member(path, values, text_of(name))[0])
        return values

    def _field(self, path: str, node: Node, field: str) -> Values:
        return self.evaluate(path, node.child_by_field_name(field))

    def _first_child(self, path: str, node: Node) -> Values:
        return self.evaluate(path, node.named_children[0]) if node.named_children else ()

    def _lambda(self, path: str, node: Node) -> Values:
        return (Container("callable", (self.objects(path, node.child_by_field_name("body")),)),)
