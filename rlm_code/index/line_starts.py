"""Where the lines of a file start, found from their lengths when somebody asks.

Most files are asked for few lines, and to add up the lengths of all would be a fifth of the time of a look-up by name.
A byte a line is kept besides, where a list of offsets takes four. It knows nothing of text.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import overload

from rlm_code.index.packing import unpack_numbers

_BLOCK = 64


class LineStarts(Sequence[int]):
    """The byte offset at which each line starts, of lines as `packing.pack_lines` packs them."""

    __slots__ = ("_lengths", "_marks", "_near")

    def __init__(self, data: bytes) -> None:
        lengths = self._lengths = unpack_numbers(data) if data else array("B", (0,))
        blocks = (sum(lengths[at : at + _BLOCK]) for at in range(0, len(lengths), _BLOCK))
        self._marks = array("I", accumulate(blocks, initial=0))
        self._near: tuple[int, list[int]] = (-1, [])  # what is asked for is often beside what was asked for last

    def line_of(self, offset: int) -> int:
        """The 1-based line that holds a byte offset."""
        block = min(bisect_right(self._marks, offset), len(self._marks) - 1) - 1
        starts = self._starts(block)
        return block * _BLOCK + bisect_right(starts, offset, 0, len(starts) - 1)

    @overload
    def __getitem__(self, at: int) -> int: ...

    @overload
    def __getitem__(self, at: slice) -> list[int]: ...

    def __getitem__(self, at: int | slice) -> int | list[int]:
        if isinstance(at, slice):
            return list(accumulate(self._lengths[:-1], initial=0))[at]
        block, inside = divmod(range(len(self))[at], _BLOCK)
        return self._starts(block)[inside]

    def __len__(self) -> int:
        return len(self._lengths)

    def __eq__(self, other: object) -> bool:
        return self[:] == other[:] if isinstance(other, LineStarts) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def _starts(self, block: int) -> list[int]:
        """Where the lines of a block start, and its last one ends."""
        if self._near[0] != block:
            lengths = self._lengths[block * _BLOCK : (block + 1) * _BLOCK]
            self._near = block, list(accumulate(lengths, initial=self._marks[block]))
        return self._near[1]
