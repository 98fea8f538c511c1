"""What a script's module or namespace exports, as its statements say, not followed any further.

One table a block of statements: names with where each leads. It knows no other file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from rlm_code.index.script.syntax import (
    NAMESPACES,
    Source,
    has_word,
    key_of,
    string_of,
    unwrapped,
)

if TYPE_CHECKING:
    from tree_sitter import Node

_NAMED = frozenset(
    {"function_declaration", "generator_function_declaration", "class_declaration", "abstract_class_declaration",
     "interface_declaration", "type_alias_declaration", "enum_declaration", "function_signature"}
)  # fmt: skip
_VARIABLES = frozenset({"lexical_declaration", "variable_declaration"})
_LEAVES = frozenset({"identifier", "shorthand_property_identifier_pattern"})


class Item(NamedTuple):
    """Where an exported name leads: a declaration whose name is at `start`; a name as it is seen at `start`; a name
    of another module; another module whole; an expression from `start` to `end`, exported by the word at `at`; a
    property assigned at `start`."""

    kind: Literal["declaration", "name", "from", "module", "expression", "property"]
    start: int
    end: int = 0
    name: str = ""
    module: str = ""
    at: int = -1


class Table(NamedTuple):
    """The exported names of one block, the modules of which all is exported, and what is exported as a whole
    (`export =`, `module.exports =`)."""

    names: dict[str, list[Item]]
    stars: list[str]
    assigned: list[Item]
    has_syntax: bool


class Tables:
    """The tables of one snapshot's scripts, each made when it is first asked for."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, int], Table] = {}

    def of(self, source: Source, block: Node | None = None, *, ambient: bool = False) -> Table:
        """What a module, or a block of a namespace, exports."""
        key = (source.path, block.start_byte if block is not None else -1)
        if key not in self._made:
            self._made[key] = table_of(source, block if block is not None else source.root, ambient=ambient)
        return self._made[key]


def table_of(source: Source, block: Node, *, ambient: bool) -> Table:
    """The exports of a program, or of a namespace's body. `ambient`: all that is declared in it is exported."""
    table = Table({}, [], [], any(child.type in ("import_statement", "export_statement") for child in block.children))
    for statement in block.named_children:
        if statement.type == "export_statement":
            _exported(source, statement, table)
        elif statement.type == "expression_statement" and statement.named_children:
            inner = statement.named_children[0]
            if inner.type == "assignment_expression":
                _assigned(source, inner, table)
            elif ambient:
                _add_declared(source, inner, table)
        elif statement.type in _VARIABLES and not source.typed:
            _assigned_in_variables(source, statement, table)
        if ambient:
            _add_declared(source, statement, table)
    return table


def declared(source: Source, statement: Node) -> Iterator[tuple[str, Node]]:
    """The names that a declaration binds, with their nodes."""
    if statement.type in ("ambient_declaration", "expression_statement"):
        for child in statement.named_children:
            yield from declared(source, child)
    elif statement.type in _VARIABLES:
        for declarator in statement.named_children:
            for leaf in _leaves(declarator.child_by_field_name("name")):
                yield source.text(leaf), leaf
    else:
        name = _name_of(statement)
        if name is not None and name.type != "string":
            yield source.text(name), name


def _name_of(statement: Node) -> Node | None:
    """The name of a declaration; of `namespace A.B` the first."""
    if statement.type == "import_alias":
        return statement.named_children[0]
    name = statement.child_by_field_name("name") if statement.type in _NAMED | NAMESPACES else None
    while name is not None and name.type == "nested_identifier":
        name = name.child_by_field_name("object")
    return name


def _leaves(pattern: Node | None) -> Iterator[Node]:
    """The names that a pattern binds."""
    if pattern is None:
        return
    if pattern.type in _LEAVES:
        yield pattern
    elif pattern.type == "pair_pattern":
        yield from _leaves(pattern.child_by_field_name("value"))
    elif pattern.type in ("assignment_pattern", "object_assignment_pattern"):
        yield from _leaves(pattern.child_by_field_name("left"))
    elif pattern.type in ("object_pattern", "array_pattern", "rest_pattern"):
        for child in pattern.named_children:
            yield from _leaves(child)


