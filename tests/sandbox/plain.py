"""Runs cells in plain CPython as the sandbox promises to: `python plain.py < sessions.json`. Standard library only."""

# ruff: noqa: T201, BLE001 - a script that runs attacks and cells

from __future__ import annotations

import ast
import contextlib
import io
import json
import sys
from types import ModuleType
from typing import Any


class Printed(io.TextIOWrapper):
    """What a script's stdout is, over memory."""


def run(cells: list[str]) -> list[tuple[str, str | None, str | None]]:
    """What each cell printed, its value and the name of its error."""
    main = ModuleType("__main__")
    sys.modules["__main__"] = main
    return [_run(code, main.__dict__) for code in cells]


def _run(code: str, namespace: dict[str, Any]) -> tuple[str, str | None, str | None]:
    data = io.BytesIO()
    output = Printed(data, encoding="utf-8", newline="\n", write_through=True)
    value = error = None
    with contextlib.redirect_stdout(output):
        try:
            tree = ast.parse(code)
            last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
            exec(compile(tree, "<cell>", "exec", dont_inherit=True), namespace)
            if isinstance(last, ast.Expr):
                result = eval(compile(ast.Expression(last.value), "<cell>", "eval", dont_inherit=True), namespace)
                value = None if result is None else repr(result)
        except BaseException as raised:
            error = type(raised).__name__
    return data.getvalue().decode(), value, error


if __name__ == "__main__":
    print(json.dumps({name: run(cells) for name, cells in json.load(sys.stdin).items()}))
