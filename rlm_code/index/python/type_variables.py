"""What the type variables of a function stand for in a call: by what it is called on and what it is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.fileview import FUNCTIONS
from rlm_code.index.python import tables
from rlm_code.index.python.annotations import parts_of
from rlm_code.index.python.tree import decorators_of, text_of
from rlm_code.index.values import Instance, Local, Target, Value

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.python.types import PythonTypes, Values

_WRAPPERS = frozenset({"type", "parenthesized_expression"})
_TYPED = frozenset({"typed_parameter", "typed_default_parameter"})
_NO_PARAMETERS = frozenset({"comment", "positional_separator", "keyword_separator"})


def told(
    types: PythonTypes, target: Target, receiver: Value | None, path: str, given: list[Node]
) -> dict[Value, Values]:
    """What the type variables stand for that the type of a function's result names, as far as a call in the file at
    `path` tells: by what the function is called on and by its arguments."""
    variables = types.memo.get(("type variables", target), lambda: _named_by_result(types, target))
    node = types.node_of(target) if variables else None
    if node is None:
        return {}
    first = receiver if receiver is not None and takes_receiver(types, target, receiver) else None
    found = {one: read_from(types, path, node, name_of(types, one), given, first) for one in variables}
    return {variable: values for variable, values in found.items() if values}


def takes_receiver(types: PythonTypes, target: Target, receiver: Value) -> bool:
    """Whether a function that is asked of an object or a class gets that as its first argument."""
    definition = types.definition(target)
    decorators = decorators_of(types.index.data(target.path)[definition.start : definition.name_start])
    if "staticmethod" in decorators:
        return False
    return isinstance(receiver, Instance) or "classmethod" in decorators


def _named_by_result(types: PythonTypes, target: Target) -> Values:
    definition = types.definition(target)
    data = types.index.data(target.path)
    if definition.kind not in FUNCTIONS or data.find(b"->", definition.name_end, definition.header_end) < 0:
        return ()
    node = types.node_of(target)
    returned = node.child_by_field_name("return_type") if node else None
    return tuple(dict.fromkeys(variables_in(types, target.path, returned))) if returned else ()


def variables_in(types: PythonTypes, path: str, written: Node) -> list[Value]:
    """The type variables that a type names, in order."""
    if written.type == "identifier":
        values = types.links.bare(path, text_of(written), written.start_byte).values
        return [value for value in values if is_type_variable(types, value)]
    return [value for child in written.named_children for value in variables_in(types, path, child)]


def is_type_variable(types: PythonTypes, value: Value) -> bool:
    """Whether something is a type parameter, or what `TypeVar` gives."""
    if not isinstance(value, Target):
        return isinstance(value, Local)
    definition = types.definition(value)
    return b"TypeVar(" in types.index.data(value.path)[definition.name_end : definition.end]


def name_of(types: PythonTypes, variable: Value) -> str:
    """The name of a type variable."""
    if isinstance(variable, Local):
        return variable.name
    return types.definition(variable).name if isinstance(variable, Target) else ""


def read_from(
    types: PythonTypes, path: str, function: Node, variable: str, given: list[Node], receiver: Value | None
) -> Values:
    """What a call in the file at `path` says of a type variable that a function's parameters name. `receiver` is what
    the first of them is given without being among the arguments, None if it is one."""
    parameters = function.child_by_field_name("parameters")
    if parameters is None:
        return ()
    names = [child for child in parameters.named_children if child.type not in _NO_PARAMETERS]
    found: list[Value] = []
    if receiver is not None and names:
        own, *names = names
        written = own.child_by_field_name("type")
        found += _read_out(types, path, written, variable, (receiver,)) if written else ()
    for place, parameter in enumerate(names):
        written = parameter.child_by_field_name("type") if parameter.type in _TYPED else None
        argument = _argument(parameter, place, given) if written is not None else None
        if written is not None and argument is not None:
            found += _read_out(types, path, written, variable, types.objects(path, argument))
    return tuple(dict.fromkeys(found))


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
    places = [place for place, argument in enumerate(arguments) if _only_name(argument) == variable]
    return _part(types, path, name, places[-1], len(arguments), values) if places else ()


def _part(types: PythonTypes, path: str, name: str, place: int, count: int, values: Values) -> Values:
    """What an argument of a generic type stands for, where these are its objects."""
    last = place == count - 1
    if name in tables.CLASS_OBJECTS:
        return tuple(Instance(value) for value in values if isinstance(value, Target))
    if name in tables.CALLABLES:
        return tuple(one for value in values for one in types.calls.given_by(path, value, None)) if last else ()
    if name in tables.LISTS or (name in tables.MAPPINGS and not place):
        return types.containers.elements(path, values) if not place else ()
    if name in tables.MAPPINGS or name in tables.TUPLES:
        return types.containers.item(path, values, place if name in tables.TUPLES else None)
    if name in tables.RESULTS:
        return values if last else ()
    found = (value.arguments for value in values if isinstance(value, Instance))
    return tuple(one for parts in found if place < len(parts) for one in parts[place])


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
