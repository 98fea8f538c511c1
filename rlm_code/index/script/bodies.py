"""What the bodies of scripts' classes, interfaces and objects declare, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.script.syntax import Source, has_word, key_of

if TYPE_CHECKING:
    from tree_sitter import Node

Table = dict[tuple[bool, str], list[int]]

_SIGNATURES = frozenset(
    {"property_signature", "method_signature", "abstract_method_signature", "public_field_definition",
     "field_definition", "method_definition", "pair", "pair_pattern"}
)  # fmt: skip
_SHORTHANDS = frozenset({"shorthand_property_identifier", "shorthand_property_identifier_pattern"})
_BODIES = frozenset({"class_body", "interface_body", "object_type", "object"})


class Bodies:
    """The tables of one snapshot's bodies, each made when it is first asked for."""

    def __init__(self) -> None:
        self._tables: dict[tuple[str, int, int], Table] = {}

    def table(self, source: Source, node: Node) -> Table:
        """The members that the body of a class, interface or object declares, by whether they are static and name."""
        key = (source.path, node.start_byte, node.end_byte)
        if key not in self._tables:
            table: Table = {}
            body = node.child_by_field_name("body") or node
            for member in body.named_children:
                self._enter(source, member, table)
            self._tables[key] = table
        return self._tables[key]

    def overloads(self, source: Source, start: int) -> list[int]:
        """The members that are one with the one whose name starts at an offset: of its name, in its body."""
        leaf = source.name(start)
        member = leaf.parent if leaf is not None else None
        body = member.parent if member is not None else None
        if leaf is None or body is None or body.type not in _BODIES:
            return [start]
        table = self.table(source, body)
        return next((starts for starts in table.values() if start in starts), [start])

    def _enter(self, source: Source, member: Node, table: Table) -> None:
        if member.type == "object_assignment_pattern":
            member = member.child_by_field_name("left") or member
        if member.type in _SHORTHANDS:
            table.setdefault((False, source.text(member)), []).append(member.start_byte)
        if member.type not in _SIGNATURES:
            return
        field = {"pair": "key", "pair_pattern": "key", "field_definition": "property"}.get(member.type, "name")
        name = member.child_by_field_name(field)
        key = key_of(source, name)
        if name is not None and key is not None:
            at = name.start_byte + (name.type == "string")
            table.setdefault((has_word(member, "static"), key), []).append(at)
        if key == "constructor" and source.typed:
            self._enter_parameters(source, member, table)

    def _enter_parameters(self, source: Source, constructor: Node, table: Table) -> None:
        parameters = constructor.child_by_field_name("parameters")
        for parameter in parameters.named_children if parameters is not None else ():
            marked = any(
                child.type in ("accessibility_modifier", "readonly", "override_modifier")
                for child in parameter.children
            )
            name = parameter.child_by_field_name("pattern")
            if marked and name is not None:
                table.setdefault((False, source.text(name)), []).append(name.start_byte)
