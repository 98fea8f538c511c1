"""What the types that scripts write mean: annotations, type arguments, aliases.

It evaluates type nodes; members and expressions are asked of others.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rlm_code.index.script import library as lib
from rlm_code.index.script.entities import Entity, Expr, ModuleRef, Outside
from rlm_code.index.script.syntax import CLASSES, FUNCTIONS, Decl, Source, string_of
from rlm_code.index.script.values import OUTSIDE_TYPE, Env, Type, Types, env_of, library, union

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.script.checker import Checker

_NAMES = ("type_identifier", "nested_type_identifier", "identifier", "member_expression")
_EACH = (
    "parenthesized_type", "readonly_type", "type_annotation", "optional_type", "rest_type", "constraint",
    "default_type", "opting_type_annotation", "omitting_type_annotation", "union_type", "intersection_type",
)  # fmt: skip
_SIMPLE = {
    "mapped_type_clause": "String", "enum_declaration": "Enum", "enum_body": "Number", "enum_assignment": "Number",
}  # fmt: skip
_MOST_ENV = 6


class Written:
    """Evaluates type nodes."""

    def __init__(self, checker: Checker) -> None:
        self._c = checker
        self._evaluators: dict[str, Callable[[Source, Node, Env], Types]] = {
            **dict.fromkeys(_NAMES, self._name),
            **dict.fromkeys(_EACH, self._each),
            **dict.fromkeys(("object_type", "interface_body"), self._shape),
            **dict.fromkeys(FUNCTIONS, self._function),
            **dict.fromkeys(("literal_type", "template_literal_type", "index_type_query"), self._literal),
            **dict.fromkeys(("this_type", "this"), self._this),
            **dict.fromkeys(("type_predicate", "type_predicate_annotation", "asserts_annotation"), self._boolean),
            "generic_type": self._generic,
            "array_type": self._array,
            "tuple_type": self._tuple,
            "predefined_type": self._predefined,
            "type_query": self._query,
            "lookup_type": self._looked_up,
            "conditional_type": self._conditional,
        }

    def of(self, source: Source, node: Node | None, env: Env = ()) -> Types:
        """What a type node means, with what is known of type parameters."""
        evaluate = self._evaluators.get(node.type) if node is not None else None
        return evaluate(source, node, env) if evaluate is not None and node is not None else ()

    def _name(self, source: Source, node: Node, env: Env) -> Types:
        return self.named(source, node, (), env)

    def _generic(self, source: Source, node: Node, env: Env) -> Types:
        name, arguments = node.child_by_field_name("name"), node.child_by_field_name("type_arguments")
        args = tuple(self.of(source, child, env) for child in arguments.named_children) if arguments else ()
        return self.named(source, name, args, env) if name else ()

    def _each(self, source: Source, node: Node, env: Env) -> Types:
        return union(*(self.of(source, child, env) for child in node.named_children))

    def _function(self, source: Source, node: Node, env: Env) -> Types:
        return (Type("function", source.path, node.start_byte, node.end_byte, env),)

    def _array(self, source: Source, node: Node, env: Env) -> Types:
        return (library("Array", self.of(source, node.named_children[0], env)),)

    def _tuple(self, source: Source, node: Node, env: Env) -> Types:
        return (library("Tuple", *(self._element(source, child, env) for child in node.named_children)),)

    def _predefined(self, source: Source, node: Node, _: Env) -> Types:
        return _predefined(source.text(node))

    def _literal(self, _: Source, node: Node, _env: Env) -> Types:
        return lib.NUMBER if node.named_children and node.named_children[0].type == "number" else lib.STRING

    def _query(self, source: Source, node: Node, _: Env) -> Types:
        return self._c.expressions.of(source, node.named_children[0]) if node.named_children else ()

    def _conditional(self, source: Source, node: Node, env: Env) -> Types:
        branches = (node.child_by_field_name("consequence"), node.child_by_field_name("alternative"))
        return union(*(self.of(source, branch, env) for branch in branches))

    def _this(self, source: Source, node: Node, _: Env) -> Types:
        return self._c.receivers.at(source, node)

    def _boolean(self, _: Source, _node: Node, _env: Env) -> Types:
        return lib.BOOLEAN

    def _element(self, source: Source, node: Node, env: Env) -> Types:
        if node.type in ("required_parameter", "optional_parameter"):
            return self.of(source, node.child_by_field_name("type"), env)
        return self.of(source, node, env)

    def _shape(self, source: Source, node: Node, env: Env) -> Types:
        """An object type; a mapped one has the members of what it maps."""
        first = node.named_children[0] if len(node.named_children) == 1 else None
        clause = first.named_children[0] if first is not None and first.type == "index_signature" else None
        if first is not None and clause is not None and clause.type == "mapped_type_clause":
            keys = clause.child_by_field_name("type")
            if keys is not None and keys.type == "index_type_query":
                return self.of(source, keys.named_children[0], env)
            return (library("Record", lib.STRING, self.of(source, first.child_by_field_name("type"), env)),)
        return (Type("shape", source.path, node.start_byte, node.end_byte, env),)

    def _looked_up(self, source: Source, node: Node, env: Env) -> Types:
        owner, key = node.named_children[0], node.named_children[-1]
        types = self.of(source, owner, env)
        name = string_of(source, key.named_children[0]) if key.type == "literal_type" and key.named_children else None
        if name is not None:
            return self._c.members.types(types, name)
        return union(*(self._c.members.at(kind, None) for kind in types))

    def named(self, source: Source, name: Node, args: tuple[Types, ...], env: Env) -> Types:
        """What a named type means with its arguments."""
        if name.type in ("member_expression", "nested_type_identifier") and name.named_children:
            first = name.named_children[0]
            if first.type == "call_expression":
                return self._imported(source, name, args)
        entities = self._c.names.qualified(source, name, "t")
        if not entities:
            return self._global(source.text(name), args)
        return union(*(self.of_entity(entity, args, env) for entity in entities))

    def _imported(self, source: Source, name: Node, args: tuple[Types, ...]) -> Types:
        """`import("module").Name`."""
        entities = self._c.uses.import_type(source, name)
        return union(*(self.of_entity(entity, args, ()) for entity in entities))

    def _global(self, name: str, args: tuple[Types, ...]) -> Types:
        if name in lib.SAME and args:
            return args[0]
        if name == "Awaited" and args:
            return union(*(self._c.members.awaited(kind) for kind in args[0]))
        if name == "ReturnType" and args:
            return union(*(self._c.calls.result(kind) for kind in args[0]))
        if name == "InstanceType" and args:
            return union(*(self._c.calls.constructed(kind) for kind in args[0]))
        return (Type("library", name, args=args),)

    def of_entity(self, entity: Entity, args: tuple[Types, ...], env: Env) -> Types:
        """What a declared thing means as a type."""
        if isinstance(entity, Outside):
            return (OUTSIDE_TYPE,)
        if isinstance(entity, ModuleRef):
            return (Type("module", entity.path),)
        if isinstance(entity, Expr):
            return self._c.calls.constructed_all(self._c.expressions.of_entity(entity))
        return self._c.memo.get(("written", entity, args, env), lambda: self._of_decl(entity, args, env))

    def _of_decl(self, decl: Decl, args: tuple[Types, ...], env: Env) -> Types:
        source = self._c.sources.of(decl.path)
        name = source.name(decl.start) if source else None
        node = name.parent if name else None
        if source is None or node is None:
            return ()
        if node.type == "type_parameter":
            return self._parameter(source, node, decl, env)
        if node.type == "infer_type":
            return next((types for known, types in env if known == decl), ())
        bound = self.bind(source, node, args)
        if node.type == "type_alias_declaration":
            return self.of(source, node.child_by_field_name("value"), bound)
        if node.type in CLASSES or node.type == "interface_declaration":
            return (Type("instance", source.path, node.start_byte, node.end_byte, bound),)
        return self._of_value(source, decl, node)

    def _of_value(self, source: Source, decl: Decl, node: Node) -> Types:
        """What something that is no type means where a type is written."""
        if node.type in _SIMPLE:
            return (library(_SIMPLE[node.type]),)
        if not source.typed or node.type == "variable_declarator":
            return self._c.calls.constructed_all(self._c.expressions.of_decl(decl))
        return ()

    def _parameter(self, source: Source, node: Node, decl: Decl, env: Env) -> Types:
        for known, types in env:
            if known == decl and types:
                return types
        for field in ("constraint", "value"):
            written = node.child_by_field_name(field)
            if written is not None:
                found = self.of(source, written, env)
                if found:
                    return found
        return (Type("parameter", decl.path, decl.start),)

    def parameters(self, source: Source, node: Node) -> list[Node]:
        """The names of the type parameters of a declaration."""
        listed = node.child_by_field_name("type_parameters")
        names = [child.child_by_field_name("name") for child in listed.named_children] if listed is not None else []
        return [name for name in names if name is not None]

    def bind(self, source: Source, node: Node, args: tuple[Types, ...]) -> Env:
        """What is known of a declaration's type parameters when it gets type arguments."""
        names = self.parameters(source, node)
        bound = [(Decl(source.path, name.start_byte), arg) for name, arg in zip(names, args, strict=False) if arg]
        return tuple(bound) if all(_depth(arg) < _MOST_ENV for _, arg in bound) else ()

    def heritage(self, kind: Type) -> Types:
        """The types that a class or an interface inherits its members from."""
        source = self._c.sources.of(kind.path)
        node = source.node(kind.start, kind.end) if source else None
        if source is None or node is None:
            return ()
        found: list[Types] = []
        env = env_of(kind)
        for child in node.named_children:
            if child.type == "extends_type_clause":
                found += [self.of(source, base, env) for base in child.named_children]
            elif child.type == "class_heritage":
                found += self._extended(source, child, env)
        return union(*found)

    def _extended(self, source: Source, heritage: Node, env: Env) -> list[Types]:
        clause = next((child for child in heritage.named_children if child.type == "extends_clause"), None)
        if clause is None and source.typed:
            return []
        holder = clause if clause is not None else heritage
        value = holder.child_by_field_name("value") or (holder.named_children[0] if holder.named_children else None)
        if value is None:
            return []
        written = holder.child_by_field_name("type_arguments")
        args = tuple(self.of(source, child, env) for child in written.named_children) if written is not None else ()
        bases = self._c.expressions.of(source, value)
        return [self._c.calls.constructed(base, args) for base in bases]

    def annotation(self, source: Source, node: Node, env: Env = ()) -> Types | None:
        """What a declaration's own annotation means; None if it has none."""
        written = node.child_by_field_name("type")
        if written is None:
            return None
        return self.of(source, written, env)


def _predefined(text: str) -> Types:
    names = {"string": lib.STRING, "number": lib.NUMBER, "boolean": lib.BOOLEAN}
    if text in ("any", "unknown", "object", "void", "undefined", "null", "never"):
        return ()
    return names.get(text, (OUTSIDE_TYPE,))


def _depth(value: object) -> int:
    """How deep types lie in each other."""
    if not isinstance(value, tuple) or isinstance(value, Decl):
        return 0
    return 1 + max((_depth(inner) for inner in value), default=0) if not isinstance(value, Type) else _depth(value.args)
