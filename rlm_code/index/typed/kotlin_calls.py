"""What a call in Kotlin gives, a lambda behind it included, and whether a function takes that.

A member that does not take a call leaves it to what is further out, at last to the functions that all of Kotlin sees:
`require(n > 0) { "…" }` in a class with a `require(name: String)` of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.fileview import FUNCTIONS
from rlm_code.index.typed.model import Found, Target
from rlm_code.index.typed.object_grammar import first_part
from rlm_code.index.typed.objects import ObjectNaming
from rlm_code.index.typed.tree import child, children_of_type, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

_SEEN_EVERYWHERE = frozenset(
    {"assert", "check", "checkNotNull", "error", "lazy", "print", "println", "repeat", "require", "requireNotNull"}
    | {"run", "with", "apply", "also", "let", "TODO", "listOf", "mapOf", "setOf", "maxOf", "minOf", "arrayOf"}
)
"""Functions that need no import, which a member of the same name may or may not hide."""

_PARAMETERS = ("parameter", "class_parameter")
_COMPARING = frozenset({"<", ">", "<=", ">=", "==", "!=", "===", "!==", "&&", "||"})
_NEVER_BOOLEAN = frozenset(
    {"String", "CharSequence", "Char", "Number", "Byte", "Short", "Int", "Long", "Float", "Double"}
)


class KotlinCalls(ObjectNaming):
    """Tells what calls mean by what they give."""

    def of_class(self, path: str, leaf: Node, owner: Target, name: str) -> Found | None:
        """See `ObjectNaming`; a call that no member takes means something further out."""
        found = super().of_class(path, leaf, owner, name)
        given = arguments_of(leaf) if found else None
        if found is None or given is None:
            return found
        if any(not isinstance(value, Target) or self.may_take(value, given) for value in found.values):
            return found._replace(exact=found.exact and name not in _SEEN_EVERYWHERE)
        above = [target for base in self.lineage(owner) for target in self.own_members(base, name)]
        fitting = [target for target in above if self.may_take(target, given)]
        return Found(tuple(fitting), exact=False) if fitting else None

    def may_take(self, target: Target, given: list[Node]) -> bool:
        """Whether a definition may be called with these arguments."""
        node = self.declaration(target) if self.kind(target) in FUNCTIONS else None
        parameters = first_part(node, self.grammar.parameters) if node is not None else None
        return parameters is None or _takes(parameters, given)


def arguments_of(name: Node) -> list[Node] | None:
    """What a call gives to what is called by a name, or by a name behind a dot; None if it is no call."""
    at = name
    if at.parent is not None and at.parent.type == "navigation_expression" and child(at.parent, -1) == at:
        at = at.parent
    call = _call_of(at)
    if call is None:
        return None
    written = [one for part in children_of_type(call, "value_arguments") for one in _arguments(part)]
    if lambdas := children_of_type(call, "annotated_lambda"):
        return written + lambdas
    behind = _call_of(call)  # `f(x) { }` is a call of `f(x)` to the grammar, and so is `f(x)(y)`
    return written + (children_of_type(behind, "annotated_lambda") if behind and _has_none(behind) else [])


def _call_of(node: Node) -> Node | None:
    around = node.parent
    is_call = around is not None and around.type == "call_expression" and child(around, 0) == node
    return around if is_call else None


def _has_none(call: Node) -> bool:
    return not children_of_type(call, "value_arguments")


def _takes(parameters: Node, given: list[Node]) -> bool:
    """Whether a function with these parameters may be called with what is given: by how many, and by truth values."""
    if any(part.type == "parameter_modifiers" and "vararg" in text_of(part) for part in parameters.named_children):
        return True
    wanted = [one for one in parameters.named_children if one.type in _PARAMETERS]
    if any("vararg" in text_of(one)[:20] for one in wanted):
        return True
    needed = sum(one.next_sibling is None or one.next_sibling.type != "=" for one in wanted if not _has_default(one))
    if not needed <= len(given) <= len(wanted):
        return False
    pairs = zip(given, wanted, strict=False)
    return not any(_is_truth(one) and _type_of(other) in _NEVER_BOOLEAN for one, other in pairs)


def _arguments(part: Node) -> list[Node]:
    return [one for one in part.named_children if one.type == "value_argument"]


def _has_default(parameter: Node) -> bool:
    return any(part.type == "=" for part in parameter.children)


def _type_of(parameter: Node) -> str:
    written = children_of_type(parameter, "user_type")
    return text_of(written[0]) if written else ""


def _is_truth(argument: Node) -> bool:
    """Whether an argument without a name is true or false, as its form shows."""
    if argument.type != "value_argument" or argument.named_child_count != 1:
        return False
    inner = child(argument, 0)
    if inner is None or inner.type in ("in_expression", "is_expression"):
        return inner is not None
    return inner.type == "binary_expression" and any(text_of(part) in _COMPARING for part in inner.children)
