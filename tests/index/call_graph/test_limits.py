"""Programs that lead value flow in circles or very far: it ends, and what lies beyond its limits is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from rlm_code.codebase.host import HostQueries
from tests.conftest import write_files
from tests.index.marked import host_of

CIRCLES = {
    "class_of_itself": "class A(A):\n    def go(self):\n        super().go()\n\n\nA().go()\n",
    "bases_in_a_circle": "class A(B): ...\nclass B(A): ...\nA().go()\n",
    "mapping_of_itself": "x = {}\nx = {**x, 'a': x}\nx['a']['a']()\n",
    "list_in_itself": "x = []\nx.append(x)\nx[0][0]()\nfor y in x:\n    y()\n",
    "call_of_itself": "def f(g):\n    return g(g)\n\n\nf(f)(f)\n",
    "name_from_itself": "f = f()\nf = lambda: f\nf()()\n",
    "decorated_by_itself": "@f\ndef f(g):\n    return f(g)\n\n\nf(f)\n",
    "generator_of_itself": "def g():\n    yield from g()\n    yield g\n\n\nfor f in g():\n    f()\n",
    "endless_closures": "def wrap(f):\n    def run():\n        return wrap(run)\n    return run\n\nwrap(wrap)()()()\n",
    "getattr_of_itself": "class A:\n    def __getattr__(self, n):\n        return getattr(self, n)\n\n\nA().x.y()\n",
    "call_of_call": "class A:\n    __call__ = None\n    def __call__(self):\n        return self\n\n\nA()()()()\n",
    "deep": "f = " + "(" * 200 + "g" + ")" * 200 + "\nf" + "()" * 300 + "\nf" + ".a" * 300 + "()\n",
    "broken": "def f(:\n    @\n    return f(\n\nclass (A:\n    f()()\n",
}


def _ask_all(queries: HostQueries) -> None:
    for file in queries.files():
        queries.outgoing(file.path, None, ["call"])
        for row in queries.outline(file.path):
            queries.outgoing(row.path, row.name_start, ["call"])
            queries.references(row.path, row.name_start, ["call"], False, 1000)


@pytest.mark.parametrize("name", CIRCLES)
def test_circles_end(name: str, tmp_path: Path) -> None:
    root = tmp_path / "project"
    write_files(root, {"main.py": CIRCLES[name]})
    _ask_all(host_of(root, tmp_path / "cache"))


def test_modules_that_import_all_of_each_other(tmp_path: Path) -> None:
    root = tmp_path / "project"
    write_files(root, {"a.py": "from b import *\ngo()\n", "b.py": "from c import *\n", "c.py": "from a import *\n"})
    _ask_all(host_of(root, tmp_path / "cache"))


def test_a_function_that_goes_to_too_many_places_is_said_to(tmp_path: Path) -> None:
    users = {f"m{n}.py": f"from main import f\n\ng{n} = [f]\ng{n}[0]()\n" for n in range(30)}
    root = tmp_path / "project"
    write_files(root, {"main.py": "def f(): ...\n", **users})
    queries = host_of(root, tmp_path / "cache")
    (row,) = queries.outline("main.py")
    page = queries.references("main.py", row.name_start, ["call"], False, 1000)
    assert len(page.rows) < 30
    assert any("more places than were followed" in sentence for sentence in page.blind_spots)


def test_references_of_all_roles_are_those_by_name(tmp_path: Path) -> None:
    root = tmp_path / "project"
    write_files(root, {"main.py": "def f(): ...\n\n\ng = f\ng()\n"})
    queries = host_of(root, tmp_path / "cache")
    row = queries.outline("main.py")[0]
    assert [use.line for use in queries.references("main.py", row.name_start, None, False, 10).rows] == [4]
    (call,) = queries.references("main.py", row.name_start, ["call"], False, 10).rows
    assert (call.line, call.name, call.role, call.certainty, call.inside) == (5, "g", "call", "inferred", None)


def test_what_a_call_may_run_is_told_in_the_order_of_the_source_whatever_strings_hash_to(tmp_path: Path) -> None:
    names = [f"{letter}{number}" for number, letter in enumerate("zyxwvuts")]
    text = "".join(f"def {name}(): ...\n" for name in names)
    root = tmp_path / "project"
    write_files(root, {"main.py": f"{text}def go(at):\n    [{', '.join(names)}][at]()\n"})
    queries = host_of(root, tmp_path / "cache")
    go = queries.outline("main.py")[-1]
    rows = queries.outgoing("main.py", go.name_start, ["call"])
    assert [row.target.name for row in rows if row.target] == names


def test_what_was_asked_before_changes_no_answer(tmp_path: Path) -> None:
    root = tmp_path / "project"
    long = f"def f(): ...\ndef make():\n    return f\nmake()()\nTEXT = '{'what nobody reads ' * 10_000}'\n"
    write_files(root, {"long.py": long, "main.py": "from long import make\ndef go():\n    make()()\n"})
    queries = host_of(root, tmp_path / "cache")
    (go,) = queries.outline("main.py")
    alone = queries.outgoing("main.py", go.name_start, ["call"])
    later = host_of(root, tmp_path / "cache")
    _ask_all(later)
    assert later.outgoing("main.py", go.name_start, ["call"]) == alone
