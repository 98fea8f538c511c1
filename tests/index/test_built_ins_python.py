"""What Python's own functions and some of its library make of a repository's classes and functions."""

from tests.conftest import MakeRepository
from tests.index.pointed import check

OTHERS = "class Other:\n    def run(self): ...\n    part = 1\nclass Another:\n    def run(self): ...\n    part = 2\n"
PART = "class Part:\n    def ⟦run⟧(self): ...\n"


def test_properties_made_by_a_call(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "others.py": OTHERS,
            "a.py": PART
            + """\
class A:
    def _get(self):
        return self.made
    def __init__(self):
        self.made = Part()
    one = property(_get)
    two = property(lambda self: Part(), None)
    three = property(fget=_get)
    def f(self):
        self.one.⟪run⟫()
A().one.⟪run⟫(), A().two.⟪run⟫(), A().three.⟪run⟫()
A.one.⟪-:run⟫()
""",
        },
    )


def test_contexts_of_the_library(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "others.py": OTHERS,
            "a.py": PART
            + """\
from contextlib import ExitStack, closing, contextmanager, nullcontext
@contextmanager
def made():
    yield Part()
with closing(Part()) as one, nullcontext(Part()) as two, ExitStack() as stack:
    one.⟪run⟫(), two.⟪run⟫()
    three = stack.enter_context(made())
    three.⟪run⟫()
""",
        },
    )


def test_what_is_made_of_what_is_handed_over(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "others.py": OTHERS,
            "a.py": PART
            + """\
from collections import defaultdict
parts = defaultdict(Part)
parts["a"].⟪run⟫()
for one in map(Part, "abc"):
    one.⟪run⟫()
getattr(one, "nothing", Part()).⟪run⟫()
Made = type("Made", (Part,), {})
Made().⟪run⟫()
""",
        },
    )


def test_changed_copies(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "others.py": OTHERS,
            "a.py": """\
from collections import namedtuple
from dataclasses import dataclass, replace
from typing import NamedTuple
@dataclass
class Data:
    ⟦data-part:part⟧: int
    def ⟦data-run:run⟧(self): ...
class Pair(NamedTuple):
    ⟦pair-part:part⟧: int
    def ⟦pair-run:run⟧(self): ...
class Named(namedtuple("Named", "a b")):
    def ⟦named-run:run⟧(self): return self._replace(a=1).⟪named-run:run⟫()
replace(Data(1), ⟪data-part:part⟫=2).⟪data-run:run⟫()
def f(pair: Pair, named: Named):
    pair._replace(⟪pair-part:part⟫=1).⟪pair-run:run⟫()
    Pair._make([1]).⟪pair-run:run⟫()
    named._replace(a=1)._replace(b=1).⟪named-run:run⟫()
""",
        },
    )


def test_members_that_a_class_makes_up(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "others.py": OTHERS,
            "a.py": PART
            + """\
class Relay:
    def ⟦known⟧(self): ...
    def __getattr__(self, name: str) -> Part: ...
class Owner:
    def __init__(self):
        self.relay = Relay()
    def f(self):
        self.relay.anything.⟪run⟫()
        self.relay.⟪known⟫()
def f(owner: Owner):
    owner.relay.⟪-:anything⟫.⟪run⟫()
""",
        },
    )


def test_fields_that_a_class_method_assigns(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "others.py": OTHERS,
            "a.py": PART
            + """\
class Single:
    _one = None
    two = None
    @classmethod
    def get(cls):
        if cls._one is None:
            cls._one = cls()
            Single.two = Part()
        return cls._one
    def ⟦single-run:run⟧(self): ...
Single.get().⟪single-run:run⟫()
Single.two.⟪run⟫()
""",
        },
    )


def test_classes_built_on_containers(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "others.py": OTHERS,
            "a.py": PART
            + """\
from typing import TypeVar
T = TypeVar("T")
class Parts(list[Part]):
    def f(self):
        self[0].⟪run⟫()
class Named(dict[str, Part]):
    def own(self) -> Part: ...
class Pair(tuple[Part, int]): ...
class Many(list[T]): ...
class Deep(Many[Part]): ...
for one in Parts():
    one.⟪run⟫()
for _, one in Named().items():
    one.⟪run⟫()
first, second = Pair()
first.⟪run⟫(), Parts().pop().⟪run⟫(), Named()["a"].⟪run⟫(), Named().own().⟪run⟫(), Deep()[0].⟪run⟫()
""",
        },
    )


def test_lambdas_that_are_handed_each_element(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "others.py": OTHERS,
            "a.py": PART
            + """\
def f(parts: list[Part]):
    sorted(parts, key=lambda one: one.⟪run⟫())
    parts.sort(key=lambda one: one.⟪run⟫())
    max(parts, key=lambda one: one.⟪run⟫()).⟪run⟫()
    list(map(lambda one: one.⟪run⟫(), parts))
    for one in filter(lambda each: each.⟪run⟫(), parts):
        one.⟪run⟫()
""",
        },
    )


def test_objects_made_without_their_constructor(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "others.py": OTHERS,
            "a.py": """\
class A:
    def ⟦run⟧(self):
        A.__new__(A).⟪run⟫()
        object.__new__(self.__class__).⟪run⟫()
class B:
    def __new__(cls):
        made = super().__new__(cls)
        made.⟪b-run:run⟫()
        return made
    @classmethod
    def of(cls):
        return cls.__new__(cls)
    def ⟦b-run:run⟧(self): ...
B().⟪b-run:run⟫(), B.of().⟪b-run:run⟫()
""",
        },
    )


def test_what_generators_get(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "others.py": OTHERS,
            "a.py": PART
            + """\
from typing import Generator
class Whole:
    def ⟦whole-run:run⟧(self): ...
def typed() -> Generator[Whole, Part, Part]:
    sent = yield Whole()
    sent.⟪run⟫()
def plain():
    yield Whole()
    return Part()
def delegating():
    one = yield from typed()
    two = yield from plain()
    one.⟪run⟫(), two.⟪run⟫()
for each in plain():
    each.⟪whole-run:run⟫()
next(typed()).⟪whole-run:run⟫(), typed().send(Part()).⟪whole-run:run⟫()
""",
        },
    )
