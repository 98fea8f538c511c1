"""What stands where a name is used: `definition_at` in Python. Marks name the line that each place must lead to."""

import re

from tests.conftest import MakeRepository
from tests.index.marked import host_of


def check(make_repository: MakeRepository, files: dict[str, str]) -> None:
    """Assert that the last use of NAME on a line marked `# NAME@TARGET` leads to the lines marked `#= TARGET`."""
    root = make_repository(files)
    queries = host_of(root, root.parent / "cache")
    named: dict[str, set[tuple[str, int]]] = {}
    asked: list[tuple[str, int, str, str]] = []
    for path, text in files.items():
        for number, line in enumerate(text.split("\n"), 1):
            for target in re.findall(r"#= (\w+)", line):
                named.setdefault(target, set()).add((path, number))
            asked += [(path, number, name, target) for name, target in re.findall(r"# (\w+)@(\w+)", line)]
    for path, number, name, target in asked:
        line = files[path].split("\n")[number - 1].split("#")[0]
        column = len(line[: line.rindex(name)].encode())
        rows = queries.definition_at(path, number, column)
        found = {(row.path, files[row.path].encode()[: row.name_start].count(b"\n") + 1) for row in rows}
        assert found == named.get(target, set()), f"{path}:{number} {name}: {found}"
    assert asked


def test_through_other_names_of_modules_and_classes(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "pkg/__init__.py": "from .api import *\nfrom . import api as door\n",
            "pkg/api.py": (
                "__all__ = ['get', '_own']\ndef get(): ...  #= get\n"
                "def _own(): ...  #= own\ndef hidden(): ...  #= hidden\n"
            ),
            "pkg/base.py": "class Base:\n    def run(self): ...  #= run\n",
            "pkg/sub.py": (
                "from .base import Base as Old\nfrom . import base\nclass A(Old):\n"
                "    def go(self): self.run()  # run@run\n"
                "class B(base.Base):\n    def go(self): self.run()  # run@run\nAgain = B\nclass C(Again):\n"
                "    def go(self): self.run()  # run@run\n"
            ),
            "use.py": (
                "import pkg\nfrom pkg import *\npkg.get()  # get@get\nget()  # get@get\n"
                "pkg._own()  # _own@own\n_own()  # _own@nothing\n"
                "hidden()  # hidden@nothing\n"
                "pkg.door.hidden()  # hidden@hidden\n"
            ),
        },
    )


def test_members_in_the_order_of_bases(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "a.py": """\
class Top:
    def f(self): ...
    def g(self): ...  #= top_g
class Left(Top): ...
class Right(Top):
    def f(self): ...  #= right
class Low(Left, Right):
    def h(self):
        self.f()  # f@right
        super().g()  # g@top_g
        self.missing
""",
        },
    )


def test_objects_from_loops_containers_and_calls(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "a.py": """\
from __future__ import annotations
from collections.abc import Iterator
from contextlib import contextmanager

class Item:
    name = ""  #= name
    def same(self): return self
    def __call__(self) -> Other: ...

class Other:
    size = 1  #= size

def items() -> list[Item]: ...
def pairs() -> dict[str, Item]: ...
def each():
    yield Item()

@contextmanager
def opened() -> Iterator[Item]: ...

def f(given: list[Item], *rest: Item, **named: Item):
    for one in given: one.name  # name@name
    for one in rest: one.name  # name@name
    named["a"].name  # name@name
    items()[0].name  # name@name
    for key, value in pairs().items(): value.name  # name@name
    for n, one in enumerate(each()): one.name  # name@name
    [x.name for x in items()]  # name@name
    with opened() as it: it.name  # name@name
    Item().same().same().name  # name@name
    Item()().size  # size@size
    a, b = Item(), Other()
    b.size  # size@size
    (lambda: Other())().size  # size@size
    pick = items().pop
    (Item() if a else Other()).size  # size@size

def narrowed(x):
    if isinstance(x, Item) and x.name:  # name@name
        return x.name  # name@name
    if not isinstance(x, Other):
        return
    x.size  # size@size
""",
        },
    )


def test_the_binding_that_a_use_can_see(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "a.py": """\
class One:
    v = 1  #= one
class Two:
    v = 2  #= two
def f(c):
    x = One()
    x.v  # v@one
    x = Two()
    x.v  # v@two
    if c:
        y = One()
        y.v  # v@one
    else:
        y = Two()
        y.v  # v@two
""",
        },
    )


def test_several_places_may_bind_a_name(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "a.py": """\
def f(c):
    x = 1
    x = 2  #= second
    print(x)  # x@second
    if c:
        y = 1  #= y
    else:
        y = 2  #= y
    print(y)  # y@y
    for z in c:  #= z
        print(z)  # z@z
        z = 3  #= last
    return lambda: z
""",
        },
    )


def test_keywords_lead_to_what_they_bind(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "a.py": """\
from dataclasses import dataclass

def f(
    first,  #= first
    *, second=1,  #= second
): ...

@dataclass
class Point:
    x: int  #= x

class Made:
    def __init__(self,
                 given):  #= given
        ...

class Kept(Made): ...

f(1, second=2)  # second@second
f(first=1)  # first@first
Point(x=1)  # x@x
Kept(given=1)  # given@given
f(unknown=1)  # unknown@nothing

def quoted(p: "Point") -> "Made":
    p.x  # x@x
""",
        },
    )
