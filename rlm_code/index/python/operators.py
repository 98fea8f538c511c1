"""What Python's operators give: the results of the methods that they call, or one of their sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.python import tables
from rlm_code.index.python.tree import text_of
from rlm_code.index.values import EXTERNAL, Instance, Target, Value

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.python.types import PythonTypes, Values


class Operators:
    """Evaluates operators in the Python files of one snapshot."""

    def __init__(self, types: PythonTypes) -> None:
        self._types = types
        self.by_type = {
            "conditional_expression": self._conditional,
            "boolean_operator": self._either,
            "binary_operator": self._binary,
            "unary_operator": self._unary,
        }

    def _conditional(self, path: str, node: Node) -> Values:
        children = node.named_children
        sides = (children[0], children[-1]) if len(children) > 2 else ()
        return tuple(dict.fromkeys(value for side in sides for value in self._types.objects(path, side)))

    def _either(self, path: str, node: Node) -> Values:
        sides = (node.child_by_field_name(side) for side in ("left", "right"))
        return tuple(dict.fromkeys(value for side in sides for value in self._types.objects(path, side)))

    def _binary(self, path: str, node: Node) -> Values:
        sign = node.child_by_field_name("operator")
        method = tables.OPERATORS.get(text_of(sign)) if sign else None
        if method is None:
            return ()
        left, right = (self._types.objects(path, node.child_by_field_name(side)) for side in ("left", "right"))
        found: list[Value] = [value for value in left if not isinstance(value, Instance | Target)]
        found += self._given_by(path, left, method)
        reflected = self._given_by(path, right, method.replace("__", "__r", 1))
        if reflected:  # whatever the left side is, it knows nothing of such an object
            found = [value for value in found if value != EXTERNAL]
        return tuple(dict.fromkeys((*found, *reflected)))

    def _unary(self, path: str, node: Node) -> Values:
        sign, argument = node.child_by_field_name("operator"), node.child_by_field_name("argument")
        method = tables.UNARY_OPERATORS.get(text_of(sign)) if sign else None
        values = self._types.objects(path, argument) if method else ()
        return tuple(dict.fromkeys(self._given_by(path, values, method or ""))) or (EXTERNAL,)

    def _given_by(self, path: str, values: Values, method: str) -> list[Value]:
        """What those of some values that are objects give by a method."""
        objects = (value for value in values if isinstance(value, Instance))
        return [given for value in objects for given in self._types.calls.of_method(path, value, method)]
