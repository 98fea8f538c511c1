"""The host's functions that cells may call: a fixed table, each call checked against the function's own signature.

Annotations are the contract: `str`, `int`, `float`, `bool`, `None`, `list[...]`, `dict[str, ...]`, `Literal`,
unions of these, or nothing (any JSON). Anything else is a mistake in the host and fails when the sandbox opens.
"""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from typing import Any

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
        self._signature = inspect.signature(method.function, eval_str=True)
        self._checks = {
            parameter.name: (_check(parameter.annotation), parameter.kind is parameter.VAR_POSITIONAL)
            for parameter in self._signature.parameters.values()
        }

    def call(self, arguments: list[Any]) -> Any:
        """The function's result. Raises TypeError before the call if the arguments do not fit."""
        try:
            bound = self._signature.bind(*arguments).arguments
        except TypeError as error:
            raise TypeError(f"{self._name}(): {error}") from None
        for name, value in bound.items():
            check, many = self._checks[name]
            if not (all(map(check, value)) if many else check(value)):
                wanted = inspect.formatannotation(self._signature.parameters[name].annotation)
                raise TypeError(f"{self._name}(): {name} must be {wanted}, not {type(value).__name__}")
        return self._function(*arguments)


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


def _check(annotation: Any) -> Check:
    if annotation in (Any, inspect.Parameter.empty, object):
        return lambda value: True
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
