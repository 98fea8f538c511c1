"""What type variables stand for in the members of an object of a generic class: by what its type says or what it is
made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.python.annotations import parts_of
from rlm_code.index.python.tree import node_at, text_of
from rlm_code.index.python.type_variables import is_type_variable, name_of, read_from, variables_in
from rlm_code.index.values import Container, Instance, Target, Value

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.python.types import PythonTypes, Values

_MOST_KEPT = 10_000
_MOST_BASES = 60


class Generics:
    """Answers about the generic Python classes of one snapshot."""

    def __init__(self, types: PythonTypes) -> None:
        self._types = types
        self._known: dict[Instance, dict[tuple[Target, Value], Values]] = {}

    def is_generic(self, value: Value | None) -> bool:
        """Whether something is an object of a class that has type parameters or names what those of a base are."""
        return isinstance(value, Instance) and bool(value.arguments or self._all_given(value))

    def given(self, receiver: Value | None, path: str, name: Node, variable: Value) -> Values | None:
        """What a type variable in a class's annotations is for an object of it, or of a class below; None if nothing
        tells."""
        if not isinstance(receiver, Instance) or not is_type_variable(self._types, variable):
            return None
        owner = self._types.links.class_around(path, name.start_byte)
        if owner is None:
            return None
        known = self._own_given(receiver) if owner == receiver.of else self._all_given(receiver)
        return known.get((owner, variable))

    def made(self, path: str, call: Node, of: Target, given: list[Node]) -> Instance:
        """The object that a call of a class makes, with what the type parameters of its class stand for: by what is
        written behind the class's name, else by the arguments."""
        parameters = self.parameters(of)
        function = call.child_by_field_name("function")
        if parameters and function is not None and function.type == "subscript":
            written = function.children_by_field_name("subscript")
            return Instance(of, tuple(self._types.annotations.values(path, one) for one in written))
        makers = self._types.links.class_members(of, "__init__")[0] if parameters else []
        node = self._types.node_of(makers[0]) if makers else None
        if node is None:
            return Instance(of)
        names = (name_of(self._types, one) for one in parameters)
        parts = tuple(read_from(self._types, path, node, name, given, Instance(of)) for name in names)
        return Instance(of, parts) if any(parts) else Instance(of)

    def built_on(self, value: Instance) -> Values:
        """The language's own containers that an object's class builds on with what they hold: `class C(list[A])`."""
        return self._types.memo.get(("built on", value), lambda: self._find_built_on(value))

    def _find_built_on(self, value: Instance) -> Values:
        found: dict[Value, None] = {}
        seen: list[Value] = [value]
        for one in seen:  # grows as bases are found
            if isinstance(one, Instance):
                seen += [base for base in self._bases(one) if len(seen) < _MOST_BASES and base not in seen]
            elif isinstance(one, Container):
                found[one] = None
        return tuple(found)

    def _all_given(self, value: Instance) -> dict[tuple[Target, Value], Values]:
        """What the type parameters of an object's class and its bases stand for, by class and parameter."""
        if value not in self._known:
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            self._known[value] = self._find_given(value)
        return self._known[value]

    def _find_given(self, value: Instance) -> dict[tuple[Target, Value], Values]:
        found: dict[tuple[Target, Value], Values] = {}
        seen: list[Value] = [value]
        for one in seen:  # grows as bases are found
            if isinstance(one, Instance):
                found = self._own_given(one) | found
                seen += [base for base in self._bases(one) if len(seen) < _MOST_BASES and base not in seen]
        return found

    def _own_given(self, value: Instance) -> dict[tuple[Target, Value], Values]:
        """What an object's type says of the type parameters of its class itself."""
        if not value.arguments:
            return {}
        parameters = zip(self.parameters(value.of), value.arguments, strict=False)
        return {(value.of, parameter): values for parameter, values in parameters if values}

    def _bases(self, value: Instance) -> Values:
        """Objects of the bases of an object's class, with what their type parameters stand for."""
        written = _bases_of(self._types, value.of)
        if not written:
            return tuple(Instance(base) for base in self._types.links.bases(value.of))
        values = self._types.annotations.values
        return tuple(one for base in written for one in values(value.of.path, base, value))

    def parameters(self, owner: Target) -> Values:
        """The type parameters of a class in order."""
        return self._types.memo.get(("type parameters", owner), lambda: self._find_parameters(owner))

    def _find_parameters(self, owner: Target) -> Values:
        node = _header_of(self._types, owner)
        own = node.child_by_field_name("type_parameters") if node is not None else None
        bases = _bases_of(self._types, owner) if own is None else []
        generic = [base for base in bases if base.type in ("generic_type", "subscript")]
        written = own.named_children if own is not None else [one for base in generic for one in parts_of(base)[1]]
        listed = [one for base in generic if _is_listing(base) for one in parts_of(base)[1]]
        found: dict[Value, None] = {}
        for name in listed or written:
            found |= dict.fromkeys(variables_in(self._types, owner.path, name))
        return tuple(found)


def _header_of(types: PythonTypes, owner: Target) -> Node | None:
    """The node of a class in whose header brackets stand; None for another, which is not read."""
    definition = types.definition(owner)
    if b"[" not in types.index.data(owner.path)[definition.name_end : definition.header_end]:
        return None
    tree = types.index.syntax(owner.path, (definition.start, definition.end)).tree
    name = node_at(tree, definition.name_start, definition.name_end)
    return name.parent if name is not None else None


def _bases_of(types: PythonTypes, owner: Target) -> list[Node]:
    """The bases that a class names in a header with brackets."""
    node = _header_of(types, owner)
    given = node.child_by_field_name("superclasses") if node is not None else None
    return [base for base in given.named_children if base.type != "keyword_argument"] if given is not None else []


def _is_listing(base: Node) -> bool:
    name, _ = parts_of(base)
    return name is not None and text_of(name).rpartition(".")[2] in ("Generic", "Protocol")
