"""What a name in a script can stand for: something declared, a module, an unnamed export, something from outside."""

from __future__ import annotations

from typing import NamedTuple

from rlm_code.index.script.syntax import Decl
from rlm_code.index.values import Certainty


class ModuleRef(NamedTuple):
    """The module that a file is."""

    path: str


class Expr(NamedTuple):
    """An expression that is exported without a name of its own, by the word at `at`: `default`, `exports`."""

    path: str
    start: int
    end: int
    at: int


class Outside(NamedTuple):
    """Something that is no part of the snapshot."""

    known: bool = True


OUTSIDE = Outside()
Entity = Decl | ModuleRef | Expr | Outside
Entities = tuple[Entity, ...]
Found = tuple[Entities, Certainty]
