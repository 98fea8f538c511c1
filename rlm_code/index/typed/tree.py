"""Small readings of syntax trees."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node


def text_of(node: Node) -> str:
    """The text of a node."""
    return (node.text or b"").decode("utf-8", "replace")


def child(node: Node, at: int) -> Node | None:
    """The `at`-th named child (negative: from the end)."""
    children = node.named_children
    return children[at] if -len(children) <= at < len(children) else None


def children_of_type(node: Node, *kinds: str) -> list[Node]:
    """The named children of some types."""
    return [inner for inner in node.named_children if inner.type in kinds]


def identifier_at(root: Node, start: int) -> Node | None:
    """The leaf that starts at an offset; None if none does."""
    node = root.descendant_for_byte_range(start, start + 1)
    return node if node is not None and node.start_byte == start and not node.child_count else None


def is_field(node: Node, field: str) -> bool:
    """Whether a node stands in a field of its parent."""
    return node.parent is not None and node.parent.child_by_field_name(field) == node


def expressions(node: Node) -> list[Node]:
    """The named children without comments."""
    return [inner for inner in node.named_children if not inner.type.endswith("comment")]
