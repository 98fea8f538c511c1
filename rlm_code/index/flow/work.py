"""Limits for questions that lead to questions: how deep, how much in all; and answers kept where they are whole.

An answer that was cut short, because it met itself or a limit, holds only within the question that asked.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from rlm_code.index.flow.values import ANYTHING, NOTHING, Values

_MOST_DEEP = 30
_MOST_STEPS_OF_CALL = 500
_MOST_STEPS = 1500
_MOST_SEARCHES = 12
_MOST_BYTES = 80_000
_MOST_KEPT = 50_000
_MOST_ROUNDS = 3


class Work:
    """The answers to questions about values, and what the outermost open one may still spend."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, Values] = {}
        self._drafts: dict[Hashable, Values] = {}
        self._open: dict[Hashable, int] = {}
        self._met: set[Hashable] = set()
        self._seeds: dict[Hashable, Values] = {}
        self._cut_at = _MOST_DEEP
        self._steps = self._steps_before = 0
        self._bytes = self._searches = 0
        self.spent = False

    def begin(self) -> None:
        """Starts the account of a question, which may be about many calls."""
        self._steps = self._steps_before = self._bytes = self._searches = 0
        self.begin_call()

    def begin_call(self) -> None:
        """Starts the account of one call of the question."""
        self._steps_before = self._steps
        self.spent = self._steps > _MOST_STEPS or self._bytes > _MOST_BYTES
        self._drafts.clear()

    def may_read(self, size: int) -> bool:
        """Whether a file of this many bytes may still be parsed; counts it. The first one always may."""
        self.spent = self.spent or (self._bytes > 0 and self._bytes + size > _MOST_BYTES)
        self._bytes += 0 if self.spent else size
        return not self.spent

    def may_search(self) -> bool:
        """Whether one more search for the calls of a function may be made; counts it."""
        self._searches += 1
        return not self.spent and self._searches <= _MOST_SEARCHES

    def may_step(self) -> bool:
        """Whether one more step may be made; counts it."""
        self._steps += 1
        here = self._steps - self._steps_before
        self.spent = self.spent or here > _MOST_STEPS_OF_CALL or self._steps > _MOST_STEPS
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
        if whole:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[key] = answer
        else:
            self._drafts[key] = answer
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
