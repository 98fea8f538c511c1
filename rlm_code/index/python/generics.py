"""What a call gives of a function that returns a type variable: what the call gives the parameters of that type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.fileview import FUNCTIONS
from rlm_code.index.python import tables
from rlm_code.index.python.annotations import parts_of
from rlm_code.index.python.tree import text_of
from rlm_code.index.values import Instance, Local, Target, Value

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.python.types import PythonTypes, Values

_WRAPPERS = frozenset({"type", "parenthesized_expression"})
_TYPED = frozenset({"typed_parameter", "typed_default_parameter"})
_NO_PARAMETERS = frozenset({"comment", "positional_separator", "keyword_separator"})


def solved(types: PythonTypes, path: str, target: Target, bound: bool, given: list[Node]) -> Values:
    """What a function gives that returns a type variable, called in the file at `path` with the arguments `given`.
    `bound`: its first parameter is none of theirs."""
    node = types.node_of(target) if types.definition(target).kind in FUNCTIONS else None
    returned = node.child_by_field_name("return_type") if node else None
    parameters = node.child_by_field_name("parameters") if node else None
    variable = _only_name(returned)
    if returned is None or parameters is None or not _is_variable(types, target.path, variable, returned.start_byte):
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
    for value in types.links.bare(path, name, offset).values if name else ():
        if isinstance(value, Local):
            return True
        if isinstance(value, Target):
            definition = types.definition(value)
            return b"TypeVar(" in types.index.data(value.path)[definition.name_end : definition.end]
    return False


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
