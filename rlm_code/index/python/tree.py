"""Small questions to Python's syntax tree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node, Tree

_DECORATOR = re.compile(rb"^\s*@\s*([\w.]+)", re.MULTILINE)
_ASSIGNING = frozenset({"pattern_list", "tuple_pattern", "list_pattern", "list_splat_pattern"})


def node_at(tree: Tree | None, start: int, end: int) -> Node | None:
    """The smallest named node that holds the bytes between two offsets."""
    return tree.root_node.named_descendant_for_byte_range(start, end) if tree else None


def text_of(node: Node) -> str:
    """The text of a node."""
    return (node.text or b"").decode("utf-8", "replace")


def decorators_of(head: bytes) -> list[str]:
    """The names of the decorators in what stands before a definition's name, as written."""
    return [name.decode("utf-8", "replace") for name in _DECORATOR.findall(head)] if b"@" in head else []


def enclosing_function(node: Node | None) -> Node | None:
    """The function or lambda around a node."""
    while node and node.type not in ("function_definition", "lambda"):
        node = node.parent
    return node


def first_parameter(function: Node) -> Node | None:
    """The name of a function's first parameter."""
    parameters = function.child_by_field_name("parameters")
    first = (
        next((child for child in parameters.named_children if child.type != "comment"), None) if parameters else None
    )
    while first and first.type != "identifier" and first.type in ("typed_parameter", "default_parameter"):
        first = first.named_children[0]
    return first if first and first.type == "identifier" else None


def descend(name: Node | None) -> tuple[Node | None, tuple[str | int, ...]]:
    """The assignment that gives a name its value, and the steps that lead from the value to it."""
    steps: list[str | int] = []
    node = name.parent if name and name.parent and name.parent.type == "attribute" else name
    while node and node.parent:
        parent = node.parent
        if parent.type == "assignment":
            return (parent, tuple(reversed(steps))) if parent.child_by_field_name("left") == node else (None, ())
        if parent.type not in _ASSIGNING:
            return None, ()
        steps.append("*" if parent.type == "list_splat_pattern" else parent.named_children.index(node))
        node = parent
    return None, ()


def statements_of(function: Node, kinds: frozenset[str]) -> list[Node]:
    """The statements and expressions of some kinds that a function's own body holds, in order."""
    found: list[Node] = []
    body = function.child_by_field_name("body")
    pending = list(reversed(body.children)) if body else []
    while pending:
        node = pending.pop()
        if node.type in kinds:
            found.append(node)
        if node.type not in ("function_definition", "class_definition", "lambda"):
            pending.extend(reversed(node.children))
    return found
