"""What Go's calls give: functions, conversions, generic functions by what they are called with, built-in ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.typed.go_packages import GoPackages
from rlm_code.index.typed.go_types import FUNCTION, GoTypes
from rlm_code.index.typed.model import Module, Substitution, Target, Type, Types, as_objects, substitute, unify
from rlm_code.index.typed.tree import child, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.typed.go_values import GoValues

_MOST_RESULTS = 4
_GIVING_BACK = frozenset({"sync.OnceFunc", "sync.OnceValue", "sync.OnceValues"})
"""Functions of the library that give a function which gives what the one that they are given does."""


class GoCalls:
    """Reads calls in the files of one snapshot."""

    def __init__(self, values: GoValues, types: GoTypes, packages: GoPackages) -> None:
        self._values = values
        self._types = types
        self._packages = packages

    def results(self, path: str, node: Node) -> tuple[Types, ...]:
        """What a call gives, one for each result."""
        function = node.child_by_field_name("function")
        arguments = node.child_by_field_name("arguments")
        if function is None:
            return ()
        built_in = self._built_in(path, function, arguments)
        if built_in is not None:
            return (built_in,)
        for known in self._values.of(path, function):
            if isinstance(known, Type):
                return self._given_by(path, known, function, arguments)
        return ()

    def _given_by(self, path: str, known: Type, function: Node, arguments: Node | None) -> tuple[Types, ...]:
        """What calling an object of some type gives, or converting to it."""
        if known.of == FUNCTION:
            return tuple(substitute(given, self._inferred(path, function, arguments)) for given in known.args)
        if known.of in _GIVING_BACK and arguments is not None:
            return (self._values.of(path, child(arguments, 0)),)
        if isinstance(known.of, str) and known.of.endswith("()"):
            return ()  # a function that code from elsewhere gave may have been made of one from here
        if isinstance(known.of, str):
            given = Type(known.of if known.static and known.of[:1].islower() else f"{known.of}()")
            return ((given,),) * _MOST_RESULTS
        if known.static:
            return ((known._replace(static=False),),)
        made = [u for u in self._types.underlying(known) if isinstance(u, Type) and u.of == FUNCTION]
        return made[0].args if made else ()

    def given_by(self, path: str, node: Node) -> Types:
        """The first that a call gives."""
        results = self.results(path, node)
        return results[0] if results else ()

    def _built_in(self, path: str, function: Node, arguments: Node | None) -> Types | None:
        name = text_of(function) if function.type == "identifier" else ""
        if name not in ("new", "make", "append", "len", "cap", "copy", "min", "max") or arguments is None:
            return None
        if self._values.binding(path, function) or self._packages.declared(path, name):
            return None
        first = child(arguments, 0)
        if name in ("len", "cap", "copy"):
            return (Type("int"),)
        types = self._types.read(path, first) or self._values.of(path, first)
        return as_objects(types)

    def _inferred(self, path: str, function: Node, arguments: Node | None) -> Substitution:
        """What a call says of a generic function's type parameters: by its brackets, else by its arguments."""
        explicit = function.children_by_field_name("index") if function.type == "index_expression" else []
        if function.type == "index_expression":
            function = function.child_by_field_name("operand") or function
        target = self._function_named(path, function)
        node = self._types.declaring(target) if target else None
        variables = self._types.variables(target.path, node) if target and node else []
        if not variables or target is None or node is None:
            return {}
        mapping: Substitution = {}
        for variable, written in zip(variables, explicit, strict=False):
            mapping[variable] = self._types.read(path, written) or as_objects(self._values.of(path, written))
        wanted = self._parameter_types(target.path, node)
        for types, argument in zip(wanted, arguments.named_children if arguments else [], strict=False):
            unify(types, self._values.of(path, argument), set(variables), mapping)
        return mapping

    def converted(self, path: str, node: Node) -> Types:
        """What `T[A](x)` gives: an object of a type, or what a generic function gives."""
        written = node.child_by_field_name("type")
        name = written.child_by_field_name("type") if written is not None and written.type == "generic_type" else None
        arguments = written.child_by_field_name("type_arguments") if written is not None else None
        target = self._function_named(path, name) if name is not None else None
        declared = self._types.declaring(target) if target else None
        if target is None or declared is None or arguments is None:
            return self._types.read(path, written)
        given = [self._types.read(path, inner) for inner in arguments.named_children]
        mapping = dict(zip(self._types.variables(target.path, declared), given, strict=False))
        results = self._types.function(target.path, declared).args
        return substitute(results[0], mapping) if results else ()

    def _function_named(self, path: str, node: Node) -> Target | None:
        if node.type in ("identifier", "type_identifier"):
            found = self._values.declared(path, text_of(node))
        elif node.type == "selector_expression":
            name, owner = node.child_by_field_name("field"), node.child_by_field_name("operand")
            modules = [m for m in self._values.of(path, owner) if isinstance(m, Module)]
            found = [t for m in modules for t in self._packages.exported(m, text_of(name), path)] if name else []
        else:
            found = []
        return found[0] if found and self._types.kind(found[0]) == "function" else None

    def _parameter_types(self, path: str, node: Node) -> list[Types]:
        parameters = node.child_by_field_name("parameters")
        found: list[Types] = []
        for one in parameters.named_children if parameters else []:
            types = self._types.read(path, one.child_by_field_name("type"))
            found += [types] * max(1, len(one.children_by_field_name("name")))
        return found
