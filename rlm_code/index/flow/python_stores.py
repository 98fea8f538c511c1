"""What Python statements and calls put into members and containers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from rlm_code.index.flow.expressions import Call, Constant, Expression, Item, Member, Name, Store
from rlm_code.index.flow.python_expressions import read
from rlm_code.index.python.tree import text_of

if TYPE_CHECKING:
    from tree_sitter import Node

_ADDING = {"append": 0, "add": 0, "appendleft": 0, "insert": 1, "setdefault": 1, "extend": 0, "update": 0}
_SPREADING = frozenset({"extend", "update"})


class Stores(NamedTuple):
    """What a file assigns to members, by the member's name, and what it puts into containers."""

    members: dict[str, list[Store]]
    items: list[Store]


def stores_in(assigned: Iterable[Node], augmented: Iterable[Node], calls: Iterable[Call]) -> Stores:
    """What assignments, augmented ones and calls put into members and containers."""
    found: list[Store] = []
    for node in assigned:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left and right:
            found += _into(left, read(right))
    for node in augmented:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left and right:
            found.append(Store(read(left), None, None, read(right), spread=True))
    added: list[Store] = []
    for call in calls:
        named = set_by_name(call)
        found += [named] if named else []
        added += _added(call)
    members: dict[str, list[Store]] = {}
    for store in found:
        if store.name is not None:
            members.setdefault(store.name, []).append(store)
    return Stores(members, [*(store for store in found if store.name is None), *added])


def set_by_name(call: Call) -> Store | None:
    """What a call of `setattr` assigns where the member's name is written out; None for another call."""
    given = [argument.value for argument in call.arguments]
    is_setting = isinstance(call.callee, Name) and call.callee.name == "setattr"
    if not is_setting or len(given) != 3 or not isinstance(given[1], Constant):
        return None
    return Store(given[0], str(given[1].value), None, given[2])


def _into(left: Node, value: Expression) -> list[Store]:
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
        for store in _into(part, Item(value.start, value.end, value, Constant(value.start, value.start, number)))
    ]


def _added(call: Call) -> list[Store]:
    """What a call of a container's method puts into the container."""
    if not isinstance(call.callee, Member) or call.callee.name not in _ADDING:
        return []
    of, name = call.callee.of, call.callee.name
    plain = [argument for argument in call.arguments if not argument.name]
    found = [
        Store(of, None, Constant(call.start, call.start, argument.name), argument.value)
        for argument in call.arguments
        if argument.name and name == "update"
    ]
    if len(plain) > _ADDING[name]:
        key = plain[0].value if name == "setdefault" else None
        found.append(Store(of, None, key, plain[_ADDING[name]].value, spread=name in _SPREADING))
    return found
