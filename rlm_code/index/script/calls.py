"""What calling and constructing gives in scripts: declared results, what is returned, type arguments inferred."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from rlm_code.index.script import library as lib
from rlm_code.index.script.syntax import CLASSES, FUNCTIONS, Source, callee_of, has_word, required
from rlm_code.index.script.values import OUTSIDE_TYPE, Env, Type, Types, env_of, library, union

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.script.checker import Checker

_OURS = frozenset({"instance", "class", "shape", "function", "namespace", "expando"})
_PLAIN = frozenset({"String", "Number", "Boolean", "RegExp", "Enum", "JSX"})
_MOST_RETURNS = 30


class Call(NamedTuple):
    """One call: its arguments and its type arguments."""

    source: Source
    arguments: list[Node]
    types: tuple[Types, ...]


class Calls:
    """Evaluates calls."""

    def __init__(self, checker: Checker) -> None:
        self._c = checker

    def of(self, source: Source, node: Node) -> Types:
        """What a call or a `new` gives."""
        module = required(source, node)
        if module is not None:
            entities = self._c.names.modules.whole(source.path, module)
            found = union(*(self._c.expressions.of_entity(entity) for entity in entities))
            is_import = node.named_children[0].type == "import"
            return (library("Promise", found),) if is_import else found
        call = self.call(source, node)
        if node.type == "new_expression":
            target = self._c.expressions.of(source, node.child_by_field_name("constructor"))
            return union(*(self.constructed(kind, call.types, call) for kind in target))
        function = callee_of(node)
        if function is None or function.type == "super":
            return ()
        found = self.results(self._c.overloads.chosen(self._c.expressions.of(source, function), call), call)
        return self._around(node, found)

    def _around(self, call: Node, found: Types) -> Types:
        """What a call gives with the operator that the grammar takes for a part of what is called."""
        function = call.child_by_field_name("function")
        if function is not None and function.type == "await_expression":
            return union(*(self._c.members.awaited(kind) for kind in found))
        return lib.BOOLEAN if function is not None and function.type == "unary_expression" else found

    def call(self, source: Source, node: Node) -> Call:
        """The arguments of a call."""
        arguments = node.child_by_field_name("arguments")
        written = node.child_by_field_name("type_arguments")
        types = tuple(self._c.written.of(source, child) for child in written.named_children) if written else ()
        plain = arguments is not None and arguments.type == "arguments"
        return Call(
            source, [n for n in arguments.named_children if n.type != "comment"] if plain and arguments else [], types
        )

    def results(self, types: Types, call: Call | None = None) -> Types:
        """What calling any of some types gives."""
        return union(*(self.result(kind, call) for kind in types))

    def node(self, kind: Type) -> tuple[Source | None, Node | None]:
        """The node of a type, and its file."""
        source = self._c.sources.of(kind.path)
        return source, source.node(kind.start, kind.end) if source else None

    def parameters(self, source: Source, function: Node) -> list[Node]:
        """The parameters of a function without one for `this`."""
        single = function.child_by_field_name("parameter")
        if single is not None:
            return [single]
        listed = function.child_by_field_name("parameters")
        found = [node for node in listed.named_children if node.type not in ("comment", "decorator")] if listed else []
        return [node for node in found if source.text(node.child_by_field_name("pattern") or node) != "this"]

    def result(self, kind: Type, call: Call | None = None) -> Types:
        """What calling a type gives."""
        if kind.kind == "function":
            key = ("result", kind, call and (call.source.path, tuple(n.byte_range for n in call.arguments), call.types))
            return self._c.memo.get(key, lambda: self._of_function(kind, call))
        if kind.kind == "method":
            return self._of_library(kind, call)
        if kind.kind == "library":
            return self._from_outside(kind, call)
        if kind.kind in ("instance", "shape"):
            return self._by_signature(kind, "call_signature", call)
        return ()

    def _of_function(self, kind: Type, call: Call | None) -> Types:
        source, node = self.node(kind)
        if source is None or node is None:
            return ()
        env = env_of(kind)
        if call is not None:
            env = (*self._c.inference.inferred(source, node, call, env), *env)
        return self.returned(source, node, env)

    def returned(self, source: Source, node: Node, env: Env) -> Types:
        """What a function gives: as its header says, else by what it returns."""
        written = node.child_by_field_name("return_type")
        if written is None and node.type in ("call_signature", "construct_signature", "constructor_type"):
            written = node.child_by_field_name("type")
        if written is not None:
            return self._c.written.of(source, written, env)
        found = self._c.jsdoc.of_result(source, node)
        if found:
            return found
        found = union(*(self._c.expressions.of(source, value) for value in self._values(node)))
        if has_word(node, "async"):
            inner = union(*(self._c.members.awaited(kind) for kind in found))
            return (library("Promise", inner),)
        return found

    def _values(self, node: Node) -> Iterator[Node]:
        """The expressions that a function returns."""
        body = node.child_by_field_name("body")
        if body is None:
            return
        if body.type != "statement_block":
            yield body
            return
        queue = [body]
        count = 0
        while queue and count < _MOST_RETURNS:
            for child in queue.pop().named_children:
                if child.type == "return_statement" and child.named_children:
                    count += 1
                    yield child.named_children[0]
                elif (
                    child.type not in FUNCTIONS
                    and child.type not in CLASSES
                    and child.type.endswith(("statement", "block", "clause", "body", "case", "default"))
                ):
                    queue.append(child)

    def _of_library(self, kind: Type, call: Call | None) -> Types:
        receiver = kind.args[0]
        method = kind.path.rpartition(".")[2]
        if not isinstance(receiver, Type):
            return ()
        if receiver.path.startswith("@"):
            return self._static(receiver.path[1:], method, call)
        returned: Types = ()
        first = call.arguments[0] if call and call.arguments else None
        if call is not None and first is not None:
            if method in ("reduce", "reduceRight") and len(call.arguments) > 1:
                returned = self._c.expressions.of(call.source, call.arguments[1])
            else:
                returned = self.results(self._c.expressions.of(call.source, first))
        if receiver == OUTSIDE_TYPE:
            return self._from_outside(receiver, call)
        return lib.result(receiver, method, returned)

    def _static(self, name: str, method: str, call: Call | None) -> Types:
        """What a function of a global object gives: `Object.assign`, `Promise.all`."""
        arguments = [self._c.expressions.of(call.source, node) for node in call.arguments] if call else []
        first = arguments[0] if arguments else ()
        elements = union(*(self._c.members.element(kind) for kind in first))
        found: Types | None = None
        if name == "Object":
            found = self._of_object(method, arguments, first)
        elif name == "Array" and method in ("from", "of"):
            found = (library("Array", elements if method == "from" else union(*arguments)),)
        elif name == "Promise":
            inner = union(*(self._c.members.awaited(kind) for kind in (first if method == "resolve" else elements)))
            found = (library("Promise", (library("Array", inner),) if method in ("all", "allSettled") else inner),)
        return self._from_outside(OUTSIDE_TYPE, call) if found is None else found

    def _of_object(self, method: str, arguments: list[Types], first: Types) -> Types | None:
        if method == "assign":
            return union(*arguments)
        if method in ("freeze", "seal", "create", "setPrototypeOf", "defineProperty"):
            return first
        if method in ("keys", "getOwnPropertyNames"):
            return (library("Array", lib.STRING),)
        if method not in ("values", "entries"):
            return None
        inner = union(*(self._c.members.at(kind, None) for kind in first))
        return (library("Array", inner if method == "values" else (library("Tuple", lib.STRING, inner),)),)

    def _from_outside(self, kind: Type, call: Call | None) -> Types:
        """What something from outside gives: nothing of ours, unless it was handed something of ours."""
        if kind.kind == "library" and kind.path in ("@Array", "@Map", "@Set"):
            return (library(kind.path[1:]),)
        handed = [self._c.expressions.of(call.source, node) for node in call.arguments] if call else []
        return () if any(each.kind in _OURS for types in handed for each in types) else (OUTSIDE_TYPE,)

    def _by_signature(self, kind: Type, signature: str, call: Call | None) -> Types:
        """By the call or construct signatures of an interface or object type."""
        found: list[Types] = []
        for source, node in self.signatures(kind, signature):
            env = env_of(kind)
            if call is not None:
                env = (*self._c.inference.inferred(source, node, call, env), *env)
            found.append(self.returned(source, node, env))
        return union(*found)

    def signatures(self, kind: Type, signature: str) -> Iterator[tuple[Source, Node]]:
        """The signatures of a type of one node type."""
        source, node = self.node(kind)
        body = (node.child_by_field_name("body") or node) if node is not None else None
        for child in body.named_children if body is not None else ():
            if child.type == signature and source is not None:
                yield source, child

    def constructed(self, kind: Type, args: tuple[Types, ...] = (), call: Call | None = None) -> Types:
        """What `new` makes of a type."""
        source, node = self.node(kind) if kind.kind in _OURS else (None, None)
        if kind.kind == "class" and source is not None and node is not None:
            env = self._c.written.bind(source, node, args) or self._c.inference.by_constructor(source, node, call)
            return (kind._replace(kind="instance", args=(*env, *env_of(kind))),)
        if kind.kind == "function" and node is not None:
            if node.type == "constructor_type":
                return self.result(kind, call)
            return (kind._replace(kind="instance", args=()),)
        if kind.kind in ("instance", "shape"):
            return self._by_signature(kind, "construct_signature", call)
        if kind.kind == "library":
            return (Type("library", kind.path.removeprefix("@"), args=args),)
        return (OUTSIDE_TYPE,) if kind.kind == "method" else ()

    def constructed_all(self, types: Types) -> Types:
        """What `new` makes of any of some types."""
        return union(*(self.constructed(kind) for kind in types))

    def super_of(self, kind: Type) -> Types:
        """What `super` is where `this` is of a type."""
        bases = self._c.written.heritage(kind) if kind.kind in ("instance", "class") else ()
        return tuple(base._replace(kind="class") if kind.kind == "class" else base for base in bases)


def is_rest(parameter: Node) -> bool:
    """Whether a parameter takes all further arguments."""
    pattern = parameter.child_by_field_name("pattern") or parameter
    return pattern.type == "rest_pattern"
