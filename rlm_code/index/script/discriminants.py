"""Which of several types an object is of, as the literals say that tell them apart: `{kind: 'circle', …}`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.script.syntax import Decl, Source, key_of, string_of, unwrapped
from rlm_code.index.script.values import Type, Types

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.script.checker import Checker

_Token = object
"""A literal's text, or the declarations that a constant's name leads to."""

_NAMED = frozenset({"identifier", "member_expression", "nested_identifier", "nested_type_identifier"})
_PLAIN = frozenset({"number", "true", "false", "null", "undefined"})
_MOST_KEYS = 20


class Discriminants:
    """Tells types apart by the literals that their members may be."""

    def __init__(self, checker: Checker) -> None:
        self._c = checker

    def of_object(self, types: Types, source: Source, node: Node) -> Types:
        """Those of some types that an object literal fits."""
        for pair in node.named_children[:_MOST_KEYS]:
            name = key_of(source, pair.child_by_field_name("key")) if pair.type == "pair" else None
            if name is not None and len(types) > 1:
                types = self.equal(types, name, source, pair.child_by_field_name("value"))
        return types

    def equal(self, types: Types, name: str, source: Source, value: Node | None) -> Types:
        """Those of some types whose member may be a literal or constant; all of them if that says nothing."""
        given = self._token(source, unwrapped(value))
        return self._matching(types, name, given) if given is not None else types

    def true(self, types: Types, name: str, truth: str) -> Types:
        """Those of some types whose member may be `true`, or `false`."""
        return self._matching(types, name, truth)

    def having(self, types: Types, name: str) -> Types:
        """Those of some types that have a member; all of them if none has."""
        return tuple(kind for kind in types if self._c.members.of(kind, name)) or types

    def _matching(self, types: Types, name: str, given: _Token) -> Types:
        allowed = [(kind, self._allowed(kind, name)) for kind in types]
        return tuple(kind for kind, tokens in allowed if tokens is None or given in tokens) or types

    def _allowed(self, kind: Type, name: str) -> list[_Token] | None:
        """The literals and constants that a member of a type may be; None where it may be more."""
        found: list[_Token] = []
        for hit in self._c.members.of(kind, name) if kind.kind in ("instance", "shape") else ():
            source = self._c.sources.of(hit.entity.path) if isinstance(hit.entity, Decl) else None
            leaf = source.name(hit.entity.start) if source is not None and isinstance(hit.entity, Decl) else None
            around = leaf.parent if leaf is not None else None
            written = around.child_by_field_name("type") if around is not None else None
            tokens = self._written(source, written) if source is not None and written is not None else None
            if tokens is None:
                return None
            found += tokens
        return found or None

    def _written(self, source: Source, node: Node) -> list[_Token] | None:
        """The literals and constants that a written type allows; None if it allows more."""
        inner = node.named_children
        if node.type in ("type_annotation", "parenthesized_type", "type_query", "literal_type") and len(inner) == 1:
            return self._written(source, inner[0])
        if node.type == "union_type":
            parts = [self._written(source, child) for child in inner]
            return None if None in parts else [token for part in parts for token in part or ()]
        token = self._token(source, node)
        return None if token is None else [token]

    def _token(self, source: Source, node: Node | None) -> _Token | None:
        if node is None:
            return None
        if node.type in _PLAIN:
            return source.text(node)
        if node.type in _NAMED:
            decls = [e for e in self._c.names.qualified(source, node) if isinstance(e, Decl)]
            return tuple(decls) if len(decls) == 1 and self._is_constant(decls[0]) else None
        text = string_of(source, node)
        return None if text is None else repr(text)

    def _is_constant(self, decl: Decl) -> bool:
        """Whether a declaration is a member of an enum or a namespace's constant, and no type of its own."""
        source = self._c.sources.of(decl.path)
        leaf = source.name(decl.start) if source is not None else None
        around = leaf.parent if leaf is not None else None
        return around is not None and around.type in ("enum_body", "enum_assignment", "variable_declarator", "pair")
