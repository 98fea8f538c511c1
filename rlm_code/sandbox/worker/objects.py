"""Objects of an environment for an interpreter that cannot hold them: by number, with their public attributes alone.

Where cells are interpreted by Monty, the environment lives in a worker that runs no cell. This answers what the
interpreter asks of it. Its requests are shaped by hostile code, so names that start with an underscore, and
objects that are not an environment's own, are out of reach.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Mapping
from typing import Any

_KINDS = {LookupError, ValueError, TypeError, AttributeError, NameError, RuntimeError, Exception}
_SHOWN_CHARS = 500
_DEPTH = 12

Json = Any


class Objects:
    """The names of an environment and every object that was handed out: those of classes of `package` alone are."""

    def __init__(self, names: Mapping[str, Any], package: str) -> None:
        self._names = dict(names)
        self._package = package
        self._objects: list[Any] = []

    def answer(self, request: str) -> str:
        """The answer to a request, both JSON: {"result": …} or {"error": [kind, message]}."""
        asked = json.loads(request)
        try:
            result = getattr(self, f"_do_{asked.pop('do')}")(**asked)
        except Exception as error:  # noqa: BLE001 - raised again where the interpreter runs
            kind = next(each.__name__ for each in type(error).__mro__ if each in _KINDS)
            message = str(error) if kind == type(error).__name__ else f"{type(error).__name__}: {error}"
            return json.dumps({"error": [kind, message]})
        return json.dumps({"result": result})

    def _do_name(self, name: str) -> Json:
        if name not in self._names:
            return None
        value = self._names[name]
        return {"function": name} if callable(value) else {"value": self._packed(value)}

    def _do_function(self, name: str, arguments: list[Json], options: dict[str, Json]) -> Json:
        function = self._names.get(name)
        if not callable(function):
            raise NameError(f"name {name!r} is not defined")
        return self._call(function, arguments, options)

    def _do_method(self, number: int, name: str, arguments: list[Json], options: dict[str, Json]) -> Json:
        target = self._objects[number]
        method = None if name.startswith("_") else getattr(type(target), name, None)
        if not callable(method):
            raise AttributeError(f"{type(target).__name__!r} object has no method {name!r}")
        return self._call(getattr(target, name), arguments, options)

    def _do_attribute(self, number: int, name: str) -> Json:
        target = self._objects[number]
        if name.startswith("_") or not hasattr(target, name):
            raise AttributeError(f"{type(target).__name__!r} object has no attribute {name!r}")
        return self._packed(getattr(target, name))

    def _do_split(self, code: str) -> Json:
        """Code that keeps the value of its last expression in `_value_`, or the code itself if it has none."""
        tree = ast.parse(code)
        last = tree.body[-1] if tree.body else None
        if not isinstance(last, ast.Expr):
            return code
        lines = code.encode().splitlines(keepends=True)
        start = sum(map(len, lines[: last.lineno - 1])) + last.col_offset
        assert last.end_lineno is not None and last.end_col_offset is not None
        end = sum(map(len, lines[: last.end_lineno - 1])) + last.end_col_offset
        raw = code.encode()
        return (raw[:start] + b"_value_ = (" + raw[start:end] + b")" + raw[end:]).decode()

    def _call(self, function: Callable[..., Any], arguments: list[Json], options: dict[str, Json]) -> Json:
        unpacked = {name: self._unpacked(value) for name, value in options.items()}
        return self._packed(function(*map(self._unpacked, arguments), **unpacked))

    def _packed(self, value: Any, depth: int = _DEPTH) -> Json:
        if value is None or isinstance(value, (bool, int, float)):
            return value
        if isinstance(value, str):
            return str(value)
        if depth == 0:
            raise ValueError("a value is nested too deeply")
        if isinstance(value, (list, set, frozenset)) or (isinstance(value, tuple) and not hasattr(value, "_fields")):
            return {"items": [self._packed(each, depth - 1) for each in value]}
        if isinstance(value, dict):
            return {"pairs": [[self._packed(key, 1), self._packed(each, depth - 1)] for key, each in value.items()]}
        if type(value).__module__.partition(".")[0] != self._package:
            raise TypeError(f"{type(value).__name__} cannot reach a cell here")
        self._objects.append(value)
        return {"object": [len(self._objects) - 1, type(value).__name__, repr(value)[:_SHOWN_CHARS]]}

    def _unpacked(self, value: Json) -> Any:
        if not isinstance(value, dict):
            return value
        if "object" in value:
            return self._objects[value["object"]]
        if "pairs" in value:
            return {self._unpacked(key): self._unpacked(each) for key, each in value["pairs"]}
        return [self._unpacked(each) for each in value["items"]]
