"""Expressions as value flow sees them: what a language's reading makes of a syntax tree.

The vocabulary is small and the same for every language; what cannot carry a function is `Opaque`.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias


class Name(NamedTuple):
    """A bare name at `start`."""

    start: int
    end: int
    name: str


class Member(NamedTuple):
    """`of` and, at `at`, the name of one of its members."""

    start: int
    end: int
    of: Expression
    name: str
    at: int


class Item(NamedTuple):
    """An element of `of`; `key` is None for a slice."""

    start: int
    end: int
    of: Expression
    key: Expression | None


class Argument(NamedTuple):
    """One argument of a call: by position, by `name`, or spread out of a sequence ("*") or a mapping ("**")."""

    value: Expression
    name: str | None = None
    spread: str = ""


class Call(NamedTuple):
    """A call. `at` is where the name stands that the callee ends with; it is the place that people are shown."""

    start: int
    end: int
    callee: Expression
    arguments: tuple[Argument, ...]
    at: int
    name: str


class Lambda(NamedTuple):
    """A function without a name."""

    start: int
    end: int


class Defined(NamedTuple):
    """The function or class whose name stands at `start`, its decorators from number `applied` on applied."""

    start: int
    end: int
    applied: int


class Collection(NamedTuple):
    """A literal of elements: a list, tuple or set. Spread elements are marked."""

    start: int
    end: int
    items: tuple[Argument, ...]


class Mapping(NamedTuple):
    """A literal of keys and values; a key of None spreads its value."""

    start: int
    end: int
    items: tuple[tuple[Expression | None, Expression], ...]


class Generated(NamedTuple):
    """A comprehension or generator expression: `element` again and again; of a mapping, the value under `key`."""

    start: int
    end: int
    element: Expression
    key: Expression | None = None


class Choice(NamedTuple):
    """One of several expressions."""

    start: int
    end: int
    options: tuple[Expression, ...]


class Constant(NamedTuple):
    """A string or a whole number."""

    start: int
    end: int
    value: str | int


class Opaque(NamedTuple):
    """Anything else."""

    start: int
    end: int


Expression: TypeAlias = (
    Name | Member | Item | Call | Lambda | Defined | Collection | Mapping | Generated | Choice | Constant | Opaque
)


class Parameter(NamedTuple):
    """A parameter; `start` is where its name stands. `kind`: "plain", "positional", "keyword", "*" or "**"."""

    name: str
    start: int
    kind: str
    default: Expression | None


class Store(NamedTuple):
    """`of.name = value`, or with `name` None `of[key] = value`. A `spread` value's elements are stored, not itself."""

    of: Expression
    name: str | None
    key: Expression | None
    value: Expression
    spread: bool = False


class Implicit(NamedTuple):
    """A statement that calls methods of an object by their fixed names: a loop, the entering of a context."""

    value: Expression
    way: str
    at: int
    name: str
