"""Reads the names that a file binds and where each is visible: parameters, variables, imports, definitions, by scope.

Read from the tree when someone asks and kept by nobody here. A language is a locals query, `queries/locals/NAME.scm`;
a language without one has no locals. It knows no types and no other file.

What a locals query says:
    @scope.KIND         the node opens a scope. Kinds that mean something here: "function" and "module" hold what is
                        hoisted; the names of a "class" are seen directly in it, not from the scopes inside. Two
                        kinds on one node are two scopes, in the order of the query.
    @outer              in the scope's node, but evaluated around it: a default, a base, the first iterable.
    @bind.KIND          an identifier, or a pattern of several, that binds names ("parameter", "variable", "import",
                        "definition", …). A definition's name is bound around the scope that its parent node opens.
      @annotation, @value   in the same pattern: the type written, the expression it is given. `(#set! way W)` says
                        what is done to the value first: "each" element, "enter" a context, "caught" and so on.
      (#set! scope "function")   bound in the nearest function, class or module around; "outer": one scope further out;
                                 any other word: in the nearest scope of that kind.
      (#set! visible "after")    seen only after the binding; with @declaration in the same pattern, after that node.
      (#set! joins "true")       the same variable as an earlier one of its name in its scope.
    @redirect.module, @redirect.function    names that this scope takes from the module, or from a function around.
    @block              what may not run each time: the body of a condition, a loop, a handler.
    @loop               what may run again.      @branches  of the blocks in it, one runs; @covering: certainly one.
    @leaving            who is in it does not come out at its end, but for what a @trying around it catches.
    Patterns are taken apart by nodes marked @elements (its children are elements 0, 1, …), @rest (what is left),
    @keys (children are keys), @pair (its field `value` is what stands under its field `key`), @first (only the
    first child binds).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

from rlm_code.parse.control_flow import Flow, Range
from rlm_code.parse.grammar import load_grammar
from rlm_code.parse.language import Language
from rlm_code.parse.scopes import Binding, Locals, Pieces, Scope, redirect_target
from rlm_code.parse.tree import read_tree

if TYPE_CHECKING:
    import tree_sitter
    from tree_sitter import Node

    Captured = dict[str, list[Node]]

REST = "*"
_HOLDS_HOISTED = frozenset({"function", "class", "module"})
_FLOW = frozenset({"block", "loop", "branches", "covering", "leaving", "trying"})
_MOST_DEEP = 50


def locals_of(language: Language, data: bytes) -> Locals | None:
    """The locals of a file's bytes; None where the language has no locals query or the file no tree."""
    if not has_locals(language):
        return None
    tree = read_tree(language, data)
    return None if isinstance(tree, str) else locals_in(language, tree)


def locals_in(language: Language, tree: tree_sitter.Tree) -> Locals | None:
    """The locals of a tree that is there already; None where the language has no locals query."""
    query = _locals_query(language)
    if query is None:
        return None
    from tree_sitter import QueryCursor

    reading = _Reading(language)
    if tree.root_node.type == "ERROR":  # no scope of the query's is around a file that is broken as a whole
        reading.take(-1, {"scope.module": [tree.root_node]}, {})
    for pattern, captured in QueryCursor(query).matches(tree.root_node):
        reading.take(pattern, captured, query.pattern_settings(pattern))
    return reading.finish()


def has_locals(language: Language) -> bool:
    """Whether a language has a locals query."""
    return bool(language.locals)


@cache
def _locals_query(language: Language) -> tree_sitter.Query | None:
    import tree_sitter

    grammar = load_grammar(language)
    if isinstance(grammar, str) or not language.locals:
        return None
    folder = resources.files("rlm_code.parse") / "queries" / "locals"
    text = "\n".join((folder / f"{stem}.scm").read_text(encoding="utf-8") for stem in language.locals)
    return tree_sitter.Query(grammar, text)


class _Found(NamedTuple):
    """A pattern that binds names, as matched."""

    target: Node
    kind: str
    settings: dict[str, str | None]
    annotation: Node | None
    value: Node | None
    declaration: Node | None


