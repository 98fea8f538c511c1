"""What surroundings say of a script's expression: what is expected of it, what a callback is handed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rlm_code.index.script import library as lib
from rlm_code.index.script.syntax import CLASSES, FUNCTIONS, Source, ancestors, callee_of, has_word, key_of
from rlm_code.index.script.values import Env, Type, Types, arguments_of, env_of, library, union

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.script.checker import Checker

_SAME = frozenset({"parenthesized_expression", "ternary_expression", "binary_expression", "await_expression"})
_ANNOTATED = frozenset(
    {"variable_declarator", "public_field_definition", "field_definition", "required_parameter", "optional_parameter"}
)
_MOST_TESTS = 12


class Context:
    """Looks at what is around an expression."""

    def __init__(self, checker: Checker) -> None:
        self._c = checker
        self._expected: dict[str, Callable[[Source, Node, Node], Types]] = {
            **dict.fromkeys(_SAME, self._as_around),
            **dict.fromkeys(_ANNOTATED, self._annotated),
            **dict.fromkeys(("as_expression", "satisfies_expression"), self._cast),
            **dict.fromkeys(("return_statement", "arrow_function"), self._of_returned),
            "arguments": self._of_argument,
            "assignment_expression": self._assigned,
            "pair": self._under_key,
            "array": self._element,
        }

    def of(self, source: Source, node: Node) -> Types:
        """The types that are expected of an expression where it stands."""
        key = ("expected", source.path, node.start_byte, node.end_byte, node.type)
        return self._c.memo.get(key, lambda: self._of(source, node))

    def _of(self, source: Source, node: Node) -> Types:
        around = node.parent
        find = self._expected.get(around.type) if around is not None else None
        if find is not None and around is not None:
            found = find(source, node, around)
            several = node.type == "object" and len(found) > 1
            return self._c.discriminants.of_object(found, source, node) if several else found
        return self._of_attribute(source, node, around) if around is not None and around.type.startswith("jsx_") else ()

    def _as_around(self, source: Source, _: Node, around: Node) -> Types:
        return self.of(source, around)

    def _annotated(self, source: Source, _: Node, around: Node) -> Types:
        return self._c.written.annotation(source, around) or ()

    def _cast(self, source: Source, _: Node, around: Node) -> Types:
        children = around.named_children
        return self._c.written.of(source, children[1]) if len(children) == 2 else ()

    def _assigned(self, source: Source, _: Node, around: Node) -> Types:
        return self._c.expressions.of(source, around.child_by_field_name("left"))

    def _under_key(self, source: Source, _: Node, pair: Node) -> Types:
        name = key_of(source, pair.child_by_field_name("key"))
        expected = self.of(source, pair.parent) if pair.parent is not None else ()
        return self._c.members.types(expected, name) if name is not None else ()

    def _element(self, source: Source, _: Node, array: Node) -> Types:
        expected = self.of(source, array)
        return union(*(self._c.members.at(each, None) or self._c.members.element(each) for each in expected))

    def _of_returned(self, source: Source, _: Node, around: Node) -> Types:
        function = (
            around if around.type in FUNCTIONS else next((a for a in ancestors(around) if a.type in FUNCTIONS), None)
        )
        if function is None:
            return ()
        written = function.child_by_field_name("return_type")
        if written is not None:
            found = self._c.written.of(source, written)
        else:
            expected = self.of(source, function)
            found = self._c.calls.results(tuple(kind for kind in expected if kind.kind == "function"))
        if has_word(function, "async"):
            return union(*(self._c.members.awaited(kind) for kind in found))
        return found

    def _of_argument(self, source: Source, node: Node, arguments: Node) -> Types:
        starts = [child.start_byte for child in arguments.named_children if child.type != "comment"]
        if arguments.parent is None or node.start_byte not in starts:
            return ()
        at = starts.index(node.start_byte)
        callees = self._callees(source, arguments.parent, node)
        return union(*(self._parameter_of(kind, at, env) for kind, env in callees))

    def _callees(self, source: Source, call: Node, skipped: Node) -> list[tuple[Type, Env]]:
        """The functions and constructors that a call may mean, with what its other arguments tell of them."""
        is_new = call.type == "new_expression"
        target = call.child_by_field_name("constructor") if is_new else callee_of(call)
        types = self._c.expressions.of(source, target) if target is not None and target.type != "super" else ()
        if target is not None and target.type == "super":
            owner = self._c.receivers.at(source, target)
            types = union(*(self._c.calls.super_of(kind) for kind in owner))
            types = tuple(kind._replace(kind="class") for kind in types if kind.kind == "instance")
        made = self._c.calls.call(source, call)
        before = made._replace(arguments=[n for n in made.arguments if n.start_byte < skipped.start_byte])
        found: list[tuple[Type, Env]] = []
        for kind in self._c.overloads.chosen(types, before):
            for function in self._functions(kind, is_new=is_new):
                owner_source, node = self._c.calls.node(function)
                if owner_source is None or node is None:
                    continue
                env = self._c.inference.inferred(owner_source, node, before, env_of(function))
                found.append((function, (*env, *env_of(function))))
        return found

    def _functions(self, kind: Type, *, is_new: bool) -> list[Type]:
        if kind.kind == "function":
            return [kind]
        if kind.kind == "class":
            return self._constructors(kind)
        if kind.kind in ("instance", "shape"):
            signature = "construct_signature" if is_new else "call_signature"
            return [
                Type("function", source.path, node.start_byte, node.end_byte, env_of(kind))
                for source, node in self._c.calls.signatures(kind, signature)
            ]
        return []

    def _constructors(self, kind: Type) -> list[Type]:
        seen: list[Type] = [kind]
        for current in seen[:20]:
            source, node = self._c.calls.node(current)
            body = node.child_by_field_name("body") if node is not None else None
            found = [
                Type("function", source.path, member.start_byte, member.end_byte, env_of(current))
                for member in (body.named_children if body is not None else ())
                if source is not None and key_of(source, member.child_by_field_name("name")) == "constructor"
            ]
            if found:
                return found
            bases = self._c.written.heritage(current) if node is not None and node.type in CLASSES else ()
            seen += [base._replace(kind="class") for base in bases if base.kind == "instance" and base not in seen]
        return []

    def _parameter_of(self, kind: Type, at: int, env: Env) -> Types:
        """What a function expects as its argument at an index."""
        source, node = self._c.calls.node(kind)
        if source is None or node is None:
            return ()
        parameters = self._c.calls.parameters(source, node)
        if not parameters:
            return ()
        parameter = parameters[min(at, len(parameters) - 1)]
        pattern = parameter.child_by_field_name("pattern")
        written = self._c.written.annotation(source, parameter, env) or ()
        if pattern is not None and pattern.type == "rest_pattern":
            position = at - len(parameters) + 1
            return union(*(self._c.members.at(each, position) for each in written))
        return (written or _taken_apart(source, parameter, env)) if at < len(parameters) else ()

    def parameter(self, source: Source, name: Node, env: Env) -> Types:
        """What a parameter, or what a pattern in its place takes apart, is given."""
        parameter, function = _parameter_around(name)
        if parameter is None or function is None:
            return ()
        written = self._c.written.annotation(source, parameter, env)
        if written is not None:
            return written
        if parameter.type == "catch_clause":
            return ()
        default = parameter.child_by_field_name("value") or parameter.child_by_field_name("right")
        given = self._c.expressions.of(source, default) if default is not None else ()
        starts = [each.start_byte for each in self._c.calls.parameters(source, function)]
        if parameter.start_byte not in starts:
            return given
        at = starts.index(parameter.start_byte)
        handed = self._c.jsdoc.of_parameter(source, function, source.text(name)) or self.handed(source, function, at)
        if name.type == "rest_pattern":
            return (library("Array", handed),)
        return union(handed, given)

    def handed(self, source: Source, function: Node, at: int) -> Types:
        """What a function that is itself an argument, or is expected to be of a type, is handed at an index."""
        if function.type == "method_definition" and function.parent is not None and function.parent.type == "object":
            name = key_of(source, function.child_by_field_name("name"))
            owner = self.of(source, function.parent)
            expected = self._c.members.types(owner, name) if name is not None else ()
        elif function.type in ("function_expression", "arrow_function", "generator_function"):
            callback = self._of_callback(source, function, at)
            if callback:
                return callback
            expected = self.of(source, function)
        else:
            return ()
        functions = [each for kind in expected if kind.kind != "class" for each in self._functions(kind, is_new=False)]
        return union(*(self._parameter_of(each, at, env_of(each)) for each in functions))

    def _of_callback(self, source: Source, function: Node, at: int) -> Types:
        """What a method of the library hands a callback."""
        arguments = function.parent
        call = arguments.parent if arguments is not None and arguments.type == "arguments" else None
        target = callee_of(call) if call is not None and call.type == "call_expression" else None
        if target is None:
            return ()
        found: list[Types] = []
        for kind in self._c.expressions.of(source, target):
            receiver = kind.args[0] if kind.kind == "method" else None
            if isinstance(receiver, Type):
                method = kind.path.rpartition(".")[2]
                found.append(lib.callback_parameter(receiver, method, at))
        return union(*found)

    def _of_attribute(self, source: Source, node: Node, around: Node) -> Types:
        """What a component expects of an attribute whose value an expression is."""
        attribute = around if around.type == "jsx_attribute" else around.parent
        if attribute is None or attribute.type != "jsx_attribute" or attribute.parent is None:
            return ()
        name = source.text(attribute.named_children[0])
        return self._c.members.types(self.properties(source, attribute.parent), name)

    def properties(self, source: Source, element: Node) -> Types:
        """The properties that a JSX element's component takes."""
        found: list[Types] = []
        for kind in self._c.expressions.of(source, element.child_by_field_name("name")):
            if kind.kind == "class":
                found.append(self._c.members.types(self._c.calls.constructed(kind), "props"))
                for base in self._c.written.heritage(kind._replace(kind="instance")):
                    found += arguments_of(base)[:1]
            found += [self._parameter_of(each, 0, env_of(each)) for each in self._functions(kind, is_new=False)]
        return union(*found)


def _taken_apart(source: Source, parameter: Node, env: Env) -> Types:
    """What a parameter without a type expects, as the keys of the pattern in its place say."""
    pattern = parameter.child_by_field_name("pattern") or parameter.child_by_field_name("left") or parameter
    if pattern.type != "object_pattern" or parameter.child_by_field_name("type") is not None:
        return ()
    return (Type("shape", source.path, pattern.start_byte, pattern.end_byte, env),)


def _parameter_around(name: Node) -> tuple[Node | None, Node | None]:
    """The parameter that a name or pattern is or belongs to, and its function."""
    inner = name
    for around in ancestors(name):
        if around.type == "formal_parameters":
            return inner, around.parent
        if around.type in FUNCTIONS or around.type == "catch_clause":
            return (inner, around) if around.child_by_field_name("parameter") == inner else (None, None)
        inner = around
    return None, None
