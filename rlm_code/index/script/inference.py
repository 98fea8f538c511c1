"""What the arguments of a call in a script tell of type parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.script import library as lib
from rlm_code.index.script.calls import Call, is_rest
from rlm_code.index.script.syntax import Decl, Source
from rlm_code.index.script.values import Env, Type, Types, arguments_of, env_of, library, union

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.script.checker import Checker

_EACH = frozenset({"union_type", "type_annotation", "parenthesized_type", "readonly_type", "intersection_type"})


class Inference:
    """Infers type arguments."""

    def __init__(self, checker: Checker) -> None:
        self._c = checker

    def by_constructor(self, source: Source, node: Node, call: Call | None) -> Env:
        """What a `new` tells of a class's type parameters."""
        names = self._c.written.parameters(source, node)
        if not names or call is None:
            return ()
        body = node.child_by_field_name("body")
        for member in body.named_children if body is not None else ():
            name = member.child_by_field_name("name") if member.type == "method_definition" else None
            if name is not None and source.text(name) == "constructor":
                return self._matched(source, names, self._c.calls.parameters(source, member), call)
        return ()

    def inferred(self, source: Source, function: Node, call: Call, env: Env) -> Env:
        """What a call tells of a function's type parameters."""
        names = self._c.written.parameters(source, function)
        if not names:
            return ()
        if call.types:
            return self._c.written.bind(source, function, call.types)
        return self._matched(source, names, self._c.calls.parameters(source, function), call)

    def _matched(self, source: Source, names: list[Node], parameters: list[Node], call: Call) -> Env:
        wanted = {source.text(name): Decl(source.path, name.start_byte) for name in names}
        found: dict[Decl, Types] = {}
        for at, argument in enumerate(call.arguments):
            parameter = parameters[min(at, len(parameters) - 1)] if parameters else None
            written = parameter.child_by_field_name("type") if parameter is not None else None
            if written is None or not any(name in source.text(written) for name in wanted):
                continue
            given = self._c.expressions.of(call.source, argument)
            if parameter is not None and is_rest(parameter):
                given = (library("Array", given),)
            self._match(source, written, given, wanted, found)
        return tuple(found.items())

    def _match(
        self, source: Source, written: Node, given: Types, wanted: dict[str, Decl], found: dict[Decl, Types]
    ) -> None:
        """Reads off what type parameters in a written type must be for `given`."""
        kind, children = written.type, written.named_children
        if kind == "type_identifier":
            decl = wanted.get(source.text(written))
            if decl is not None and given:
                found[decl] = union(found.get(decl, ()), given)
        elif kind == "array_type":
            elements = union(*(self._c.members.element(each) for each in given))
            self._match(source, children[0], elements, wanted, found)
        elif kind == "generic_type":
            self._match_generic(source, written, given, wanted, found)
        elif kind in ("function_type", "constructor_type"):
            self._match_function(source, written, given, wanted, found)
        elif kind == "object_type":
            self._match_shape(source, written, given, wanted, found)
        elif kind in _EACH:
            for child in children:
                self._match(source, child, given, wanted, found)

    def _match_function(
        self, source: Source, written: Node, given: Types, wanted: dict[str, Decl], found: dict[Decl, Types]
    ) -> None:
        is_function = written.type == "function_type"
        made = self._c.calls.results(given) if is_function else self._c.calls.constructed_all(given)
        result = written.child_by_field_name("return_type") or written.child_by_field_name("type")
        if result is not None:
            self._match(source, result, made, wanted, found)

    def _match_shape(
        self, source: Source, written: Node, given: Types, wanted: dict[str, Decl], found: dict[Decl, Types]
    ) -> None:
        for child in written.named_children:
            name, inner = child.child_by_field_name("name"), child.child_by_field_name("type")
            if name is not None and inner is not None:
                self._match(source, inner, self._c.members.types(given, source.text(name)), wanted, found)

    def _match_generic(
        self, source: Source, written: Node, given: Types, wanted: dict[str, Decl], found: dict[Decl, Types]
    ) -> None:
        name, arguments = written.child_by_field_name("name"), written.child_by_field_name("type_arguments")
        if name is None or arguments is None:
            return
        inner = arguments.named_children
        if source.text(name) in lib.SAME and inner:
            self._match(source, inner[0], given, wanted, found)
            return
        for kind in given:
            args = self._arguments(source, name, kind)
            for node, arg in zip(inner, args, strict=False):
                self._match(source, node, arg, wanted, found)

    def _arguments(self, source: Source, name: Node, kind: Type) -> list[Types]:
        """The type arguments with which a type is what a name means."""
        if kind.kind == "library":
            is_iterable = source.text(name) in lib.ITERABLES | lib.ARRAYS
            return [lib.element(kind)] if is_iterable and kind.path != source.text(name) else list(arguments_of(kind))
        seen: list[Type] = [kind]
        for current in seen[:20]:
            for entity in self._c.names.qualified(source, name, "t"):
                if not isinstance(entity, Decl) or current.kind != "instance" or current.path != entity.path:
                    continue
                other, node = self._c.calls.node(current)
                own = node.child_by_field_name("name") if node is not None else None
                if other is not None and node is not None and own is not None and own.start_byte == entity.start:
                    known = dict(env_of(current))
                    names = self._c.written.parameters(other, node)
                    return [known.get(Decl(other.path, each.start_byte), ()) for each in names]
            if current.kind == "instance":
                seen += [base for base in self._c.written.heritage(current) if base not in seen]
        return []
