"""What type variables stand for: in what a call gives, by the arguments of the call; in the members of an object of a
generic class, by what its type says or what it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.fileview import FUNCTIONS
from rlm_code.index.python import tables
from rlm_code.index.python.annotations import parts_of
from rlm_code.index.python.tree import node_at, text_of
from rlm_code.index.values import Instance, Local, Target, Value

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.python.types import PythonTypes, Values

_MOST_KEPT = 10_000
_MOST_BASES = 60
_WRAPPERS = frozenset({"type", "parenthesized_expression"})
_TYPED = frozenset({"typed_parameter", "typed_default_parameter"})
_NO_PARAMETERS = frozenset({"comment", "positional_separator", "keyword_separator"})


class Generics:
    """Answers about the generic Python classes of one snapshot."""

    def __init__(self, types: PythonTypes) -> None:
        self._types = types
        self._parameters: dict[Target, list[Value]] = {}
        self._known: dict[Instance, dict[tuple[Target, Value], Values]] = {}

    def is_generic(self, value: Value | None) -> bool:
        """Whether something is an object of a class that has type parameters or names what those of a base are."""
        return isinstance(value, Instance) and bool(value.arguments or self._all_given(value))

    def given(self, receiver: Value | None, path: str, name: Node, variable: Value) -> Values | None:
        """What a type variable in a class's annotations is for an object of it, or of a class below; None if nothing
        tells."""
        if not isinstance(receiver, Instance) or not _is_type_variable(self._types, variable):
            return None
        owner = self._types.links.class_around(path, name.start_byte)
        if owner is None:
            return None
        known = self._own_given(receiver) if owner == receiver.of else self._all_given(receiver)
        return known.get((owner, variable))

    def made(self, path: str, call: Node, of: Target, given: list[Node]) -> Instance:
        """The object that a call of a class makes, with what the type parameters of its class stand for: by what is
        written behind the class's name, else by the arguments."""
        parameters = self._of_class(of)
        function = call.child_by_field_name("function")
        if parameters and function is not None and function.type == "subscript":
            written = function.children_by_field_name("subscript")
            return Instance(of, tuple(self._types.annotations.values(path, one) for one in written))
        makers = self._types.links.class_members(of, "__init__")[0] if parameters else []
        node = self._types.node_of(makers[0]) if makers else None
        if node is None:
            return Instance(of)
        names = (_name_of(self._types, one) for one in parameters)
        parts = tuple(_read_from(self._types, path, node, name, given, bound=True) for name in names)
        return Instance(of, parts) if any(parts) else Instance(of)

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
        parameters = zip(self._of_class(value.of), value.arguments, strict=False)
        return {(value.of, parameter): values for parameter, values in parameters if values}

    def _bases(self, value: Instance) -> Values:
        """Objects of the bases of an object's class, with what their type parameters stand for."""
        written = _bases_of(self._types, value.of)
        if not written:
            return tuple(Instance(base) for base in self._types.links.bases(value.of))
        values = self._types.annotations.values
        return tuple(one for base in written for one in values(value.of.path, base, value))

    def _of_class(self, owner: Target) -> list[Value]:
        """The type parameters of a class in order."""
        if owner not in self._parameters:
            self._parameters[owner] = self._find_parameters(owner)
        return self._parameters[owner]

    def _find_parameters(self, owner: Target) -> list[Value]:
        node = _header_of(self._types, owner)
        own = node.child_by_field_name("type_parameters") if node is not None else None
        bases = _bases_of(self._types, owner) if own is None else []
        generic = [base for base in bases if base.type in ("generic_type", "subscript")]
        written = own.named_children if own is not None else [one for base in generic for one in parts_of(base)[1]]
        listed = [one for base in generic if _is_listing(base) for one in parts_of(base)[1]]
        found: dict[Value, None] = {}
        for name in listed or written:
            found |= dict.fromkeys(self._variables_in(owner.path, name))
        return list(found)

    def _variables_in(self, path: str, written: Node) -> list[Value]:
        """The type variables that a type names, in order."""
        if written.type == "identifier":
            values = self._types.links.bare(path, text_of(written), written.start_byte).values
            return [value for value in values if _is_type_variable(self._types, value)]
        return [value for child in written.named_children for value in self._variables_in(path, child)]


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


