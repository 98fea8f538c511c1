"""What an identifier in PHP refers to: variables, namespaces and `use`, members by their kind, traits, `static`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.fileview import CLASSES, FUNCTIONS
from rlm_code.index.modules import closeness
from rlm_code.index.typed.model import ELSEWHERE, NOTHING, Found, Module, Target, Type, Types
from rlm_code.index.typed.objects import Grammar, Reach
from rlm_code.index.typed.php_docs import PhpDocs
from rlm_code.index.typed.tree import child, text_of
from rlm_code.index.values import EXTERNAL, Local, Value

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.parse.facts import Import
    from rlm_code.parse.scopes import Binding

_CALLS = frozenset({"member_call_expression", "nullsafe_member_call_expression", "scoped_call_expression"})
_NAMES = frozenset({"qualified_name", "relative_name", "namespace_name", "namespace_use_clause", "namespace_use_group"})
_OWN = frozenset({"self", "static"})
_GRAMMAR = Grammar(
    identifiers=frozenset({"name"}),
    members={
        "member_access_expression": Reach("object", "name"),
        "nullsafe_member_access_expression": Reach("object", "name"),
        "member_call_expression": Reach("object", "name"),
        "nullsafe_member_call_expression": Reach("object", "name"),
        "scoped_call_expression": Reach("scope", "name"),
        "scoped_property_access_expression": Reach("scope", "name"),
        "class_constant_access_expression": Reach(0, -1),
    },
    calls={"function_call_expression": "function"},
    made={"object_creation_expression": 0},
    same={
        "parenthesized_expression": 0,
        "assignment_expression": "left",
        "conditional_expression": "body",
        "clone_expression": 0,
        "qualified_name": -1,
    },
    elements={"subscript_expression": 0},
    casts={},
    wrappers=frozenset({"variable_name"}),
    types=frozenset({"named_type", "optional_type", "union_type", "intersection_type", "type_list"}),
    arrays=frozenset(),
    generics=frozenset(),
    results=("return_type",),
    declared=("type",),
    values={"property_element": "default_value", "assignment_expression": "right"},
    base=frozenset({"parent"}),
    checks={"binary_expression": Reach("left", "right")},
    literals={"string": "string", "encapsed_string": "string", "integer": "int", "array_creation_expression": "array"},
)


class PhpNaming(PhpDocs):
    """Resolves identifiers in the PHP files of one snapshot."""

    grammar = _GRAMMAR
    members_in_scope = False

    # -- Namespaces

    def namespace_of(self, path: str, offset: int) -> str:
        """The namespace around an offset."""
        found = ""
        for definition in self.view(path).definitions:
            if definition.start > offset:
                break
            if definition.kind == "namespace":
                found = definition.name
        return found

    def declared(self, namespace: str, name: str, importer: str, *, function: bool) -> list[Target]:
        """The class (or function, or constant) called `name` of a namespace; that of the nearest file."""
        found = [t for t in self.called(name, "php") if self._is_declared(t, namespace, function=function)]
        return sorted(found, key=lambda target: -closeness(target.path, importer))[:1]

    def _is_declared(self, target: Target, namespace: str, *, function: bool) -> bool:
        view = self.view(target.path)
        definition = view.definitions[target.at]
        at_top = definition.parent < 0 or view.definitions[definition.parent].kind == "namespace"
        is_wanted = definition.kind in (("function", "constant") if function else CLASSES)
        return at_top and is_wanted and self.namespace_of(target.path, definition.start) == namespace

    def top(self, path: str, leaf: Node, name: str) -> Found:
        """See `ObjectNaming`."""
        return self._named(path, leaf, name)

    def _named(self, path: str, leaf: Node, written: str) -> Found:
        """What a class, function or constant written so means at a place."""
        parent = leaf.parent.parent if leaf.parent is not None and leaf.parent.type == "qualified_name" else leaf.parent
        function = parent is not None and parent.type in ("function_call_expression", "binary_expression", "argument")
        found = self._qualified(path, leaf, written, function=function)
        if not found and parent is not None and parent.type != "function_call_expression":
            found = self._qualified(path, leaf, written, function=not function)
        return Found(tuple(found)) if found else ELSEWHERE

    def _qualified(self, path: str, leaf: Node, written: str, *, function: bool) -> list[Target]:
        namespace = self.namespace_of(path, leaf.start_byte)
        if written.startswith("\\"):
            return self._absolute(written[1:], path, function=function)
        first, _, rest = written.partition("\\")
        if first == "namespace" and rest:
            return self._absolute(f"{namespace}\\{rest}", path, function=function)
        for row in self.view(path).bound_imports.get(first, ()):
            base = f"{row.module}\\{row.name}" if row.name else row.module
            found = self._absolute(f"{base}\\{rest}" if rest else base, path, function=function)
            if found or not function:
                return found
        found = self._absolute(f"{namespace}\\{written}" if namespace else written, path, function=function)
        return found or (self._absolute(written, path, function=True) if function else [])

    def named_class(self, path: str, leaf: Node, written: str) -> list[Target]:
        """See `PhpDocs`."""
        return self._qualified(path, leaf, written, function=False)

    def _absolute(self, written: str, path: str, *, function: bool) -> list[Target]:
        namespace, _, name = written.rpartition("\\")
        return self.declared(namespace, name, path, function=function)

    def inside(self, path: str, module: Module, name: str) -> Found:
        """See `ObjectNaming`: namespaces are no values here."""
        return ELSEWHERE

    def imported(self, path: str, row: Import) -> tuple[Value, ...]:
        """See `Naming`: what `use` names, or the file that is required."""
        written = f"{row.module}\\{row.name}" if row.name else row.module
        found = self._absolute(written, path, function=False) or self._absolute(written, path, function=True)
        if found:
            return tuple(found)
        module = self._links.modules.of(path).locate(path, written.replace("\\", "/")) if "/" in written else None
        return (module or EXTERNAL,)

    # -- Variables and other names that only PHP has

    def special(self, path: str, leaf: Node, node: Node, parent: Node) -> Found | None:
        """See `ObjectNaming`."""
        if node.type == "variable_name":
            if parent.type == "scoped_property_access_expression" and parent.child_by_field_name("name") == node:
                return None
            return self._variable(path, leaf)
        return self._in_name(path, leaf, parent) if parent.type in _NAMES else self._of_words(path, leaf, node, parent)

    def _in_name(self, path: str, leaf: Node, parent: Node) -> Found:
        """A part of a name with a namespace, or of a `use`."""
        if (
            parent.type == "qualified_name"
            and parent.parent is not None
            and parent.parent.type == "namespace_use_clause"
        ):
            return self._in_use(path, leaf)
        if parent.type in ("qualified_name", "relative_name"):
            return self._named(path, leaf, "".join(text_of(parent).split()))
        return self._in_use(path, leaf)

    def _of_words(self, path: str, leaf: Node, node: Node, parent: Node) -> Found | None:
        """The name of an argument, and the words for the class around."""
        if parent.type == "argument" and parent.child_by_field_name("name") == node:
            return self._named_argument(path, leaf, parent)
        if text_of(leaf) in _OWN or text_of(leaf) == "parent":
            types = self._receiver(path, leaf, is_base=text_of(leaf) == "parent")
            return Found(tuple(t.of for t in types if isinstance(t, Type) and isinstance(t.of, Target)))
        return None

    def _named_argument(self, path: str, leaf: Node, argument: Node) -> Found:
        """`f(name: 1)`: the parameter of what is called."""
        call = argument.parent.parent if argument.parent else None
        name = call.child_by_field_name("name") or call.child_by_field_name("function") if call is not None else None
        return self.parameter(path, name, text_of(leaf)) if name is not None else NOTHING

    def _variable(self, path: str, leaf: Node) -> Found:
        names, name = self.locals(path), text_of(leaf)
        if name == "this" or names is None:
            return ELSEWHERE
        binding = names.lookup(name, leaf.start_byte)
        if binding and self._is_seen(path, binding, leaf):
            at = self.view(path).by_name_start.get(binding.start)
            kept = at is not None and self.definition(Target(path, at)).kind == "variable"
            return Found((Target(path, at) if kept and at is not None else Local(path, binding.start, name),))
        return ELSEWHERE

    def _is_seen(self, path: str, binding: Binding, leaf: Node) -> bool:
        """Whether no function lies between a variable and what binds it."""
        names = self.locals(path)
        scope = names.scope_at(leaf.start_byte) if names else -1
        while names and scope > binding.scope and names.scopes[scope].kind != "function":
            scope = names.scopes[scope].parent
        return scope == binding.scope

    def _in_use(self, path: str, leaf: Node) -> Found:
        for row in self.view(path).imports:
            if row.start == leaf.start_byte or row.alias == text_of(leaf):
                return Found(self.imported(path, row))
        return ELSEWHERE

    # -- Members and expressions

    def fitting(self, targets: list[Target], use: Node | None) -> list[Target]:
        """See `ObjectNaming`: methods, constants and properties have names of their own."""
        if use is None:
            return targets
        is_call = use.type in _CALLS
        is_constant = use.type == "class_constant_access_expression"
        kinds = {target: self.definition(target).kind for target in targets}
        if is_call:
            return [target for target in targets if kinds[target] in FUNCTIONS]
        if is_constant:
            return [target for target in targets if kinds[target] in ("constant", "enum_member")]
        return [target for target in targets if kinds[target] not in FUNCTIONS and kinds[target] != "enum_member"]

    def members(self, owner: Target, name: str) -> tuple[list[Target], bool]:
        """See `ObjectNaming`; constructors are called by name."""
        if name != "__construct":
            return super().members(owner, name)
        found = next((f for current in self.lineage(owner) if (f := self.own_members(current, name))), [])
        return found, False

    def _of(self, path: str, node: Node) -> Types:
        if node.type == "relative_scope":
            return self._receiver(path, node, is_base=text_of(node) == "parent")
        return super()._of(path, node)

    def _of_leaf(self, path: str, leaf: Node | None, *, called: bool) -> Types:
        is_variable = leaf is not None and leaf.parent is not None and leaf.parent.type == "variable_name"
        if leaf is not None and not is_variable and text_of(leaf) in _OWN | {"parent"}:
            return self._receiver(path, leaf, is_base=text_of(leaf) == "parent")
        if leaf is not None and is_variable and text_of(leaf) == "parent":
            return tuple(
                t
                for v in self.resolve(path, leaf.start_byte).values
                for t in self._of_value(path, v, "", leaf, called=called)
            )
        return super()._of_leaf(path, leaf, called=called)

    def read(self, path: str, node: Node | None) -> Types:
        """See `ObjectNaming`."""
        if node is not None and node.type in ("qualified_name", "relative_name"):
            return super().read(path, child(node, -1))
        return super().read(path, node)

    def _local(self, path: str, local: Local) -> Types:
        names = self.locals(path)
        binding = names.at(local.start) if names else None
        if names is None or binding is None or "taken" not in binding.taken:
            return super()._local(path, local) or self._later(path, local)
        function = names.scopes[binding.scope]
        outer = names.lookup(binding.name, function.start - 1)
        return self.local(path, Local(path, outer.start, outer.name), None) if outer else ()

    def _later(self, path: str, local: Local) -> Types:
        """What a variable is given where it is bound again."""
        names = self.locals(path)
        first = names.at(local.start) if names else None
        found: Types = ()
        for binding in names.bindings_of(first)[1:] if names and first else ():
            found += super()._local(path, Local(path, binding.start, binding.name))
        return tuple(dict.fromkeys(found))
