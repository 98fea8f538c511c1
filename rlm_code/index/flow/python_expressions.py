"""Python's expressions → the expressions of value flow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.flow.expressions import (
    Argument,
    Call,
    Choice,
    Collection,
    Constant,
    Defined,
    Expression,
    Generated,
    Item,
    Lambda,
    Mapping,
    Member,
    Name,
    Opaque,
)
from rlm_code.index.python.tree import text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node

_MOST_DEEP = 60
_UNIONS = frozenset({"Optional", "Union", "Annotated", "Final", "ClassVar"})
COMPREHENSIONS = frozenset(
    {"list_comprehension", "set_comprehension", "generator_expression", "dictionary_comprehension"}
)


def read(node: Node, depth: int = 0) -> Expression:
    """The expression at a node."""
    reader = _READERS.get(node.type)
    if reader is None or depth > _MOST_DEEP:
        return Opaque(node.start_byte, node.end_byte)
    return reader(node, depth + 1)


def read_call(node: Node, depth: int = 0) -> Call:
    """The call at a `call` node."""
    callee = node.child_by_field_name("function")
    given = node.child_by_field_name("arguments")
    of: Expression = read(callee, depth) if callee else Opaque(node.start_byte, node.start_byte)
    if given is None:
        arguments: tuple[Argument, ...] = ()
    elif given.type == "generator_expression":
        arguments = (Argument(read(given, depth)),)
    else:
        arguments = tuple(_argument(child, depth) for child in given.named_children if child.type != "comment")
    at, name = last_name(of)
    return Call(node.start_byte, node.end_byte, of, arguments, at, name)


def applied(decorator: Node, name: Node, applied_before: int) -> Call:
    """The call that a decorator makes of what is below it."""
    of = read(decorator.named_children[0]) if decorator.named_children else Opaque(*decorator.byte_range)
    at, name_called = last_name(of)
    below = Defined(name.start_byte, name.end_byte, applied_before)
    return Call(decorator.start_byte, decorator.end_byte, of, (Argument(below),), at, name_called)


def last_name(of: Expression) -> tuple[int, str]:
    """Where the name stands that an expression ends with, brackets left out, and the name."""
    while isinstance(of, Call | Item):
        of = of.callee if isinstance(of, Call) else of.of
    if isinstance(of, Member):
        return of.at, of.name
    if isinstance(of, Name):
        return of.start, of.name
    if isinstance(of, Choice) and of.options:
        return last_name(of.options[0])
    return of.start, ""


def read_type(node: Node) -> Expression:
    """The classes that a type names, as a choice: both sides of a union, what `Optional` and the like hold."""
    while node.type == "type" and node.named_children:
        node = node.named_children[0]
    if node.type == "binary_operator":
        sides = (node.child_by_field_name("left"), node.child_by_field_name("right"))
        return Choice(node.start_byte, node.end_byte, tuple(read_type(side) for side in sides if side))
    if node.type in ("generic_type", "subscript") and node.named_children:
        first, *rest = node.named_children
        if text_of(first).rpartition(".")[2] not in _UNIONS:
            return read(first)
        inner = [
            part for child in rest for part in (child.named_children if child.type == "type_parameter" else [child])
        ]
        return Choice(node.start_byte, node.end_byte, tuple(read_type(part) for part in inner))
    if node.type == "string" and text_of(node)[1:-1].isidentifier():
        return Name(node.start_byte, node.end_byte, text_of(node)[1:-1])
    return read(node)


def _argument(node: Node, depth: int) -> Argument:
    if node.type == "keyword_argument":
        name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
        if name and value:
            return Argument(read(value, depth), text_of(name))
    if node.type in ("list_splat", "dictionary_splat") and node.named_children:
        return Argument(read(node.named_children[0], depth), None, "*" if node.type == "list_splat" else "**")
    return Argument(read(node, depth))


def _name(node: Node, _depth: int) -> Expression:
    return Name(node.start_byte, node.end_byte, text_of(node))


def _member(node: Node, depth: int) -> Expression:
    of, name = node.child_by_field_name("object"), node.child_by_field_name("attribute")
    if of is None or name is None:
        return Opaque(*node.byte_range)
    return Member(node.start_byte, node.end_byte, read(of, depth), text_of(name), name.start_byte)


def _item(node: Node, depth: int) -> Expression:
    of, key = node.child_by_field_name("value"), node.child_by_field_name("subscript")
    if of is None or key is None:
        return Opaque(*node.byte_range)
    return Item(node.start_byte, node.end_byte, read(of, depth), None if key.type == "slice" else read(key, depth))


def _collection(node: Node, depth: int) -> Expression:
    items = tuple(_argument(child, depth) for child in node.named_children if child.type != "comment")
    return Collection(node.start_byte, node.end_byte, items)


def _mapping(node: Node, depth: int) -> Expression:
    items: list[tuple[Expression | None, Expression]] = []
    for child in node.named_children:
        key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
        if child.type == "pair" and key and value:
            items.append((read(key, depth), read(value, depth)))
        elif child.type == "dictionary_splat" and child.named_children:
            items.append((None, read(child.named_children[0], depth)))
    return Mapping(node.start_byte, node.end_byte, tuple(items))


def _generated(node: Node, depth: int) -> Expression:
    body = node.child_by_field_name("body")
    if body is None:
        return Opaque(*node.byte_range)
    key, value = body.child_by_field_name("key"), body.child_by_field_name("value")
    if body.type == "pair" and key and value:
        return Generated(node.start_byte, node.end_byte, read(value, depth), read(key, depth))
    return Generated(node.start_byte, node.end_byte, read(body, depth))


def _conditional(node: Node, depth: int) -> Expression:
    parts = [child for child in node.named_children if child.type != "comment"]
    return Choice(node.start_byte, node.end_byte, tuple(read(part, depth) for part in (*parts[:1], *parts[2:])))


def _either(node: Node, depth: int) -> Expression:
    parts = [node.child_by_field_name("left"), node.child_by_field_name("right")]
    return Choice(node.start_byte, node.end_byte, tuple(read(part, depth) for part in parts if part))


def _joined(node: Node, depth: int) -> Expression:
    """`a + b`, `a | b` and `a * 2` of containers hold what both hold."""
    operator = node.child_by_field_name("operator")
    return _either(node, depth) if operator and operator.type in ("+", "|", "*") else Opaque(*node.byte_range)


def _inner(node: Node, depth: int) -> Expression:
    inner = [child for child in node.named_children if child.type != "comment"]
    return read(inner[0], depth) if len(inner) == 1 else Opaque(*node.byte_range)


def _value(node: Node, depth: int) -> Expression:
    value = node.child_by_field_name("value") or node.child_by_field_name("right")
    return read(value, depth) if value else Opaque(*node.byte_range)


def _string(node: Node, _depth: int) -> Expression:
    content = [child for child in node.named_children if child.type == "string_content"]
    plain = len(content) <= 1 and not any(child.type == "interpolation" for child in node.named_children)
    plain = plain and not (content and content[0].named_children)
    return Constant(*node.byte_range, text_of(content[0]) if content else "") if plain else Opaque(*node.byte_range)


def _integer(node: Node, _depth: int) -> Expression:
    try:
        return Constant(*node.byte_range, int(text_of(node), 0))
    except ValueError:
        return Opaque(*node.byte_range)


def _negative(node: Node, depth: int) -> Expression:
    inner = node.child_by_field_name("argument")
    operand = read(inner, depth) if inner and text_of(node).startswith("-") else None
    if isinstance(operand, Constant) and isinstance(operand.value, int):
        return Constant(*node.byte_range, -operand.value)
    return Opaque(*node.byte_range)


def _lambda(node: Node, _depth: int) -> Expression:
    return Lambda(*node.byte_range)


_READERS: dict[str, Callable[[Node, int], Expression]] = {
    "identifier": _name,
    "attribute": _member,
    "subscript": _item,
    "call": read_call,
    "lambda": _lambda,
    "list": _collection,
    "tuple": _collection,
    "set": _collection,
    "expression_list": _collection,
    "dictionary": _mapping,
    **dict.fromkeys(COMPREHENSIONS, _generated),
    "conditional_expression": _conditional,
    "boolean_operator": _either,
    "binary_operator": _joined,
    "parenthesized_expression": _inner,
    "await": _inner,
    "named_expression": _value,
    "assignment": _value,
    "string": _string,
    "integer": _integer,
    "unary_operator": _negative,
}
