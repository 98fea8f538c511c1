"""Which stretches of a file may not run, may run again, exclude each other or are left for good: plain ranges.

It knows neither names nor languages; `locals.py` reads the ranges.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

Range = tuple[int, int]


class Nested:
    """Ranges that lie within or beside each other."""

    def __init__(self, ranges: Iterable[Range]) -> None:
        self._ranges = sorted(set(ranges), key=lambda place: (place[0], -place[1]))
        self._starts = [start for start, _ in self._ranges]
        self._outer: list[int] = []
        open_ones: list[int] = []
        for at, (start, _) in enumerate(self._ranges):
            while open_ones and self._ranges[open_ones[-1]][1] <= start:
                open_ones.pop()
            self._outer.append(open_ones[-1] if open_ones else -1)
            open_ones.append(at)

    def around(self, offset: int) -> Iterator[Range]:
        """The ranges around an offset, innermost first."""
        at = bisect_right(self._starts, offset) - 1
        while at >= 0:
            if offset < self._ranges[at][1]:
                yield self._ranges[at]
            at = self._outer[at]

    def within(self, place: Range) -> Iterator[Range]:
        """The ranges that lie in another one, in order."""
        for at in range(bisect_right(self._starts, place[0] - 1), len(self._ranges)):
            if self._ranges[at][0] >= place[1]:
                return
            if self._ranges[at][1] <= place[1]:
                yield self._ranges[at]


class Flow:
    """Of one file: `blocks` may not run, `loops` may run again, of the blocks in `branches` one runs, of those in
    `covering` one certainly does; who is in `leaving` does not come out at its end, but for what `trying` catches."""

    def __init__(self, marked: dict[str, list[Range]]) -> None:
        self._blocks = Nested(marked.get("block", ()))
        self._loops = Nested(marked.get("loop", ()))
        self._branches = Nested(marked.get("branches", ()))
        self._leaving = Nested(marked.get("leaving", ()))
        self._trying = Nested(marked.get("trying", ()))
        self.covering = sorted(marked.get("covering", ()))

    def block_around(self, place: Range, whole: Range) -> Range:
        """The innermost stretch around a place that may not run, within a `whole`."""
        blocks = (block for block in self._blocks.around(place[0]) if block[1] >= place[1])
        return next((block for block in blocks if whole[0] <= block[0] and block[1] <= whole[1]), whole)

    def exclusive(self, one: int, other: int) -> bool:
        """Whether two offsets lie in blocks of which only one runs."""
        for branch in self._branches.around(one):
            if branch[0] <= other < branch[1]:
                mine, its = (self._arm(branch, offset) for offset in (one, other))
                if mine and its and mine != its:
                    return True
        return False

    def loops_back(self, one: int, other: int, last: int) -> bool:
        """Whether what stands behind an offset may have run before it: in a loop around both that `last` is not in."""
        return any(start <= other < end and last < start for start, end in self._loops.around(one))

    def left(self, offset: int, later: int) -> bool:
        """Whether who is at an offset never comes to a `later` one, since the block around ends with leaving."""
        for block in self._leaving.around(offset):
            if block[1] <= later:
                return not any(trying[1] <= later for trying in self._trying.around(block[0]))
        return False

    def arms(self, statement: Range) -> list[Range]:
        """The blocks of a statement that does not come out of any other."""
        found: list[Range] = []
        for block in self._blocks.within(statement):
            if not found or block[0] >= found[-1][1]:
                found.append(block)
        return found

    def is_left(self, arm: Range) -> bool:
        """Whether a block ends with leaving."""
        inner = next((block for block in self._leaving.around(arm[1] - 1) if block[1] == arm[1]), None)
        return inner is not None and next(self._blocks.around(inner[0]), None) == arm

    def _arm(self, branch: Range, offset: int) -> Range | None:
        return next((arm for arm in self.arms(branch) if arm[0] <= offset < arm[1]), None)
