"""Kotlin's lambdas: what `it`, `this` and bare names stand for in one, by the function that it is passed to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rlm_code.index.typed.kotlin_calls import KotlinCalls
from rlm_code.index.typed.model import Found, Target, Types
from rlm_code.index.typed.tree import child, children_of_type, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.parse.scopes import Binding

_GIVEN_ITSELF = frozenset({"let", "also", "takeIf", "takeUnless"})
_RECEIVING = frozenset({"apply", "run", "with"})
_GIVING_BACK = frozenset({"apply", "also", "takeIf", "takeUnless"})
_GIVING_LAST = frozenset({"let", "run", "with"})


class KotlinLambdas(KotlinCalls):
    """Reads the lambdas of one snapshot."""

    def unannotated(self, path: str, binding: Binding) -> Types:
        """See `ObjectNaming`: the parameter of a lambda."""
        leaf = self.leaf_at(path, binding.start)
        inner = next(_lambdas_around(leaf), None) if leaf is not None else None
        return self._passed(path, inner) if inner is not None else ()

    def bare(self, path: str, leaf: Node) -> Found:
        """See `ObjectNaming`; what no local name is may be a member of what a lambda around is run on."""
        found = super().bare(path, leaf)
        if any(not isinstance(value, Target) or self.definition(value).parent >= 0 for value in found.values):
            local = self.binding(path, leaf)
            if local is not None:
                return found
        for inner in _lambdas_around(leaf):
            types = self._run_on(path, inner)
            member = self.member(path, types, text_of(leaf), leaf.parent) if types else None
            if member and any(isinstance(value, Target) for value in member.values):
                return member._replace(exact=False)
        return found

    def _receiver(self, path: str, node: Node, *, is_base: bool) -> Types:
        if not is_base and text_of(node) == "this":
            for inner in _lambdas_around(node):
                types = self._run_on(path, inner)
                if types:
                    return types
        return super()._receiver(path, node, is_base=is_base)

    def _of_leaf(self, path: str, leaf: Node | None, *, called: bool) -> Types:
        if leaf is not None and text_of(leaf) == "it" and not called and self.binding(path, leaf) is None:
            inner = next(_lambdas_around(leaf), None)
            return self._passed(path, inner) if inner is not None else ()
        return super()._of_leaf(path, leaf, called=called)

    def _of_call(self, path: str, function: Node | None) -> Types:
        return self._of_scope_function(path, function) or super()._of_call(path, function)

    def _of_scope_function(self, path: str, function: Node | None) -> Types:
        """What `x.apply { }` and its kin give."""
        name, types = self._called_on(path, function)
        if name in _GIVING_BACK:
            return types
        call = function.parent if function is not None else None
        lambdas = children_of_type(call, "annotated_lambda") if call is not None and name in _GIVING_LAST else []
        body = child(lambdas[0], 0) if lambdas else None
        return self.of(path, child(body, -1)) if body is not None and types else ()

    def _called_on(self, path: str, function: Node | None) -> tuple[str, Types]:
        """The name of a function that is called and the object that it is called on; `with` is given it."""
        if function is not None and function.type == "navigation_expression":
            return text_of(child(function, -1) or function), self.of(path, child(function, 0))
        first = child(function, 0) if function is not None and function.type == "call_expression" else None
        given = children_of_type(function, "value_arguments") if function is not None else []
        if first is None or text_of(first) != "with" or not given:
            return "", ()
        argument = child(given[0], 0)
        return "with", self.of(path, child(argument, -1)) if argument is not None else ()

    def _passed(self, path: str, function: Node) -> Types:
        """What a lambda is given."""
        name, types = self._called_on(path, _called_with(function))
        return types if name in _GIVEN_ITSELF else self.element(types)

    def _run_on(self, path: str, function: Node) -> Types:
        """The object that is `this` in a lambda."""
        name, types = self._called_on(path, _called_with(function))
        return types if name in _RECEIVING else ()


def _lambdas_around(node: Node) -> Iterator[Node]:
    """The lambdas around a node, innermost first, as far as the function or class around."""
    at = node.parent
    while at is not None and at.type not in ("function_declaration", "class_body"):
        if at.type == "lambda_literal":
            yield at
        at = at.parent


def _called_with(function: Node) -> Node | None:
    """What is called with a lambda."""
    at: Node | None = function
    while at is not None and at.type != "call_expression":
        at = at.parent
    return child(at, 0) if at is not None else None
