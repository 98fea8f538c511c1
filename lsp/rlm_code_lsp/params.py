"""Params of our own requests, checked: whatever does not fit is said to the client by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, NamedTuple, TypeGuard

from lsprotocol.types import Position, Range
from pygls.exceptions import JsonRpcInvalidParams

Token = str | int

_LARGEST = 2**31 - 1


class RunParams(NamedTuple):
    """What asks and explanations share. `uri` names a file or folder, `folder` the open folder that is meant."""

    uri: str | None
    range: Range | None
    folder: str | None
    lm: str | None
    limits: Mapping[str, Any]
    output_token: Token | None
    work_done_token: Token | None


SHARED = ("textDocument", "range", "workspaceFolder", "lm", "limits", "outputToken", "workDoneToken")


def run_params(params: Any, *own: str) -> tuple[dict[str, Any], RunParams]:
    """The params as an object, and those that runs share; `own` are the names that the method adds.

    Raises JsonRpcInvalidParams that names what does not fit.
    """
    given = _object(params, "params", (*own, *SHARED))
    document = given.get("textDocument")
    return given, RunParams(
        uri=None if document is None else text(_object(document, "textDocument", ("uri",)), "uri", needed=True),
        range=_range(given.get("range")),
        folder=text(given, "workspaceFolder"),
        lm=text(given, "lm"),
        limits=_limits(given.get("limits")),
        output_token=_token(given, "outputToken"),
        work_done_token=_token(given, "workDoneToken"),
    )


def text(given: Mapping[str, Any], name: str, *, needed: bool = False) -> str | None:
    """The text under `name`, None if it is not given."""
    value = given.get(name)
    if value is None and not needed:
        return None
    if not isinstance(value, str) or not value.strip():
        raise invalid(f"{name} must be a text that is not empty")
    return value


def invalid(message: str) -> JsonRpcInvalidParams:
    """An error that tells the client what does not fit."""
    return JsonRpcInvalidParams(message)


def _object(value: Any, name: str, known: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise invalid(f"{name} must be an object")
    for unknown in value.keys() - set(known):
        raise invalid(f"{name} knows no {unknown!r}; it knows {', '.join(known)}")
    return value


def _token(given: Mapping[str, Any], name: str) -> Token | None:
    value = given.get(name)
    if value is None or (isinstance(value, str | int) and not isinstance(value, bool)):
        return value
    raise invalid(f"{name} must be a text or a whole number")


def _range(value: Any) -> Range | None:
    if value is None:
        return None
    ends = _object(value, "range", ("start", "end"))
    start, end = (_position(ends.get(name), f"range.{name}") for name in ("start", "end"))
    if end < start:
        raise invalid("range ends before it starts")
    return Range(start, end)


def _position(value: Any, name: str) -> Position:
    given = _object(value, name, ("line", "character"))
    line, character = given.get("line"), given.get("character")
    if not (_is_coordinate(line) and _is_coordinate(character)):
        raise invalid(f"{name} must hold line and character, each a whole number from 0")
    return Position(line, character)


def _is_coordinate(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _LARGEST


def _limits(value: Any) -> Mapping[str, Any]:
    """The limits that are given, by name."""
    from rlm_code.rlm.task import Limits

    if value is None:
        return {}
    kinds = {field.name: str(field.type) for field in fields(Limits)}
    for name, limit in _object(value, "limits", tuple(kinds)).items():
        whole = "int" in kinds[name]
        fits = isinstance(limit, int if whole else int | float) and not isinstance(limit, bool)
        if not fits and not (limit is None and "None" in kinds[name]):
            raise invalid(f"limits.{name} must be a {'whole ' if whole else ''}number")
    Limits(**value)  # raises for what no run can keep
    return dict(value)
