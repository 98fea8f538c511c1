"""What tests around a place in a script prove of an expression: `instanceof`, functions that say `x is T`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.script.syntax import FUNCTIONS, Source, ancestors, callee_of, string_of, unwrapped
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
            if around.type in FUNCTIONS and around.type != "arrow_function":
                return ()
            found: Types = ()
            condition = _condition(around, inner)
            if condition is not None and text in source.data[condition.start_byte : condition.end_byte]:
                found = self._proved(source, condition, text, _MOST_TESTS)
            elif around.type == "switch_case" and inner != around.child_by_field_name("value"):
                found = self._proved_by_case(source, around, text)
            if found:
                return found
            inner = around
        return ()

    def _proved(self, source: Source, condition: Node, text: bytes, left: int) -> Types:
        found: Types = ()
        if left <= 0:
            return found
        if condition.type == "parenthesized_expression":
            found = self._proved(source, condition.named_children[0], text, left - 1)
        elif condition.type == "binary_expression":
            found = self._proved_by_operator(source, condition, text, left)
        elif condition.type == "call_expression":
            found = self._proved_by_call(source, condition, text)
        elif condition.type == "member_expression":
            found = self._told_apart(source, condition, text, "true")
        elif condition.type == "unary_expression" and condition.children[0].type == "!":
            found = self._told_apart(source, condition.children[-1], text, "false")
        return found

    def _told_apart(self, source: Source, member: Node, text: bytes, value: Node | str) -> Types:
        """What `x.member` being a value proves of `x`, the expression with a text; () if that is nothing."""
        owner, name = member.child_by_field_name("object"), member.child_by_field_name("property")
        if owner is None or name is None or source.data[owner.start_byte : owner.end_byte] != text:
            return ()
        types = self._c.expressions.of(source, owner)
        tell = self._c.discriminants
        if isinstance(value, str):
            found = tell.true(types, source.text(name), value)
        else:
            found = tell.equal(types, source.text(name), source, value)
        return found if len(found) < len(types) else ()

    def _proved_by_case(self, source: Source, case: Node, text: bytes) -> Types:
        """By `switch (x.member)`: the case around a place, and those before it that have no statements."""
        switch = case.parent.parent if case.parent is not None else None
        subject = unwrapped(switch.child_by_field_name("value")) if switch is not None else None
        found: list[Types] = []
        current: Node | None = case
        while subject is not None and current is not None and current.type == "switch_case":
            value = current.child_by_field_name("value")
            if value is not None and subject.type == "member_expression":
                found.append(self._told_apart(source, subject, text, value))
            current = current.prev_named_sibling
            if current is None or current.child_by_field_name("body") is not None:
                break
        return union(*found) if all(found) else ()

    def _proved_by_operator(self, source: Source, condition: Node, text: bytes, left: int) -> Types:
        operator = condition.child_by_field_name("operator")
        sides = (condition.child_by_field_name("left"), condition.child_by_field_name("right"))
        if operator is None or sides[0] is None or sides[1] is None:
            return ()
        if operator.type == "&&":
            return self._proved(source, sides[1], text, left - 1) or self._proved(source, sides[0], text, left - 1)
        if operator.type in ("===", "=="):
            pairs = ((sides[0], sides[1]), (sides[1], sides[0]))
            told = [self._told_apart(source, a, text, b) for a, b in pairs if a.type == "member_expression"]
            return next((types for types in told if types), ())
        if operator.type == "in" and source.data[sides[1].start_byte : sides[1].end_byte] == text:
            name = string_of(source, sides[0])
            return self._c.discriminants.having(self._c.expressions.of(source, sides[1]), name) if name else ()
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


def _condition(around: Node, inner: Node) -> Node | None:
    """What holds where `inner` runs, a part of the node around it."""
    if around.type in ("if_statement", "ternary_expression", "while_statement"):
        if inner in (around.child_by_field_name("consequence"), around.child_by_field_name("body")):
            return around.child_by_field_name("condition")
    elif around.type == "binary_expression" and inner == around.child_by_field_name("right"):
        operator = around.child_by_field_name("operator")
        if operator is not None and operator.type == "&&":
            return around.child_by_field_name("left")
    return None
