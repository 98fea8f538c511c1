"""What `this` and `super` are in scripts, and under which names functions are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.script.syntax import CLASSES, FUNCTIONS, Decl, Source, ancestors, has_word
from rlm_code.index.script.values import Type, Types, union

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.script.checker import Checker

_DESCRIBED = frozenset({"call_signature", "function_type"})


class Receivers:
    """Finds what functions run on."""

    def __init__(self, checker: Checker) -> None:
        self._c = checker

    def at(self, source: Source, node: Node) -> Types:
        """What `this` is at a place."""
        inner = node
        for around in ancestors(node):
            if around.type in CLASSES or around.type == "interface_declaration":
                return self._this_of_class(source, around, inner)
            if around.type in FUNCTIONS and around.type != "arrow_function":
                found = self._this_of_function(source, around)
                if found is not None:
                    return found
            if around.type not in ("class_body", "interface_body", "object_type"):
                inner = around
        return ()

    def _this_of_class(self, source: Source, node: Node, member: Node) -> Types:
        static = has_word(member, "static") or member.type == "class_static_block"
        return (Type("class" if static else "instance", source.path, node.start_byte, node.end_byte),)

    def _this_of_function(self, source: Source, node: Node) -> Types | None:
        """What `this` is in a function; None where what is around says it."""
        written = self._this_parameter(source, node)
        if written is not None:
            return written
        around = node.parent
        if around is None or node.type in _DESCRIBED or around.type in ("class_body", "interface_body"):
            return None
        holder = around.parent if around.type == "pair" else around
        if holder is not None and holder.type == "object":
            return self._this_of_object(source, holder)
        left = around.child_by_field_name("left") if around.type == "assignment_expression" else None
        owner = left.child_by_field_name("object") if left is not None and left.type == "member_expression" else None
        if owner is not None:
            return self._this_of_owner(source, owner)
        if source.typed and node.type != "method_definition":
            return ()
        return (Type("instance", source.path, node.start_byte, node.end_byte),)

    def _this_of_owner(self, source: Source, owner: Node) -> Types:
        name = owner.child_by_field_name("property") if owner.type == "member_expression" else None
        if name is not None and source.text(name) == "prototype":
            return self._c.calls.constructed_all(self._c.expressions.of(source, owner.child_by_field_name("object")))
        return self._c.expressions.of(source, owner)

    def _this_of_object(self, source: Source, node: Node) -> Types:
        """The object itself, or what a prototype makes it part of."""
        around = node.parent
        left = around.child_by_field_name("left") if around is not None else None
        if around is not None and around.type == "assignment_expression" and left is not None:
            owner = left.child_by_field_name("object")
            name = left.child_by_field_name("property")
            if owner is not None and name is not None and source.text(name) == "prototype":
                return union(
                    self._c.calls.constructed_all(self._c.expressions.of(source, owner)),
                    self._c.expressions.of(source, node),
                )
        return union(self._c.expressions.of(source, node), self._c.context.of(source, node))

    def _this_parameter(self, source: Source, node: Node) -> Types | None:
        parameters = node.child_by_field_name("parameters")
        first = parameters.named_children[0] if parameters is not None and parameters.named_children else None
        pattern = first.child_by_field_name("pattern") if first is not None else None
        if first is None or pattern is None or pattern.type != "this":
            return None
        return self._c.written.annotation(source, first)

    def name_of_function(self, source: Source, node: Node) -> Decl | None:
        """The name under which a function is known: its own, or that of the variable that holds it."""
        own = node.child_by_field_name("name")
        if own is None or node.type in ("function_expression", "generator_function"):
            around = node.parent
            while around is not None and around.type == "assignment_expression":
                left = around.child_by_field_name("left")
                if left is not None and left.type == "identifier":
                    decls = self._c.names.lookup(source, source.text(left), left.start_byte, "v")
                    return decls[0] if decls else None
                around = around.parent
            if around is not None and around.type == "variable_declarator":
                own = around.child_by_field_name("name")
        return Decl(source.path, own.start_byte) if own is not None else None
