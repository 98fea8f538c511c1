"""What types are in languages of classes: those around a place, those that a declaration writes, aliases of types."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rlm_code.index.fileview import CLASSES
from rlm_code.index.links import Links
from rlm_code.index.memo import Memo
from rlm_code.index.typed.model import Found, Target, Type, Types, Variable
from rlm_code.index.typed.object_grammar import Grammar, first_part, part_of
from rlm_code.index.typed.tree import child, expressions, text_of
from rlm_code.index.typed.trees import Trees
from rlm_code.index.values import EXTERNAL, Local

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.parse.facts import Definition

MOST_DEEP = 40


class ObjectTypes(Trees, ABC):
    """Reads the types in the files of one snapshot."""

    grammar: Grammar

    def __init__(self, links: Links) -> None:
        super().__init__(links)
        self._memo: Memo[Types] = Memo((), MOST_DEEP)

    @abstractmethod
    def resolve(self, path: str, start: int) -> Found:
        """See `Naming`."""

    def parameters_around(self, target: Target) -> list[Variable]:
        """The type parameters that a member's surroundings know its class by, where they are not the class's own."""
        return []

    def is_extension(self, target: Target) -> bool:
        """Whether a function is called on an object that it takes as its first parameter."""
        return False

    def parameter_types(self, target: Target) -> list[Types]:
        """The types of a function's parameters, in order."""
        node = self.declaration(target)
        written = first_part(node, self.grammar.parameters) if node is not None else None
        parameters = expressions(written) if written is not None else []
        return [self.read(target.path, first_part(one, self.grammar.declared)) for one in parameters]

    # -- Classes around a place

    def classes_around(self, path: str, offset: int) -> Iterator[Target]:
        """The classes around an offset, innermost first; also those that a definition's name is written with."""
        view = self.view(path)
        at = view.enclosing(offset)
        while at >= 0:
            definition = view.definitions[at]
            if definition.kind in CLASSES and offset >= definition.header_end:
                yield Target(path, at)
            elif definition.scope:
                owner = self.owner_by_scope(path, definition)
                if owner:
                    yield owner
            at = view.outer[at]

    def owner_by_scope(self, path: str, definition: Definition) -> Target | None:
        """The class whose name is written before the name of a definition."""
        name = definition.scope.rsplit(".", 1)[-1]
        found = [target for target in self.called(name, self._index.row(path).language) if self.is_class(target)]
        same = [target for target in found if target.path == path]
        return next(iter(same or found), None)

    # -- Declarations

    def declaration(self, target: Target) -> Node | None:
        """The node that declares a definition."""
        definition = self.definition(target)
        node = self.leaf_at(target.path, definition.name_start)
        while node is not None and node.parent is not None and not self._declares(node, definition):
            node = node.parent
        return node

    def _declares(self, node: Node, definition: Definition) -> bool:
        places = (*self.grammar.results, *self.grammar.declared, *self.grammar.parameters)
        if node.end_byte >= definition.end or node.start_byte < definition.start:
            return True
        return first_part(node, places) is not None

    # -- Types as written

    def read(self, path: str, node: Node | None) -> Types:
        """The types that a written type names."""
        if node is None:
            return ()
        grammar, kind = self.grammar, node.type
        if kind in grammar.identifiers:
            return self._read_leaf(path, node)
        if kind in grammar.members:
            return self.read(path, part_of(node, grammar.members[kind].name))
        if kind in grammar.arrays:
            return (Type("[]", (self.read(path, child(node, 0)),)),)
        if kind in grammar.generics:
            return self._read_generic(path, node)
        inner = node.named_children if kind in grammar.types or kind in grammar.wrappers else []
        return tuple(t for one in inner for t in self.read(path, one))

    def _read_generic(self, path: str, node: Node) -> Types:
        first = child(node, 0)
        last = child(node, -1)
        args = [self.read(path, inner) for inner in last.named_children] if last is not None and last != first else []
        types = self.read(path, first)
        return tuple(t._replace(args=tuple(args)) if isinstance(t, Type) else t for t in types)

    def _is_type(self, local: Local) -> bool:
        names = self.locals(local.path)
        binding = names.at(local.start) if names else None
        return binding is not None and binding.kind == "type"

    def _read_leaf(self, path: str, leaf: Node) -> Types:
        found: list[Type] = []
        for value in self.resolve(path, leaf.start_byte).values:
            if isinstance(value, Target) and self.definition(value).kind == "type":
                found += [t for t in self.aliased(value) if isinstance(t, Type)]
            elif isinstance(value, Target) and self.definition(value).kind in CLASSES:
                found.append(Type(value))
            elif isinstance(value, Target) and self.definition(value).kind == "constructor":
                owner = self._class_of(value)
                found += [Type(owner)] if owner else []
            elif value == EXTERNAL:
                found.append(Type(text_of(leaf)))
            elif isinstance(value, Local) and self._is_type(value):
                found.append(Type(Variable(value.path, value.start)))
        return tuple(found)

    def aliased(self, target: Target) -> Types:
        """The class that a type is another name of."""
        return self._memo.get(("aliased", target), lambda: self._aliased(target)) or (Type(target, static=True),)

    def _aliased(self, target: Target) -> Types:
        node = self.declaration(target)
        written = first_part(node, ("type", "value", *self.grammar.declared)) if node is not None else None
        return tuple(known for known in self.read(target.path, written) if known != Type(target))

    def _class_of(self, target: Target) -> Target | None:
        parent = self.definition(target).parent
        if parent >= 0:
            return Target(target.path, parent)
        return self.owner_by_scope(target.path, self.definition(target)) if self.definition(target).scope else None
