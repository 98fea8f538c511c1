"""Limits for questions that lead to questions: how deep, how much in all; and answers kept while one is answered."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from rlm_code.index.flow.values import ANYTHING, NOTHING, Values

_MOST_DEEP = 30
_MOST_STEPS = 500
_MOST_SEARCHES = 12
_MOST_BYTES = 160_000
MOST_BYTES_OF_SEARCH = 320_000
"""What may be read to find the calls that may run one function; each of them is then asked for what it runs."""

_MOST_ROUNDS = 3


class Work:
    """The answers that a question led to, and what it may still spend: so many bytes of files."""

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._kept: dict[Hashable, Values] = {}
        self._drafts: dict[Hashable, Values] = {}
        self._open: dict[Hashable, int] = {}
        self._met: set[Hashable] = set()
        self._seeds: dict[Hashable, Values] = {}
        self._cut_at = _MOST_DEEP
        self._steps = self._bytes = self._searches = 0
        self._is_first = True
        self.spent = False

    def may_read(self, size: int) -> bool:
        """Whether a file of this many bytes may still be read; counts it. The first one always may, for nothing."""
        first, self._is_first = self._is_first, False
        self._bytes += 0 if first else size
        self.spent = self.spent or self._bytes > self._most_bytes
        return not self.spent

    def may_search(self) -> bool:
        """Whether one more search for the calls of a function may be made; counts it."""
        self._searches += 1
        return not self.spent and self._searches <= _MOST_SEARCHES

    def may_step(self) -> bool:
        """Whether one more step may be made; counts it."""
        self._steps += 1
        self.spent = self.spent or self._steps > _MOST_STEPS
        return not self.spent

    def answer(self, key: Hashable, find: Callable[[], Values]) -> Values:
        """The answer for `key`, found by `find` unless it is known; `ANYTHING` beyond a limit."""
        known = self._kept.get(key)
        if known is not None:
            return known
        if key in self._drafts:
            self._cut_at = -1
            return self._drafts[key]
        if key in self._open:
            self._cut_at = min(self._cut_at, self._open[key])
            self._met.add(key)
            return self._seeds.get(key, NOTHING)
        if not self.may_step() or len(self._open) >= _MOST_DEEP:
            self._cut_at = -1
            return ANYTHING
        return self._find(key, find)

    def _find(self, key: Hashable, find: Callable[[], Values]) -> Values:
        depth = len(self._open)
        outer_cut, self._cut_at = self._cut_at, _MOST_DEEP
        self._open[key] = depth
        try:
            answer = self._settled(key, find)
        finally:
            del self._open[key]
            self._met.discard(key)
            self._seeds.pop(key, None)
            whole = self._cut_at >= depth
            self._cut_at = min(outer_cut, _MOST_DEEP if whole else self._cut_at)
        (self._kept if whole else self._drafts)[key] = answer
        return answer

    def _settled(self, key: Hashable, find: Callable[[], Values]) -> Values:
        """The answer to a question that may meet itself: asked again with what it gave, until that adds nothing."""
        answer = find()
        for _ in range(_MOST_ROUNDS):
            if key not in self._met or answer == self._seeds.get(key, NOTHING) or self.spent:
                break
            self._seeds[key] = answer
            self._drafts.clear()
            answer |= find()
        return answer
