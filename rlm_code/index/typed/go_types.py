"""Go's types: what a written type means, the fields and methods of a type, promoted ones included."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from rlm_code.index.fileview import CLASSES
from rlm_code.index.links import Links
from rlm_code.index.typed.go_packages import GoPackages
from rlm_code.index.typed.model import (
    ARRAY,
    Body,
    Class,
    Module,
    Target,
    Type,
    Types,
    Variable,
    substitute,
)
from rlm_code.index.typed.tree import child, children_of_type, text_of
from rlm_code.index.typed.trees import Trees
from rlm_code.index.values import Local

if TYPE_CHECKING:
    from tree_sitter import Node


MAP = "map"
FUNCTION = "func"
CHANNEL = "chan"
_MOST_EMBEDDED = 100
_SPECS = ("type_spec", "type_alias")


class Part(NamedTuple):
    """A field or method of a type, the node that declares it, and the type it was found in."""

    target: Target | Local
    path: str
    node: Node
    owner: Type


class GoTypes(Trees):
    """The types of one snapshot."""

    def __init__(self, links: Links, packages: GoPackages) -> None:
        super().__init__(links)
        self._packages = packages
        self._reading: dict[str, Callable[[str, Node], Types]] = {
            "type_identifier": self._named,
            "qualified_type": self._qualified,
            "generic_type": self._generic,
            "slice_type": self._listed,
            "array_type": self._listed,
            "implicit_length_array_type": self._listed,
            "map_type": self._mapped,
            "channel_type": lambda path, node: (Type(CHANNEL, (self.read(path, node.child_by_field_name("value")),)),),
            "function_type": lambda path, node: (self.function(path, node),),
            "struct_type": lambda path, node: (Type(Body(path, node.start_byte)),),
            "interface_type": lambda path, node: (Type(Body(path, node.start_byte)),),
            **dict.fromkeys(
                ("pointer_type", "parenthesized_type", "type_elem", "type_constraint", "negated_type"), self._inner
            ),
        }

    # -- Types as written

    def read(self, path: str, node: Node | None) -> Types:
        """The type that a node writes."""
        how = self._reading.get(node.type) if node is not None else None
        return how(path, node) if how and node is not None else ()

    def _inner(self, path: str, node: Node) -> Types:
        return tuple(t for inner in node.named_children for t in self.read(path, inner))

    def _listed(self, path: str, node: Node) -> Types:
        return (Type(ARRAY, (self.read(path, node.child_by_field_name("element")),)),)

    def _mapped(self, path: str, node: Node) -> Types:
        key, value = node.child_by_field_name("key"), node.child_by_field_name("value")
        return (Type(MAP, (self.read(path, key), self.read(path, value))),)

    def function(self, path: str, node: Node) -> Type:
        """The type of a function: its arguments are what it gives."""
        result = node.child_by_field_name("result")
        if result is None:
            return Type(FUNCTION)
        if result.type != "parameter_list":
            return Type(FUNCTION, (self.read(path, result),))
        given: list[Types] = []
        for inner in children_of_type(result, "parameter_declaration"):
            types = self.read(path, inner.child_by_field_name("type"))
            given += [types] * max(1, len(inner.children_by_field_name("name")))
        return Type(FUNCTION, tuple(given))

    def _named(self, path: str, node: Node) -> Types:
        found = self.named(path, node)
        return self.aliased(found) if isinstance(found, Target) else (Type(found),)

    def aliased(self, target: Target) -> Types:
        """The type that a definition is, or that it is another name of."""
        node = self.declaring(target)
        if node is not None and node.type == "type_alias":
            return self.read(target.path, node.child_by_field_name("type"))
        return (Type(target),)

    def named(self, path: str, node: Node) -> Class:
        """The type that a simple name means at a place; the name itself for one from elsewhere."""
        name = text_of(node)
        local = self.locals(path)
        binding = local.lookup(name, node.start_byte) if local else None
        if binding and binding.kind == "type":
            return Variable(path, binding.start)
        inner = self.local_type(path, node, name)
        if inner:
            return inner
        found = [t for t in self._packages.declared(path, name) if self.is_class(t)]
        found = found or [t for t in self._packages.dot_imported(path, name)[0] if self.is_class(t)]
        return found[0] if found else name

    def local_type(self, path: str, node: Node, name: str) -> Target | None:
        """The type that a block around a node declares under a name."""
        view = self.view(path)
        for at in reversed(view.by_name.get(name, ())):
            definition = view.definitions[at]
            if definition.kind in CLASSES and definition.parent >= 0 and definition.start <= node.start_byte:
                declared = self.declaring(Target(path, at))
                block = declared.parent.parent if declared and declared.parent else None
                if block is not None and block.start_byte <= node.start_byte < block.end_byte:
                    return Target(path, at)
        return None

    def _qualified(self, path: str, node: Node) -> Types:
        package, name = node.child_by_field_name("package"), node.child_by_field_name("name")
        row = self._packages.import_named(path, text_of(package)) if package else None
        if row is None or name is None:
            return ()
        module = self._packages.located(path, row)
        found = self._packages.exported(module, text_of(name), path) if module else []
        return self.aliased(found[0]) if found else (Type(f"{row.module}.{text_of(name)}"),)

    def _generic(self, path: str, node: Node) -> Types:
        arguments = node.child_by_field_name("type_arguments")
        args = tuple(self.read(path, inner) for inner in arguments.named_children) if arguments else ()
        types = self.read(path, node.child_by_field_name("type"))
        return tuple(t._replace(args=args) if isinstance(t, Type) else t for t in types)

    # -- What a type is made of

    def underlying(self, known: Type) -> Types:
        """The type that a declared type is made of; itself where it is no declared one."""
        if isinstance(known.of, Variable):
            return self._bound(known.of)
        node = self.declaring(known.of) if isinstance(known.of, Target) else None
        if node is None or node.type not in _SPECS or not isinstance(known.of, Target):
            return (known,)
        return substitute(self.read(known.of.path, node.child_by_field_name("type")), self.arguments(known))

    def _bound(self, of: Variable) -> Types:
        name = self.leaf_at(of.path, of.start)
        return self.read(of.path, name.parent.child_by_field_name("type")) if name and name.parent else ()

    def parts(self, known: Type, name: str) -> list[Part]:
        """The fields and methods called `name` of a type, at the least depth of embedding."""
        level: list[Type] = [known]
        seen: set[Class] = set()
        while level and len(seen) < _MOST_EMBEDDED:
            found = [part for t in level for part in self.own_parts(t, name)]
            if found:
                return found
            seen |= {t.of for t in level}
            below = {e.of: e for t in level for e in self.embedded(t) if isinstance(e, Type) and e.of not in seen}
            level = list(below.values())
        return []

    def own_parts(self, known: Type, name: str) -> list[Part]:
        """The fields and methods called `name` that a type itself has."""
        found: list[Part] = []
        if isinstance(known.of, Target):
            owner = self.view(known.of.path).definitions[known.of.at].name
            for target in self._packages.declared(known.of.path, name, scope=owner):
                node = self.declaring(target)
                if node is not None:
                    found.append(Part(target, target.path, node, known))
        for path, inner in self._made_of(known):
            for declared in self._declarations(inner):
                names = [n for n in declared.children_by_field_name("name") if text_of(n) == name]
                found += [Part(self.declared_by(path, n), path, declared, known) for n in names]
        return found

    def _made_of(self, known: Type) -> Iterator[tuple[str, Node]]:
        """The struct or interface that a type is written as."""
        node: Node | None = None
        path = known.of.path if not isinstance(known.of, str) else ""
        if isinstance(known.of, Target):
            declared = self.declaring(known.of)
            node = declared.child_by_field_name("type") if declared and declared.type in _SPECS else None
        elif isinstance(known.of, Body):
            root = self.root(path)
            node = root.named_descendant_for_byte_range(known.of.start, known.of.start + 6) if root else None
            while node is not None and node.type not in ("struct_type", "interface_type"):
                node = node.parent
        elif isinstance(known.of, Variable):
            for bound in self._bound(known.of):
                if isinstance(bound, Type) and not isinstance(bound.of, Variable):
                    yield from self._made_of(bound)
        if node is not None and node.type in ("struct_type", "interface_type"):
            yield path, node
        elif node is not None and isinstance(known.of, Target):
            yield from self._made_of_another(known.of.path, node)

    def _made_of_another(self, path: str, node: Node) -> Iterator[tuple[str, Node]]:
        """`type A B` has the fields of B."""
        for other in self.read(path, node):
            if isinstance(other, Type) and isinstance(other.of, Target):
                declared = self.declaring(other.of)
                inner = declared.child_by_field_name("type") if declared else None
                if inner is not None and inner.type in ("struct_type", "interface_type"):
                    yield other.of.path, inner

    def _declarations(self, node: Node) -> list[Node]:
        inner = children_of_type(node, "field_declaration_list")
        return [*(inner[0].named_children if inner else []), *children_of_type(node, "method_elem")]

    def embedded(self, known: Type) -> Types:
        """The types that a struct or interface embeds."""
        found: list[Type | Module] = []
        mapping = self.arguments(known)
        for path, node in self._made_of(known):
            for declared in self._declarations(node):
                if declared.type == "field_declaration" and declared.child_by_field_name("name") is None:
                    found += substitute(self.read(path, declared.child_by_field_name("type")), mapping)
            for element in children_of_type(node, "type_elem"):
                found += substitute(self.read(path, child(element, 0)), mapping)
        return tuple(found)

    def is_anything(self, known: Type) -> bool:
        """Whether a type says nothing of its objects: `any`, an interface without methods."""
        if isinstance(known.of, Body):
            return any(node.type == "interface_type" and not node.named_children for _, node in self._made_of(known))
        return known.of == "any" and not known.static

    def embedded_named(self, known: Type, name: str) -> Types:
        """The embedded types that are reached by a name."""
        return tuple(t for t in self.embedded(known) if isinstance(t, Type) and self.name_of(t) == name)

    def name_of(self, known: Type) -> str:
        """The name of a type without its package."""
        if isinstance(known.of, Target):
            return self.view(known.of.path).definitions[known.of.at].name
        return str(known.of).rpartition(".")[2] if isinstance(known.of, str) else ""
