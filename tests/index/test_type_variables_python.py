"""What type variables of functions stand for: what a call gives them, else what bounds them."""

from tests.conftest import MakeRepository
from tests.index.pointed import check

FILES = {
    "others.py": "class Other:\n    def run(self): ...\nclass Another:\n    def run(self): ...\n",
    "part.py": """\
class Base:
    def ⟦base-run:run⟧(self): ...
class Part(Base):
    def ⟦run⟧(self): ...
""",
}
"""A member of one name in several classes, so that the name is not enough."""


def test_what_a_call_gives_is_nearer_than_a_bound(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            **FILES,
            "a.py": """\
from typing import Type, TypeVar
from part import Base, Part
T = TypeVar("T", bound=Base)
def same(one: T) -> T:
    one.⟪base-run:run⟫()
def made(of: Type[T]) -> T: ...
def unknown() -> T: ...
same(Part()).⟪run⟫(), made(Part).⟪run⟫(), made(of=Part).⟪run⟫()
unknown().⟪base-run:run⟫()
def newer[U: Base](one: U) -> list[U]:
    one.⟪base-run:run⟫()
newer(Part())[0].⟪run⟫()
""",
        },
    )


def test_what_a_method_is_called_on(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            **FILES,
            "a.py": """\
from typing import Type, TypeVar
T = TypeVar("T", bound="Whole")
S = TypeVar("S")
class Whole:
    def __enter__(self: T) -> T: ...
    def same(self: T) -> T: ...
    @classmethod
    def made(cls: Type[T]) -> T: ...
    @property
    def read(self: T) -> T: ...
    def other(self, one: S) -> S: ...
    @staticmethod
    def static(one: S) -> S: ...
class Sub(Whole):
    def ⟦sub-run:run⟧(self): ...
with Sub() as one:
    one.⟪sub-run:run⟫()
Sub().same().⟪sub-run:run⟫(), Sub.made().⟪sub-run:run⟫(), Sub().read.⟪sub-run:run⟫()
Whole().other(Sub()).⟪sub-run:run⟫(), Whole().static(Sub()).⟪sub-run:run⟫(), Whole.static(Sub()).⟪sub-run:run⟫()
Whole.same(Sub()).⟪sub-run:run⟫()
""",
        },
    )


def test_variables_within_types(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            **FILES,
            "a.py": """\
from typing import Awaitable, Callable, Generic, Mapping, TypeVar
from part import Part
T = TypeVar("T")
class Box(Generic[T]):
    def __init__(self, held: T): ...
    def get(self) -> T: ...
def unboxed(box: Box[T]) -> T: ...
def boxed(one: T) -> Box[T]: ...
def values(of: Mapping[str, T]) -> dict[str, T]: ...
def keys(of: Mapping[T, str]) -> list[T]: ...
def called(function: Callable[[int], T]) -> tuple[int, T]: ...
def first(of: tuple[T, int]) -> T | None: ...
async def waited(of: Awaitable[T]) -> T: ...
async def later() -> Part: ...
def make(number: int) -> Part: ...
unboxed(Box(Part())).⟪run⟫(), boxed(Part()).get().⟪run⟫()
values({"a": Part()})["b"].⟪run⟫(), keys({Part(): "a"})[0].⟪run⟫()
called(make)[1].⟪run⟫(), called(lambda number: Part())[1].⟪run⟫()
first((Part(), 1)).⟪run⟫()
async def f():
    (await waited(later())).⟪run⟫()
""",
        },
    )
