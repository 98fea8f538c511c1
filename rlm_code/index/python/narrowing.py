"""What conditions say of an expression where it stands: `isinstance(x, C)` before it, `case C():` around it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rlm_code.index.python.patterns import classes_of, objects_of
from rlm_code.index.python.tree import text_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.python.types import PythonTypes, Values

_MOST_CLIMBED = 60
_LEAVING = frozenset({"return_statement", "raise_statement", "continue_statement", "break_statement"})


def narrowed_to(types: PythonTypes, path: str, node: Node) -> Values:
    """The classes' objects that an expression must be where it stands, () if no condition tells."""
    data = types.index.data(path)
    start, end = types.links.scope(path).function_span(node.start_byte) or (0, len(data))
    if data.find(b"isinstance", start, end) < 0 and data.find(b"case ", start, end) < 0:
        return ()
    return next((found for check in _checks(node) if (found := _checked(types, path, check, node))), ())


def _checks(node: Node) -> Iterator[Node]:
    """The conditions that hold where a node stands, innermost first."""
    child, parent = node, node.parent
    for _ in range(_MOST_CLIMBED):
        if parent is None or child.type in ("function_definition", "lambda", "class_definition"):
            return
        yield from _says(parent, child)
        child, parent = parent, parent.parent


def _says(parent: Node, child: Node) -> Iterator[Node]:
    """The conditions that a node makes sure of where one of its children stands."""
    if parent.type in ("if_statement", "elif_clause", "while_statement"):
        if child in (parent.child_by_field_name("consequence"), parent.child_by_field_name("body")):
            yield from _conjuncts(parent.child_by_field_name("condition"))
    elif parent.type == "boolean_operator" and parent.child_by_field_name("right") == child:
        operator = parent.child_by_field_name("operator")
        if operator and operator.type == "and":
            yield from _conjuncts(parent.child_by_field_name("left"))
    elif parent.type == "conditional_expression" and parent.named_children[0] == child:
        yield from _conjuncts(parent.named_children[1])
    elif parent.type == "case_clause" and parent.child_by_field_name("consequence") == child:
        yield parent
    elif parent.type in ("block", "module"):
        yield from _before(child)
    elif parent.type.endswith(("comprehension", "generator_expression")):
        yield from _filters(parent)


def _filters(comprehension: Node) -> Iterator[Node]:
    for clause in comprehension.named_children:
        if clause.type == "if_clause" and clause.named_children:
            yield from _conjuncts(clause.named_children[0])


def _conjuncts(condition: Node | None) -> Iterator[Node]:
    if condition is None:
        return
    operator = condition.child_by_field_name("operator")
    if condition.type == "boolean_operator" and operator and operator.type == "and":
        yield from _conjuncts(condition.child_by_field_name("left"))
        yield from _conjuncts(condition.child_by_field_name("right"))
    elif condition.type == "parenthesized_expression" and condition.named_children:
        yield from _conjuncts(condition.named_children[0])
    else:
        yield condition


def _before(statement: Node) -> Iterator[Node]:
    """What statements before one in its block make sure of: assertions, and `if not …: return`."""
    previous = statement.prev_named_sibling
    while previous:
        if previous.type == "assert_statement" and previous.named_children:
            yield from _conjuncts(previous.named_children[0])
        elif previous.type == "if_statement":
            yield from _otherwise_left(previous)
        previous = previous.prev_named_sibling


def _otherwise_left(statement: Node) -> Iterator[Node]:
    condition, body = statement.child_by_field_name("condition"), statement.child_by_field_name("consequence")
    if condition is None or body is None or condition.type != "not_operator" or not body.named_children:
        return
    if body.named_children[-1].type in _LEAVING and statement.child_by_field_name("alternative") is None:
        yield from _conjuncts(condition.child_by_field_name("argument"))


def _checked(types: PythonTypes, path: str, check: Node, node: Node) -> Values:
    """What one condition says of a node."""
    if check.type == "case_clause":
        return objects_of(types, path, _asked_by(check, node))
    function, arguments = check.child_by_field_name("function"), check.child_by_field_name("arguments")
    if check.type != "call" or function is None or arguments is None or text_of(function) != "isinstance":
        return ()
    given = arguments.named_children
    if len(given) != 2 or text_of(given[0]) != text_of(node) or given[0] == node:
        return ()
    is_several = given[1].type in ("tuple", "parenthesized_expression")
    return objects_of(types, path, given[1].named_children if is_several else given[1:])


def _asked_by(clause: Node, node: Node) -> list[Node]:
    """The classes one of which the pattern around a clause asks for, if the subject reads like a node."""
    statement = clause.parent.parent if clause.parent else None
    subjects = statement.children_by_field_name("subject") if statement else []
    patterns = [child for child in clause.named_children if child.type == "case_pattern"]
    return (
        classes_of(patterns[0]) if len(patterns) == 1 and [text_of(one) for one in subjects] == [text_of(node)] else []
    )
