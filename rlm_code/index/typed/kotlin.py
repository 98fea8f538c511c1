"""What an identifier in Kotlin refers to: packages, imports, companions, extension functions; Java's classes too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rlm_code.index.links import Links
from rlm_code.index.modules import closeness
from rlm_code.index.typed.kotlin_calls import arguments_of
from rlm_code.index.typed.kotlin_lambdas import KotlinLambdas
from rlm_code.index.typed.model import ELSEWHERE, Found, Module, Target, Type, Types, as_objects
from rlm_code.index.typed.objects import Grammar, Reach
from rlm_code.index.typed.tree import child, children_of_type, text_of
from rlm_code.index.values import EXTERNAL, Value

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.parse.facts import Import

_GRAMMAR = Grammar(
    identifiers=frozenset({"identifier"}),
    members={"navigation_expression": Reach(0, -1)},
    calls={"call_expression": 0},
    made={},
    same={"parenthesized_expression": 0, "unary_expression": "argument", "if_expression": 1, "annotated_lambda": 0},
    elements={"index_expression": 0},
    casts={"as_expression": "right"},
    wrappers=frozenset(),
    types=frozenset({"nullable_type", "type_projection", "type_arguments", "parenthesized_type", "non_nullable_type"}),
    arrays=frozenset(),
    generics=frozenset({"user_type"}),
    results=("@user_type", "@nullable_type"),
    declared=("@user_type", "@nullable_type"),
    values={"property_declaration": -1},
    arguments=("@value_arguments",),
    parameters=("@function_value_parameters", "@class_parameters"),
    this=frozenset({"this_expression", "this"}),
    base=frozenset({"super_expression", "super"}),
    checks={"is_expression": Reach("left", "right")},
    literals={"string_literal": "String", "number_literal": "Int"},
)
_LISTS = frozenset({"listOf", "mutableListOf", "setOf", "mutableSetOf", "arrayOf", "sequenceOf", "arrayListOf"})


class KotlinNaming(KotlinLambdas):
    """Resolves identifiers in the Kotlin files of one snapshot."""

    grammar = _GRAMMAR

    def __init__(self, links: Links) -> None:
        super().__init__(links)
        self._packages: dict[str, str] = {}

    # -- Packages

    def package_of(self, path: str) -> str:
        """The package that a file says it is in, "" if it says none."""
        if path not in self._packages:
            first = next(iter(self.view(path).definitions), None)
            self._packages[path] = "".join(first.name.split()) if first and first.kind == "module" else ""
        return self._packages[path]

    def in_package(self, package: str, name: str, importer: str) -> list[Target]:
        """What a package has under a name at its top, that of the nearest folder first."""
        found = [
            target
            for path in self._index.defining(name)
            if self._index.family(path).name == "classic" and self.package_of(path) == package
            for target in self.called_in(path, name)
            if self.definition(target).parent == -1 and self.kind(target) != "module"
        ]
        nearest = max((closeness(target.path, importer) for target in found), default=0)
        return [target for target in found if closeness(target.path, importer) == nearest]

    def qualified(self, dotted: str, importer: str) -> list[Target]:
        """What a full name means."""
        parts = dotted.split(".")
        for at in range(len(parts) - 1, -1, -1):
            found = self.in_package(".".join(parts[:at]), parts[at], importer)
            for name in (part for part in parts[at + 1 :] if part != "Companion"):
                found = [m for owner in found if self.is_class(owner) for m in self.members(owner, name)[0]]
            if found:
                return found
        return []

    def top(self, path: str, leaf: Node, name: str) -> Found:
        """See `ObjectNaming`."""
        found = self._top(path, name)
        targets = self.fitting(self._plain(path, leaf, found), leaf.parent)
        given = arguments_of(leaf) if targets else None
        if given is not None:
            targets = [target for target in targets if self.may_take(target, given)]
        if targets:
            of_one_kind = len(set(map(self.kind, targets))) == 1 and self.is_class(targets[0])
            sure = len(targets) == 1 and not self.is_extension(targets[0])
            return Found(tuple(targets), exact=sure or of_one_kind)
        return Found((Module(name, ()),)) if name[:1].islower() and self._begins_path(leaf) else ELSEWHERE

    def _top(self, path: str, name: str) -> list[Target]:
        view = self.view(path)
        for row in view.bound_imports.get(name, ()):
            return self.qualified(f"{row.module}.{row.name}" if row.name else row.module, path)
        found = self.in_package(self.package_of(path), name, path)
        for row in view.star_imports if not found else ():
            found = self.in_package(row.module, name, path) or self.qualified(f"{row.module}.{name}", path)
            if found:
                break
        return found

    def _plain(self, path: str, leaf: Node, targets: list[Target]) -> list[Target]:
        """Definitions that are no extensions, if there are any, else those that extend a class around."""
        plain = [target for target in targets if not self.is_extension(target)]
        if plain or len(targets) < 2:
            return plain or targets
        around = self.classes_around(path, leaf.start_byte)
        words = {word for owner in around for word in self._names_of(Type(owner))}
        return [target for target in targets if self._extends(target, words)] or targets

    def _begins_path(self, leaf: Node) -> bool:
        return leaf.parent is not None and leaf.parent.type == "navigation_expression" and child(leaf.parent, 0) == leaf

    def inside(self, path: str, module: Module, name: str) -> Found:
        """See `ObjectNaming`."""
        found = self.in_package(module.name, name, path)
        if found:
            return Found(tuple(found))
        return Found((Module(f"{module.name}.{name}", ()),)) if name[:1].islower() else ELSEWHERE

    def imported(self, path: str, row: Import) -> tuple[Value, ...]:
        """See `Naming`."""
        if row.name == "*":
            files = [p for p in self._index.defining(row.module) if self._index.family(p).name == "classic"]
            return (Module(row.module, tuple(files)),) if files else (EXTERNAL,)
        return tuple(self.qualified(f"{row.module}.{row.name}" if row.name else row.module, path)) or (EXTERNAL,)

    # -- Members

    def own_members(self, owner: Target, name: str) -> list[Target]:
        """See `ObjectNaming`: also those of a companion with a name."""
        found = super().own_members(owner, name)
        companions = self.view(owner.path).children.get(owner.at, {}).get("Companion", ())
        return found or [
            m for at in companions for m in super(KotlinNaming, self).own_members(Target(owner.path, at), name)
        ]

    def member(self, path: str, types: Types, name: str, use: Node | None) -> Found:
        """See `ObjectNaming`; what no class has may extend it."""
        found = super().member(path, types, name, use)
        if any(isinstance(value, Target) for value in found.values) or not types:
            return found
        words = {word for known in types if isinstance(known, Type) for word in self._names_of(known)}
        renamed = [t for row in self.view(path).bound_imports.get(name, ()) if row.alias for t in self._top(path, name)]
        extensions = [t for t in renamed or self.called(name, "kotlin") if self._extends(t, words)]
        return Found(tuple(self.fitting(extensions, use)), exact=False) if extensions else found

    def _extends(self, target: Target, words: set[str]) -> bool:
        """Whether a definition extends a type of some name, or a type parameter of its own."""
        extended = self.definition(target).scope.rsplit(".", 1)[-1]
        declared = self.type_parameters(node) if extended and (node := self.declaration(target)) is not None else []
        return extended in words or extended in map(text_of, declared)

    def is_extension(self, target: Target) -> bool:
        """See `ObjectValues`."""
        return bool(self.definition(target).scope)

    def parameter_types(self, target: Target) -> list[Types]:
        """See `ObjectValues`; what is extended comes first."""
        node = self.declaration(target) if self.is_extension(target) else None
        extended = children_of_type(node, "user_type", "nullable_type")[:1] if node is not None else []
        return [*(self.read(target.path, one) for one in extended), *super().parameter_types(target)]

    def _names_of(self, known: Type) -> Iterator[str]:
        if isinstance(known.of, Target):
            for base in self.lineage(known.of):
                yield self.definition(base).name
        elif isinstance(known.of, str):
            yield known.of

    # -- What only Kotlin has

    def _checked(self, path: str, leaf: Node) -> Types:
        return self._in_case(path, leaf) or super()._checked(path, leaf)

    def _in_case(self, path: str, leaf: Node) -> Types:
        """What `when (x) { is T -> x }` says of x."""
        entry: Node | None = leaf.parent
        while entry is not None and entry.type not in ("when_entry", "function_declaration"):
            entry = entry.parent
        around = entry.parent if entry is not None and entry.type == "when_entry" else None
        subject = children_of_type(around, "when_subject") if around is not None else []
        first = child(subject[0], 0) if subject else None
        name = child(first, 0) if first is not None and first.type == "variable_declaration" else first
        tests = entry.children_by_field_name("condition") if entry is not None and name is not None else []
        if name is None or text_of(name) != text_of(leaf) or len(tests) != 1 or tests[0].type != "type_test":
            return ()
        return self.read(path, child(tests[0], 0))

    def special(self, path: str, leaf: Node, node: Node, parent: Node) -> Found | None:
        """See `ObjectNaming`."""
        if parent.type == "qualified_identifier":
            dotted = "".join(
                (parent.text or b"")[: leaf.end_byte - parent.start_byte].decode("utf-8", "replace").split()
            )
            found = self.qualified(dotted, path)
            return Found(tuple(found)) if found else ELSEWHERE
        if parent.type == "infix_expression" and child(parent, 1) == leaf:
            return self.member(path, self.of(path, child(parent, 0)), text_of(leaf), parent)
        if parent.type == "user_type" and child(parent, 0) != leaf:
            return self._in_dotted_type(path, leaf, parent)
        if parent.type == "value_argument" and parent.named_child_count > 1 and child(parent, 0) == leaf:
            return self._named_argument(path, leaf, parent)
        return None

    def _in_dotted_type(self, path: str, leaf: Node, written: Node) -> Found:
        parts = [inner for inner in children_of_type(written, "identifier") if inner.start_byte <= leaf.start_byte]
        first = self.bare(path, parts[0]).values
        found = [value for value in first if isinstance(value, Target)]
        for part in parts[1:]:
            found = [m for owner in found for m in self.members(owner, text_of(part))[0]]
        found = found or self.qualified(".".join(map(text_of, parts)), path)
        return Found(tuple(found)) if found else ELSEWHERE

    def _named_argument(self, path: str, leaf: Node, argument: Node) -> Found:
        """`f(name = value)`: the parameter of what is called."""
        call = argument.parent.parent if argument.parent else None
        function = child(call, 0) if call is not None and call.type == "call_expression" else None
        name = child(function, -1) if function is not None and function.type == "navigation_expression" else function
        if name is None:
            return Found(())
        return self.parameter(path, name, text_of(leaf))

    def read(self, path: str, node: Node | None) -> Types:
        """See `ObjectNaming`."""
        if node is None or node.type != "user_type":
            return super().read(path, node)
        names = children_of_type(node, "identifier")
        arguments = children_of_type(node, "type_arguments")
        args = tuple(self.read(path, inner) for inner in arguments[0].named_children) if arguments else ()
        types = self._read_leaf(path, names[-1]) if names else ()
        return tuple(t._replace(args=args) if isinstance(t, Type) else t for t in types)

    def _of_call(self, path: str, function: Node | None) -> Types:
        if function is not None and function.type == "identifier" and text_of(function) in _LISTS:
            return self._made_list(path, function)
        types = super()._of_call(path, function)
        written = children_of_type(function.parent, "type_arguments") if function and function.parent else []
        if not written:
            return types
        args = tuple(self.read(path, one) for one in written[0].named_children)
        return tuple(t._replace(args=args) if isinstance(t, Type) and not t.args else t for t in types)

    def _made_list(self, path: str, function: Node) -> Types:
        call = function.parent
        written = children_of_type(call, "type_arguments") if call is not None else []
        if written:
            return (Type("List", tuple(self.read(path, inner) for inner in written[0].named_children)),)
        given = children_of_type(call, "value_arguments") if call is not None else []
        first = child(given[0], 0) if given else None
        return (Type("List", (self.of(path, child(first, -1)),)),) if first is not None else ()

    def _of_rest(self, path: str, node: Node) -> Types:
        if node.type == "infix_expression":
            return self._of_leaf(path, child(node, 1), called=True)
        if node.type != "object_literal":
            return super()._of_rest(path, node)
        bases = children_of_type(node, "delegation_specifiers")
        written = [part for one in bases for part in one.named_children]
        made = [child(part, 0) for part in written]
        named = [
            child(node, 0) if node is not None and node.type == "constructor_invocation" else node for node in made
        ]
        return tuple(t for one in named for t in self.read(path, one))

    def _result(self, target: Target) -> Types:
        node = self.declaration(target)
        parameters = children_of_type(node, "function_value_parameters") if node is not None else []
        types = children_of_type(node, "user_type", "nullable_type") if node is not None else []
        written = [one for one in types if parameters and one.start_byte >= parameters[0].end_byte]
        return as_objects(self.read(target.path, written[0])) if written else self.returned(target, node)

    def returned(self, target: Target, node: Node | None) -> Types:
        """See `ObjectNaming`: of `fun f() = x`, what x is."""
        body = children_of_type(node, "function_body") if node is not None else []
        expression = child(body[0], 0) if body else None
        return self.of(target.path, expression) if expression is not None and expression.type != "block" else ()
