"""The vocabulary of typed resolution: classes, the types that objects have, and what an identifier was found to be."""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple

from rlm_code.index.values import EXTERNAL, Elsewhere, Local, Module, Target, Value


class Variable(NamedTuple):
    """A type parameter, by the place of its name."""

    path: str
    start: int


class Body(NamedTuple):
    """A class without a name, by the place of its body."""

    path: str
    start: int


Class = Target | Body | Variable | str
"""A class: of this snapshot, or the name of one from elsewhere."""


class Type(NamedTuple):
    """An object's type: its class and the types that it was made with. `static`: the class itself, no object."""

    of: Class
    args: tuple[Types, ...] = ()
    static: bool = False


Known = Type | Module
Types = tuple[Known, ...]
"""What an expression may be; () if nothing is known."""

Substitution = dict[Variable, Types]

ARRAY = "[]"


class Member(NamedTuple):
    """A member found in a class, or in a base of it. `owner` is the type that it was found in."""

    target: Target
    owner: Type


class Found(NamedTuple):
    """What an identifier refers to. `exact`: bound by scope and imports alone."""

    values: tuple[Value, ...]
    exact: bool = True


NOTHING = Found((), exact=False)
ELSEWHERE = Found((EXTERNAL,))


def substitute(types: Types, mapping: Substitution) -> Types:
    """The types with type parameters replaced."""
    if not mapping:
        return types
    found: list[Known] = []
    for known in types:
        if isinstance(known, Type) and isinstance(known.of, Variable):
            found += mapping.get(known.of, (known,))
        elif isinstance(known, Type) and known.args:
            found.append(known._replace(args=tuple(substitute(arg, mapping) for arg in known.args)))
        else:
            found.append(known)
    return tuple(found)


def unify(wanted: Types, given: Types, own: Container[Variable], mapping: Substitution) -> None:
    """Notes what type parameters of `own` must be for given types to fit where others are wanted."""
    for known in wanted:
        if not isinstance(known, Type):
            continue
        if isinstance(known.of, Variable):
            if known.of in own and given and known.of not in mapping:
                mapping[known.of] = given
            continue
        for other in given:
            if isinstance(other, Type):
                for inner, outer in zip(known.args, other.args, strict=False):
                    unify(inner, outer, own, mapping)


def as_objects(types: Types) -> Types:
    """Types as those of objects."""
    return tuple(t._replace(static=False) if isinstance(t, Type) else t for t in types)


def external(types: Types) -> bool:
    """Whether all that an expression may be is from elsewhere."""
    return bool(types) and all(isinstance(t, Type) and isinstance(t.of, str) for t in types)


def simple(name: str) -> str:
    """The last part of a dotted name."""
    return name.rpartition(".")[2]


__all__ = [
    "ARRAY",
    "ELSEWHERE",
    "NOTHING",
    "Body",
    "Class",
    "Elsewhere",
    "Found",
    "Known",
    "Local",
    "Member",
    "Module",
    "Substitution",
    "Target",
    "Type",
    "Types",
    "Variable",
    "as_objects",
    "external",
    "simple",
    "substitute",
    "unify",
]  # fmt: skip
