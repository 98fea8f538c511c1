"""Uses of definitions by their names, as far as scope and imports tell: where following values forwards starts."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from rlm_code.index.values import Target


class Use(NamedTuple):
    """One use of a name."""

    path: str
    start: int
    end: int
    role: str


class NamedUses(Protocol):
    """Who can tell the uses of a definition by name."""

    def named(self, target: Target) -> list[Use]:
        """The uses that certainly mean a definition, imports left out."""
        ...
