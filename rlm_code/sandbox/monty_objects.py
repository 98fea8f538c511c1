"""The environment's objects where Monty interprets the cells: they live in a worker that runs no cell.

Each object is a number on this side, wrapped so that Monty hands it back when a cell passes it on. Knows
nothing of cells.
"""

from __future__ import annotations

import builtins
import contextlib
import json
import uuid
from typing import Any

from pydantic_monty import ClassInstance

from rlm_code.errors import SandboxError
from rlm_code.sandbox.process import Recipe
from rlm_code.sandbox.protocol import Namespace
from rlm_code.sandbox.session import ProcessSandbox
from rlm_code.sandbox.system import NotConfinedError, obstacle

_ANSWER_CHARS = 4_000_000
_START_LIMIT_S = 30.0
_PRELUDE = """
from rlm_code.sandbox.worker.objects import Objects as _Objects
_objects = _Objects({{name: value for name, value in globals().items() if name[0] != "_" and name != "out"}}, {!r})
"""


class StoppedError(Exception):
    """The worker that holds the objects ran out of time, or had to be given up."""


class RaisedError(Exception):
    """The environment raised `error`, which is a built-in exception: it belongs into the cell."""

    def __init__(self, error: Exception) -> None:
        super().__init__(str(error))
        self.error = error


class Handle:
    """An object of the environment; `number` is its name in the worker."""

    def __init__(self, number: int, shown: str) -> None:
        self.number = number
        self.shown = shown

    def __repr__(self) -> str:
        return self.shown


class Wrapped(ClassInstance):
    """A handle on its way to Monty, which shows its text and routes all else back here."""

    def is_dataclass(self) -> bool:
        """Yes, for Monty shows the fields of those."""
        return True

    def get_eager_attrs(self) -> dict[str, Any]:
        """The text alone."""
        return {"shown": self.value.shown}


# Monty tells types apart by their class; one for each type's name, as long as the process lives.
_classes: dict[str, type[Handle]] = {}


class MontyObjects:
    """Asks the worker about objects; values go to Monty and come back as Monty takes and gives them.

    What the environment raises is RaisedError here; StoppedError ends the cell. `seconds` counts what was used.
    """

    def __init__(self, namespace: Namespace, memory_bytes: int) -> None:
        self._package = namespace.entry.partition(":")[0].partition(".")[0]
        self._worker = _worker(namespace, memory_bytes)
        self._numbers: dict[uuid.UUID, int] = {}
        self.seconds = 0.0
        self.restart()

    def restart(self) -> None:
        """Forget all objects that were handed out. Raises SandboxError."""
        self._numbers.clear()
        made = self._worker.run(_PRELUDE.format(self._package), _START_LIMIT_S)
        if made.status != "ok":
            self._worker.close()
            raise SandboxError(f"the environment cannot be offered to Monty: {made.error}")

    def function(self, name: str, arguments: tuple[Any, ...], options: dict[str, Any], limit_s: float) -> Any:
        """The result of one of the environment's functions."""
        asked = {"do": "function", "name": name, **self._given(arguments, options)}
        return self._unpacked(self._ask(asked, limit_s))

    def method(
        self, receiver: uuid.UUID, name: str, arguments: tuple[Any, ...], options: dict[str, Any], limit_s: float
    ) -> Any:
        """The result of an object's method."""
        asked = {"do": "method", "number": self._numbers[receiver], "name": name, **self._given(arguments, options)}
        return self._unpacked(self._ask(asked, limit_s))

    def attribute(self, receiver: uuid.UUID, name: str, limit_s: float) -> Any:
        """An object's attribute."""
        return self._unpacked(self._ask({"do": "attribute", "number": self._numbers[receiver], "name": name}, limit_s))

    def name(self, name: str, limit_s: float) -> Any:
        """One of the environment's names: a value, or something to be called."""
        found = self._ask({"do": "name", "name": name}, limit_s)
        if found is None:
            raise RaisedError(NameError(f"name {name!r} is not defined"))
        return _function(name) if "function" in found else self._unpacked(found["value"])

    def keeping_value(self, code: str, limit_s: float) -> str:
        """`code`, changed so that the value of its last expression stays in `_value_`."""
        changed: str = self._ask({"do": "split", "code": code}, limit_s)
        return changed

    def _ask(self, request: dict[str, Any], limit_s: float) -> Any:
        result = self._worker.run(f"print(_objects.answer({json.dumps(request)!r}), end='')", limit_s)
        self.seconds += result.seconds
        if result.status in ("timeout", "killed"):
            raise StoppedError(result.error or result.status)
        if result.status == "error" or result.output_length > _ANSWER_CHARS:
            raise RaisedError(ValueError(result.error or "the result is too large: ask for less"))
        answer = json.loads(result.output)
        if "error" in answer:
            kind, message = answer["error"]
            raise RaisedError(getattr(builtins, kind)(message))
        return answer["result"]

    def _given(self, arguments: tuple[Any, ...], options: dict[str, Any]) -> dict[str, Any]:
        packed = {name: _packed(value) for name, value in options.items()}
        return {"arguments": [_packed(value) for value in arguments], "options": packed}

    def _unpacked(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        if "items" in value:
            return [self._unpacked(each) for each in value["items"]]
        if "pairs" in value:
            return {self._unpacked(key): self._unpacked(each) for key, each in value["pairs"]}
        number, kind, shown = value["object"]
        made = _classes.setdefault(kind, type(kind, (Handle,), {}))
        wrapped = Wrapped(made(number, shown), lazy_attrs="all", allowed_methods="all")
        self._numbers[wrapped.id] = number
        return wrapped

    def interrupt(self) -> None:
        """Stop what the worker is doing."""
        self._worker.interrupt()

    def close(self) -> None:
        """End the worker."""
        self._worker.close()


def _worker(namespace: Namespace, memory_bytes: int) -> ProcessSandbox:
    """A worker for our own code alone; confined all the same where that can be had."""
    if obstacle() is None:
        with contextlib.suppress(NotConfinedError):
            return ProcessSandbox(namespace, Recipe(namespace.entry, True, memory_bytes), _ANSWER_CHARS)
    return ProcessSandbox(namespace, Recipe(namespace.entry, False, memory_bytes), _ANSWER_CHARS)


def _packed(value: Any) -> Any:
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, Handle):
        return {"object": value.number}
    if isinstance(value, (list, tuple, set, frozenset)):
        return {"items": [_packed(each) for each in value]}
    if isinstance(value, dict):
        return {"pairs": [[_packed(key), _packed(each)] for key, each in value.items()]}
    raise RaisedError(TypeError(f"{type(value).__name__} cannot be passed to the environment here"))


def _function(name: str) -> Any:
    def stand_in(*arguments: Any, **options: Any) -> None:
        raise SandboxError(f"{name} is called by name")  # Monty asks for it by this name and never calls it here

    stand_in.__name__ = stand_in.__qualname__ = name
    return stand_in
