"""What the nodes of a grammar are, said in tables: how members are reached, calls made, types written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rlm_code.index.typed.tree import child, children_of_type

if TYPE_CHECKING:
    from tree_sitter import Node

Part = str | int
"""Where something stands in a node: a field, a named child by number, or `@type` for the last child of a type."""


class Reach(NamedTuple):
    """A node that reaches a member: where the object and where the name stand in it."""

    object: Part
    name: Part


class Grammar(NamedTuple):
    """What the nodes of a grammar are.

    `members` reach a member and, where they hold arguments too, call it; `calls` call what stands in a part of them;
    `made` make an object of the type there, `casts` say the type; `same` are what stands there; `elements` take one of
    many. `wrappers` are put around a name (`$x`, `f<T>`). `types` are written types that are what they hold, `arrays`
    many of it, `generics` a class with arguments. `results` and `declared` are where the type of a function and of
    anything else stands; `values`, by node, where what it starts as. `checks` ask whether an object is of a type.
    """

    identifiers: frozenset[str]
    members: dict[str, Reach]
    calls: dict[str, Part]
    made: dict[str, Part]
    same: dict[str, Part]
    elements: dict[str, Part]
    casts: dict[str, Part]
    wrappers: frozenset[str]
    types: frozenset[str]
    arrays: frozenset[str]
    generics: frozenset[str]
    results: tuple[Part, ...]
    declared: tuple[Part, ...]
    values: dict[str, Part]
    arguments: tuple[Part, ...] = ("arguments",)
    parameters: tuple[Part, ...] = ("parameters",)
    this: frozenset[str] = frozenset({"this"})
    base: frozenset[str] = frozenset({"super"})
    checks: dict[str, Reach] = {}  # noqa: RUF012 - never changed
    literals: dict[str, str] = {}  # noqa: RUF012 - never changed


def part_of(node: Node, part: Part) -> Node | None:
    """What stands in a node where a grammar says."""
    if isinstance(part, int):
        return child(node, part)
    if part.startswith("@"):
        found = children_of_type(node, part[1:])
        return found[-1] if found else None
    return node.child_by_field_name(part)


def first_part(node: Node, parts: tuple[Part, ...]) -> Node | None:
    """The first of several places in a node where something stands."""
    return next((found for part in parts if (found := part_of(node, part)) is not None), None)


def first_leaf(node: Node | None) -> Node | None:
    """The first leaf in a node."""
    while node is not None and node.named_child_count:
        node = child(node, 0)
    return node
