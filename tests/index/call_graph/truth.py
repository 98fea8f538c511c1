"""Small Python programs that say beside each call what it runs: `# -> f, A.m`; `mod:f` names another module.

The caller is the function around the line; a lambda's calls are those of the function around it, and what runs when
a module or a class body is executed is called by the module. Decorators and defaults belong to what is around their
function. Calls that syntax makes are edges where a loop calls `__iter__` and `__next__` and a context manager
`__enter__` and `__exit__`, where an object is called, and where a built-in calls at once what it is handed
(`map(f, xs)`, `sorted(xs, key=f)`); operators and properties are none.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import NamedTuple

from rlm_code.codebase.queries import Queries, ReferenceRow

CASES = Path(__file__).parent / "cases"
_MARK = re.compile(r"#\s*->\s*(.+)$")
_RUNNING = ("function", "method", "constructor")

Edge = tuple[str, str]


class Case(NamedTuple):
    """One program: its category, its name, its files by path."""

    category: str
    name: str
    files: dict[str, str]


def cases() -> list[Case]:
    """All programs, by category and name. A file is one of its own; a folder is one of several files."""
    found = []
    for category in sorted(path for path in CASES.iterdir() if path.is_dir()):
        for place in sorted(path for path in category.iterdir() if path.name != "__pycache__"):
            inner = sorted(place.rglob("*.py")) if place.is_dir() else [place]
            root = place if place.is_dir() else category
            files = {path.relative_to(root).as_posix(): path.read_text() for path in inner}
            found.append(Case(category.name, place.stem, files))
    return found


def expected(files: dict[str, str]) -> set[Edge]:
    """The edges that the marks of a program tell."""
    found = set()
    for path, text in files.items():
        module = module_of(path)
        callers = _callers(text)
        for number, line in enumerate(text.split("\n"), 1):
            mark = _MARK.search(line)
            for name in mark[1].split(",") if mark else ():
                found.add((".".join(filter(None, [module, callers.get(number, "")])), _callee(module, name.strip())))
    return found


def module_of(path: str) -> str:
    """The name of the module at a path."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _callee(module: str, name: str) -> str:
    other, colon, inner = name.partition(":")
    return f"{other}.{inner}" if colon else f"{module}.{name}"


def _callers(text: str) -> dict[int, str]:
    """The function whose body each line is in, by the line."""
    found: dict[int, str] = {}

    def visit(node: ast.AST, names: list[str], function: str) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                inner = [*names, child.name]
                for line in range(child.body[0].lineno, (child.end_lineno or 0) + 1):
                    found[line] = ".".join(inner)
                visit(child, inner, ".".join(inner))
            elif isinstance(child, ast.ClassDef):
                visit(child, [*names, child.name], function)
            else:
                visit(child, names, function)

    visit(ast.parse(text), [], "")
    return found


def found_forwards(queries: Queries, files: dict[str, str], *, sure: bool = False) -> set[Edge]:
    """The edges that the calls written in the files of a program lead to."""
    found = set()
    for path in files:
        for row in queries.outgoing(path, None, ["call"]):
            if row.target is not None and row.target.kind in _RUNNING and not (sure and row.certainty == "name"):
                found.add((caller(queries, row), row.target.qualified_name))
    return found


def found_backwards(queries: Queries, files: dict[str, str]) -> set[Edge]:
    """The edges by which the functions of a program are reached, names alone left out."""
    found = set()
    for path in files:
        for symbol in queries.outline(path):
            if symbol.kind in _RUNNING:
                page = queries.references(path, symbol.name_start, ["call"], True, 1000)
                found |= {(caller(queries, row), symbol.qualified_name) for row in page.rows}
    return found


def caller(queries: Queries, row: ReferenceRow) -> str:
    """The function that a call runs in; of a class's body, what is around the class."""
    around = {symbol.qualified_name: symbol for symbol in queries.outline(row.path)}
    inside = row.inside
    while inside is not None and inside.kind not in _RUNNING:
        inside = around.get(inside.parent or "")
    return inside.qualified_name if inside else module_of(row.path)
