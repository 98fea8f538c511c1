"""The order in which a class and its bases are asked for a member (C3), and a plain one where none is consistent."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

T = TypeVar("T", bound=Hashable)
_MOST_DEEP = 30


def linearize(owner: T, bases: Callable[[T], Sequence[T]], depth: int = 0) -> list[T]:
    """`owner` and all it builds on, in the order of method resolution."""
    direct = list(bases(owner)) if depth < _MOST_DEEP else []
    merged = _merge([*(linearize(base, bases, depth + 1) for base in direct), direct])
    return [owner, *(other for other in merged if other != owner)]


def _merge(sequences: list[list[T]]) -> list[T]:
    found: list[T] = []
    rest = [list(sequence) for sequence in sequences if sequence]
    while rest:
        heads = [sequence[0] for sequence in rest]
        good = next((head for head in heads if not any(head in sequence[1:] for sequence in rest)), heads[0])
        if good not in found:
            found.append(good)
        rest = [left for sequence in rest if (left := [other for other in sequence if other != good])]
    return found
