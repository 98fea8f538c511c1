"""What a decorated Python function's name stands for where its decorators make an object of it: `@click.group()`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.python.tree import decorators_of, node_at
from rlm_code.index.values import Instance, Target, Value

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.python.types import PythonTypes, Values

_LEAVING = frozenset({"staticmethod", "classmethod", "property", "overload", "override", "abstractmethod", "wraps"})


def made_of(types: PythonTypes, target: Target) -> Values:
    """The objects that decorators make of a function; () if they leave a function, or who knows what."""
    definition = types.definition(target)
    head = types.index.data(target.path)[definition.start : definition.name_start]
    if all(name.rpartition(".")[2] in _LEAVING for name in decorators_of(head)):
        return ()
    return types.memo.get(("decorated", target), lambda: _made_of(types, target))


def _made_of(types: PythonTypes, target: Target) -> Values:
    definition = types.definition(target)
    tree = types.index.syntax(target.path, (definition.start, definition.end)).tree
    name = node_at(tree, definition.name_start, definition.name_end)
    around = name.parent.parent if name and name.parent else None
    decorators = [child for child in around.children if child.type == "decorator"] if around else []
    made: Values = ()
    for decorator in reversed(decorators):
        given = _given_by(types, target.path, decorator)
        objects = tuple(value for value in given if isinstance(value, Instance) and not _is_descriptor(types, value))
        made = objects or made
    return made


def _given_by(types: PythonTypes, path: str, decorator: Node) -> Values:
    """What applying a decorator gives."""
    values = types.objects(path, decorator.named_children[0]) if decorator.named_children else ()
    found: list[Value] = []
    for value in values:
        found += types.calls.given_by(path, value, None)
    return tuple(dict.fromkeys(found))


def _is_descriptor(types: PythonTypes, value: Instance) -> bool:
    return bool(types.links.class_members(value.of, "__get__")[0])
