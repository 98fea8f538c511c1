"""Java's classes by name: packages, imports, member classes, type parameters, and the types that code writes.

It reads declarations and knows no expressions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from rlm_code.index.fileview import CLASSES
from rlm_code.index.links import Links
from rlm_code.index.modules import closeness
from rlm_code.index.typed.java_declarations import JavaDeclarations
from rlm_code.index.typed.model import (
    ARRAY,
    Body,
    Class,
    Member,
    Target,
    Type,
    Types,
    Variable,
    substitute,
)
from rlm_code.index.typed.tree import child, children_of_type, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

_PRIMITIVES = frozenset({"integral_type", "floating_point_type", "boolean_type", "void_type"})
_HEIRS = ("superclass", "super_interfaces", "extends_interfaces")
_MOST_BASES = 200


class JavaClasses(JavaDeclarations):
    """The classes of one snapshot as Java code names them."""

    def __init__(self, links: Links) -> None:
        super().__init__(links)
        self._packages: dict[str, str] = {}
        self._in_package: dict[tuple[str, str], list[Target]] = {}
        self._supertypes: dict[Class, Types] = {}
        self._members: dict[tuple[Type, str], list[Member]] = {}
        self._methods: dict[tuple[Type, str], list[Member]] = {}
        self._unread = 0
        self._reading: dict[str, Callable[[str, Node], Types]] = {
            "type_identifier": lambda path, node: (Type(self.named(path, node, text_of(node))),),
            "scoped_type_identifier": self._read_scoped,
            "generic_type": self._read_generic,
            "array_type": lambda path, node: (Type(ARRAY, (self.read(path, node.child_by_field_name("element")),)),),
            **dict.fromkeys(("wildcard", "annotated_type", "catch_type", "type_bound"), self._read_inner),
            **dict.fromkeys(_PRIMITIVES, lambda _path, node: (Type(text_of(node)),)),
        }

    # -- Packages and files

    def package_of(self, path: str) -> str:
        """The package that a file says it is in, "" if it says none."""
        if path not in self._packages:
            definitions = self.view(path).definitions
            first = definitions[0] if definitions else None
            self._packages[path] = first.name if first and first.kind == "module" else ""
        return self._packages[path]

    def files_of_package(self, package: str) -> list[str]:
        """The files that say they are in a package."""
        defining = self._index.defining(package)
        return [
            path for path in defining if self._index.family(path).name == "classic" and self.package_of(path) == package
        ]

    def in_package(self, package: str, name: str, importer: str) -> Target | None:
        """The class called `name` of a package; of several, that of the nearest file."""
        key = (package, name)
        if key not in self._in_package:
            self._in_package[key] = [
                Target(path, at)
                for path in self._index.defining(name)
                if self._index.family(path).name == "classic" and self.package_of(path) == package
                for at in self.view(path).children.get(-1, {}).get(name, ())
                if self.view(path).definitions[at].kind in CLASSES
            ]
        found = self._in_package[key]
        return max(found, key=lambda target: closeness(target.path, importer)) if found else None

    def qualified(self, dotted: str, importer: str) -> Target | None:
        """The class that a full name means."""
        parts = dotted.split(".")
        for at in range(len(parts) - 1, -1, -1):
            owner = self.in_package(".".join(parts[:at]), parts[at], importer)
            for name in parts[at + 1 :]:
                owner = self.member_class(owner, name) if owner else None
            if owner:
                return owner
        return None

    # -- Names of classes

    def named(self, path: str, node: Node, name: str) -> Class:
        """The class that a simple name means at a place; the name itself for one from elsewhere."""
        scoped = self._in_scope(path, node, name)
        if scoped:
            return scoped
        for row in self.view(path).bound_imports.get(name, ()):
            full = f"{row.module}.{row.name}" if row.name else row.module
            return self.qualified(full, path) or full
        top = self.view(path).children.get(-1, {}).get(name, ())
        own = [Target(path, at) for at in top if self.is_class(Target(path, at))]
        if own:
            return own[0]
        beside = self.in_package(self.package_of(path), name, path)
        return beside or self._on_demand(path, name) or name

    def _in_scope(self, path: str, node: Node, name: str) -> Class | None:
        """A type parameter, a local class or a member class of the classes around."""
        view = self.view(path)
        binding = self._type_parameter(path, node, name)
        local = [
            at
            for at in view.by_name.get(name, ())
            if view.definitions[at].kind in CLASSES and self.is_local_around(path, at, node)
        ]
        for start, owner in self.around(path, node):
            if binding and binding.start > start:
                return binding
            inner = [at for at in local if view.definitions[at].start > start]
            if inner:
                return Target(path, inner[-1])
            if isinstance(owner, Target) and view.definitions[owner.at].name == name:
                return owner
            member = self.member_class(owner, name)
            if member:
                return member
        return binding

    def _type_parameter(self, path: str, node: Node, name: str) -> Variable | None:
        local = self._index.syntax(path).locals
        binding = local.lookup(name, node.start_byte) if local else None
        while local and binding and binding.kind != "type":  # a variable of the same name hides no type
            around = local.scopes[binding.scope].start
            binding = local.lookup(name, around - 1) if around else None
        return Variable(path, binding.start) if binding else None

    def _on_demand(self, path: str, name: str) -> Class | None:
        for row in self.view(path).star_imports:
            found = self.in_package(row.module, name, path)
            if found is None:
                owner = self.qualified(row.module, path)
                found = self.member_class(owner, name) if owner else None
            if found:
                return found
        return None

    def member_class(self, owner: Class, name: str) -> Target | None:
        """The class called `name` in a class or in a base of it."""
        return next((m.target for m in self.members(Type(owner), name) if self.is_class(m.target)), None)

    # -- Types as written

    def read(self, path: str, node: Node | None) -> Types:
        """The type that a node writes."""
        how = self._reading.get(node.type) if node is not None else None
        return how(path, node) if how and node is not None else ()

    def _read_inner(self, path: str, node: Node) -> Types:
        return tuple(t for inner in node.named_children for t in self.read(path, inner))

    def _read_generic(self, path: str, node: Node) -> Types:
        first, arguments = child(node, 0), children_of_type(node, "type_arguments")
        args = tuple(self.read(path, inner) for inner in arguments[0].named_children) if arguments else ()
        return tuple(t._replace(args=args) for t in self.read(path, first) if isinstance(t, Type))

    def _read_scoped(self, path: str, node: Node) -> Types:
        parts = [text_of(leaf) for leaf in leaves(node)]
        first = next(leaves(node), None)
        if first is None:
            return ()
        owner: Class = self.named(path, first, parts[0])
        for name in parts[1:]:
            if isinstance(owner, str):
                break
            owner = self.member_class(owner, name) or f"?.{name}"
        if isinstance(owner, str):
            dotted = ".".join(parts)
            owner = self.qualified(dotted, path) or dotted
        return (Type(owner),)

    # -- Inheritance

    def supertypes(self, known: Type) -> Types:
        """The types that a class names as its bases, with its type parameters replaced."""
        if known.of not in self._supertypes:
            self._supertypes[known.of] = ()  # while they are read
            self._unread += 1
            try:
                self._supertypes[known.of] = self._written_supertypes(known.of)
            finally:
                self._unread -= 1
        return substitute(self._supertypes[known.of], self.arguments(known))

    def _written_supertypes(self, of: Class) -> Types:
        if isinstance(of, str):
            return ()
        if isinstance(of, Variable):
            return self._bounds(of)
        if isinstance(of, Body):
            return self._supertypes_of_body(of)
        node = self.declaring(of)
        if node is None:
            return ()
        heirs = [inner for inner in node.children if inner.type in _HEIRS]
        written = [leaf for heir in heirs for leaf in heir.named_children]
        flat = [t for leaf in written for t in (leaf.named_children if leaf.type == "type_list" else [leaf])]
        found = tuple(t for leaf in flat for t in self.read(of.path, leaf))
        if node.type == "enum_declaration":
            return (*found, Type("java.lang.Enum", ((Type(of),),)))
        return found

    def _bounds(self, of: Variable) -> Types:
        name = self.leaf_at(of.path, of.start)
        bound = children_of_type(name.parent, "type_bound") if name and name.parent else []
        return self.read(of.path, bound[0]) if bound else ()

    def _supertypes_of_body(self, of: Body) -> Types:
        body = self.body_at(of)
        made = body.parent if body else None
        if made is None:
            return ()
        if made.type == "object_creation_expression":
            return self.read(of.path, made.child_by_field_name("type"))
        owner = self.class_of_body(of.path, made.parent) if made.parent else None
        return (Type(owner),) if owner else ()

    def lineage(self, known: Type) -> Iterator[Type]:
        """A type and all its supertypes, nearest first."""
        queue = [known]
        seen: set[Class] = set()
        while queue and len(seen) < _MOST_BASES:
            current = queue.pop(0)
            if current.of not in seen:
                seen.add(current.of)
                yield current
                queue += [t for t in self.supertypes(current) if isinstance(t, Type)]

    def members(self, known: Type, name: str) -> list[Member]:
        """The members called `name` of a type and of its bases, nearest first."""
        key = (known, name)
        found = self._members.get(key)
        if found is None:
            found = [Member(target, t) for t in self.lineage(known) for target in self.own_members(t.of, name)]
            if not self._unread:  # else bases that are being read are missing
                self._members[key] = found
        return found

    def methods(self, known: Type, name: str) -> list[Member]:
        """The methods called `name` of a type and of its bases, nearest first; of a record's component, the
        component."""
        key = (known, name)
        found = self._methods.get(key)
        if found is None:
            members = self.members(known, name)
            found = [member for member in members if self.kind(member.target) == "method"]
            found = found or [member for member in members if self.is_component(member.target)]
            if not self._unread:
                self._methods[key] = found
        return found


def leaves(node: Node) -> Iterator[Node]:
    """The names that a dotted type is made of, in order."""
    for inner in node.named_children:
        if inner.type == "type_identifier":
            yield inner
        elif inner.type in ("scoped_type_identifier", "generic_type"):
            yield from leaves(inner) if inner.type == "scoped_type_identifier" else leaves_of_generic(inner)


def leaves_of_generic(node: Node) -> Iterator[Node]:
    """The names of a generic type without its arguments."""
    first = child(node, 0)
    if first is not None and first.type == "type_identifier":
        yield first
    elif first is not None:
        yield from leaves(first)
