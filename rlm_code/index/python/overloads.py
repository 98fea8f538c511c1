"""Which overloads of a Python function a call may mean: by how many arguments there are, their names and their kinds.

What is not certain rules nothing out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rlm_code.index.fileview import FUNCTIONS
from rlm_code.index.python import tables
from rlm_code.index.python.annotations import parts_of
from rlm_code.index.python.tree import decorators_of, text_of
from rlm_code.index.python.type_variables import takes_receiver
from rlm_code.index.values import EXTERNAL, Instance, Target, Value

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.python.types import PythonTypes

_SPREAD = frozenset({"list_splat", "dictionary_splat"})
_WRAPPERS = frozenset({"type", "parenthesized_expression"})
_MARKS = frozenset({"keyword_separator", "positional_separator"})
_KINDS = {
    "string": "str", "concatenated_string": "str", "integer": "int", "float": "float", "true": "bool", "false": "bool",
    "none": "None", "list": "list", "list_comprehension": "list", "dictionary": "dict",
    "dictionary_comprehension": "dict", "set": "set", "set_comprehension": "set", "tuple": "tuple", "lambda": "lambda",
}  # fmt: skip
_TAKES = {
    "str": {"str"}, "int": {"int", "bool"}, "float": {"float", "int", "bool"}, "bool": {"bool"}, "None": {"None"},
    "bytes": set[str](), "list": {"list"}, "List": {"list"}, "dict": {"dict"}, "Dict": {"dict"}, "set": {"set"},
    "Set": {"set"}, "frozenset": set[str](), "tuple": {"tuple"}, "Tuple": {"tuple"}, "type": set[str](),
    "Type": set[str](), "Callable": {"lambda"}, "Mapping": {"dict"}, "MutableMapping": {"dict"},
    "Sequence": {"list", "tuple", "str"}, "Iterable": {"list", "tuple", "str", "set", "dict"},
}  # fmt: skip
"""The kinds of literals that objects of Python's own types may be."""


def chosen(types: PythonTypes, path: str, values: dict[Value, Value | None], given: list[Node]) -> list[Value]:
    """What a call with these arguments may run of what it calls, each with what that is called on: of overloads those
    that may take the arguments, up to the first that takes them for certain; what implements them is none."""
    overloads = [value for value in values if isinstance(value, Target) and is_overload(types, value)]
    if not overloads:
        return list(values)
    fitting: list[Value] = []
    for overload in overloads:
        fits = _fits(types, path, overload, values[overload], given)
        if fits is not False:
            fitting.append(overload)
        if fits:
            break
    names = {(one.path, types.definition(one).parent, types.definition(one).name) for one in overloads}
    others = [value for value in values if value not in overloads and _place(types, value) not in names]
    return [*(fitting or overloads), *others]


def is_overload(types: PythonTypes, target: Target) -> bool:
    """Whether a definition is one of a function's overloads."""
    definition = types.definition(target)
    head = types.index.data(target.path)[definition.start : definition.name_start]
    return definition.kind in FUNCTIONS and any(name.endswith("overload") for name in decorators_of(head))


def _place(types: PythonTypes, value: Value) -> tuple[str, int, str] | None:
    definition = types.definition(value) if isinstance(value, Target) else None
    return (value.path, definition.parent, definition.name) if definition and isinstance(value, Target) else None


def _fits(types: PythonTypes, path: str, overload: Target, receiver: Value | None, given: list[Node]) -> bool | None:
    """Whether a function takes arguments; None if that is not certain."""
    function = types.node_of(overload)
    parameters = function.child_by_field_name("parameters") if function is not None else None
    if parameters is None or any(argument.type in _SPREAD for argument in given):
        return None
    listed = [one for one in parameters.named_children if one.type != "comment"]
    listed = listed[1:] if receiver is not None and takes_receiver(types, overload, receiver) else listed
    matched = _matched(listed, given)
    if matched is None:
        return False
    told = [_takes(types, overload.path, parameter, path, argument) for parameter, argument in matched]
    return False if False in told else None if None in told else True


