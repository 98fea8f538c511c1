"""What names refer to where objects are written and taken apart: keys, shorthands, what a pattern takes.

A key may be a member that is expected of the object; a name in a pattern is a variable and a member at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.script.entities import Entities, Found
from rlm_code.index.script.syntax import Decl, Source, key_of, required

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.script.checker import Checker

_NOTHING: Found = ((), "name")


class Keys:
    """Resolves names in objects and patterns."""

    def __init__(self, checker: Checker) -> None:
        self._c = checker

    def key(self, source: Source, leaf: Node, pair: Node) -> Found:
        """The key of `{key: value}`: of an object, or of what an assignment takes apart."""
        own = Decl(source.path, leaf.start_byte + (leaf.type == "string"))
        if pair.parent is None:
            return (own,), "exact"
        if pair.parent.type == "object" and _is_target(pair.parent):
            types = self._c.patterns.whole(source, pair.parent)
            return self._c.uses.of_types(types, key_of(source, leaf) or "")
        return self.with_expected(source, leaf, pair.parent, own)

    def with_expected(self, source: Source, leaf: Node, holder: Node, own: Decl) -> Found:
        """A key of an object: the member that is expected there, else one of its own."""
        name = key_of(source, leaf)
        expected, _ = self._c.uses.of_types(self._c.context.of(source, holder), name) if name else _NOTHING
        ours = tuple(entity for entity in expected if isinstance(entity, Decl))
        return (ours, "inferred") if ours else ((own,), "exact" if _stands_alone(holder) else "inferred")

    def pattern_key(self, source: Source, leaf: Node, pair: Node) -> Found:
        """The key of `{key: name}` in a pattern: a member of what is taken apart."""
        if pair.parent is None:
            return _NOTHING
        name = key_of(source, leaf) or ""
        required = self._of_required(source, pair.parent, name)
        if required:
            return required, "exact"
        return self._c.uses.of_types(self._c.patterns.whole(source, pair.parent), name)

    def _of_required(self, source: Source, pattern: Node, name: str) -> Entities:
        """What a pattern takes out of `require("…")` under a name."""
        around = pattern.parent
        value = around.child_by_field_name("value") if around is not None else None
        module = required(source, value) if value is not None else None
        return self._c.names.modules.member(source.path, module, name) if module is not None else ()

    def taken(self, source: Source, leaf: Node) -> Found:
        """`{name}` in a pattern: a variable, taken from a member."""
        own = Decl(source.path, leaf.start_byte)
        around = leaf.parent
        if around is not None and around.type == "object_assignment_pattern":
            around = around.parent
        if around is None or around.type != "object_pattern":
            return (own,), "exact"
        if source.locals.at(leaf.start_byte) is None:  # an assignment
            decls = self._c.names.lookup(source, source.text(leaf), leaf.start_byte, "v")
            return self._c.names.follow_all(decls), "exact"
        followed = self._c.names.follow(own)
        if followed != (own,):
            return followed, "exact"
        found, _ = self._c.uses.of_types(self._c.patterns.whole(source, around), source.text(leaf))
        ours = tuple(entity for entity in found if isinstance(entity, Decl))
        return ((*ours, own), "inferred") if ours else ((own,), "exact")

    def shorthand(self, source: Source, leaf: Node, around: Node) -> Found:
        """`{name}` in an object: a variable, and the member that is expected."""
        name = source.text(leaf)
        entities = self._c.names.follow_all(self._c.names.lookup(source, name, leaf.start_byte, "v"))
        if around.type == "object" and not _is_target(around):
            expected, _ = self._c.uses.of_types(self._c.context.of(source, around), name)
            ours = tuple(entity for entity in expected if isinstance(entity, Decl) and entity not in entities)
            return (*entities, *ours), "exact" if not ours else "inferred"
        return entities, "exact"


def _stands_alone(holder: Node) -> bool:
    """Whether nothing around an object literal says which keys it may have."""
    around = holder.parent
    while around is not None and around.type in ("pair", "object", "parenthesized_expression"):
        around = around.parent
    if around is None or around.type not in ("variable_declarator", "export_statement", "assignment_expression"):
        return False
    return around.child_by_field_name("type") is None


def _is_target(node: Node) -> bool:
    """Whether an object is the left of an assignment: a pattern that the grammar takes for an object."""
    around = node.parent
    return around is not None and around.type == "assignment_expression" and around.child_by_field_name("left") == node
