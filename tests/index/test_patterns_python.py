"""What Python's `match` binds and makes sure of, and what `isinstance` does with several classes."""

from tests.conftest import MakeRepository
from tests.index.pointed import check

FILES = {
    "others.py": "class Other:\n    def run(self): ...\nclass Another:\n    def run(self): ...\n",
    "part.py": "class Part:\n    def ⟦run⟧(self): ...\nclass Whole:\n    def ⟦whole-run:run⟧(self): ...\n",
}
"""A member of one name in several classes, so that the name is not enough."""


def test_captures_by_class(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            **FILES,
            "a.py": """\
from dataclasses import dataclass
from typing import ClassVar
from part import Part, Whole
@dataclass
class Base:
    none: ClassVar[int]
    ⟦part⟧: Part
@dataclass
class Data(Base):
    whole: Whole
class Listed:
    __match_args__ = ("whole", "part")
    def __init__(self):
        self.part = Part()
        self.whole = Whole()
def f(value):
    match value:
        case Part() as one:
            one.⟪run⟫()
        case Data(⟪part⟫=one):
            one.⟪run⟫()
        case Data(one, two):
            one.⟪run⟫()
            two.⟪whole-run:run⟫()
        case Listed(one, Part() as two):
            one.⟪whole-run:run⟫()
            two.⟪run⟫()
        case Data(part=Part() | None as one):
            one.⟪run⟫()
        case (Whole() | Part()) as one:
            one.⟪run|whole-run:run⟫()
        case Whole():
            value.⟪whole-run:run⟫()
        case other if other.size:
            value.⟪-:size⟫
""",
        },
    )


def test_captures_by_what_is_taken_apart(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            **FILES,
            "a.py": """\
from part import Part, Whole
def f(pair: tuple[Part, Whole], parts: list[Part], named: dict[str, Part], both: Part | Whole):
    match pair:
        case (one, two):
            one.⟪run⟫(), two.⟪whole-run:run⟫()
        case one, two:
            one.⟪run⟫(), two.⟪whole-run:run⟫()
    match parts:
        case [first, *rest]:
            first.⟪run⟫(), rest[0].⟪run⟫()
        case [*_, last]:
            last.⟪run⟫()
    match named:
        case {"a": one, "b": [], **rest}:
            one.⟪run⟫()
    match pair[0], pair[1]:
        case one, two if one:
            one.⟪run⟫(), two.⟪whole-run:run⟫()
    match pair[1]:
        case whole:
            whole.⟪whole-run:run⟫()
""",
        },
    )


def test_one_of_several_classes(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            **FILES,
            "a.py": """\
from part import Part, Whole
KINDS = (Part, Whole)
def f(one, two):
    if isinstance(one, Part | Whole):
        one.⟪run|whole-run:run⟫()
    if isinstance(two, KINDS):
        two.⟪run|whole-run:run⟫()
""",
        },
    )