class _Reading:
    """Takes the matches of a locals query and makes scopes and bindings of them."""

    def __init__(self, language: Language) -> None:
        self._leaves = frozenset((*language.identifiers, *language.types))
        self._scopes: list[tuple[int, int, int, str]] = []
        self._outer: list[Range] = []
        self._parts: dict[int, str] = {}
        self._redirects: list[tuple[Node, str]] = []
        self._found: list[_Found] = []
        self._flow: dict[str, list[Range]] = {}

    def take(self, pattern: int, captured: Captured, settings: dict[str, str | None]) -> None:
        """Takes one match of the query's `pattern`-th pattern."""
        annotation, value, declaration = (
            captured[name][0] if name in captured else None for name in ("annotation", "value", "declaration")
        )
        for name, nodes in captured.items():
            family, _, kind = name.partition(".")
            for node in nodes:
                if family == "bind":
                    self._found.append(_Found(node, kind, settings, annotation, value, declaration))
                elif family == "scope":
                    self._scopes.append((node.start_byte, -node.end_byte, pattern, kind))
                elif family == "outer":
                    self._outer.append(node.byte_range)
                elif family == "redirect":
                    self._redirects.append((node, kind))
                elif name in _FLOW:
                    self._flow.setdefault(name, []).append(node.byte_range)
                elif name in ("elements", "rest", "keys", "pair", "first"):
                    self._parts[node.id] = name

    def finish(self) -> Locals:
        """The locals of all that was taken."""
        scopes = _nested(self._scopes, self._outer)
        pieces = Pieces(scopes, self._outer)
        redirects = {(pieces.scope_at(node.start_byte), _text(node)): kind for node, kind in self._redirects}
        bindings: dict[int, Binding] = {}
        for found in self._found:
            for leaf, taken in self._leaves_of(found.target, 0):
                binding = _binding(found, leaf, taken, scopes, pieces)
                known = bindings.get(binding.start)
                if known is None or _told(binding) > _told(known):
                    bindings[binding.start] = binding
        ordered = [bindings[start] for start in sorted(bindings)]
        return Locals(scopes, _redirect(ordered, scopes, redirects), self._outer, redirects, Flow(self._flow))

    def _leaves_of(self, node: Node, depth: int) -> Iterator[tuple[Node, tuple[str | int, ...]]]:
        """The identifiers that a pattern binds, each with the steps that lead to it."""
        if node.type in self._leaves:
            yield node, ()
            return
        part = self._parts.get(node.id)
        if part is None or depth > _MOST_DEEP:
            return
        if part == "pair":
            key, value = node.child_by_field_name("key"), node.child_by_field_name("value")
            steps: list[tuple[Node, tuple[str | int, ...]]] = [(value, (f".{_text(key)}",))] if key and value else []
        else:
            steps = list(_children(node, part, self._leaves))
        for child, step in steps:
            for leaf, rest in self._leaves_of(child, depth + 1):
                yield leaf, step + rest


def _children(node: Node, part: str, leaves: frozenset[str]) -> Iterator[tuple[Node, tuple[str | int, ...]]]:
    for at, child in enumerate(node.named_children):
        if part == "elements":
            yield child, (at,)
        elif part == "rest":
            yield child, (REST,)
        elif part == "first":
            yield child, ()
            return
        else:
            yield child, (f".{_text(child)}",) if child.type in leaves else ()


def _nested(marked: list[tuple[int, int, int, str]], outer: list[Range]) -> list[Scope]:
    """The scopes in order; one in code that runs outside of the scope around it is in what is around that."""
    scopes: list[Scope] = []
    stack: list[tuple[int, int]] = []
    evaluated_outside = {(start, -end, -1, "") for start, end in outer}
    for start, negative_end, _, kind in sorted(evaluated_outside.union(marked)):
        while stack and stack[-1][0] <= start:
            stack.pop()
        around = stack[-1][1] if stack else -1
        if kind:
            scopes.append(Scope(start, -negative_end, around, kind))
            around = len(scopes) - 1
        else:
            around = scopes[around].parent if around >= 0 else -1
        stack.append((-negative_end, around))
    return scopes


def _binding(found: _Found, leaf: Node, taken: tuple[str | int, ...], scopes: list[Scope], pieces: Pieces) -> Binding:
    settings = found.settings
    scope = pieces.scope_at(leaf.start_byte)
    if found.kind == "definition" and found.target.parent:
        scope = _around(scopes, scope, found.target.parent.byte_range)
    where = settings.get("scope")
    if where == "outer":
        scope = max(0, scopes[scope].parent)
    elif where:
        kinds = _HOLDS_HOISTED if where == "function" else {where}
        while scope > 0 and scopes[scope].kind not in kinds:
            scope = scopes[scope].parent
    visible = scopes[scope].start if scopes else 0
    if settings.get("visible") == "after":
        visible = (found.declaration or leaf).end_byte
    way = settings.get("way")
    return Binding(
        name=_text(leaf),
        start=leaf.start_byte,
        end=leaf.end_byte,
        scope=scope,
        kind=found.kind,
        visible_from=visible,
        annotation=found.annotation.byte_range if found.annotation else None,
        value=found.value.byte_range if found.value else None,
        taken=(way, *taken) if way else taken,
        joins="joins" in settings,
    )


def _around(scopes: list[Scope], scope: int, place: Range) -> int:
    """The scope around those that a node opens."""
    while scope > 0 and (scopes[scope].start, scopes[scope].end) == place:
        scope = scopes[scope].parent
    return scope


def _told(binding: Binding) -> int:
    """How much a binding says of what it binds."""
    return (binding.annotation is not None) * 2 + (binding.value is not None)


def _redirect(bindings: list[Binding], scopes: list[Scope], redirects: dict[tuple[int, str], str]) -> list[Binding]:
    """The bindings with those of redirected names moved to the scopes that they bind in."""
    if not redirects:
        return bindings
    bound = {(binding.scope, binding.name) for binding in bindings} - redirects.keys()

    def moved(binding: Binding) -> Binding:
        redirect = redirects.get((binding.scope, binding.name))
        if redirect is None:
            return binding
        scope = redirect_target(scopes, bound, binding.name, binding.scope, redirect)
        return binding._replace(scope=scope, visible_from=scopes[scope].start)

    return [moved(binding) for binding in bindings]


def _text(node: Node) -> str:
    return (node.text or b"").decode("utf-8", "replace")