def _add_declared(source: Source, statement: Node, table: Table) -> None:
    for name, node in declared(source, statement):
        table.names.setdefault(name, []).append(Item("declaration", node.start_byte, node.end_byte))


def _exported(source: Source, statement: Node, table: Table) -> None:
    module = string_of(source, statement.child_by_field_name("source"))
    declaration = statement.child_by_field_name("declaration")
    value = statement.child_by_field_name("value")
    default = has_word(statement, "default")
    if declaration is not None:
        if not default:
            _add_declared(source, declaration, table)
            return
        value = declaration
    if value is not None:
        _default(source, statement, value, table)
        return
    for child in statement.named_children:
        if child.type == "export_clause":
            _clause(source, child, module, table)
        elif child.type == "namespace_export" and module is not None and child.named_children:
            name = key_of(source, child.named_children[0]) or ""
            table.names.setdefault(name, []).append(Item("module", child.start_byte, module=module))
        elif module is None and has_word(statement, "="):
            table.assigned.append(_of_expression(source, child, statement.start_byte))
        elif child.type in ("import_alias",):
            _add_declared(source, child, table)
    if module is not None and has_word(statement, "*"):
        table.stars.append(module)


def _default(source: Source, statement: Node, value: Node, table: Table) -> None:
    name = value.child_by_field_name("name") if value.type in _NAMED else None
    word = next(child for child in statement.children if child.type == "default")
    item = Item("declaration", name.start_byte) if name else _of_expression(source, value, word.start_byte)
    table.names.setdefault("default", []).append(item)


def _of_expression(source: Source, node: Node, at: int) -> Item:
    inner = unwrapped(node) or node
    if inner.type == "identifier":
        return Item("name", inner.start_byte, inner.end_byte, source.text(inner))
    return Item("expression", inner.start_byte, inner.end_byte, at=at)


def _clause(source: Source, clause: Node, module: str | None, table: Table) -> None:
    for specifier in clause.named_children:
        name = specifier.child_by_field_name("name")
        if specifier.type != "export_specifier" or name is None:
            continue
        inner = key_of(source, name) or ""
        outer = key_of(source, specifier.child_by_field_name("alias")) or inner
        kind: Literal["name", "from"] = "name" if module is None else "from"
        item = Item(kind, name.start_byte, name.end_byte, inner, module or "")
        table.names.setdefault(outer, []).append(item)


def _assigned_in_variables(source: Source, statement: Node, table: Table) -> None:
    """`var app = module.exports = {}`."""
    for declarator in statement.named_children:
        value = declarator.child_by_field_name("value")
        if value is not None and value.type == "assignment_expression":
            _assigned(source, value, table)


def _assigned(source: Source, assignment: Node, table: Table) -> None:
    """`module.exports = …`, `exports.name = …`, and chains of them."""
    lefts = []
    right: Node | None = assignment
    while right is not None and right.type == "assignment_expression":
        lefts.append(right.child_by_field_name("left"))
        right = unwrapped(right.child_by_field_name("right"))
    for left in lefts:
        if left is None or left.type != "member_expression" or right is None:
            continue
        owner, name = left.child_by_field_name("object"), left.child_by_field_name("property")
        if owner is None or name is None:
            continue
        whole = source.text(owner)
        if whole == "module" and source.text(name) == "exports":
            table.assigned.append(_of_expression(source, right, name.start_byte))
        elif whole in ("exports", "module.exports", "this"):
            item = Item("property", name.start_byte)
            if right.type == "identifier" and source.text(right) != "undefined":
                item = _of_expression(source, right, name.start_byte)
            table.names.setdefault(source.text(name), []).append(item)
