"""Where the value of a Python expression goes next: into a variable, a member, a call, a result.

It errs on the side of too many places, since what is found is checked from the other end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from rlm_code.index.flow.expressions import Call
from rlm_code.index.flow.python_expressions import COMPREHENSIONS
from rlm_code.index.flow.python_file import CallSite, PythonFile
from rlm_code.index.flow.python_stores import set_by_name
from rlm_code.index.python.tree import text_of

if TYPE_CHECKING:
    from tree_sitter import Node

_TARGETS = frozenset(
    {"pattern_list", "tuple_pattern", "list_pattern", "list_splat_pattern", "as_pattern_target", "tuple", "list"}
)
_MIXING = frozenset(
    {"attribute", "dictionary", "list", "tuple", "set", "expression_list", "list_splat", "dictionary_splat", "pair",
     "binary_operator", "argument_list", "keyword_argument"}
)  # fmt: skip
_PASSING = frozenset(
    {"parenthesized_expression", "conditional_expression", "boolean_operator", "await", "named_expression",
     "as_pattern", "with_item", "assignment", "augmented_assignment"}
)  # fmt: skip

_CARRYING_FIELD = {"subscript": "value", **dict.fromkeys(COMPREHENSIONS, "body")}


class Consumer(NamedTuple):
    """One place that a value reaches. "variable": the name bound at `at`; "held": what that
    name stands for holds it; "member": `name`; "returned": by the
    function at `at`; "passed": the argument of `site` that spans `at`; "called": by `site`."""

    kind: Literal["variable", "held", "member", "returned", "passed", "called"]
    at: int = 0
    name: str = ""
    site: CallSite | None = None


def consumers(file: PythonFile, start: int, end: int) -> list[Consumer]:
    """The places that the value of the expression between two offsets reaches."""
    found = file.consumed.get((start, end))
    if found is None:
        found = file.consumed[start, end] = list(_consumers(file, start, end))
    return found


def _consumers(file: PythonFile, start: int, end: int) -> Iterator[Consumer]:
    node = file.root.descendant_for_byte_range(start, end)
    plain = True
    while node is not None and node.parent is not None:
        around = node.parent
        yield from _consumed(file, node, around, start)
        if not _continues(node, around, plain):
            return
        plain = plain and around.type not in _MIXING and around.type not in ("call", "subscript", *COMPREHENSIONS)
        node = around


def _continues(node: Node, around: Node, plain: bool) -> bool:
    """Whether the expression around may stand for the same value, or hold it."""
    kind = around.type
    outer = around.parent
    if kind == "call":
        return node != around.child_by_field_name("function") or not plain
    if kind in _CARRYING_FIELD:
        return node.type == "string" or node == around.child_by_field_name(_CARRYING_FIELD[kind])
    if kind == "conditional_expression":
        return len(around.named_children) < 2 or node != around.named_children[1]
    if kind == "keyword_argument":
        return outer is not None and outer.parent is not None and outer.parent.type == "call"
    if kind == "argument_list":
        return outer is not None and outer.type == "call"
    return kind in _MIXING or kind in _PASSING


def _consumed(file: PythonFile, node: Node, around: Node, start: int) -> Iterator[Consumer]:
    kind = around.type
    if kind in ("assignment", "augmented_assignment", "named_expression"):
        target = around.child_by_field_name("left") or around.child_by_field_name("name")
        yield from _into(target) if target is not None and node != target else ()
    elif kind in ("return_statement", "yield", "lambda"):
        owner = file.owner(node.start_byte)
        yield from () if owner is None else (Consumer("returned", owner),)
    elif kind in ("with_item", "as_pattern"):
        yield from _by_context(file, node, around)
    else:
        reader = _CONSUMING.get(kind)
        yield from reader(file, node, around, start) if reader else ()


def _by_default(_file: PythonFile, node: Node, around: Node, _start: int) -> Iterator[Consumer]:
    name = around.child_by_field_name("name")
    if name is not None and node != name:
        yield Consumer("variable", name.start_byte, text_of(name))


def _by_decorator(file: PythonFile, _node: Node, around: Node, _start: int) -> Iterator[Consumer]:
    return (Consumer("called", site=site) for site in file.decorating(around))


def _by_call(file: PythonFile, node: Node, around: Node, start: int) -> Iterator[Consumer]:
    call = file.call(around)
    site = CallSite(file.path, call, file.owner(around.start_byte))
    if node == around.child_by_field_name("function"):
        yield Consumer("called", site=site)
        return
    yield Consumer("passed", start, site=site)
    yield from (Consumer("called", site=one) for one in file.handing(around) if _spans(one, start))
    callee = around.child_by_field_name("function")
    stored = set_by_name(call)
    if stored is not None:
        yield Consumer("member", name=stored.name or "")
    if callee is not None and callee.type == "attribute":
        of = callee.child_by_field_name("object")
        yield from _into_holder(of) if of else ()


def _spans(site: CallSite, offset: int) -> bool:
    return isinstance(site.call, Call) and site.call.callee.start <= offset < site.call.callee.end


def _by_loop(file: PythonFile, node: Node, around: Node, _start: int) -> Iterator[Consumer]:
    left = around.child_by_field_name("left")
    if left is not None and node == around.child_by_field_name("right"):
        yield from (Consumer("called", site=site) for site in file.implicit(around, "each"))
        yield from _into(left)


def _by_context(file: PythonFile, node: Node, around: Node) -> Iterator[Consumer]:
    if around.type == "with_item":
        yield from (Consumer("called", site=site) for site in file.implicit(around, "enter"))
        return
    alias = around.child_by_field_name("alias")
    if alias is not None and node != alias:
        yield from _into(alias)


def _into(target: Node) -> Iterator[Consumer]:
    """What an assignment to a target reaches."""
    if target.type == "identifier":
        yield Consumer("variable", target.start_byte, text_of(target))
    elif target.type in ("attribute", "subscript"):
        yield from _into_holder(target)
    elif target.type in _TARGETS:
        for child in target.named_children:
            yield from _into(child)


def _into_holder(holder: Node) -> Iterator[Consumer]:
    """What putting something into an object or container reaches: the variable or member that holds it."""
    while holder.type in ("subscript", "call", "parenthesized_expression"):
        inner = holder.child_by_field_name("value") or holder.child_by_field_name("function")
        inner = inner or (holder.named_children[0] if holder.named_children else None)
        if inner is None:
            return
        holder = inner
    if holder.type == "attribute":
        name = holder.child_by_field_name("attribute")
        if name is not None:
            yield Consumer("member", name=text_of(name))
    elif holder.type == "identifier":
        yield Consumer("held", holder.start_byte, text_of(holder))


_CONSUMING: dict[str, Callable[[PythonFile, Node, Node, int], Iterator[Consumer]]] = {
    "call": _by_call,
    "default_parameter": _by_default,
    "typed_default_parameter": _by_default,
    "for_statement": _by_loop,
    "for_in_clause": _by_loop,
    "decorator": _by_decorator,
}
