"""What tests around a place in a script prove of an expression: `instanceof`, functions that say `x is T`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.script.syntax import FUNCTIONS, Source, ancestors, callee_of
from rlm_code.index.script.values import Types, env_of, union

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.script.checker import Checker

_MOST_TESTS = 12


class Narrowing:
    """Reads tests."""

    def __init__(self, checker: Checker) -> None:
        self._c = checker

    def narrowed(self, source: Source, node: Node) -> Types:
        """What tests around a place prove of the expression there; () if none says anything."""
        text = source.data[node.start_byte : node.end_byte]
        inner = node
        for around in ancestors(node):
            condition: Node | None = None
            if around.type in ("if_statement", "ternary_expression", "while_statement"):
                if inner == around.child_by_field_name("consequence") or inner == around.child_by_field_name("body"):
                    condition = around.child_by_field_name("condition")
            elif around.type == "binary_expression" and inner == around.child_by_field_name("right"):
                operator = around.child_by_field_name("operator")
                if operator is not None and operator.type == "&&":
                    condition = around.child_by_field_name("left")
            elif around.type in FUNCTIONS and around.type != "arrow_function":
                return ()
            if condition is not None and text in source.data[condition.start_byte : condition.end_byte]:
                found = self._proved(source, condition, text, _MOST_TESTS)
                if found:
                    return found
            inner = around
        return ()

    def _proved(self, source: Source, condition: Node, text: bytes, left: int) -> Types:
        if left <= 0:
            return ()
        if condition.type == "parenthesized_expression":
            return self._proved(source, condition.named_children[0], text, left - 1)
        if condition.type == "binary_expression":
            return self._proved_by_operator(source, condition, text, left)
        if condition.type == "call_expression":
            return self._proved_by_call(source, condition, text)
        return ()

    def _proved_by_operator(self, source: Source, condition: Node, text: bytes, left: int) -> Types:
        operator = condition.child_by_field_name("operator")
        sides = (condition.child_by_field_name("left"), condition.child_by_field_name("right"))
        if operator is None or sides[0] is None or sides[1] is None:
            return ()
        if operator.type == "&&":
            return self._proved(source, sides[1], text, left - 1) or self._proved(source, sides[0], text, left - 1)
        if operator.type == "instanceof" and source.data[sides[0].start_byte : sides[0].end_byte] == text:
            return self._c.calls.constructed_all(self._c.expressions.of(source, sides[1]))
        return ()

    def _proved_by_call(self, source: Source, call: Node, text: bytes) -> Types:
        """By a function that says `x is T`."""
        made = self._c.calls.call(source, call)
        at = [i for i, node in enumerate(made.arguments) if source.data[node.start_byte : node.end_byte] == text]
        function = callee_of(call)
        if not at or function is None:
            return ()
        found: list[Types] = []
        for kind in self._c.expressions.of(source, function):
            owner, node = self._c.calls.node(kind) if kind.kind == "function" else (None, None)
            written = node.child_by_field_name("return_type") if node is not None else None
            if owner is None or node is None or written is None or written.type != "type_predicate_annotation":
                continue
            predicate = written.named_children[0]
            name = predicate.child_by_field_name("name")
            parameters = self._c.calls.parameters(owner, node)
            pattern = parameters[at[0]].child_by_field_name("pattern") if at[0] < len(parameters) else None
            if name is not None and pattern is not None and owner.text(name) == owner.text(pattern):
                found.append(self._c.written.of(owner, predicate.child_by_field_name("type"), env_of(kind)))
        return union(*found)
