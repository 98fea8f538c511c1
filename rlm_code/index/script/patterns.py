"""What names in patterns take out of the whole: `const {a: [b]} = …`, loops, parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.script import library as lib
from rlm_code.index.script.syntax import Source, has_word, key_of
from rlm_code.index.script.values import Env, Types, union

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.script.checker import Checker

PATTERNS = frozenset(
    {"object_pattern", "array_pattern", "pair_pattern", "rest_pattern", "assignment_pattern",
     "object_assignment_pattern"}
)  # fmt: skip


class Patterns:
    """Takes patterns apart."""

    def __init__(self, checker: Checker) -> None:
        self._c = checker

    def of_loop(self, source: Source, node: Node) -> Types:
        """What a `for … of` or `for … in` binds."""
        operator = node.child_by_field_name("operator")
        if operator is not None and operator.type == "in":
            return lib.STRING
        found = self._c.expressions.of(source, node.child_by_field_name("right"))
        elements = union(*(self._c.members.element(kind) for kind in found))
        if has_word(node, "await"):
            return union(*(self._c.members.awaited(kind) for kind in elements))
        return elements

    def of_name(self, source: Source, name: Node, env: Env) -> Types:
        """What a name in a pattern takes out of the whole."""
        node, around = name, name.parent
        default: Types = ()
        if around is not None and around.type in ("assignment_pattern", "object_assignment_pattern"):
            default = self._c.expressions.of(source, around.child_by_field_name("right"))
            node, around = around, around.parent
        key: str | int | None = None
        if around is None:
            return default
        if around.type == "pair_pattern":
            key = key_of(source, around.child_by_field_name("key"))
            around = around.parent
        elif around.type == "object_pattern":
            key = source.text(name)
        elif around.type == "array_pattern":
            key = self.position(around, node)
        if around is None:
            return default
        if around.type == "rest_pattern":
            return self._rest(source, around, env)
        if around.type not in ("object_pattern", "array_pattern"):
            return union(self._c.context.parameter(source, name, env), default)
        return union(self.part(self.whole(source, around, env), key), default)

    def part(self, whole: Types, key: str | int | None) -> Types:
        """What stands in some types under a key or at an index."""
        if isinstance(key, str):
            return self._c.members.types(whole, key)
        return union(*(self._c.members.at(kind, key) or self._c.members.element(kind) for kind in whole))

    def _rest(self, source: Source, rest: Node, env: Env) -> Types:
        around = rest.parent
        if around is not None and around.type in ("object_pattern", "array_pattern"):
            return self.whole(source, around, env)
        return self._c.context.parameter(source, rest, env)

    def position(self, pattern: Node, node: Node) -> int:
        """Which element of an array pattern a node is; holes count."""
        return sum(child.type == "," for child in pattern.children if child.start_byte < node.start_byte)

    def whole(self, source: Source, pattern: Node, env: Env = ()) -> Types:
        """What is taken apart by a pattern."""
        around = pattern.parent
        if around is None:
            return ()
        if around.type == "variable_declarator":
            written = self._c.written.annotation(source, around)
            value = around.child_by_field_name("value")
            return written if written is not None else self._c.expressions.of(source, value)
        if around.type == "for_in_statement":
            return self.of_loop(source, around)
        if around.type == "assignment_expression":
            return self._c.expressions.of(source, around.child_by_field_name("right"))
        if around.type in PATTERNS:
            return self.of_name(source, pattern, env)
        return self._c.context.parameter(source, pattern, env)
