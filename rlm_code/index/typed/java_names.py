"""What Java's simple names mean at a place: local names, members of the classes around, imports, packages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.links import Links
from rlm_code.index.typed.java_classes import JavaClasses
from rlm_code.index.typed.model import Class, Known, Member, Module, Target, Type, Types
from rlm_code.index.typed.tree import text_of
from rlm_code.parse.facts import Import

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.parse.scopes import Binding

_DATA = frozenset({"field", "constant", "enum_member", "variable", "property"})
_VARIABLES = frozenset({"parameter", "variable"})


class JavaNames:
    """Names in the files of one snapshot."""

    def __init__(self, links: Links) -> None:
        self._index = links.index
        self.classes = JavaClasses(links)

    def name(self, target: Target) -> str:
        """The name of a definition."""
        return self._index.view(target.path).definitions[target.at].name

    def is_data(self, target: Target) -> bool:
        """Whether a definition holds an object."""
        return self.classes.kind(target) in _DATA

    def owner(self, target: Target) -> Class | None:
        """The class that a member is declared in."""
        node = self.classes.declaring(target)
        around = next(self.classes.around(target.path, node), None) if node else None
        return around[1] if around else None

    # -- Variables

    def variable(self, path: str, node: Node) -> Member | Binding | None:
        """The local variable, parameter or field that a simple name means; None if it is none."""
        name = text_of(node)
        binding = self.local(path, node, name)
        for start, owner in self.classes.around(path, node):
            if binding and binding.start > start:
                return binding
            members = self.classes.members(self.classes.self_type(owner), name)
            field = next((member for member in members if self.is_data(member.target)), None)
            if field:
                return field
        if binding:
            return binding
        return self._imported_field(path, name)

    def local(self, path: str, node: Node, name: str) -> Binding | None:
        """The local variable or parameter that is seen under a name."""
        local = self._index.syntax(path).locals
        binding = local.lookup(name, node.start_byte) if local else None
        return binding if binding and binding.kind in _VARIABLES else None

    def _imported_field(self, path: str, name: str) -> Member | None:
        members = self.imported_members(path, name)
        return next((member for member in members if self.is_data(member.target)), None)

    # -- Methods

    def methods(self, path: str, node: Node, name: str) -> list[Member]:
        """The methods that a bare call may mean: those of the innermost class that has any of the name, else those
        that are imported."""
        for _, owner in self.classes.around(path, node):
            methods = self.classes.methods(self.classes.self_type(owner), name)
            if methods:
                return methods
        imported = self.imported_members(path, name)
        return [member for member in imported if self.classes.kind(member.target) == "method"]

    def imported_members(self, path: str, name: str) -> list[Member]:
        """The static members that a file imports under a name."""
        view = self._index.view(path)
        found = [
            member for row in view.bound_imports.get(name, ()) for member in self.members_of_import(path, row, name)
        ]
        if found:
            return found
        return [member for row in view.star_imports for member in self.members_of_import(path, row, name)]

    def members_of_import(self, path: str, row: Import, name: str) -> list[Member]:
        """The members called `name` of the class that an import names before its last part."""
        owner = self.classes.qualified(row.module, path)
        return list(self.classes.members(Type(owner, static=True), name)) if owner else []

    # -- Types and packages

    def type_or_package(self, path: str, node: Node) -> Types:
        """The class that a simple name means where no variable has it, else the package."""
        name = text_of(node)
        found = self.classes.named(path, node, name)
        if isinstance(found, str) and found == name and not name[:1].isupper():
            return (Module(name, ()),)
        return (Type(found, static=True),)

    def in_package(self, path: str, package: Module, name: str) -> Known:
        """What a package has under a name: a class, else a package."""
        found = self.classes.in_package(package.name, name, path)
        if found:
            return Type(found, static=True)
        dotted = f"{package.name}.{name}"
        return Type(dotted, static=True) if name[:1].isupper() else Module(dotted, ())

    def made_inside(self, types: Types, name: str) -> Types:
        """The class called `name` inside what a qualified `new` stands on."""
        name = name.split("<", maxsplit=1)[0].strip()
        inner = [self.classes.member_class(t.of, name) for t in types if isinstance(t, Type)]
        return tuple(Type(target) for target in inner if target)
