"""Objects of generic Python classes, and what descriptors give: whose members are found through them."""

from tests.conftest import MakeRepository
from tests.index.pointed import check

OTHER = "class Other:\n    def ⟦other:run⟧(self): ...\nclass Another:\n    def run(self): ...\n"
"""Members of the same name, so that no name is enough to know which one is meant."""

BOX = """\
from typing import Generic, Iterator, TypeVar
T = TypeVar("T")
class Item:
    def ⟦run⟧(self): ...
class Box(Generic[T]):
    first: T
    def __init__(self, value: T) -> None:
        self.items: list[T] = [value]
    def get(self) -> T: ...
    def all(self) -> list[T]: ...
    def same(self) -> "Box[T]": ...
    def __iter__(self) -> Iterator[T]: ...
    def __getitem__(self, at: int) -> T: ...
    def __enter__(self) -> T: ...
    @property
    def top(self) -> T: ...
"""


def test_members_of_a_generic_class(make_repository: MakeRepository) -> None:
    text = """\
def use(box: Box[Item], plain: Box):
    box.get().⟪run⟫()
    box.first.⟪run⟫()
    box.all()[0].⟪run⟫()
    box.items[0].⟪run⟫()
    box.top.⟪run⟫()
    box.same().get().⟪run⟫()
    box[0].⟪run⟫()
    for one in box:
        one.⟪run⟫()
    with box as entered:
        entered.⟪run⟫()
    plain.get().⟪-:run⟫()
    box.⟪-:run⟫()
"""
    check(make_repository, {"other.py": OTHER, "a.py": BOX + text})


def test_type_arguments_by_calls_and_by_bases(make_repository: MakeRepository) -> None:
    text = """\
from other import Other
class Items(Box[Item]):
    def go(self):
        self.get().⟪run⟫()
class Many(Items): ...
K = TypeVar("K")
class Pair(Generic[K, T]):
    def key(self) -> K: ...
    def value(self) -> T: ...
class Turned(Pair[T, K]): ...
def use(pair: Pair[str, Item], turned: Turned[Item, Other]):
    Box(Item()).get().⟪run⟫()
    Box[Item](1).get().⟪run⟫()
    Box(Other()).get().⟪other:run⟫()
    Many(1).get().⟪run⟫()
    pair.value().⟪run⟫()
    pair.key().⟪-:run⟫()
    turned.key().⟪run⟫()
    turned.value().⟪other:run⟫()
"""
    check(make_repository, {"other.py": OTHER, "a.py": BOX + text})


def test_type_parameters_in_brackets(make_repository: MakeRepository) -> None:
    text = """\
class Item:
    def ⟦run⟧(self): ...
class Crate[T]:
    def get(self) -> T: ...
class Inner[U](Crate[list[U]]): ...
def use(crate: Crate[Item], inner: Inner[Item]):
    crate.get().⟪run⟫()
    inner.get()[0].⟪run⟫()
    inner.get().⟪-:run⟫()
"""
    check(make_repository, {"other.py": OTHER, "a.py": text})


def test_what_descriptors_give(make_repository: MakeRepository) -> None:
    text = """\
from typing import Generic, TypeVar, overload
T = TypeVar("T")
class Item:
    def ⟦run⟧(self): ...
class Plain:
    def __get__(self, instance, owner=None) -> Item: ...
    def ⟦plain:run⟧(self): ...
class Typed(Generic[T]):
    @overload
    def __get__(self, instance: None, owner) -> "Typed[T]": ...
    @overload
    def __get__(self, instance: object, owner) -> T: ...
    def run(self): ...
class Holder:
    plain = Plain()
    typed: Typed[Item] = Typed()
    def __init__(self):
        self.own = Plain()
def use(holder: Holder):
    holder.plain.⟪run⟫()
    holder.typed.⟪run⟫()
    holder.own.⟪plain:run⟫()
"""
    check(make_repository, {"other.py": OTHER, "a.py": text})


def test_generic_classes_in_circles_end(make_repository: MakeRepository) -> None:
    text = """\
from typing import Generic, TypeVar
T = TypeVar("T")
class Node(Generic[T]):
    def next(self) -> "Node[Node[T]]": ...
class Loop(Node["Loop"]):
    def ⟦run⟧(self): ...
class Endless(Node["Endless[list[T]]"], Generic[T]): ...
def use(loop: Loop, endless: Endless[int]):
    node = loop.next()
    while node:
        node = node.next()
    node.⟪-:run⟫()
    endless.next().next().⟪-:run⟫()
"""
    check(make_repository, {"other.py": OTHER, "a.py": text})


def test_a_long_line_of_classes_ends(make_repository: MakeRepository) -> None:
    many = "".join(f"class C{n + 1}(C{n}): ...\n" for n in range(600))
    text = f"class C0:\n    own = None\n{many}def use(last: C600):\n    last.own.⟪-:run⟫()\n"
    check(make_repository, {"other.py": OTHER, "a.py": text})
