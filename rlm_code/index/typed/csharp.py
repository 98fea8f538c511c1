"""What an identifier in C# refers to: namespaces, usings, partial classes, extension methods."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rlm_code.index.fileview import CLASSES
from rlm_code.index.links import Links
from rlm_code.index.modules import closeness
from rlm_code.index.typed.csharp_queries import CSharpQueries
from rlm_code.index.typed.model import ELSEWHERE, NOTHING, Found, Module, Target, Type, Types
from rlm_code.index.typed.objects import Grammar, Reach
from rlm_code.index.typed.tree import is_field, text_of
from rlm_code.index.values import EXTERNAL, Value

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.parse.facts import Import

_GRAMMAR = Grammar(
    identifiers=frozenset({"identifier"}),
    members={
        "member_access_expression": Reach("expression", "name"),
        "qualified_name": Reach("qualifier", "name"),
        "alias_qualified_name": Reach("alias", "name"),
    },
    calls={"invocation_expression": "function"},
    made={"object_creation_expression": "type"},
    same={
        "parenthesized_expression": 0,
        "await_expression": 0,
        "postfix_unary_expression": 0,
        "conditional_expression": "consequence",
        "assignment_expression": "left",
        "arrow_expression_clause": 0,
        "checked_expression": 0,
        "with_expression": 0,
    },
    elements={"element_access_expression": "expression"},
    casts={"cast_expression": "type", "as_expression": "right", "default_expression": "type"},
    wrappers=frozenset({"generic_name"}),
    types=frozenset(
        {"nullable_type", "ref_type", "scoped_type", "type_parameter_constraint", "type_argument_list", "pointer_type"}
    ),
    arrays=frozenset({"array_type"}),
    generics=frozenset({"generic_name"}),
    results=("returns", "type"),
    declared=("type", "returns"),
    values={"property_declaration": "value", "variable_declarator": -1},
    base=frozenset({"base"}),
    literals={"string_literal": "string", "interpolated_string_expression": "string", "integer_literal": "int"},
)
_WRITTEN = frozenset({"type_argument_list", "nullable_type", "array_type", "base_list"})


class CSharpNaming(CSharpQueries):
    """Resolves identifiers in the C# files of one snapshot."""

    grammar = _GRAMMAR

    def __init__(self, links: Links) -> None:
        super().__init__(links)
        self._classes: dict[tuple[str, str], list[Target]] = {}
        self._beginnings: dict[str, bool] = {}
        self._global: list[tuple[str, Import]] | None = None

    # -- Namespaces

    def namespace(self, target: Target) -> str:
        """The namespace that a definition is in."""
        view = self.view(target.path)
        parts: list[str] = []
        for at in view.parents(target.at):
            if view.definitions[at].kind == "namespace":
                parts.insert(0, view.definitions[at].name)
        return ".".join(parts) or self._file_namespace(target.path)

    def _file_namespace(self, path: str) -> str:
        """The namespace that a file says it is in as a whole."""
        clauses = (d for d in self.view(path).definitions if d.kind == "namespace")
        return next((d.name for d in clauses if d.header_end == d.end), "")

    def namespace_at(self, path: str, offset: int) -> str:
        """The namespace around an offset."""
        view = self.view(path)
        at = view.enclosing(offset)
        parts: list[str] = []
        while at >= 0:
            definition = view.definitions[at]
            if definition.kind == "namespace" and definition.header_end < definition.end:
                parts.insert(0, definition.name)
            at = view.outer[at]
        return ".".join(parts) or self._file_namespace(path)

    def classes_in(self, namespace: str, name: str, importer: str) -> list[Target]:
        """The class called `name` of a namespace: one of its parts; of several classes, that of the nearest file."""
        key = (namespace, name)
        if key not in self._classes:
            self._classes[key] = [t for t in self.called(name, "c-sharp") if self._is_class_of(t, namespace)]
        found = sorted(
            self._classes[key], key=lambda target: (target.path != importer, -closeness(target.path, importer))
        )
        return found if found and self._is_partial(found[0]) else found[:1]

    def _is_partial(self, target: Target) -> bool:
        definition = self.definition(target)
        return b"partial" in self._index.data(target.path)[definition.start : definition.name_start]

    def _is_class_of(self, target: Target, namespace: str) -> bool:
        view = self.view(target.path)
        parent = view.definitions[target.at].parent
        at_top = parent < 0 or view.definitions[parent].kind == "namespace"
        return at_top and view.definitions[target.at].kind in CLASSES and self.namespace(target) == namespace

    def parts_of(self, owner: Target) -> list[Target]:
        """See `ObjectNaming`: the parts of a partial class, in all files."""
        name = self.definition(owner).name
        namespace = self.namespace(owner)
        self.classes_in(namespace, name, owner.path)
        parts = self._classes[namespace, name]
        is_part = owner in parts and self._is_partial(owner)
        return [owner, *(part for part in parts if part != owner)] if is_part else [owner]

    # -- Names

    def top(self, path: str, leaf: Node, name: str) -> Found:
        """See `ObjectNaming`."""
        for namespace in _outwards(self.namespace_at(path, leaf.start_byte)):
            found = self.classes_in(namespace, name, path)
            if found:
                return Found(tuple(found))
        for row in self._usings(path):
            if row.alias == name:
                return Found(self.imported(path, row))
        for row in self._usings(path):
            found = self._through(path, row, name) if not row.alias else []
            if found:
                return Found(tuple(found))
        if self._is_namespace(name):
            return Found((Module(name, ()),))
        return ELSEWHERE if name not in self.grammar.this else Found(())

    def _usings(self, path: str) -> list[Import]:
        """The usings of a file, and those that are said once for all files."""
        if self._global is None:
            users = (other for other in self._index.using("global") or ())
            rows = [(other, row) for other in users for row in self.view(other).imports]
            self._global = [(other, row) for other, row in rows if self._is_global(other, row)]
        return [*self.view(path).imports, *(row for _, row in self._global)]

    def _is_global(self, path: str, row: Import) -> bool:
        data = self._index.data(path)
        return data[data.rfind(b"\n", 0, row.start) + 1 : row.start].lstrip().startswith(b"global")

    def _through(self, path: str, row: Import, name: str) -> list[Target]:
        found = self.classes_in(row.module, name, path)
        if found or "." not in row.module:
            return found
        namespace, _, owner = row.module.rpartition(".")  # using static
        return [m for t in self.classes_in(namespace, owner, path) for m in self.members(t, name)[0]]

    def _is_namespace(self, name: str) -> bool:
        """Whether any namespace begins with a name."""
        if name not in self._beginnings:
            names = [name, *self._index.names_defined(f"{name}.%")]
            defined = ((path, word) for word in names for path in self._index.defining(word))
            self._beginnings[name] = any(
                self.view(path).definitions[at].kind == "namespace"
                for path, word in defined
                for at in self.view(path).by_name.get(word, ())
            )
        return self._beginnings[name]

    def inside(self, path: str, module: Module, name: str) -> Found:
        """See `ObjectNaming`."""
        found = self.classes_in(module.name, name, path)
        return Found(tuple(found)) if found else Found((Module(f"{module.name}.{name}", ()),))

    def imported(self, path: str, row: Import) -> tuple[Value, ...]:
        """See `Naming`."""
        namespace, _, name = row.module.rpartition(".")
        found = self.classes_in(namespace, name, path)
        if found:
            return tuple(found)
        files = [other for other in self._index.defining(row.module) if self._index.row(other).language == "c-sharp"]
        return (Module(row.module, tuple(files)),) if files else (EXTERNAL,)

    def of_class(self, path: str, leaf: Node, owner: Target, name: str) -> Found | None:
        """See `ObjectNaming`; a property may be called like its type, and where a type stands, that is meant."""
        found = super().of_class(path, leaf, owner, name)
        if found is None or not _is_type(leaf):
            return found
        classes = tuple(value for value in found.values if isinstance(value, Target) and self.is_class(value))
        return found._replace(values=classes) if classes else None

    # -- What only C# has

    def special(self, path: str, leaf: Node, node: Node, parent: Node) -> Found | None:
        """See `ObjectNaming`."""
        is_clause = parent.type == "qualified_name" and self._in_namespace_clause(parent)
        if is_clause or parent.type == "using_directive":
            return self._in_dotted(path, leaf, parent)
        if parent.type == "argument" and parent.child_by_field_name("name") == node:
            return Found(())
        if parent.type == "assignment_expression" and parent.parent and parent.parent.type == "initializer_expression":
            return self._initialized(path, leaf, node, parent)
        types = self.named_in_braces(path, leaf, parent)
        if types is not None:
            return self.member(path, types, text_of(leaf), None)
        if parent.type == "member_binding_expression":
            return self._conditional(path, leaf, parent)
        return None

    def _in_namespace_clause(self, node: Node) -> bool:
        at: Node | None = node
        while at is not None and at.type == "qualified_name":
            at = at.parent
        return at is not None and at.type in (
            "using_directive",
            "namespace_declaration",
            "file_scoped_namespace_declaration",
        )

    def _in_dotted(self, path: str, leaf: Node, parent: Node) -> Found:
        written = (
            text_of(parent) if parent.type == "qualified_name" and parent.end_byte == leaf.end_byte else text_of(leaf)
        )
        namespace, _, name = "".join(written.split()).rpartition(".")
        found = self.classes_in(namespace, name, path)
        return Found(tuple(found)) if found else ELSEWHERE

    def _initialized(self, path: str, leaf: Node, node: Node, assignment: Node) -> Found | None:
        """A member named in the braces after `new`."""
        braces = assignment.parent
        made = braces.parent if braces is not None else None
        if assignment.child_by_field_name("left") != node or made is None:
            return None
        return self.member(path, self.of(path, made), text_of(leaf), None)

    def _conditional(self, path: str, leaf: Node, binding: Node) -> Found:
        """A member behind `?.`."""
        at = binding.parent
        while at is not None and at.type != "conditional_access_expression":
            at = at.parent
        types = self.of(path, at.child_by_field_name("condition")) if at is not None else ()
        return self.member(path, types, text_of(leaf), at)

    def member(self, path: str, types: Types, name: str, use: Node | None) -> Found:
        """See `ObjectNaming`; a method that no class has may extend it."""
        found = super().member(path, types, name, use)
        if any(isinstance(value, Target) for value in found.values) or not types:
            return found
        known = [t for t in types if isinstance(t, Type) and not t.static]
        extensions = [t for t in self.called(name, "c-sharp") if known and self.is_extension(t)]
        fitting = [t for t in extensions if self._extends(t, known)]
        if fitting:
            return Found(tuple(self.fitting(fitting, None)), exact=False)
        may_be_one = any(isinstance(t, Type) and isinstance(t.of, str) and t.of[:1].isupper() for t in types)
        return NOTHING if extensions and may_be_one else found  # bases from elsewhere are not known

    def is_extension(self, target: Target) -> bool:
        """See `ObjectValues`."""
        definition = self.definition(target)
        header = self._index.data(target.path)[definition.name_end : definition.header_end]
        return definition.kind == "method" and b"(this " in b"".join(header.split(b"\n")[:2])

    def _extends(self, target: Target, known: list[Type]) -> bool:
        """Whether the first parameter of an extension method is of one of these types."""
        node = self.declaration(target)
        parameters = node.child_by_field_name("parameters") if node is not None else None
        first = parameters.named_children[0] if parameters is not None and parameters.named_children else None
        wanted = self.read(target.path, first.child_by_field_name("type")) if first is not None else ()
        own = {base for t in known if isinstance(t.of, Target) for base in self.lineage(t.of)}
        return any(isinstance(w, Type) and (w.of in own or w.of in {t.of for t in known}) for w in wanted)


def _is_type(leaf: Node) -> bool:
    """Whether a type stands at a name."""
    node = leaf
    while node.parent is not None and node.parent.type == "generic_name" and node.parent.start_byte == node.start_byte:
        node = node.parent
    is_part = node.parent is not None and node.parent.type in _WRITTEN
    return is_part or is_field(node, "type") or is_field(node, "returns")


def _outwards(namespace: str) -> Iterator[str]:
    """A namespace and those around it, the global one last."""
    while namespace:
        yield namespace
        namespace = namespace.rpartition(".")[0]
    yield ""
