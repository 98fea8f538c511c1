"""Java's functions without names: what lambdas and method references are given and give, and what a call's arguments
say of type parameters."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rlm_code.index.typed import java_library as library
from rlm_code.index.typed.java_names import JavaNames
from rlm_code.index.typed.java_overloads import Argument, JavaOverloads
from rlm_code.index.typed.model import Member, Substitution, Type, Types, Variable, substitute, unify
from rlm_code.index.typed.tree import child, expressions, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.typed.java_calls import JavaCalls
    from rlm_code.index.typed.java_values import JavaValues


class JavaFunctions:
    """Reads lambdas, method references and what their places want."""

    def __init__(self, values: JavaValues, calls: JavaCalls, names: JavaNames, overloads: JavaOverloads) -> None:
        self._values = values
        self._calls = calls
        self._classes = names.classes
        self._overloads = overloads
        self._wanting: dict[str, Callable[[str, Node, Node], Types]] = {
            "variable_declarator": self._wanted_by_variable,
            "cast_expression": lambda path, _, parent: self._classes.read(path, parent.child_by_field_name("type")),
            "parenthesized_expression": lambda path, _, parent: self.wanted(path, parent),
            "assignment_expression": lambda path, _, parent: self._values.of(path, parent.child_by_field_name("left")),
            "return_statement": self._returned_around,
            "argument_list": self._wanted_as_argument,
        }

    def inferred(self, path: str, member: Member, call: Node, own: list[Variable]) -> Substitution:
        """What a call's arguments say of a method's own type parameters."""
        mapping: Substitution = {}
        written = call.child_by_field_name("arguments")
        explicit = call.child_by_field_name("type_arguments")
        if explicit is not None:
            given = [self._classes.read(path, inner) for inner in explicit.named_children]
            return dict(zip(own, given, strict=False))
        parameters = self._overloads.parameters(member.target) or []
        for at, argument in enumerate(expressions(written) if written else []):
            if at >= len(parameters):
                break
            if argument.type in ("lambda_expression", "method_reference"):
                self._infer_from_function(path, argument, parameters[at].types, own, mapping)
            else:
                unify(parameters[at].types, self._values.of(path, argument), own, mapping)
        return mapping

    def _infer_from_function(
        self, path: str, argument: Node, wanted: Types, own: list[Variable], mapping: Substitution
    ) -> None:
        for known in wanted:
            if not isinstance(known, Type):
                continue
            result = library.function_result(known) if isinstance(known.of, str) else self._functional_result(known)
            if result and any(isinstance(t, Type) and t.of in own for t in result):
                unify(result, self.gives(path, argument), own, mapping)

    def _functional_result(self, known: Type) -> Types:
        method = self._overloads.functional_method(known)
        node = self._classes.declaring(method.target) if method else None
        if method is None or node is None:
            return ()
        types = self._classes.read(method.target.path, node.child_by_field_name("type"))
        return substitute(types, self._classes.arguments(method.owner))

    def gives(self, path: str, node: Node) -> Types:
        """What a lambda or a method reference gives."""
        if node.type == "lambda_expression":
            body = node.child_by_field_name("body")
            if body is None or body.type != "block":
                return self._values.of(path, body)
            found: Types = ()
            for statement in _returns(body):
                found += self._values.of(path, child(statement, 0))
            return tuple(dict.fromkeys(found))
        owner, name = child(node, 0), child(node, -1)
        if owner is None or name is None:
            return ()
        if name == owner:  # A::new
            return tuple(t._replace(static=False) for t in self._values.of(path, owner) if isinstance(t, Type))
        members = self._values.methods(self._values.of(path, owner), text_of(name))
        return tuple(dict.fromkeys(t for member in members[:1] for t in self._calls.result(path, member, node)))

    def referred(self, path: str, reference: Node, members: list[Member]) -> list[Member]:
        """Which of several methods a method reference means: by what its place gives to it."""
        if len(members) < 2:
            return members
        for known in self.wanted(path, reference):
            inputs = self._inputs(known) if isinstance(known, Type) else []
            chosen = self._overloads.choose(members, [Argument(types) for types in inputs])
            chosen = chosen or self._overloads.choose(members, [Argument(types) for types in inputs[1:]])
            if chosen:
                return chosen
        return members[:1]

    def parameter(self, path: str, name: Node) -> Types:
        """What a lambda's parameter without a type is given."""
        holder = name.parent
        at = 0
        if holder is not None and holder.type == "inferred_parameters":
            at = holder.named_children.index(name)
            holder = holder.parent
        if holder is None or holder.type != "lambda_expression":
            return ()
        found: Types = ()
        for known in self.wanted(path, holder):
            if isinstance(known, Type):
                inputs = self._inputs(known)
                found += inputs[at] if at < len(inputs) else ()
        return found or self._passed_by_library(path, holder, at)

    def _inputs(self, function: Type) -> list[Types]:
        """What a function of some type is given."""
        if isinstance(function.of, str):
            return library.function_inputs(function) or []
        method = self._overloads.functional_method(function)
        parameters = self._overloads.parameters(method.target) if method else None
        if method is None or parameters is None:
            return []
        mapping = self._classes.arguments(method.owner)
        return [substitute(parameter.types, mapping) for parameter in parameters]

    def wanted(self, path: str, node: Node) -> Types:
        """The type that the place of an expression wants."""
        parent = node.parent
        how = self._wanting.get(parent.type) if parent is not None else None
        return how(path, node, parent) if how and parent is not None else ()

    def _wanted_by_variable(self, path: str, node: Node, parent: Node) -> Types:
        return self._classes.read(path, parent.parent.child_by_field_name("type")) if parent.parent else ()

    def _wanted_as_argument(self, path: str, node: Node, parent: Node) -> Types:
        return self._wanted_by_call(path, parent.parent, expressions(parent).index(node)) if parent.parent else ()

    def _returned_around(self, path: str, _: Node, node: Node) -> Types:
        at: Node | None = node
        while at is not None and at.type not in ("method_declaration", "lambda_expression"):
            at = at.parent
        return (
            self._classes.read(path, at.child_by_field_name("type")) if at and at.type == "method_declaration" else ()
        )

    def _wanted_by_call(self, path: str, call: Node, at: int) -> Types:
        if call.type == "method_invocation":
            members, _ = self._calls.called(path, call)
        elif call.type == "object_creation_expression":
            members = self._calls.constructors(path, call)
        else:
            return ()
        found: Types = ()
        for member in members:
            parameters = self._overloads.parameters(member.target) or []
            if parameters:
                types = parameters[min(at, len(parameters) - 1)].types
                found += substitute(types, self._classes.arguments(member.owner))
        return found

    def _passed_by_library(self, path: str, function: Node, at: int) -> Types:
        call = function.parent.parent if function.parent and function.parent.type == "argument_list" else None
        name = call.child_by_field_name("name") if call else None
        if call is None or name is None:
            return ()
        found: Types = ()
        for known in self._values.of(path, call.child_by_field_name("object")):
            if isinstance(known, Type) and not known.static:
                for base in self._classes.lineage(known):
                    given = library.passed(base, text_of(name)) if isinstance(base.of, str) else []
                    found += given[at] if at < len(given) else ()
        return found


def _returns(body: Node) -> list[Node]:
    found: list[Node] = []
    queue = list(body.named_children)
    while queue:
        node = queue.pop(0)
        if node.type == "return_statement":
            found.append(node)
        elif node.type not in ("lambda_expression", "class_body", "class_declaration"):
            queue += node.named_children
    return found
