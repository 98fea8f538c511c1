"""What scripts' expressions give: the small vocabulary of types in which their evaluation speaks."""

from __future__ import annotations

from typing import Literal, NamedTuple

from rlm_code.index.script.entities import Entity
from rlm_code.index.script.syntax import Decl

Kind = Literal[
    "instance", "class", "shape", "function", "module", "namespace", "expando", "library", "method", "parameter"
]


class Type(NamedTuple):
    """One type. It is found again by the file and the span of the node that makes it:

    instance    an object of a class, an interface or a function used as one
    class       a class itself
    shape       an object literal or the type written like one
    function    a function, or a type that describes one
    module      the module that a file is
    namespace   a namespace or an enum, by its name
    expando     what is assigned to members of a variable or function, by its name
    library     a type from outside, by its name in `path`; `args` are its type arguments
    method      a member of a library type, by both names in `path`; `args` holds the object
    parameter   a type parameter about which nothing is known, by its name

    `args` of the first four are what is known of type parameters: pairs of their names and types.
    """

    kind: Kind
    path: str
    start: int = 0
    end: int = 0
    args: tuple[object, ...] = ()


Types = tuple[Type, ...]
Env = tuple[tuple[Decl, Types], ...]

OUTSIDE_TYPE = Type("library", "?")


class Hit(NamedTuple):
    """What a type has under a name, and what is known of type parameters there."""

    entity: Entity
    env: Env = ()


def library(name: str, *args: Types) -> Type:
    """A type from outside with its type arguments."""
    return Type("library", name, args=args)


def env_of(kind: Type) -> Env:
    """What a type knows of type parameters."""
    return kind.args if kind.kind in ("instance", "class", "shape", "function") else ()  # type: ignore[return-value]


def arguments_of(kind: Type) -> tuple[Types, ...]:
    """The type arguments of a library type."""
    return kind.args if kind.kind == "library" else ()  # type: ignore[return-value]


def union(*parts: Types) -> Types:
    """All types of several, each once."""
    return tuple(dict.fromkeys(kind for part in parts for kind in part))
