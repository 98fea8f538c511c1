"""What the patterns of Python's `match` bind: by what they are held against, and by the classes that they name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rlm_code.index.python.tree import text_of
from rlm_code.index.values import EXTERNAL, Container, Instance, Target, Value

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.python.types import PythonTypes, Values

_SAME = frozenset({"case_pattern", "union_pattern", "as_pattern"})
_MOST_DEEP = 20


def captured(types: PythonTypes, path: str, name: Node) -> Values:
    """What a name holds that a pattern binds; () for a name that stands in none."""
    pattern = name.parent
    if pattern is None:
        return ()
    if pattern.type == "splat_pattern":
        return _rest(types, path, pattern)
    if pattern.type == "as_pattern":
        return _made(types, path, pattern.named_children[0]) or _matched(types, path, pattern)
    return _matched(types, path, pattern) if pattern.type == "dotted_name" else ()


def classes_of(pattern: Node) -> list[Node]:
    """The names of the classes one of which a pattern asks for, None aside; [] if it asks for something else."""
    if pattern.type == "class_pattern":
        return pattern.named_children[:1]
    if pattern.type in ("case_pattern", "union_pattern") or _is_group(pattern):
        found = [classes_of(child) for child in pattern.named_children if child.type != "none"]
        return [name for names in found for name in names] if all(found) else []
    return []


def objects_of(types: PythonTypes, path: str, classes: list[Node]) -> Values:
    """Objects of the classes that expressions stand for, those in `A | B` and in tuples among them."""
    found: list[Value] = []
    for one in classes:
        if one.type == "binary_operator":
            found += objects_of(types, path, one.named_children)
            continue
        for value in types.objects(path, one):
            several = types.containers.elements(path, (value,)) if isinstance(value, Container) else (value,)
            found += (Instance(inner) if isinstance(inner, Target) else EXTERNAL for inner in several)
    return tuple(dict.fromkeys(found))


def _made(types: PythonTypes, path: str, pattern: Node) -> Values:
    return objects_of(types, path, classes_of(pattern))


def _matched(types: PythonTypes, path: str, pattern: Node) -> Values:
    """What a pattern is held against."""
    around = pattern.parent
    for _ in range(_MOST_DEEP):
        if around is None or not (around.type in _SAME or _is_group(around)):
            break
        pattern, around = around, around.parent
    if around is None:
        return ()
    reader = _READERS.get(around.type)
    return reader(types, path, around, pattern) if reader else ()


def _subject(types: PythonTypes, path: str, clause: Node, pattern: Node) -> Values:
    statement = clause.parent.parent if clause.parent else None
    subjects = statement.children_by_field_name("subject") if statement else []
    patterns = [child for child in clause.named_children if child.type == "case_pattern"]
    if len(subjects) == 1:
        values = types.objects(path, subjects[0])
        return values if len(patterns) == 1 else _element(types, path, values, patterns, pattern)
    at = patterns.index(pattern)
    return types.objects(path, subjects[at]) if len(subjects) == len(patterns) else ()


def _keyed(types: PythonTypes, path: str, keyword: Node, _pattern: Node) -> Values:
    around = keyword.parent.parent if keyword.parent else None
    return _field(types, path, around, text_of(keyword.named_children[0])) if around else ()


def _item(types: PythonTypes, path: str, mapping: Node, _pattern: Node) -> Values:
    return types.containers.item(path, _matched(types, path, mapping), None)


def _listed(types: PythonTypes, path: str, sequence: Node, pattern: Node) -> Values:
    return _element(types, path, _matched(types, path, sequence), sequence.named_children, pattern)


def _element(types: PythonTypes, path: str, values: Values, patterns: list[Node], pattern: Node) -> Values:
    """What one of the patterns is held against by which values are taken apart."""
    at = patterns.index(pattern)
    if any(_is_splat(one) for one in patterns[:at]):
        return types.containers.elements(path, values)
    return types.containers.item(path, values, at)


def _rest(types: PythonTypes, path: str, splat: Node) -> Values:
    around = splat.parent
    if around is not None and around.type == "case_pattern":
        around = around.parent
    if around is None or around.type not in ("list_pattern", "tuple_pattern"):
        return ()
    return (Container("list", (types.containers.elements(path, _matched(types, path, around)),)),)


def _field(types: PythonTypes, path: str, pattern: Node, name: str) -> Values:
    """What the objects have under a name of which a pattern names the class."""
    found: list[Value] = []
    for value in _made(types, path, pattern):
        found += types.held(types.member(path, (value,), name)[0], value)
    return tuple(dict.fromkeys(found))


def _by_place(types: PythonTypes, path: str, around: Node, pattern: Node) -> Values:
    place = around.named_children.index(pattern) - 1
    found: list[Value] = []
    for value in _made(types, path, around):
        fields = types.classes.matched_by_place(value.of) if isinstance(value, Instance) else []
        if place < len(fields):
            found += _field(types, path, around, fields[place])
        elif value == EXTERNAL:
            found.append(value)
    return tuple(dict.fromkeys(found))


def _is_group(pattern: Node) -> bool:
    """Whether a pattern is one in brackets, not a tuple of one."""
    return pattern.type == "tuple_pattern" and pattern.named_child_count == 1 and pattern.child_count == 3


def _is_splat(pattern: Node) -> bool:
    return bool(pattern.named_children) and pattern.named_children[0].type == "splat_pattern"


_READERS: dict[str, Callable[[PythonTypes, str, Node, Node], Values]] = {
    "case_clause": _subject,
    "keyword_pattern": _keyed,
    "class_pattern": _by_place,
    "dict_pattern": _item,
    "list_pattern": _listed,
    "tuple_pattern": _listed,
}
"""What one of the patterns within a node is held against, by the node's type."""
