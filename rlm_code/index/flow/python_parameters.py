"""The parameters in a Python function's header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.flow.expressions import Parameter
from rlm_code.index.flow.python_expressions import read
from rlm_code.index.python.tree import text_of

if TYPE_CHECKING:
    from tree_sitter import Node

_KINDS = {"list_splat_pattern": "*", "dictionary_splat_pattern": "**"}


def parameters_of(function: Node) -> list[Parameter]:
    """The parameters of a function or lambda in order."""
    given = function.child_by_field_name("parameters")
    found: list[Parameter] = []
    kind = "plain"
    for node in given.named_children if given else ():
        if node.type == "positional_separator":
            found = [parameter._replace(kind="positional") for parameter in found]
        elif node.type == "keyword_separator":
            kind = "keyword"
        else:
            parameter = _parameter(node, kind)
            found += [parameter] if parameter else []
            kind = "keyword" if parameter and parameter.kind == "*" else kind
    return found


def _parameter(node: Node, kind: str) -> Parameter | None:
    name = node.child_by_field_name("name") or node
    if node.type == "typed_parameter":
        name = node.named_children[0]
    kind = _KINDS.get(name.type, kind)
    if name.type in _KINDS and name.named_children:
        name = name.named_children[0]
    if name.type != "identifier":
        return None
    value = node.child_by_field_name("value")
    return Parameter(text_of(name), name.start_byte, kind, read(value) if value else None)
