"""What was asked for last, kept within a bound, so that a long session takes no more memory than a short one.

Nothing here is the only copy: what is dropped is read again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_MEBIBYTE = 1 << 20
FACTS_BYTES = 16 * _MEBIBYTE
TEXTS_BYTES = 6 * _MEBIBYTE
TREES_BYTES = 45 * _MEBIBYTE
LOCALS_BYTES = 12 * _MEBIBYTE
SPANS_BYTES = 6 * _MEBIBYTE
"""The budget of one open repository: facts of files, their text, trees and locals, and both of single functions."""


class Recent(Generic[K, V]):
    """Values by key, of at most the size `most` together, by what is said of each when it is put: bytes of memory or
    of source, or a number of values where each counts as 1."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._kept: OrderedDict[K, tuple[V, int]] = OrderedDict()

    def get(self, key: K) -> V | None:
        """What is kept under a key, as the last that was asked for; None if nothing is."""
        found = self._kept.get(key)
        if found is None:
            return None
        self._kept.move_to_end(key)
        return found[0]

    def put(self, key: K, value: V, size: int) -> None:
        """Keep a value of a size, and drop what was not asked for longest; never the value itself."""
        self.drop(key)
        self._kept[key] = (value, size)
        self._size += size
        while self._size > self._most and len(self._kept) > 1:
            self._size -= self._kept.popitem(last=False)[1][1]

    def drop(self, key: K) -> None:
        """Keep nothing under a key."""
        found = self._kept.pop(key, None)
        self._size -= found[1] if found else 0

    def holds(self, key: K, value: V) -> bool:
        """Whether this very value is kept under a key; it is not asked for by that."""
        found = self._kept.get(key)
        return found is not None and found[0] is value

    def copied(self) -> Recent[K, V]:
        """The same values, for another to go on with."""
        after: Recent[K, V] = Recent(self._most)
        after._kept, after._size = self._kept.copy(), self._size
        return after

    def known(self) -> list[K]:
        """The keys of all that is kept."""
        return list(self._kept)
