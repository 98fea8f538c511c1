"""Keeps what recursive questions found, also where they come back to themselves.

An answer that was cut short because it met itself, or went too deep, is true only within the question that
asked; kept for ever it would make answers depend on the order of questions.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

V = TypeVar("V")

_MOST_KEPT = 30_000


class Memo(Generic[V]):
    """Answers by key. `empty` is given where a question meets itself, or `most_deep` others are open."""

    def __init__(self, empty: V, most_deep: int) -> None:
        self._empty = empty
        self._most_deep = most_deep
        self._kept: dict[Hashable, V] = {}
        self._drafts: dict[Hashable, V] = {}
        self._open: dict[Hashable, int] = {}
        self._cut_at = most_deep

    def get(self, key: Hashable, find: Callable[[], V]) -> V:
        """The answer for `key`, found by `find` unless it is known."""
        if key in self._kept:
            return self._kept[key]
        if key in self._drafts:
            self._cut_at = -1
            return self._drafts[key]
        if key in self._open or len(self._open) >= self._most_deep:
            self._cut_at = min(self._cut_at, self._open.get(key, -1))
            return self._empty
        return self._find(key, find)

    def _find(self, key: Hashable, find: Callable[[], V]) -> V:
        depth = len(self._open)
        outer_cut, self._cut_at = self._cut_at, self._most_deep
        self._open[key] = depth
        try:
            answer = find()
        finally:
            del self._open[key]
            whole = self._cut_at >= depth
            self._cut_at = min(outer_cut, self._cut_at if not whole else self._most_deep)
            if not depth:
                self._drafts.clear()
                self._cut_at = self._most_deep
        if whole or not depth:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[key] = answer
        else:
            self._drafts[key] = answer
        return answer
