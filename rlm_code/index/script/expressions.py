"""What scripts' expressions and declarations give, as types.

Literals, names, members, calls and `this`; what flows into parameters is asked of the context.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rlm_code.index.script import library as lib
from rlm_code.index.script.entities import Entity, Expr, ModuleRef, Outside
from rlm_code.index.script.patterns import PATTERNS
from rlm_code.index.script.syntax import (
    CLASSES,
    FUNCTIONS,
    NAMESPACES,
    Decl,
    Source,
    has_word,
    required,
    string_of,
)
from rlm_code.index.script.values import OUTSIDE_TYPE, Env, Type, Types, library, union

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.script.checker import Checker

_NAMES = ("identifier", "shorthand_property_identifier", "member_expression", "type_identifier")
_THROUGH = frozenset({"parenthesized_expression", "non_null_expression", "satisfies_expression"})
_MERGING = frozenset({"||", "??", "&&"})
_MADE = {"string": "String", "template_string": "String", "number": "Number", "true": "Boolean", "false": "Boolean",
         "regex": "RegExp", "unary_expression": "Boolean", "update_expression": "Number"}  # fmt: skip
_SIGNATURES = frozenset({"property_signature", "public_field_definition", "field_definition"})
_PARAMETERS = frozenset({"required_parameter", "optional_parameter", "formal_parameters", "assignment_pattern"})


class Expressions:
    """Evaluates expressions and declarations."""

    def __init__(self, checker: Checker) -> None:
        self._c = checker
        self._declarations: dict[str, Callable[[Source, Node, Node, Env], Types]] = {
            **dict.fromkeys(CLASSES, self._of_class),
            **dict.fromkeys((*NAMESPACES, "enum_declaration", "nested_identifier"), self._of_namespace),
            **dict.fromkeys(("enum_body", "enum_assignment"), self._of_member),
            **dict.fromkeys(_SIGNATURES, self._of_field),
            "pair": self._of_pair,
            "object": self._of_shorthand,
            "member_expression": self._of_assigned,
            "variable_declarator": self._of_declarator,
            "for_in_statement": self._of_loop,
        }
        self._evaluators: dict[str, Callable[[Source, Node], Types]] = {
            **dict.fromkeys(_NAMES, self._by_name),
            **dict.fromkeys(("call_expression", "new_expression"), checker.calls.of),
            **dict.fromkeys(FUNCTIONS, self._function),
            **dict.fromkeys(CLASSES, self._class),
            **dict.fromkeys(("as_expression", "type_assertion"), self._cast),
            **dict.fromkeys(("assignment_expression", "augmented_assignment_expression"), self._assignment),
            "nested_identifier": self._qualified,
            "this": checker.receivers.at,
            "super": self._super,
            "object": self._object,
            "array": self._array,
            "await_expression": self._awaited,
            "ternary_expression": self._ternary,
            "binary_expression": self._binary,
            "sequence_expression": self._sequence,
            "subscript_expression": self._indexed,
        }

    def of(self, source: Source, node: Node | None) -> Types:
        """What an expression gives."""
        if node is None:
            return ()
        while node.type in _THROUGH and node.named_children:
            node = node.named_children[0]
        if node.type in _MADE:
            return (library(_MADE[node.type]),)
        key = ("expression", source.path, node.start_byte, node.end_byte, node.type)
        return self._c.memo.get(key, lambda: self._of(source, node))

    def _of(self, source: Source, node: Node) -> Types:
        evaluate = self._evaluators.get(node.type)
        if evaluate is not None:
            return evaluate(source, node)
        return (library("JSX"),) if node.type.startswith("jsx_") else ()

    def _by_name(self, source: Source, node: Node) -> Types:
        narrowed = self._c.narrowing.narrowed(source, node)
        if narrowed:
            return narrowed
        return self._member(source, node) if node.type == "member_expression" else self._named(source, node)

    def _qualified(self, source: Source, node: Node) -> Types:
        return union(*(self.of_entity(entity) for entity in self._c.names.qualified(source, node)))

    def _super(self, source: Source, node: Node) -> Types:
        return union(*(self._c.calls.super_of(kind) for kind in self._c.receivers.at(source, node)))

    def _function(self, source: Source, node: Node) -> Types:
        return (Type("function", source.path, node.start_byte, node.end_byte),)

    def _class(self, source: Source, node: Node) -> Types:
        return (Type("class", source.path, node.start_byte, node.end_byte),)

    def _object(self, source: Source, node: Node) -> Types:
        return (Type("shape", source.path, node.start_byte, node.end_byte),)

    def _array(self, source: Source, node: Node) -> Types:
        elements = union(*(self._element(source, child) for child in node.named_children))
        return (library("Array", self._merged(elements)),)

    def _merged(self, types: Types) -> Types:
        """Some types with, of objects that have the same keys, the first alone."""
        kept: dict[object, Type] = {}
        for kind in types:
            source, node = self._c.calls.node(kind) if kind.kind == "shape" else (None, None)
            alike = source is not None and node is not None and node.type == "object"
            keys = frozenset(self._c.bodies.table(source, node)) if alike and source and node else kind
            kept.setdefault(keys, kind)
        return tuple(kept.values())

    def _awaited(self, source: Source, node: Node) -> Types:
        module = required(source, node)
        if module is not None:
            entities = self._c.names.modules.whole(source.path, module, namespace=True)
            return union(*(self.of_entity(entity) for entity in entities))
        given = [self.of(source, inner) for inner in node.named_children[:1]]
        return union(*(self._c.members.awaited(kind) for types in given for kind in types))

    def _ternary(self, source: Source, node: Node) -> Types:
        branches = (node.child_by_field_name("consequence"), node.child_by_field_name("alternative"))
        return union(*(self.of(source, branch) for branch in branches))

    def _assignment(self, source: Source, node: Node) -> Types:
        return self.of(source, node.child_by_field_name("right"))

    def _sequence(self, source: Source, node: Node) -> Types:
        return self.of(source, node.named_children[-1]) if node.named_children else ()

    def _element(self, source: Source, node: Node) -> Types:
        if node.type == "spread_element" and node.named_children:
            return union(*(self._c.members.element(kind) for kind in self.of(source, node.named_children[0])))
        return self.of(source, node)

    def _cast(self, source: Source, node: Node) -> Types:
        children = node.named_children
        if node.type == "type_assertion":
            arguments = children[0].named_children
            return self._c.written.of(source, arguments[0]) if arguments else ()
        if len(children) < 2:  # `as const`
            return self.of(source, children[0])
        return self._c.written.of(source, children[1]) or ()

    def _binary(self, source: Source, node: Node) -> Types:
        operator = node.child_by_field_name("operator")
        sides = (node.child_by_field_name("left"), node.child_by_field_name("right"))
        if operator is not None and operator.type in _MERGING:
            return union(*(self.of(source, side) for side in sides if operator.type != "&&" or side == sides[1]))
        return lib.STRING if operator is not None and operator.type == "+" else lib.BOOLEAN

    def _indexed(self, source: Source, node: Node) -> Types:
        owner = self.of(source, node.child_by_field_name("object"))
        index = node.child_by_field_name("index")
        name = string_of(source, index)
        if name is not None:
            return self._c.members.types(owner, name)
        number = int(source.text(index)) if index is not None and source.text(index).isdigit() else None
        return union(*(self._c.members.at(kind, number) for kind in owner))

    def _member(self, source: Source, node: Node) -> Types:
        name = node.child_by_field_name("property")
        if name is None:
            return ()
        if not source.typed and source.data[node.start_byte : node.end_byte] == b"module.exports":
            return (Type("module", source.path),)
        owner = self.of(source, node.child_by_field_name("object"))
        if source.text(name) == "prototype":
            return self._c.calls.constructed_all(owner)
        return self._c.members.types(owner, source.text(name))

    def _named(self, source: Source, node: Node) -> Types:
        name = source.text(node)
        decls = self._c.names.lookup(source, name, node.start_byte, "v")
        if not decls and name == "exports" and not source.typed:
            return (Type("module", source.path),)
        if not decls:
            return () if name in ("undefined", "arguments") else (library(f"@{name}"),)
        return union(*(self.of_entity(entity) for entity in self._c.names.follow_all(decls)))

    def of_entity(self, entity: Entity, env: Env = ()) -> Types:
        """What a declared or exported thing gives when it is read."""
        if isinstance(entity, Outside):
            return (OUTSIDE_TYPE,)
        if isinstance(entity, ModuleRef):
            return (Type("module", entity.path),)
        if isinstance(entity, Expr):
            source = self._c.sources.of(entity.path)
            node = source.node(entity.start, entity.end) if source else None
            return self.of(source, node) if source else ()
        return self.of_decl(entity, env)

    def of_decl(self, decl: Decl, env: Env = ()) -> Types:
        """What a declaration gives when it is read."""
        return self._c.memo.get(("declaration", decl, env), lambda: self._of_decl(decl, env))

    def _of_decl(self, decl: Decl, env: Env) -> Types:
        source = self._c.sources.of(decl.path)
        name = source.name(decl.start) if source else None
        node = name.parent if name else None
        if source is None or name is None or node is None:
            return ()
        if node.type in ("string", "computed_property_name") and node.parent is not None:
            node = node.parent
        find = self._declarations.get(node.type)
        if find is not None:
            return find(source, name, node, env)
        if node.type in FUNCTIONS and node.child_by_field_name("name") == name:
            return self._of_function(source, node, env)
        if node.type in PATTERNS:
            return self._c.patterns.of_name(source, name, env)
        if node.type in _PARAMETERS or node.type == "arrow_function":
            return self._c.context.parameter(source, name, env)
        return ()

    def _of_class(self, source: Source, _name: Node, node: Node, _: Env) -> Types:
        return self._class(source, node)

    def _of_namespace(self, source: Source, name: Node, _node: Node, _: Env) -> Types:
        return (Type("namespace", source.path, name.start_byte),)

    def _of_member(self, _source: Source, _name: Node, _node: Node, _: Env) -> Types:
        return lib.NUMBER

    def _of_pair(self, source: Source, _name: Node, node: Node, _: Env) -> Types:
        return self.of(source, node.child_by_field_name("value"))

    def _of_shorthand(self, source: Source, name: Node, _node: Node, _: Env) -> Types:
        return self._named(source, name)

    def _of_loop(self, source: Source, _name: Node, node: Node, _: Env) -> Types:
        return self._c.patterns.of_loop(source, node)

    def _of_function(self, source: Source, node: Node, env: Env) -> Types:
        if has_word(node, "get"):
            return self._c.calls.returned(source, node, env)
        if has_word(node, "set"):
            return ()
        return (Type("function", source.path, node.start_byte, node.end_byte, env),)

    def _of_field(self, source: Source, _: Node, node: Node, env: Env) -> Types:
        written = self._c.written.annotation(source, node, env)
        if written is not None:
            return written
        return self._c.jsdoc.of_variable(source, node) or self.of(source, node.child_by_field_name("value"))

    def _of_assigned(self, source: Source, name: Node, node: Node, _: Env) -> Types:
        """A member that an assignment declares."""
        assignment = node.parent
        value = assignment.child_by_field_name("right") if assignment is not None else None
        while value is not None and value.type == "assignment_expression":
            value = value.child_by_field_name("right")
        found = (self._c.jsdoc.of_variable(source, assignment) if assignment else ()) or self.of(source, value)
        return found if source.typed else (*found, Type("expando", source.path, name.start_byte))

    def _of_declarator(self, source: Source, name: Node, node: Node, _: Env) -> Types:
        written = self._c.written.annotation(source, node)
        if written is not None:
            return written
        value = node.child_by_field_name("value")
        found = self._c.jsdoc.of_variable(source, node) or self.of(source, value)
        may_expand = not source.typed or (value is not None and value.type in FUNCTIONS)
        expands = may_expand and source.text(name) in source.assigned
        return (*found, Type("expando", source.path, name.start_byte)) if expands else found
