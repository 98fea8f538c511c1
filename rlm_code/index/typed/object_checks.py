"""Where code has made sure of an object's type: what a condition around a place says of a name.

A branch that is taken if `x is T` holds sees x as T, and so does what stands behind `x is T &&`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rlm_code.index.typed.object_grammar import Reach, part_of
from rlm_code.index.typed.tree import child, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

_MOST_DEEP = 60
_BRANCHES = ("consequence", "body")
_NOT = frozenset({"!", "!is", "not"})
_AND = frozenset({"&&", "and"})


def checked_type(leaf: Node, checks: dict[str, Reach]) -> Node | None:
    """The written type that the name at a leaf is known to be of, where it stands. `checks` are the nodes that ask."""
    below, at = leaf, leaf.parent
    for _ in range(_MOST_DEEP):
        if at is None or "function" in at.type or "method" in at.type:
            return None
        for condition in _held(at, below):
            written = _said_of(condition, text_of(leaf), checks)
            if written is not None:
                return written
        below, at = at, at.parent
    return None


def _held(at: Node, below: Node) -> Iterator[Node]:
    """The conditions that hold in a part of a node."""
    condition = at.child_by_field_name("condition")
    if condition is not None and at.type.startswith("if") and below != condition and _is_first_branch(at, below):
        yield condition
    left, operator = at.child_by_field_name("left"), at.child_by_field_name("operator")
    joint = text_of(operator) if operator is not None else text_of(at.children[1]) if at.child_count == 3 else ""
    if left is not None and left != below and joint in _AND:
        yield left


def _is_first_branch(at: Node, below: Node) -> bool:
    named = next((found for field in _BRANCHES if (found := at.child_by_field_name(field)) is not None), None)
    return below == (named if named is not None else child(at, 1))


def _said_of(condition: Node, name: str, checks: dict[str, Reach]) -> Node | None:
    """The type that a condition, or what must hold for it, asks of a name."""
    reach = checks.get(condition.type)
    asked, written = (part_of(condition, reach.object), part_of(condition, reach.name)) if reach else (None, None)
    is_negated = bool(_NOT & {inner.type for inner in condition.children})
    if asked is not None and text_of(asked).lstrip("$") == name and not is_negated:
        joint = condition.child_by_field_name("operator")
        if joint is None or text_of(joint) in ("instanceof", "is"):
            return written
    joints = {text_of(inner) for inner in condition.children if not inner.is_named}
    if condition.type.startswith("parenthesized") or joints & _AND:
        found = (_said_of(inner, name, checks) for inner in condition.named_children)
        return next((node for node in found if node is not None), None)
    return None
