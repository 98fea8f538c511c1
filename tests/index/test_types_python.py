"""Members of Python objects whose class takes knowing the language: enumerations, operators, patterns and the like."""

from tests.conftest import MakeRepository
from tests.index.pointed import check

OTHERS = """\
class Other:
    def run(self): ...
    def size(self): ...
class Another:
    def run(self): ...
    def size(self): ...
"""
"""Members of the same names, so that no name is enough to know which one is meant."""


def test_members_of_enumerations_and_named_tuples(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "others.py": OTHERS,
            "a.py": """\
from enum import Enum
from typing import NamedTuple
class Color(Enum):
    ⟦RED⟧ = 1
    def ⟦color-run:run⟧(self): ...
Color.⟪RED⟫.⟪color-run:run⟫()
class Part:
    def ⟦part-run:run⟧(self): ...
class Pair(NamedTuple):
    one: Part
    two: int = 0
first, second = Pair(Part())
first.⟪part-run:run⟫()
Pair(Part())[0].⟪part-run:run⟫()
""",
        },
    )


def test_what_operators_give(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "others.py": OTHERS,
            "a.py": """\
class Vector:
    def __add__(self, other): return Vector()
    def __radd__(self, other): return Vector()
    def __neg__(self): return Vector()
    def ⟦run⟧(self): ...
(Vector() + 1).⟪run⟫()
(1 + Vector()).⟪run⟫()
(-Vector()).⟪run⟫()
total = Vector()
total += Vector()
total.⟪run⟫()
""",
        },
    )


def test_classes_of_classes(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "others.py": OTHERS,
            "a.py": """\
class Meta(type):
    def ⟦run⟧(cls): ...
    def __new__(mcs, name, bases, space, ⟦table⟧=None): ...
class Base(metaclass=Meta):
    ⟦size⟧ = 1
    def __init_subclass__(cls, ⟦tag⟧=None): ...
    def method(self):
        return self.__class__.⟪size⟫
class Low(Base, ⟪tag⟫="x", ⟪table⟫="t"): ...
Low.⟪run⟫()
""",
        },
    )


def test_objects_that_are_iterated_entered_and_awaited(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "others.py": OTHERS,
            "a.py": """\
import asyncio
class Item:
    def ⟦run⟧(self): ...
class Row:
    def __getitem__(self, at): return Item()
for item in Row():
    item.⟪run⟫()
items = [*[Item()], Item()]
items[0].⟪run⟫()
async def make() -> Item: ...
async def main():
    task = asyncio.create_task(make())
    (await task).⟪run⟫()
    one, two = await asyncio.gather(make(), make())
    two.⟪run⟫()
""",
        },
    )


def test_names_before_an_equals_sign(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "others.py": OTHERS,
            "a.py": """\
from functools import partial
class Point:
    ⟦size⟧: int
def draw(⟦point⟧, *, ⟦wide⟧=1): ...
narrow = partial(draw, ⟪wide⟫=0)
def look(⟦thing⟧):
    match ⟪thing⟫:
        case Point(⟪size⟫=⟦found⟧):
            return f"{⟪found⟫=}"
draw(⟪point⟫=1, ⟪wide⟫=2)
dict(⟪-:wide⟫=1)
""",
        },
    )


def test_what_decorators_make_of_a_function(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "others.py": OTHERS,
            "a.py": """\
from typing import Callable
class Group:
    def ⟦run⟧(self): ...
    def __call__(self): ...
def group(name=None) -> Callable[..., Group]: ...
def plain(function):
    return function
@group()
def cli(): ...
@cli.⟪run⟫
def sub(): ...
@plain
def ⟦kept⟧(): return Group()
⟪kept⟫().⟪run⟫()
class Counted:
    def __init__(self, function): ...
    def __call__(self, *args, **kwargs): ...
@Counted
def both(⟦size⟧): return Group()
both(⟪size⟫=1).⟪run⟫()
""",
        },
    )


def test_a_field_that_a_base_declares(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "others.py": OTHERS,
            "a.py": """\
from typing import Final
class Base:
    def __init__(self):
        self.⟦size⟧: int = 0
class Low(Base):
    def grow(self):
        self.size = 2
        return self.⟪size⟫
class Holder:
    def ⟦run⟧(self): ...
HOLDER: Final = Holder()
HOLDER.⟪run⟫()
""",
        },
    )


def test_what_functions_of_type_variables_give(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "others.py": OTHERS,
            "a.py": """\
from typing import Any, Callable, Sequence, Type, TypeVar
T = TypeVar("T")
class Item:
    def ⟦run⟧(self): ...
def same(one: T) -> T: ...
def first(several: Sequence[T], default: T | None = None) -> T | None: ...
def made(kind: Type[T]) -> T: ...
def given(maker: Callable[[], T]) -> T: ...
def newer[U](one: U) -> U: ...
def unknown(one: Any) -> Any: ...
def make() -> Item: ...
same(Item()).⟪run⟫()
first([Item()]).⟪run⟫()
first([], default=Item()).⟪run⟫()
made(Item).⟪run⟫()
given(make).⟪run⟫()
newer(Item()).⟪run⟫()
unknown(Item()).⟪-:run⟫()
""",
        },
    )


def test_parameters_without_a_type_beside_one_of_a_type_variable(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "others.py": OTHERS,
            "a.py": """\
from typing import TypeVar
T = TypeVar("T")
class Part:
    def ⟦run⟧(self): ...
def same(plain, /, thing: T, *, other=None) -> T: ...
same(1, Part()).⟪run⟫()
""",
        },
    )


def test_names_of_types_and_dictionaries_with_declared_keys(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "others.py": OTHERS,
            "a.py": """\
from typing import NamedTuple, NewType, TypedDict
class Part:
    def ⟦run⟧(self): ...
class Keys(TypedDict):
    part: Part
class More(Keys):
    other: int
class Pair(NamedTuple):
    part: Part
class Named(Pair):
    first = 1
Own = NewType("Own", Part)
type Maybe = Part | None
def f(keys: More, own: Own, maybe: Maybe):
    keys["part"].⟪run⟫(), keys.get("part").⟪run⟫(), own.⟪run⟫(), maybe.⟪run⟫()
Own(Part()).⟪run⟫(), Named(Part())[0].⟪run⟫()
""",
        },
    )


def test_what_functions_call_global_and_what_several_clauses_catch(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "others.py": OTHERS,
            "a.py": """\
class One(Exception):
    def ⟦run⟧(self): ...
class Two(Exception):
    def ⟦two-run:run⟧(self): ...
BOTH = (One, Two)
made = None
def make():
    global made
    made = One()
def f():
    made.⟪run⟫()
    try:
        make()
    except BOTH as caught:
        caught.⟪run|two-run:run⟫()
""",
            "b.py": "import a\na.made.⟪run⟫()\n",
        },
    )
