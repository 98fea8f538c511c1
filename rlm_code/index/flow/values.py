"""What an expression may stand for while values are followed: functions, classes, objects, containers, the unknown.

Tuples of several kinds meet in one set, so those that could be equal carry a tag.

Classes are `index.values.Target`, modules `index.values.Module`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

from rlm_code.index.values import Module, Target


class Frame(NamedTuple):
    """A run of a function, by the call between two offsets of a file, itself made in the run `caller`; with no path,
    by any call. `outer` is the run of the function around its text."""

    function: Function
    receiver: Value | None = None
    path: str = ""
    start: int = -1
    end: int = -1
    caller: Frame | None = None
    outer: Frame | None = None


class Function(NamedTuple):
    """A function or method: where its name stands; of a lambda, where it starts. `outer` as in `Frame`."""

    path: str
    at: int
    outer: Frame | None = None


class Bound(NamedTuple):
    """A function with its first argument."""

    function: Function
    receiver: Value


class Descriptor(NamedTuple):
    """What a class holds that is not simply its member: "staticmethod", "classmethod" or "property" of `function`."""

    kind: str
    function: Value


class Object(NamedTuple):
    """An object of a class, `open` if it may be of a subclass."""

    of: Target
    open: bool = False


class Super(NamedTuple):
    """The classes after `of` in the order of the receiver's classes."""

    of: Target
    receiver: Value


class Site(NamedTuple):
    """A container, by the expression that makes it; `maker` is the built-in that makes it, "" for a literal."""

    path: str
    start: int
    end: int
    frame: Frame | None
    maker: str = ""


class Row(NamedTuple):
    """A tuple made on the way, such as what `enumerate` gives, or a mapping with these keys."""

    items: tuple[Values, ...]
    keys: tuple[str, ...] = ()


class Generator(NamedTuple):
    """What a call of a generator gives."""

    frame: Frame


class Method(NamedTuple):
    """A method of a container or generator that is no code of the snapshot."""

    of: Value
    name: str


class Partial(NamedTuple):
    """A callable that calls the first argument of the call it is made by."""

    path: str
    start: int
    end: int
    frame: Frame | None


class Outer(NamedTuple):
    """Something from outside the snapshot, by its dotted name."""

    dotted: str
    tag: str = "outer"


class Literal(NamedTuple):
    """A string or a whole number."""

    value: str | int
    tag: str = "literal"


class Unknown(NamedTuple):
    """Anything: a limit was reached, or syntax does not show it."""

    tag: str = "unknown"


Value: TypeAlias = (
    Function | Bound | Descriptor | Object | Super | Site | Row | Generator | Method | Partial | Outer | Literal
    | Unknown | Target | Module
)  # fmt: skip


class Values:
    """Values in the order in which they were found, each once. Equal to the same ones in another order.

    No set: what is found first decides what a limit cuts off, which may not depend on how strings are hashed.
    """

    __slots__ = ("_hash", "_kept")

    def __init__(self, values: Iterable[Value] = ()) -> None:
        self._kept = dict.fromkeys(values)
        self._hash: int | None = None

    def __iter__(self) -> Iterator[Value]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)

    def __contains__(self, value: object) -> bool:
        return value in self._kept

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Values) and self._kept == other._kept

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash(frozenset(self._kept))
        return self._hash

    def __or__(self, other: Values) -> Values:
        if not other._kept or self is other:
            return self
        return Values((*self._kept, *other._kept)) if self._kept else other

    def known(self) -> Values:
        """Those that are not the unknown."""
        return Values(value for value in self._kept if value != UNKNOWN) if UNKNOWN in self._kept else self


NOTHING = Values()
UNKNOWN = Unknown()
ANYTHING = Values([UNKNOWN])


def functions_in(values: Iterable[Value]) -> list[Function]:
    """The functions that calling one of these values runs, as far as the values themselves say."""
    found = (value.function if isinstance(value, Bound) else value for value in values)
    return [value for value in found if isinstance(value, Function)]
