"""The facts and syntax trees of one snapshot, as the engines read them: what every language asks of a file.

It knows no names' meanings.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rlm_code.index.fileview import CLASSES
from rlm_code.index.links import Links
from rlm_code.index.typed.model import Local, Substitution, Target, Type, Variable
from rlm_code.index.typed.tree import children_of_type, identifier_at, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.fileview import FileView
    from rlm_code.parse.facts import Definition
    from rlm_code.parse.scopes import Locals


class Trees:
    """Facts, trees and local names by path."""

    class_kinds = CLASSES
    """The kinds of definitions that have members."""

    def __init__(self, links: Links) -> None:
        self._links = links
        self._index = links.index

    def view(self, path: str) -> FileView:
        """The facts of a file."""
        return self._index.view(path)

    def definition(self, target: Target) -> Definition:
        """The facts of a definition."""
        return self._index.view(target.path).definitions[target.at]

    def kind(self, target: Target) -> str:
        """The kind of a definition."""
        return self.definition(target).kind

    def is_class(self, target: Target) -> bool:
        """Whether a definition is of a class or of another type."""
        return self.definition(target).kind in self.class_kinds

    def called(self, name: str, language: str) -> Iterator[Target]:
        """All definitions of a name in a language."""
        for path in self._index.defining(name):
            if self._index.row(path).language == language:
                yield from self.called_in(path, name)

    def called_in(self, path: str, name: str) -> Iterator[Target]:
        """The definitions of a name in a file."""
        return (Target(path, at) for at in self.view(path).by_name.get(name, ()))

    def root(self, path: str) -> Node | None:
        """The root of a file's tree."""
        tree = self._index.syntax(path).tree
        return tree.root_node if tree else None

    def locals(self, path: str) -> Locals | None:
        """The local names of a file."""
        return self._index.syntax(path).locals

    def leaf_at(self, path: str, start: int) -> Node | None:
        """The leaf that starts at an offset."""
        root = self.root(path)
        return identifier_at(root, start) if root else None

    def declaring(self, target: Target) -> Node | None:
        """The node that declares a definition where its name stands directly in it: the parent of the name."""
        name = self.leaf_at(target.path, self.definition(target).name_start)
        return name.parent if name else None

    def declared_by(self, path: str, name: Node) -> Target | Local:
        """What is declared by a name: a definition, else a local name."""
        known = self.view(path).by_name_start.get(name.start_byte)
        return Target(path, known) if known is not None else Local(path, name.start_byte, text_of(name))

    # -- Type parameters

    def variables(self, path: str, node: Node | None) -> list[Variable]:
        """The type parameters that a declaration has, in order."""
        return [Variable(path, name.start_byte) for name in self.type_parameters(node)] if node is not None else []

    def type_parameters(self, node: Node) -> list[Node]:
        """The names of the type parameters that a declaration has."""
        lists = children_of_type(node, "type_parameters", "type_parameter_list")
        declared = lists[0].named_children if lists else []
        names = (
            one.children_by_field_name("name") or children_of_type(one, "type_identifier", "identifier")[:1]
            for one in declared
        )
        return [name for group in names for name in group]

    def arguments(self, known: Type) -> Substitution:
        """What stands for each type parameter of a class."""
        if not known.args or not isinstance(known.of, Target):
            return {}
        variables = self.variables(known.of.path, self.declaring(known.of))
        return {variable: arg for variable, arg in zip(variables, known.args, strict=False) if arg}
