"""What Python statements and calls put into members and containers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.flow.expressions import Call, Constant, Expression, Item, Member, Store
from rlm_code.index.flow.python_expressions import read, read_call
from rlm_code.index.python.tree import text_of

if TYPE_CHECKING:
    from tree_sitter import Node

_ADDING = {"append": 0, "add": 0, "appendleft": 0, "insert": 1, "setdefault": 1, "extend": 0, "update": 0}
_SPREADING = frozenset({"extend", "update"})


def set_by_name(node: Node) -> Store | None:
    """What a call of `setattr` assigns where the member's name is written out; None for another call."""
    callee = node.child_by_field_name("function")
    if callee is None or callee.type != "identifier" or text_of(callee) != "setattr":
        return None
    given = [argument.value for argument in read_call(node).arguments]
    if len(given) != 3 or not isinstance(given[1], Constant):
        return None
    return Store(given[0], str(given[1].value), None, given[2])


def added_by(node: Node) -> list[Store]:
    """What a call of a container's method puts into the container."""
    callee = node.child_by_field_name("function")
    name = callee.child_by_field_name("attribute") if callee and callee.type == "attribute" else None
    return _added(read_call(node), text_of(name)) if name is not None and text_of(name) in _ADDING else []


def stores_into(left: Node, value: Expression) -> list[Store]:
    """What an assignment to a target puts into members and containers."""
    if left.type == "attribute":
        of, name = left.child_by_field_name("object"), left.child_by_field_name("attribute")
        return [Store(read(of), text_of(name), None, value)] if of and name else []
    if left.type == "subscript":
        of, key = left.child_by_field_name("value"), left.child_by_field_name("subscript")
        keyed = read(key) if key and key.type != "slice" else None
        return [Store(read(of), None, keyed, value, spread=bool(key and key.type == "slice"))] if of else []
    if left.type in ("pattern_list", "tuple_pattern", "list_pattern"):
        return _stores_of_each(left.named_children, value)
    return []


def _stores_of_each(parts: list[Node], value: Expression) -> list[Store]:
    return [
        store
        for number, part in enumerate(parts)
        for store in stores_into(part, Item(value.start, value.end, value, Constant(value.start, value.start, number)))
    ]


def _added(call: Call, name: str) -> list[Store]:
    if not isinstance(call.callee, Member):
        return []
    of, plain = call.callee.of, [argument for argument in call.arguments if not argument.name]
    found = [
        Store(of, None, Constant(call.start, call.start, argument.name), argument.value)
        for argument in call.arguments
        if argument.name and name == "update"
    ]
    if len(plain) > _ADDING[name]:
        key = plain[0].value if name == "setdefault" else None
        found.append(Store(of, None, key, plain[_ADDING[name]].value, spread=name in _SPREADING))
    return found
