"""What namespaces and enums have under a name, in all their blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.memo import Memo
from rlm_code.index.script.entities import Entities, Entity
from rlm_code.index.script.syntax import NAMESPACES, Decl, Source, Sources, ancestors, key_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.script.names import Names

_MOST_DEEP = 25


class Namespaces:
    """The members of one snapshot's namespaces and enums."""

    def __init__(self, sources: Sources, names: Names) -> None:
        self._sources = sources
        self._names = names
        self._members: Memo[Entities] = Memo((), _MOST_DEEP)

    def member(self, decl: Decl, name: str) -> Entities:
        """What a namespace, in all its blocks, or an enum has under a name."""
        return self._members.get((decl, name), lambda: self._member(decl, name))

    def _member(self, decl: Decl, name: str) -> Entities:
        source = self._sources.of(decl.path)
        binding = source.locals.at(decl.start) if source else None
        if source is None:
            return ()
        starts = [b.start for b in source.bound[binding.scope, binding.name]] if binding else [decl.start]
        found: list[Entity] = []
        for start in starts:
            leaf = source.name(start)
            around = leaf.parent if leaf is not None else None
            if around is not None and around.type == "string":
                around = around.parent
            if leaf is not None and around is not None and around.type == "nested_identifier":
                found += self._of_nested(source, leaf, around, name)
            elif around is not None and around.type in NAMESPACES:
                found += self._of_block(source, around, name)
            elif around is not None and around.type == "enum_declaration":
                found += self._of_enum(source, around, name)
        return tuple(dict.fromkeys(found))

    def _of_nested(self, source: Source, leaf: Node, nested: Node, name: str) -> list[Entity]:
        """`namespace A.B`: what `A` has is `B`, and what `B` has lies in the block."""
        parts = nested.named_children
        if parts[0].start_byte == leaf.start_byte and source.text(parts[-1]) == name:
            return [Decl(source.path, parts[-1].start_byte)]
        if parts[-1].start_byte == leaf.start_byte and nested.parent is not None:
            outer = nested.parent
            if outer.type in NAMESPACES:
                return self._of_block(source, outer, name)
            last = outer.named_children[-1]
            return [Decl(source.path, last.start_byte)] if source.text(last) == name else []
        return []

    def _of_block(self, source: Source, namespace: Node, name: str) -> list[Entity]:
        body = namespace.child_by_field_name("body")
        if body is None:
            return []
        ambient = source.path.endswith((".d.ts", ".d.mts", ".d.cts")) or any(
            around.type == "ambient_declaration" for around in ancestors(namespace)
        )
        table = self._names.tables.of(source, body, ambient=ambient)
        return list(self._names.modules.items(source, table.names.get(name, [])))

    def _of_enum(self, source: Source, enum: Node, name: str) -> list[Entity]:
        body = enum.child_by_field_name("body")
        members = body.named_children if body is not None else []
        names = [member.child_by_field_name("name") or member for member in members]
        return [Decl(source.path, _bare(node)) for node in names if key_of(source, node) == name]


def _bare(name: Node) -> int:
    """Where a name starts, without the quotes."""
    return name.start_byte + (name.type == "string")
