"""The nodes of a Python file's tree that matter to value flow, found once for the file."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node, Query, Tree

_QUERY = """
(call) @call (decorator) @decorator (return_statement) @return (yield) @yield (lambda) @function
(function_definition) @function (class_definition) @class (for_statement) @each (for_in_clause) @each
(with_item) @enter (assignment) @assignment (augmented_assignment) @augmented
"""
_QUERIES: dict[str, Query] = {}


def nodes_of(tree: Tree) -> dict[str, list[Node]]:
    """The nodes that matter, by what they are, in order of the source, outer before inner."""
    from tree_sitter import QueryCursor

    found = QueryCursor(_query(tree)).captures(tree.root_node)  # in the order of a set
    return {kind: sorted(nodes, key=lambda node: (node.start_byte, -node.end_byte)) for kind, nodes in found.items()}


def within(nodes: Sequence[Node], start: int, end: int) -> Sequence[Node]:
    """Those of some nodes in order that start between two offsets."""
    first, last = (bisect_left(nodes, offset, key=lambda node: node.start_byte) for offset in (start, end))
    return nodes[first:last]


def _query(tree: Tree) -> Query:
    from tree_sitter import Query

    found = _QUERIES.get("python")
    if found is None:
        found = _QUERIES["python"] = Query(tree.language, _QUERY)
    return found
