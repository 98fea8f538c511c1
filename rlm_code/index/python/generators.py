"""What a Python generator gets: what is sent to it, and what one that it delegates to returns."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rlm_code.index.fileview import FUNCTIONS
from rlm_code.index.python.annotations import parts_of
from rlm_code.index.python.tree import enclosing_function, statements_of, text_of
from rlm_code.index.values import Target, Value

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.python.types import PythonTypes, Values

_GENERATORS = frozenset({"Generator", "AsyncGenerator"})
_RETURNS = frozenset({"return_statement"})
_SENT, _RETURNED = 1, 2


def given_by_yield(types: PythonTypes, path: str, node: Node) -> Values:
    """What a `yield` expression stands for."""
    if any(child.type == "from" for child in node.children):
        return _returned(types, path, node.named_children[0]) if node.named_children else ()
    function = enclosing_function(node)
    annotation = function.child_by_field_name("return_type") if function is not None else None
    return _part(types, path, annotation, _SENT)


def _part(types: PythonTypes, path: str, annotation: Node | None, place: int) -> Values:
    """What one argument of the type of a generator allows."""
    while annotation is not None and annotation.type == "type" and annotation.named_children:
        annotation = annotation.named_children[0]
    if annotation is None or annotation.type not in ("generic_type", "subscript"):
        return ()
    base, arguments = parts_of(annotation)
    is_generator = base is not None and text_of(base).rpartition(".")[2] in _GENERATORS
    return types.annotations.values(path, arguments[place]) if is_generator and place < len(arguments) else ()


def _returned(types: PythonTypes, path: str, call: Node) -> Values:
    """What the generators return that a call gives."""
    function = call.child_by_field_name("function") if call.type == "call" else None
    found: list[Value] = []
    for value in types.objects(path, function):
        if isinstance(value, Target) and types.definition(value).kind in FUNCTIONS:
            found += types.memo.get(("returned by generator", value), partial(_by_generator, types, value))
    return tuple(dict.fromkeys(found))


def _by_generator(types: PythonTypes, target: Target) -> Values:
    node = types.node_of(target)
    if node is None:
        return ()
    annotation = node.child_by_field_name("return_type")
    if annotation is not None:
        return _part(types, target.path, annotation, _RETURNED)
    results = (one.named_children[0] for one in statements_of(node, _RETURNS) if one.named_children)
    return tuple(dict.fromkeys(value for one in results for value in types.objects(target.path, one)))
