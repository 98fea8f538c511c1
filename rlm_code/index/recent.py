"""What was asked for last, kept within a number of bytes, so that a long session takes no more memory than a short one.

Nothing here is the only copy: what is dropped is read again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

MEBIBYTE = 1 << 20
FACTS_BYTES = 20 * MEBIBYTE
TEXTS_BYTES = 6 * MEBIBYTE
TREES_BYTES = 32 * MEBIBYTE
"""The budget of one open repository: facts of files, their text, their trees and locals."""


class Recent(Generic[K, V]):
    """Values by key, of at most `most_bytes` by what is said of their sizes when they are put."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._kept: OrderedDict[K, tuple[V, int]] = OrderedDict()

    def get(self, key: K) -> V | None:
        """What is kept under a key, as the last that was asked for; None if nothing is."""
        found = self._kept.get(key)
        if found is None:
            return None
        self._kept.move_to_end(key)
        return found[0]

    def put(self, key: K, value: V, size: int) -> None:
        """Keep a value that takes `size` bytes, and drop what was not asked for longest; never the value itself."""
        self.drop(key)
        self._kept[key] = (value, size)
        self._bytes += size
        while self._bytes > self._most_bytes and len(self._kept) > 1:
            self._bytes -= self._kept.popitem(last=False)[1][1]

    def drop(self, key: K) -> None:
        """Keep nothing under a key."""
        found = self._kept.pop(key, None)
        self._bytes -= found[1] if found else 0

    def copied(self) -> Recent[K, V]:
        """The same values, for another to go on with."""
        after: Recent[K, V] = Recent(self._most_bytes)
        after._kept, after._bytes = self._kept.copy(), self._bytes
        return after

    def known(self) -> list[K]:
        """The keys of all that is kept."""
        return list(self._kept)