def _matched(parameters: Sequence[Node], given: list[Node]) -> list[tuple[Node, Node]] | None:
    """Each argument with its parameter; None if an argument has none, or a parameter that needs one."""
    plain = [argument for argument in given if argument.type != "keyword_argument"]
    named = {text_of(one.named_children[0]): one.named_children[-1] for one in given if one not in plain}
    found: list[tuple[Node, Node]] = []
    positional = True
    for parameter in parameters:
        stars = _stars(parameter)
        if parameter.type in _MARKS or stars == "*":
            positional = positional and parameter.type == "positional_separator"
            found += [(parameter, argument) for argument in plain] if stars else []
            plain = [] if stars else plain
        elif stars == "**":
            found += [(parameter, argument) for argument in named.values()]
            named = {}
        elif positional and plain:
            found.append((parameter, plain.pop(0)))
        elif (name := _name(parameter)) in named:
            found.append((parameter, named.pop(name)))
        elif parameter.child_by_field_name("value") is None:
            return None
    return None if plain or named else found


def _stars(parameter: Node) -> str:
    text = text_of(parameter)
    return "**" if text.startswith("**") else "*" if text.startswith("*") and parameter.type not in _MARKS else ""


def _name(parameter: Node) -> str:
    name = parameter.child_by_field_name("name")
    return text_of(name or (parameter.named_children[0] if parameter.named_children else parameter))


def _takes(types: PythonTypes, path: str, parameter: Node, caller: str, argument: Node) -> bool | None:
    written = parameter.child_by_field_name("type")
    return None if written is None else _allows(types, path, written, caller, argument)


def _allows(types: PythonTypes, path: str, written: Node, caller: str, argument: Node) -> bool | None:
    """Whether a type allows what an argument stands for."""
    while written.type in _WRAPPERS and written.named_children:
        written = written.named_children[0]
    name = text_of(written)
    inner: list[Node] = []
    if written.type in ("generic_type", "subscript"):
        base, inner = parts_of(written)
        name = text_of(base) if base else ""
    name = name.rpartition(".")[2]
    if written.type in ("binary_operator", "union_type") or name in ("Union", "Optional"):
        parts = [_allows(types, path, one, caller, argument) for one in inner or written.named_children]
        parts += [argument.type == "none" if argument.type in _KINDS else None] if name == "Optional" else []
        return True if True in parts else None if None in parts else False
    if name == "Literal":
        return _is_one_of([text_of(one) for one in inner], argument)
    if name in _TAKES:
        return _is_of_kind(types, _TAKES[name], bool(inner), caller, argument)
    return _is_of_class(types, path, written, caller, argument)


def _is_one_of(texts: list[str], argument: Node) -> bool | None:
    if argument.type not in _KINDS:
        return None
    return text_of(argument).replace("'", '"') in [text.replace("'", '"') for text in texts]


def _is_of_kind(types: PythonTypes, kinds: set[str], is_part: bool, caller: str, argument: Node) -> bool | None:
    """Whether an argument is a literal of some kinds. `is_part`: what it holds is told too, which is not looked at."""
    kind = _KINDS.get(argument.type)
    if kind == "str" and text_of(argument).lower().startswith(("b", "rb")):
        return None
    if kind is not None:
        return False if kind not in kinds else None if is_part else True
    values = types.objects(caller, argument)
    is_ours = bool(values) and all(isinstance(value, Instance) for value in values)
    return False if is_ours and kinds <= tables.LITERALS else None


def _is_of_class(types: PythonTypes, path: str, written: Node, caller: str, argument: Node) -> bool | None:
    """Whether an argument is an object of a class of the snapshot."""
    wanted = types.annotations.values(path, written)
    owners = [value.of for value in wanted if isinstance(value, Instance)]
    if not owners or len(owners) != len(wanted):
        return None
    if argument.type in _KINDS:
        return None if argument.type == "lambda" or any(_is_open(types, owner) for owner in owners) else False
    values = types.objects(caller, argument)
    if not values or EXTERNAL in values or not all(isinstance(value, Instance) for value in values):
        return None
    of = [value.of for value in values if isinstance(value, Instance)]
    if all(any(owner in types.links.order(one) for owner in owners) for one in of):
        return True
    return None if any(_is_open(types, owner) for owner in owners) else False


def _is_open(types: PythonTypes, owner: Target) -> bool:
    """Whether objects of other classes may count as objects of a class: one that builds on `Protocol` or on what is not
    in the snapshot."""
    return types.links.has_outside_base(owner)
