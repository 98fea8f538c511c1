"""What expressions are in languages of classes, namespaces and typed declarations, by the tables of a grammar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.fileview import CLASSES, FUNCTIONS
from rlm_code.index.typed.model import Module, Target, Type, Types, as_objects
from rlm_code.index.typed.object_checks import checked_type
from rlm_code.index.typed.object_generics import Generics
from rlm_code.index.typed.object_grammar import first_leaf, first_part, part_of
from rlm_code.index.typed.object_types import ObjectTypes
from rlm_code.index.typed.tree import text_of
from rlm_code.index.values import Elsewhere, Local, Value

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.parse.scopes import Binding


class ObjectValues(ObjectTypes):
    """Evaluates expressions in the files of one snapshot."""

    generics: Generics
    open_world = False
    """Whether an object may have members that its class does not declare."""

    # -- What an expression is

    def of(self, path: str, node: Node | None) -> Types:
        """What an expression may be; () if nothing is known."""
        if node is None:
            return ()
        key = (path, node.start_byte, node.end_byte, node.type)
        return self._memo.get(key, lambda: self._of(path, node))

    def _of(self, path: str, node: Node) -> Types:
        grammar, kind = self.grammar, node.type
        if kind in grammar.this or kind in grammar.base:
            return self._receiver(path, node, is_base=kind in grammar.base)
        if kind in grammar.identifiers or kind in grammar.wrappers:
            return self._of_leaf(path, first_leaf(node), called=False)
        if kind in grammar.members:
            return self._of_member(path, node)
        if kind in grammar.calls:
            return self._of_call(path, part_of(node, grammar.calls[kind]))
        if kind in grammar.made or kind in grammar.casts:
            return self.read(path, part_of(node, grammar.made[kind] if kind in grammar.made else grammar.casts[kind]))
        return self._of_rest(path, node)

    def _of_rest(self, path: str, node: Node) -> Types:
        grammar, kind = self.grammar, node.type
        if kind in grammar.same:
            return self.of(path, part_of(node, grammar.same[kind]))
        if kind in grammar.elements:
            return self.element(self.of(path, part_of(node, grammar.elements[kind])))
        return (Type(grammar.literals[kind]),) if kind in grammar.literals else ()

    def _receiver(self, path: str, node: Node, *, is_base: bool) -> Types:
        owner = next(self.classes_around(path, node.start_byte), None)
        if owner is None:
            return ()
        return tuple(Type(base) for base in self._links.bases(owner)) if is_base else (Type(owner),)

    def _of_member(self, path: str, node: Node) -> Types:
        reach = self.grammar.members[node.type]
        leaf = first_leaf(part_of(node, reach.name))
        called = first_part(node, self.grammar.arguments) is not None
        return self._reached(path, node, leaf, node if called else None)

    def _of_call(self, path: str, function: Node | None) -> Types:
        if function is None:
            return ()
        reach = self.grammar.members.get(function.type)
        name = part_of(function, reach.name) if reach else function
        return self._reached(path, function, first_leaf(name), function.parent) if name is not None else ()

    def _reached(self, path: str, reached: Node, leaf: Node | None, call: Node | None) -> Types:
        """What a member or a function gives, with what stands for the type parameters in it."""
        types = self._of_leaf(path, leaf, called=call is not None)
        reach = self.grammar.members.get(reached.type)
        owner = part_of(reached, reach.object) if reach else None
        if leaf is None or not types:
            return types
        for value in self.resolve(path, leaf.start_byte).values:
            if isinstance(value, Target):
                types = self.generics.filled(path, types, lambda: self.of(path, owner), value, call)
        return types

    def _of_leaf(self, path: str, leaf: Node | None, *, called: bool) -> Types:
        """What a name stands for, or what calling it gives."""
        if leaf is None:
            return ()
        if text_of(leaf) in self.grammar.this | self.grammar.base:
            return self._receiver(path, leaf, is_base=text_of(leaf) in self.grammar.base)
        found: Types = ()
        for value in self.resolve(path, leaf.start_byte).values:
            found += self._of_value(path, value, text_of(leaf), leaf, called=called)
        return tuple(dict.fromkeys(found))

    def _of_value(self, path: str, value: Value, name: str, leaf: Node, *, called: bool) -> Types:
        if isinstance(value, Module):
            return (value,)
        if isinstance(value, Local):
            return () if called else self._checked(path, leaf) or self.local(path, value, leaf)
        if isinstance(value, Elsewhere):
            return (Type(name, static=name[:1].isupper() and not called),)
        return self.given(value, called=called) if isinstance(value, Target) else ()

    def _checked(self, path: str, leaf: Node) -> Types:
        """What a name is known to be of, where code has made sure of it."""
        written = checked_type(leaf, self.grammar.checks) if self.grammar.checks else None
        return as_objects(self.read(path, written)) if written is not None else ()

    def given(self, target: Target, *, called: bool) -> Types:
        """What a definition stands for, or what calling it gives."""
        kind = self.definition(target).kind
        if kind == "constructor":
            owner = self._class_of(target)
            return (Type(owner),) if owner else ()
        if kind in CLASSES:
            return self.aliased(target) if kind == "type" else (Type(target, static=not called),)
        if kind in FUNCTIONS:
            return self.result(target) if called or self.open_world else ()
        return self.held(target)

    def result(self, target: Target) -> Types:
        """What calling a function gives, as far as it says."""
        return self._memo.get(("result", target), lambda: self._result(target))

    def _result(self, target: Target) -> Types:
        node = self.declaration(target)
        written = first_part(node, self.grammar.results) if node is not None else None
        return as_objects(self.read(target.path, written)) or self.returned(target, node)

    def returned(self, target: Target, node: Node | None) -> Types:
        """What a function gives that does not say it."""
        return ()

    def held(self, target: Target) -> Types:
        """What a field, property, variable or constant holds."""
        return self._memo.get(("held", target), lambda: self._held(target))

    def _held(self, target: Target) -> Types:
        definition = self.definition(target)
        if definition.kind == "enum_member" and definition.parent >= 0:
            return (Type(Target(target.path, definition.parent)),)
        node: Node | None = self.leaf_at(target.path, definition.name_start)
        while node is not None and node.start_byte >= definition.start and node.end_byte <= definition.end:
            types = self._told(target.path, node, definition.name_start)
            if types:
                return types
            node = node.parent
        return ()

    def _told(self, path: str, node: Node, name_start: int) -> Types:
        """What a node says of the name in it: the type in one of its fields, else the value."""
        for place in self.grammar.declared:
            written = part_of(node, place)
            if written is not None and written.start_byte != name_start:
                types = self.read(path, written)
                if types:
                    return as_objects(types)
        where = self.grammar.values.get(node.type)
        value = part_of(node, where) if where is not None else None
        return self.of(path, value) if value is not None and value.start_byte > name_start else ()

    def local(self, path: str, local: Local, use: Node | None) -> Types:
        """What a local variable or parameter holds."""
        return self._memo.get(("local", path, local.start), lambda: self._local(path, local))

    def _local(self, path: str, local: Local) -> Types:
        names, root = self.locals(path), self.root(path)
        binding = names.at(local.start) if names else None
        if binding is None or root is None or binding.kind == "type":
            return ()
        if binding.annotation:
            types = as_objects(self.read(path, root.named_descendant_for_byte_range(*binding.annotation)))
            if types:
                return types
        if not binding.value:
            return self.unannotated(path, binding)
        types = self.of(path, root.named_descendant_for_byte_range(*binding.value))
        if "each" in binding.taken:
            return self.element(types)
        return types if all(step in ("default",) for step in binding.taken) else ()

    def unannotated(self, path: str, binding: Binding) -> Types:
        """What a local name holds that says neither type nor value."""
        return ()

    def element(self, types: Types) -> Types:
        """What is taken out of arrays and collections."""
        found: Types = ()
        for known in types:
            if isinstance(known, Type) and known.args:
                found += known.args[-1]
        return found
