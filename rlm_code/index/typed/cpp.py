"""What an identifier in C or C++ refers to: includes, namespaces, members with their definitions elsewhere, macros."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.fileview import CLASSES
from rlm_code.index.typed.cpp_names import CppNames
from rlm_code.index.typed.model import ELSEWHERE, NOTHING, Found, Module, Target, Type, Types, as_objects
from rlm_code.index.typed.objects import Grammar, Reach
from rlm_code.index.typed.tree import children_of_type, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.parse.scopes import Binding

_SPECIFIERS = frozenset({"struct_specifier", "class_specifier", "enum_specifier", "union_specifier"})
_NAMES = frozenset({"template_type", "template_function", "template_method"})
_GRAMMAR = Grammar(
    identifiers=frozenset({"identifier", "field_identifier", "type_identifier", "namespace_identifier"}),
    members={
        "field_expression": Reach("argument", "field"),
        "qualified_identifier": Reach("scope", "name"),
    },
    calls={"call_expression": "function"},
    made={"new_expression": "type", "compound_literal_expression": "type"},
    same={"parenthesized_expression": 0, "pointer_expression": "argument", "conditional_expression": "consequence"},
    elements={"subscript_expression": "argument"},
    casts={"cast_expression": "type"},
    wrappers=_NAMES,
    types=frozenset({"type_descriptor", "template_argument_list"}),
    arrays=frozenset(),
    generics=frozenset({"template_type"}),
    results=(),
    declared=("type",),
    values={"init_declarator": "value"},
    base=frozenset(),
    literals={"string_literal": "char", "number_literal": "int"},
)
_POINTERS = frozenset({"unique_ptr", "shared_ptr", "weak_ptr", "optional", "reference_wrapper"})
_DECLARING = frozenset({"function_definition", "declaration", "pointer_declarator", "reference_declarator"})


class CppNaming(CppNames):
    """Resolves identifiers in the C and C++ files of one snapshot."""

    grammar = _GRAMMAR

    # -- Names outside of classes

    def binding(self, path: str, leaf: Node) -> Binding | None:
        """See `ObjectNaming`: tags and types are hidden by no variable. What a template is given may be a value that
        looks like a type."""
        found = super().binding(path, leaf)
        hides = found is None or leaf.type != "type_identifier" or found.kind == "type" or _may_be_value(leaf)
        return found if hides else None

    def top(self, path: str, leaf: Node, name: str) -> Found:
        """See `ObjectNaming`: what this file or one that it includes has; a function that they only declare is looked
        for in the other files."""
        seen = self.included(path)
        found = [one.target for one in self.named_within(name, seen) if one.at_top]
        namespace = self.namespace(path, name) if not found else ()
        if namespace:
            return Found(namespace)
        if not found and self._is_declared(path, name):
            elsewhere = [t for t in self.declared(name) if not self._is_static(t)]
            return Found(tuple(elsewhere), exact=False) if elsewhere else NOTHING
        if found:
            return self._chosen(path, leaf, found)
        return NOTHING if self.is_declared_anywhere(name) else ELSEWHERE

    def _chosen(self, path: str, leaf: Node, found: list[Target]) -> Found:
        """Of several definitions those of this file, of the namespace around, that take the arguments."""
        same = [t for t in found if t.path == path]
        around = {self.view(path).definitions[at].name for at in self._namespaces_around(path, leaf.start_byte)}
        near = [t for t in same or found if self.namespace_of(t) in around]
        type_wanted = leaf.type == "type_identifier"
        fit = [t for t in near or same or found if not type_wanted or self.definition(t).kind in CLASSES | {"macro"}]
        if type_wanted:
            tagged = leaf.parent is not None and leaf.parent.type in _SPECIFIERS
            fit = [t for t in fit if (self.definition(t).kind != "type") == tagged] or fit
        chosen = self.fitting(fit or near or same or found, leaf.parent)
        return Found(tuple(self._whole(chosen)), exact=len(chosen) == 1)

    def _is_declared(self, path: str, name: str) -> bool:
        """Whether a file that is included writes a name that it does not define: a prototype."""
        data = self._index.data(path)
        return any(other != path for other in self._index.using(name) if other in self.included(path)) or (
            f"{name}(".encode() in data and self._has_prototype(path, name)
        )

    def _has_prototype(self, path: str, name: str) -> bool:
        """Whether a file declares a function that it does not define."""
        for use in self.view(path).uses.of(name):
            leaf = self.leaf_at(path, use.start)
            if leaf is not None and leaf.parent is not None and leaf.parent.type == "function_declarator":
                return True
        return False

    def _is_static(self, target: Target) -> bool:
        definition = self.definition(target)
        return b"static" in self._index.data(target.path)[definition.start : definition.name_start]

    def _namespaces_around(self, path: str, offset: int) -> list[int]:
        view = self.view(path)
        found, at = [], view.enclosing(offset)
        while at >= 0:
            if view.definitions[at].kind == "namespace":
                found.append(at)
            at = view.outer[at]
        return found

    def inside(self, path: str, module: Module, name: str) -> Found:
        """See `ObjectNaming`; what a macro puts into a namespace seems to stand outside of all."""
        last = module.name.rpartition("::")[2]
        named = self.named(name)
        found = [one.target for one in named if one.at_top and one.namespace.rpartition("::")[2] == last]
        found += [one.target for one in named if one.scope.rpartition(".")[2] == last]
        inner = self.namespace(path, name) if not found else ()
        if inner:
            return Found(inner)
        if found:
            near = [target for target in found if target.path in self.included(path)] or found
            return Found(tuple(self._whole(near)), exact=len(near) == 1)
        seen = [one.target for one in self.named_within(name, self.included(path)) if one.at_top and not one.namespace]
        return Found(tuple(self._whole(seen)), exact=False) if seen else ELSEWHERE

    # -- Members

    def _whole(self, targets: list[Target]) -> list[Target]:
        """Definitions with bodies first."""
        return sorted(targets, key=lambda t: self.definition(t).header_end == self.definition(t).end)

    def own_members(self, owner: Target, name: str) -> list[Target]:
        """See `ObjectNaming`: those written in the class and those written elsewhere with its name before theirs."""
        inside = super().own_members(owner, name)
        enums = [
            Target(owner.path, at)
            for at in self.view(owner.path).by_name.get(name, ())
            if self.definition(Target(owner.path, at)).kind == "enum_member" and self._is_in_enum_of(owner, at)
        ]
        full = f".{self.full_name(owner)}"
        outside = [one.target for one in self.named(name) if one.scope and full.endswith(f".{one.scope}")]
        return self._whole(list(dict.fromkeys([*inside, *enums, *outside])))

    def full_name(self, target: Target) -> str:
        """The name of a class with those of the classes and namespaces around it."""
        view = self.view(target.path)
        parts = [view.definitions[at].name.replace("::", ".") for at in reversed(view.parents(target.at))]
        return ".".join([*parts, self.definition(target).name])

    def _is_in_enum_of(self, owner: Target, at: int) -> bool:
        definitions = self.view(owner.path).definitions
        parent = definitions[at].parent
        return parent >= 0 and definitions[parent].kind == "enum" and definitions[parent].parent == owner.at

    def of_class(self, path: str, leaf: Node, owner: Target, name: str) -> Found | None:
        """See `ObjectNaming`; a declaration and its definition are one."""
        found = super().of_class(path, leaf, owner, name)
        return found._replace(exact=not self.members(owner, name)[1]) if found else None

    def special(self, path: str, leaf: Node, node: Node, parent: Node) -> Found | None:
        """See `ObjectNaming`."""
        if parent.type == "field_designator":
            return self._designated(path, leaf, parent)
        if parent.type != "qualified_identifier":
            return None
        around = parent.parent
        if parent.child_by_field_name("scope") != node or around is None or around.type != "qualified_identifier":
            return None
        return self._member(path, parent, around.child_by_field_name("scope"), text_of(leaf))

    def _designated(self, path: str, leaf: Node, parent: Node) -> Found:
        """A field named in the braces of what is declared or made."""
        at = parent.parent
        depth = 0
        while at is not None and at.type not in ("declaration", "compound_literal_expression", "function_definition"):
            depth += at.type == "initializer_list"
            at = at.parent
        types = self.read(path, at.child_by_field_name("type")) if at is not None and depth == 1 else ()
        return self.member(path, as_objects(types), text_of(leaf), None)

    # -- Expressions and types

    def type_parameters(self, node: Node) -> list[Node]:
        """See `Trees`: those of the template around."""
        around = node.parent
        while around is not None and around.type in _DECLARING:
            around = around.parent
        if around is None or around.type != "template_declaration":
            return []
        written = around.child_by_field_name("parameters")
        declared = written.named_children if written is not None else []
        return [name for one in declared for name in one.named_children[:1] if name.type == "type_identifier"]

    def _of_call(self, path: str, function: Node | None) -> Types:
        if function is not None and function.type == "template_function":
            name, arguments = function.child_by_field_name("name"), function.child_by_field_name("arguments")
            if name is not None and (text_of(name).endswith("_cast") or text_of(name).startswith("make_")):
                return as_objects(self.read(path, arguments))
        if function is not None and function.type == "qualified_identifier":
            last = function.child_by_field_name("name")
            if last is not None and last.type in ("template_function", "qualified_identifier"):
                return self._of_call(path, last)
        return super()._of_call(path, function)

    def _result(self, target: Target) -> Types:
        definition = self.definition(target)
        if definition.kind == "constructor":
            return ()
        node = self.leaf_at(target.path, definition.name_start)
        while node is not None and node.child_by_field_name("type") is None and node.start_byte >= definition.start:
            node = node.parent
        return as_objects(self.read(target.path, node.child_by_field_name("type"))) if node is not None else ()

    def _held(self, target: Target) -> Types:
        """See `ObjectNaming`: a field of a struct without a name owns what that declares."""
        if self.kind(target) == "namespace":
            return ()
        if target.at in self.view(target.path).children:
            return (Type(target),)
        return super()._held(target)

    def element(self, types: Types) -> Types:
        """See `ObjectNaming`: pointers are not told from what they point at."""
        return super().element(types) or types

    def read(self, path: str, node: Node | None) -> Types:
        """See `ObjectNaming`."""
        if node is not None and node.type in _SPECIFIERS:
            return self.read(path, node.child_by_field_name("name"))
        return super().read(path, node)

    def _read_generic(self, path: str, node: Node) -> Types:
        name, arguments = node.child_by_field_name("name"), node.child_by_field_name("arguments")
        inner = children_of_type(arguments, "type_descriptor") if arguments is not None else []
        args = tuple(self.read(path, one) for one in inner)
        if name is not None and text_of(name) in _POINTERS:
            return args[0] if args else ()
        return tuple(t._replace(args=args) if isinstance(t, Type) else t for t in self.read(path, name))


def _may_be_value(leaf: Node) -> bool:
    """Whether what looks like a type may be a value: `Pick<wide>`, and n in `Box box(n);`."""
    around = leaf.parent.parent if leaf.parent is not None else None
    if around is None or leaf.parent is None:
        return False
    if leaf.parent.type == "type_descriptor":
        return around.type == "template_argument_list"
    declared = (
        around.parent.parent if leaf.parent.type == "parameter_declaration" and around.parent is not None else None
    )
    within = declared.parent if declared is not None and declared.type == "declaration" else None
    return within is not None and within.type == "compound_statement"
