"""The host's functions that cells may call: a fixed table, each call checked against the function's own signature.

Annotations are the contract: `str`, `int`, `float`, `bool`, `None`, `list[...]`, `dict[str, ...]`, `Literal`,
unions of these, or nothing (any JSON). Anything else is a mistake in the host and fails when the sandbox opens.
"""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn

from rlm_code.errors import RlmCodeError
from rlm_code.sandbox.protocol import HostMethod

Check = Callable[[Any], bool]

# What a method may raise into the cell, as the worker will raise it; the first that fits.
_RAISED = (LookupError, ValueError, TypeError, RlmCodeError)


class Method:
    """One host function and the shape of its arguments."""

    def __init__(self, name: str, method: HostMethod) -> None:
        self.stops_clock = method.stops_clock
        self._name = name
        self._function = method.function
        parameters = list(inspect.signature(method.function, eval_str=True).parameters.values())
        self._named = [each for each in parameters if each.kind in (each.POSITIONAL_ONLY, each.POSITIONAL_OR_KEYWORD)]
        self._more = next((each for each in parameters if each.kind is each.VAR_POSITIONAL), None)
        self._needed = sum(each.default is each.empty for each in self._named)
        self._checks = [_check(each.annotation) for each in self._named]
        self._check_more = _check(self._more.annotation) if self._more else _anything

    def call(self, arguments: list[Any]) -> Any:
        """The function's result. Raises TypeError before the call if the arguments do not fit."""
        if not self._needed <= len(arguments) <= (len(self._named) if self._more is None else len(arguments)):
            wanted = ", ".join(str(each) for each in [*self._named, *([self._more] if self._more else [])])
            raise TypeError(f"{self._name}({wanted}) was given {len(arguments)} arguments")
        for number, value in enumerate(arguments):
            check = self._checks[number] if number < len(self._checks) else self._check_more
            if not check(value):
                self._refuse(number, value)
        return self._function(*arguments)

    def _refuse(self, number: int, value: Any) -> NoReturn:
        parameter = self._named[number] if number < len(self._named) else self._more
        assert parameter is not None
        wanted = inspect.formatannotation(parameter.annotation)
        raise TypeError(f"{self._name}(): {parameter.name} must be {wanted}, not {_shape(value)}")


def _shape(value: Any) -> str:
    """A value's type in words, with that of what it holds."""
    held = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    inner = sorted({type(each).__name__ for each in held})
    return type(value).__name__ + (f" of {', '.join(inner)}" if inner else "")


def method_table(methods: Mapping[str, HostMethod]) -> dict[str, Method]:
    """Each method by name. Raises TypeError if a signature names a type that is no JSON."""
    return {name: Method(name, method) for name, method in methods.items()}


def raised_in_cell(error: Exception) -> tuple[str, str] | None:
    """The kind and message under which `error` reaches the cell; None if it must not."""
    for kind in _RAISED:
        if isinstance(error, kind):
            message = error.args[0] if isinstance(error, KeyError) and len(error.args) == 1 else error
            return kind.__name__, str(message)
    return None


def _anything(value: Any) -> bool:
    return True


def _check(annotation: Any) -> Check:
    if annotation in (Any, inspect.Parameter.empty, object):
        return _anything
    if annotation is None or annotation is type(None):
        return lambda value: value is None
    if annotation in (str, int, bool, list, dict):
        return lambda value: isinstance(value, annotation)
    if annotation is float:
        return lambda value: isinstance(value, (int, float))
    return _generic_check(annotation)


def _generic_check(annotation: Any) -> Check:
    origin, parameters = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Literal:
        return lambda value: any(value == each and type(value) is type(each) for each in parameters)
    if origin in (typing.Union, types.UnionType):
        checks = [_check(parameter) for parameter in parameters]
        return lambda value: any(check(value) for check in checks)
    if origin in (list, Sequence) and len(parameters) == 1:
        each = _check(parameters[0])
        return lambda value: isinstance(value, list) and all(map(each, value))
    if origin in (dict, Mapping) and parameters[:1] == (str,):
        each = _check(parameters[1])
        return lambda value: isinstance(value, dict) and all(map(each, value.values()))
    raise TypeError(
        f"{annotation!r} is no JSON type: a host method can take str, int, float, bool, None, list and dict"
    )
