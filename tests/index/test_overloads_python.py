"""What a call of an overloaded function gives: by the number, the names and the kinds of its arguments."""

from tests.conftest import MakeRepository
from tests.index.pointed import check

FILES = {
    "others.py": "class Other:\n    def run(self): ...\nclass Another:\n    def run(self): ...\n",
    "part.py": """\
class Part:
    def ⟦run⟧(self): ...
class Sub(Part): ...
class Whole:
    def ⟦whole-run:run⟧(self): ...
class Both:
    def ⟦both-run:run⟧(self): ...
""",
}
"""A member of one name in several classes, so that the name is not enough."""


def test_by_the_kinds_of_arguments(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            **FILES,
            "a.py": """\
from typing import Literal, overload
from part import Both, Part, Sub, Whole
@overload
def kinds(one: int | None) -> Part: ...
@overload
def kinds(one: str) -> Whole: ...
def kinds(one) -> Both: ...
kinds(1).⟪run⟫(), kinds(None).⟪run⟫(), kinds("a").⟪whole-run:run⟫(), kinds(one="a").⟪whole-run:run⟫()
def f(unknown):
    kinds(unknown).⟪run|whole-run:run⟫()
    kinds(*unknown).⟪run|whole-run:run⟫()
@overload
def texts(one: Literal["a", True]) -> Part: ...
@overload
def texts(one: Literal["b"] = ...) -> Whole: ...
def texts(one="b"): ...
texts('a').⟪run⟫(), texts(True).⟪run⟫(), texts("b").⟪whole-run:run⟫(), texts().⟪whole-run:run⟫()
class Made:
    @overload
    def classes(self, one: Part) -> Part: ...
    @overload
    def classes(self, one: Whole) -> Whole: ...
    @overload
    def classes(self, one: list[str]) -> Both: ...
    def classes(self, one): ...
Made().classes(Sub()).⟪run⟫(), Made().classes(Whole()).⟪whole-run:run⟫(), Made().classes([]).⟪both-run:run⟫()
Made.classes(Made(), Whole()).⟪whole-run:run⟫()
""",
        },
    )


def test_by_the_number_and_the_names_of_arguments(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            **FILES,
            "a.py": """\
from typing import overload
from part import Both, Part, Whole
@overload
def several(one, two) -> Part: ...
@overload
def several(one, *, named) -> Whole: ...
@overload
def several(*many: int, three: int = 1) -> Both: ...
def several(*one, **two): ...
several(1, 2).⟪run|both-run:run⟫(), several(1, named=2).⟪whole-run:run⟫()
several(1, 2, 3).⟪both-run:run⟫(), several(three=1).⟪both-run:run⟫()
""",
        },
    )
