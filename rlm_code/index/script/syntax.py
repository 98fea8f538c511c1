"""The syntax trees of scripts (JavaScript, TypeScript), parsed when a question needs one and kept for the next.

It knows nodes and offsets, no meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from rlm_code.errors import SourceError
from rlm_code.index.snapshot_index import SnapshotIndex
from rlm_code.index.syntax import Syntax

if TYPE_CHECKING:
    import tree_sitter
    from tree_sitter import Node, Tree

    from rlm_code.parse.scopes import Binding, Locals

_LANGUAGES = frozenset({"javascript", "typescript", "tsx"})
FUNCTIONS = frozenset(
    {"function_declaration", "generator_function_declaration", "function_expression", "generator_function",
     "arrow_function", "method_definition", "function_signature", "method_signature", "abstract_method_signature",
     "call_signature", "construct_signature", "function_type", "constructor_type"}
)  # fmt: skip
CLASSES = frozenset({"class_declaration", "abstract_class_declaration", "class"})
NAMESPACES = frozenset({"internal_module", "module"})
_LONGEST_OWNER = 80
_MOST_DEEP = 200
_PROTOTYPE = re.compile(rb"(?:\b([\w$]+)\s*=\s*)?([\w$.]+\.prototype)\b")
_WRAPPED = frozenset({"parenthesized_expression", "non_null_expression", "satisfies_expression"})


class Decl(NamedTuple):
    """What is declared in the file at `path` with the name that starts at byte `start`."""

    path: str
    start: int


class Source:
    """One file's text, tree and locals."""

    def __init__(self, path: str, syntax: Syntax, tree: Tree, *, typed: bool) -> None:
        self.path = path
        self.data = syntax.data
        self.root: Node = tree.root_node
        self.typed = typed
        self.syntax = syntax
        self._tree = tree

    @cached_property
    def locals(self) -> Locals:
        """The scopes and bindings of the file."""
        found = self.syntax.locals
        assert found is not None, "every script has a locals query"
        return found

    @cached_property
    def bound(self) -> dict[tuple[int, str], list[Binding]]:
        """The bindings by scope and name."""
        found: dict[tuple[int, str], list[Binding]] = {}
        for binding in self.locals.bindings:
            found.setdefault((binding.scope, binding.name), []).append(binding)
        return found

    @cached_property
    def assigned(self) -> dict[str, dict[str, list[int]]]:
        """Where members are assigned, by the text of the object and the member's name."""
        from tree_sitter import QueryCursor

        found: dict[str, dict[str, list[int]]] = {}
        for _, captured in QueryCursor(_assignments(self._tree.language)).matches(self.root):
            owner, name = captured["object"][0], captured["name"][0]
            if owner.end_byte - owner.start_byte < _LONGEST_OWNER:
                found.setdefault(self.text(owner), {}).setdefault(self.text(name), []).append(name.start_byte)
        return found

    @cached_property
    def prototypes(self) -> frozenset[str]:
        """The texts that stand for a prototype: `F.prototype`, and names that are given one."""
        names = _PROTOTYPE.findall(self.data)
        return frozenset(name.decode("utf-8", "replace") for pair in names for name in pair if name)

    def node(self, start: int, end: int) -> Node | None:
        """The smallest node that spans two offsets."""
        return self.root.descendant_for_byte_range(start, end)

    def name(self, start: int) -> Node | None:
        """The leaf that starts at an offset."""
        return self.root.descendant_for_byte_range(start, min(start + 1, len(self.data)))

    def is_deep(self, start: int) -> bool:
        """Whether what stands at an offset is nested deeper than people write, which would take long to look around."""
        cursor = self.root.walk()
        depth = 0
        while depth <= _MOST_DEEP and cursor.goto_first_child_for_byte(start) is not None:
            depth += 1
        return depth > _MOST_DEEP

    def text(self, node: Node) -> str:
        """The text of a node."""
        return self.data[node.start_byte : node.end_byte].decode("utf-8", "replace")


@cache
def _assignments(grammar: tree_sitter.Language) -> tree_sitter.Query:
    import tree_sitter

    return tree_sitter.Query(
        grammar, "(assignment_expression left: (member_expression object: (_) @object property: (_) @name))"
    )


class Sources:
    """The sources of one snapshot's scripts."""

    def __init__(self, index: SnapshotIndex) -> None:
        self._index = index
        self._made: dict[str, Source] = {}

    def of(self, path: str) -> Source | None:
        """The source of a file; None if it is no script or cannot be parsed."""
        if path not in self._index.keys or self._index.row(path).language not in _LANGUAGES:
            return None
        try:
            syntax = self._index.syntax(path)
        except SourceError:  # the text is gone since the snapshot was taken
            return None
        source = self._made.get(path)
        if source is not None and source.syntax is syntax:
            return source
        if syntax.tree is None:
            return None
        self._made = {path: source for path, source in self._made.items() if self._index.holds(path, source.syntax)}
        typed = self._index.row(path).language != "javascript"
        made = self._made[path] = Source(path, syntax, syntax.tree, typed=typed)
        return made


def unwrapped(node: Node | None) -> Node | None:
    """The expression inside parentheses, `!` and `satisfies`."""
    while node is not None and node.type in _WRAPPED and node.named_children:
        node = node.named_children[0]
    return node


def ancestors(node: Node) -> Iterator[Node]:
    """The nodes around a node, innermost first."""
    around = node.parent
    while around is not None:
        yield around
        around = around.parent


def has_word(node: Node, word: str) -> bool:
    """Whether a keyword such as `static` or `async` is a direct part of a node."""
    return any(child.type == word for child in node.children)


def body_of(node: Node) -> Node | None:
    """The body of a class, function, interface or namespace."""
    return node.child_by_field_name("body")


def string_of(source: Source, node: Node | None) -> str | None:
    """The text inside a plain string literal; None for anything else."""
    if node is None or node.type not in ("string", "template_string"):
        return None
    inner = node.named_children
    if not inner:
        return ""
    return source.text(inner[0]) if len(inner) == 1 and inner[0].type == "string_fragment" else None


def key_of(source: Source, node: Node | None) -> str | None:
    """The name that a property's key spells; None for a computed one."""
    if node is None:
        return None
    if node.type == "string":
        return string_of(source, node)
    if node.type == "computed_property_name":
        return string_of(source, node.named_children[0]) if node.named_children else None
    return source.text(node)


def callee_of(call: Node) -> Node | None:
    """What a call calls. The grammar takes `await f<T>()` and `!f<T>()` for calls of `await f` and `!f`."""
    function = call.child_by_field_name("function")
    if function is not None and function.type in ("await_expression", "unary_expression") and function.named_children:
        return function.named_children[0]
    return function


def required(source: Source, node: Node | None) -> str | None:
    """The module that `require("…")`, `import("…")` or `await import("…")` names; None for anything else."""
    node = unwrapped(node)
    if node is not None and node.type == "await_expression" and node.named_children:
        node = unwrapped(node.named_children[0])
    if node is None or node.type != "call_expression":
        return None
    function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if function is None or arguments is None:
        return None
    given = [child for child in arguments.named_children if child.type != "comment"]
    if len(given) != 1:
        return None
    if function.type != "import" and source.data[function.start_byte : function.end_byte] != b"require":
        return None
    return string_of(source, given[0])