def _name_of(types: PythonTypes, variable: Value) -> str:
    if isinstance(variable, Local):
        return variable.name
    return types.definition(variable).name if isinstance(variable, Target) else ""


def solved(types: PythonTypes, path: str, target: Target, bound: bool, given: list[Node]) -> Values:
    """What a function gives that returns a type variable, called in the file at `path` with the arguments `given`.
    `bound`: its first parameter is none of theirs."""
    node = types.node_of(target) if types.definition(target).kind in FUNCTIONS else None
    returned = node.child_by_field_name("return_type") if node else None
    variable = _only_name(returned)
    if node is None or returned is None or not _is_variable(types, target.path, variable, returned.start_byte):
        return ()
    return _read_from(types, path, node, variable, given, bound=bound)


def _read_from(
    types: PythonTypes, path: str, function: Node, variable: str, given: list[Node], *, bound: bool
) -> Values:
    """What the arguments of a call in the file at `path` say of a type variable that a function's parameters name."""
    parameters = function.child_by_field_name("parameters")
    if parameters is None:
        return ()
    names = [child for child in parameters.named_children if child.type not in _NO_PARAMETERS][bound:]
    found: list[Value] = []
    for place, parameter in enumerate(names):
        written = parameter.child_by_field_name("type") if parameter.type in _TYPED else None
        argument = _argument(parameter, place, given) if written is not None else None
        if written is not None and argument is not None:
            found += _read_out(types, path, written, variable, types.objects(path, argument))
    return tuple(dict.fromkeys(found))


def _is_variable(types: PythonTypes, path: str, name: str, offset: int) -> bool:
    """Whether a name is that of a type variable: of a type parameter, or of what `TypeVar` gives."""
    return bool(name) and any(_is_type_variable(types, value) for value in types.links.bare(path, name, offset).values)


def _is_type_variable(types: PythonTypes, value: Value) -> bool:
    if not isinstance(value, Target):
        return isinstance(value, Local)
    definition = types.definition(value)
    return b"TypeVar(" in types.index.data(value.path)[definition.name_end : definition.end]


def _argument(parameter: Node, place: int, given: list[Node]) -> Node | None:
    """The argument that a parameter is given by its name or its place."""
    name = text_of(parameter.child_by_field_name("name") or parameter.named_children[0])
    for argument in given:
        key = argument.child_by_field_name("name") if argument.type == "keyword_argument" else None
        if key is not None and text_of(key) == name:
            return argument.child_by_field_name("value")
    plain = [argument for argument in given if argument.type != "keyword_argument"]
    spread = any(argument.type.endswith("_splat") for argument in plain)
    return plain[place] if place < len(plain) and not spread else None


def _read_out(types: PythonTypes, path: str, written: Node, variable: str, values: Values) -> Values:
    """What a type variable stands for in a type that is written, where these are its objects."""
    while written.type in _WRAPPERS and written.named_children:
        written = written.named_children[0]
    if _only_name(written) == variable:
        return values
    if written.type not in ("generic_type", "subscript"):
        return ()
    base, arguments = parts_of(written)
    name = text_of(base).rpartition(".")[2] if base else ""
    if not arguments or _only_name(arguments[-1]) != variable:
        return ()
    if name in tables.CLASS_OBJECTS:
        return tuple(Instance(value) for value in values if isinstance(value, Target))
    if name in tables.CALLABLES:
        return tuple(one for value in values for one in types.calls.given_by(path, value, None))
    return types.containers.elements(path, values) if name in tables.LISTS else ()


def _only_name(written: Node | None) -> str:
    """The name that a type is, `None` beside it left out; "" for another type."""
    if written is None:
        return ""
    if written.type in _WRAPPERS:
        return _only_name(written.named_children[0]) if written.named_children else ""
    if written.type in ("binary_operator", "union_type"):
        names = {_only_name(child) for child in written.named_children if text_of(child) != "None"}
        return names.pop() if len(names) == 1 else ""
    if written.type in ("generic_type", "subscript"):
        base, arguments = parts_of(written)
        optional = base is not None and text_of(base).rpartition(".")[2] == "Optional"
        return _only_name(arguments[0]) if optional and arguments else ""
    return text_of(written) if written.type == "identifier" else ""
