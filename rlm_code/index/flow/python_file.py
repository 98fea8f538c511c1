"""One Python file as value flow reads it: its functions, calls, results and stores, each read when asked for.

Names come from the file's locals. It knows no other file.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from rlm_code.index.flow.expressions import Argument, Call, Expression, Implicit, Name, Opaque, Parameter
from rlm_code.index.flow.python_expressions import applied, last_name, read, read_call, read_type
from rlm_code.index.flow.python_handed import handed
from rlm_code.index.flow.python_nodes import nodes_of, within
from rlm_code.index.flow.python_parameters import parameters_of
from rlm_code.index.flow.python_stores import Stores, stores_in
from rlm_code.index.reaching import reaching

if TYPE_CHECKING:
    from tree_sitter import Node, Tree

    from rlm_code.index.flow.python_consumers import Consumer
    from rlm_code.index.packing import Uses
    from rlm_code.parse.scopes import Binding, Locals


class CallSite(NamedTuple):
    """A call or a statement that calls by fixed names, and the function in which it runs (None: none)."""

    path: str
    call: Call | Implicit
    owner: int | None


class PythonFile:
    """The tree and the locals of the file at `path`, and what flows in it."""

    def __init__(self, path: str, tree: Tree, names: Locals) -> None:
        self.path = path
        self.root = tree.root_node
        self.locals = names
        self._tree = tree
        self._read: dict[tuple[int, int], Expression] = {}
        self._calls: dict[tuple[int, int], Call] = {}
        self._parameters: dict[int, list[Parameter]] = {}
        self._reaching: dict[tuple[int, int], list[Binding]] = {}
        self._uses: dict[tuple[int, int], list[int]] = {}
        self.consumed: dict[tuple[int, int], list[Consumer]] = {}

    @cached_property
    def nodes(self) -> dict[str, list[Node]]:
        """The nodes that matter here, by what they are, in order of the source, outer before inner."""
        return nodes_of(self._tree)

    @cached_property
    def functions(self) -> dict[int, Node]:
        """Functions by where their name stands, lambdas by where they start."""
        return {_place(node): node for node in self.nodes.get("function", ())}

    @cached_property
    def classes(self) -> dict[int, Node]:
        """Classes by where their name stands."""
        return {_place(node): node for node in self.nodes.get("class", ())}

    @cached_property
    def _function_of_scope(self) -> dict[tuple[int, int], int]:
        return {node.byte_range: at for at, node in self.functions.items()}

    def expression(self, start: int, end: int) -> Expression:
        """The expression between two offsets."""
        found = self._read.get((start, end))
        if found is None:
            node = self.root.descendant_for_byte_range(start, end)
            found = self._read[start, end] = read(node) if node else Opaque(start, end)
        return found

    def call(self, node: Node) -> Call:
        """The call at a `call` node."""
        found = self._calls.get(node.byte_range)
        if found is None:
            found = self._calls[node.byte_range] = read_call(node)
        return found

    def uses_of(self, binding: Binding, uses: Uses) -> list[int]:
        """Where the variable that a binding binds is used, among the uses of names in the file."""
        key = (binding.scope, binding.start)
        if key not in self._uses:
            scope = self.locals.scopes[binding.scope]
            whole = scope.kind == "module"
            starts = (use.start for use in uses.of(binding.name) if whole or scope.start <= use.start < scope.end)
            seen = ((start, self.locals.lookup(binding.name, start)) for start in starts)
            self._uses[key] = [start for start, one in seen if one and (one.scope, one.start) == key]
        return self._uses[key]

    def reaching(self, binding: Binding, offset: int) -> list[Binding]:
        """The bindings of a variable that a use at `offset` may see, `binding` being one of them; an augmented
        assignment leaves the object that was there. Beyond the scope's end: what it is left with."""
        bindings = self.locals.bindings_of(binding)
        if len(bindings) < 2:
            return bindings
        key = (bindings[0].start, offset)
        if key not in self._reaching:
            giving = [one for one in bindings if one.kind != "augmented"] or [binding]
            self._reaching[key] = reaching(self.locals, giving, offset)
        return self._reaching[key]

    def owner(self, offset: int) -> int | None:
        """The function or lambda in which code at an offset runs; None at the top of the file or of a class."""
        return self.function_of(self.locals.scope_at(offset))

    def function_of(self, scope: int) -> int | None:
        """The function or lambda that a scope is in."""
        scopes = self.locals.scopes
        while scope >= 0:
            at = self._function_of_scope.get((scopes[scope].start, scopes[scope].end))
            if at is not None and scopes[scope].kind == "function":
                return at
            if scopes[scope].kind == "class":
                return None
            scope = scopes[scope].parent
        return None

    @cached_property
    def _first_bindings(self) -> dict[tuple[int, str], Binding]:
        return {(binding.scope, binding.name): binding for binding in reversed(self.locals.bindings)}

    def bound_in(self, scope: int, name: str) -> Binding | None:
        """The first binding of a name in a scope itself."""
        return self._first_bindings.get((scope, name))

    def class_scope(self, at: int) -> int:
        """The scope of the class whose name stands at an offset; -1 if there is none."""
        node = self.classes.get(at)
        wanted = (node.start_byte, node.end_byte, "class") if node else None
        scopes = enumerate(self.locals.scopes)
        return next((index for index, s in scopes if (s.start, s.end, s.kind) == wanted), -1)

    def class_around(self, at: int) -> int | None:
        """The class of which the function at `at` is a method, by where its name stands."""
        node = self.functions[at]
        around = node.parent
        while around is not None and around.type in ("block", "decorated_definition", "if_statement", "else_clause"):
            around = around.parent
        return _place(around) if around is not None and around.type == "class_definition" else None

    def decorators(self, at: int) -> list[Call]:
        """The calls that the decorators of a function or class make, from the top."""
        node = self.functions.get(at) or self.classes.get(at)
        around = node.parent if node else None
        name = node.child_by_field_name("name") if node else None
        if around is None or around.type != "decorated_definition" or name is None:
            return []
        nodes = [child for child in around.children if child.type == "decorator"]
        return [applied(child, name, number + 1) for number, child in enumerate(nodes)]

    def is_updated(self, at: int) -> bool:
        """Whether a function is given to `update_wrapper` where it is defined."""
        name = self.locals.at(at)
        around = self.owner(self.functions[at].start_byte - 1) if at in self.functions else None
        if name is None or around is None:
            return False
        body = self.functions[around]
        calls = (self.call(node) for node in within(self.nodes.get("call", ()), body.start_byte, body.end_byte))
        updating = (call.arguments[0].value for call in calls if call.name == "update_wrapper" and call.arguments)
        return any(isinstance(of, Name) and of.name == name.name for of in updating)

    def parameters(self, at: int) -> list[Parameter]:
        """The parameters of a function in order."""
        found = self._parameters.get(at)
        if found is None:
            found = self._parameters[at] = parameters_of(self.functions[at])
        return found

    def bases(self, at: int) -> list[Expression]:
        """The bases that a class names."""
        given = self.classes[at].child_by_field_name("superclasses") if at in self.classes else None
        nodes = given.named_children if given else []
        return [read(node) for node in nodes if node.type not in ("keyword_argument", "comment")]

    def returns(self, at: int) -> list[Expression]:
        """What a function returns."""
        body = self.functions[at].child_by_field_name("body")
        if self.functions[at].type == "lambda":
            return [self.expression(*body.byte_range)] if body else []
        return [read(node.named_children[0]) for node in self._by_owner("return").get(at, ()) if node.named_children]

    def is_generator(self, at: int) -> bool:
        """Whether calling a function gives a generator."""
        return at in self._by_owner("yield")

    def yields(self, at: int) -> list[Argument]:
        """What a generator yields; what it delegates to is spread."""
        found = []
        for node in self._by_owner("yield").get(at, ()):
            if node.named_children:
                delegates = any(child.type == "from" for child in node.children)
                found.append(Argument(read(node.named_children[0]), None, "*" if delegates else ""))
        return found

    def calls(self, start: int, end: int) -> Iterator[CallSite]:
        """The calls between two offsets, decorators, loops and contexts among them."""
        for node in within(self.nodes.get("call", ()), start, end):
            yield CallSite(self.path, self.call(node), self.owner(node.start_byte))
            yield from self.handing(node)
        for node in within(self.nodes.get("decorator", ()), start, end):
            yield from self.decorating(node)
        for way in ("each", "enter"):
            for node in within(self.nodes.get(way, ()), start, end):
                yield from self.implicit(node, way)

    def name_given(self, start: int, end: int) -> str:
        """The name of the variable or member that the expression between two offsets is assigned to, "" if none."""
        node = self.root.descendant_for_byte_range(start, end)
        around = node.parent if node else None
        left = around.child_by_field_name("left") if around is not None and around.type == "assignment" else None
        return last_name(read(left))[1] if left else ""

    def is_decorator(self, start: int, end: int) -> bool:
        """Whether a decorator stands between two offsets."""
        node = self.root.descendant_for_byte_range(start, end)
        return node is not None and node.type == "decorator"

    def calls_at(self, at: int) -> list[CallSite]:
        """The calls whose callee's name stands at an offset."""
        node = self.root.descendant_for_byte_range(at, at + 1)
        found: list[CallSite] = []
        while node is not None and node.type not in ("block", "module"):
            if node.type == "call":
                found += [CallSite(self.path, self.call(node), self.owner(node.start_byte)), *self.handing(node)]
            elif node.type == "decorator":
                found += self.decorating(node)
            node = node.parent
        return [site for site in found if site.call.at == at]

    def handing(self, node: Node) -> Iterator[CallSite]:
        """The calls that a built-in makes of functions which the call at a node hands to it."""
        for call in handed(self.call(node), self.locals):
            yield CallSite(self.path, call, self.owner(node.start_byte))

    def decorating(self, node: Node) -> Iterator[CallSite]:
        """The call that one decorator makes."""
        around = node.parent
        below = around.child_by_field_name("definition") if around else None
        for call in self.decorators(_place(below)) if below else ():
            if call.start == node.start_byte:
                yield CallSite(self.path, call, self.owner(node.start_byte))

    def implicit(self, node: Node, way: str) -> Iterator[CallSite]:
        """The call that a loop or a context manager makes."""
        value = node.child_by_field_name("right" if way == "each" else "value")
        if value is not None and value.type == "as_pattern":
            value = value.named_children[0]
        if value is not None:
            of = read(value)
            at, name = last_name(of)
            way = f"async {way}" if _is_async(node) else way
            yield CallSite(self.path, Implicit(of, way, at, name), self.owner(value.start_byte))

    @cached_property
    def stores(self) -> Stores:
        """What the file puts into members and containers."""
        calls = (self.call(node) for node in self.nodes.get("call", ()))
        return stores_in(self.nodes.get("assignment", ()), self.nodes.get("augmented", ()), calls)

    def _by_owner(self, kind: str) -> dict[int, list[Node]]:
        grouped = self._grouped.get(kind)
        if grouped is None:
            grouped = self._grouped[kind] = {}
            for node in self.nodes.get(kind, ()):
                owner = self.owner(node.start_byte)
                if owner is not None:
                    grouped.setdefault(owner, []).append(node)
        return grouped

    @cached_property
    def _grouped(self) -> dict[str, dict[int, list[Node]]]:
        return {}

    def written_type(self, start: int, end: int) -> Expression:
        """The type that an annotation writes, as an expression: each side of a union is a choice."""
        node = self.root.descendant_for_byte_range(start, end)
        return read_type(node) if node else Opaque(start, end)


def _is_async(node: Node) -> bool:
    while node.type in ("with_item", "with_clause") and node.parent is not None:
        node = node.parent
    return bool(node.children) and node.children[0].type == "async"


def _place(node: Node) -> int:
    name = node.child_by_field_name("name")
    return name.start_byte if name else node.start_byte
