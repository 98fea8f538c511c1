"""The host's methods: each call checked against the function's own signature."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import pytest

from rlm_code.errors import LimitReached, SourceError
from rlm_code.sandbox.methods import Method, method_table, raised_in_cell
from rlm_code.sandbox.protocol import HostMethod, Json


def find(name: str, kind: str | None, limit: int = 5, *more: bool) -> list[Any]:
    return [name, kind, limit, *more]


def shapes(
    a: list[list[str | int]], b: dict[str, float], c: Literal["x", 1], d: Sequence[int], e: Mapping[str, Json]
) -> int:
    return 1


def method(function: Any) -> Method:
    return Method(function.__name__, HostMethod(function))


@pytest.mark.parametrize("arguments", [["a", None], ["a", "b"], ["a", "b", 3], ["a", None, 3, True, False]])
def test_what_fits_is_called(arguments: list[Any]) -> None:
    assert method(find).call(arguments) == (arguments if len(arguments) > 2 else [*arguments, 5])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], r"find\(name: str, kind: str \| None, limit: int = 5, \*more: bool\) was given 0 arguments"),
        (["a"], "was given 1 arguments"),
        ([1, None], r"find\(\): name must be str, not int"),
        (["a", 1], r"kind must be str \| None, not int"),
        (["a", None, 1.0], "limit must be int, not float"),
        (["a", None, 1, 1], "more must be bool, not int"),
        ([["a"], None], "name must be str, not list of str"),
        ([None, None], "name must be str, not NoneType"),
    ],
)
def test_what_does_not_fit_is_not_called(arguments: list[Any], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        method(find).call(arguments)


def test_shapes_are_checked_to_the_bottom() -> None:
    good: list[Any] = [[["a", 1]], {"r": 1}, "x", [1, 2], {"any": [None]}]
    assert method(shapes).call(good) == 1
    for at, bad in [(0, [["a", None]]), (0, ["a"]), (1, {"r": "x"}), (2, "y"), (2, True), (3, ["1"]), (4, [])]:
        with pytest.raises(TypeError):
            method(shapes).call([*good[:at], bad, *good[at + 1 :]])


def test_what_cannot_travel_is_a_mistake_of_the_host() -> None:
    def read(path: Path) -> str:
        return path.read_text()

    with pytest.raises(TypeError, match="is no JSON type"):
        method_table({"read": HostMethod(read)})


def test_functions_without_annotations_take_anything() -> None:
    assert Method("f", HostMethod(lambda a, b=2: [a, b])).call([{"x": []}]) == [{"x": []}, 2]
    assert Method("f", HostMethod(functools.partial(find, "bound"))).call([None]) == ["bound", None, 5]


@pytest.mark.parametrize(
    ("error", "raised"),
    [
        (KeyError("no such thing"), ("LookupError", "no such thing")),
        (IndexError("far"), ("LookupError", "far")),
        (UnicodeError("bad text"), ("ValueError", "bad text")),
        (TypeError("t"), ("TypeError", "t")),
        (SourceError("gone", hint="look again"), ("RlmCodeError", "gone (look again)")),
        (LimitReached("calls", spent=5, allowed=5), ("RlmCodeError", "the calls limit is reached: 5 of 5")),
        (OSError("x"), None),
        (RuntimeError("x"), None),
        (AssertionError("x"), None),
    ],
)  # fmt: skip
def test_what_reaches_the_cell(error: Exception, raised: tuple[str, str] | None) -> None:
    assert raised_in_cell(error) == raised
