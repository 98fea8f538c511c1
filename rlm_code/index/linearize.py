"""The order in which a class and its bases are asked for a member: C3, and the plain one where none is consistent."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def linearized(owner: T, bases: Sequence[T], order_of: Callable[[T], Sequence[T]]) -> tuple[T, ...]:
    """`owner`, then all it builds on. `order_of` gives the order of each of its `bases`."""
    rest = [list(order_of(base)) for base in bases] + [list(bases)]
    found = [owner]
    while rest := [sequence for sequence in rest if sequence]:
        heads = [sequence[0] for sequence in rest]
        following = {other for sequence in rest for other in sequence[1:]}
        head = next((head for head in heads if head not in following), heads[0])
        if head not in found:
            found.append(head)
        rest = [[other for other in sequence if other != head] for sequence in rest]
    return tuple(found)
