"""What a question with several answers gives back: a list that knows what it leaves out.

A model reads these in truncated output, so a listing prints one item a line under a line that states the
true total. It knows nothing of what its items are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import SupportsIndex, TypeVar, overload

T = TypeVar("T")

_SHOWN = 40
_AFTER_NOUN = r" (?:of|in|that|for|called|at|from) "


class Listing(list[T]):
    """A list that prints one item a line, at most 40: slice it to print others. `limit=None` cuts nothing off.

    `total` is how many there are, None where only "more than these" is known; `blind_spots` say what could
    hide others.
    """

    __slots__ = ("_first", "blind_spots", "noun", "total")

    def __init__(
        self,
        items: Iterable[T],
        noun: str,
        total: int | None,
        blind_spots: Iterable[str] = (),
        first: int | None = None,
    ) -> None:
        super().__init__(items)
        self.noun = noun
        self.total = total
        self.blind_spots = tuple(blind_spots)
        self._first = first  # of a slice, the number of its first item; None for a whole list

    @classmethod
    def whole(cls, items: Iterable[T], noun: str) -> Listing[T]:
        """All there are."""
        kept = list(items)
        return cls(kept, noun, len(kept))

    @classmethod
    def cut(cls, items: list[T], noun: str, limit: int) -> Listing[T]:
        """The first `limit` of `items`, of which one more than `limit` was asked for to see whether there are more."""
        return cls(items[:limit], noun, None if len(items) > limit else len(items))

    @property
    def complete(self) -> bool:
        """Whether nothing was cut off. `blind_spots` may still hide others."""
        return self.total == len(self)

    @property
    def heading(self) -> str:
        """How many there are and what may be missing, in one line."""
        count = len(self)
        if self._first is not None:
            text = self._slice_heading(self._first)
        elif self.total is None:
            text = f"first {_counted(count, self.noun)}; there are more (raise limit)"
        elif self.total > count:
            text = f"{count} of {self.total} {self.noun} (raise limit for more)"
        else:
            text = _counted(count, self.noun) if count else f"no {self.noun}"
        return f"{text}; not seen: {'; '.join(self.blind_spots)}" if self.blind_spots else text

    def _slice_heading(self, first: int) -> str:
        shown = f"{first + 1} to {first + len(self)}" if self else "none"
        return f"{shown} of {self.noun if self.total is None else f'{self.total} {self.noun}'}"

    def __repr__(self) -> str:
        lines = [self.heading, *(f"  {item!r}" for item in list.__getitem__(self, slice(_SHOWN)))]
        if len(self) > _SHOWN:
            lines.append(f"  … {len(self) - _SHOWN} more in this list: slice it to see them")
        return "\n".join(lines)

    @overload
    def __getitem__(self, index: SupportsIndex, /) -> T: ...
    @overload
    def __getitem__(self, index: slice, /) -> Listing[T]: ...
    def __getitem__(self, index: SupportsIndex | slice, /) -> T | Listing[T]:
        if isinstance(index, slice):
            start, _, step = index.indices(len(self))
            first = (self._first or 0) + start if step == 1 else None
            return Listing(list.__getitem__(self, index), self.noun, self.total, self.blind_spots, first)
        return list.__getitem__(self, index)


def _counted(count: int, plural: str) -> str:
    """A number with what it counts: "1 use of post", "2 uses of post"."""
    head = re.split(_AFTER_NOUN, plural, maxsplit=1)[0]
    one = head.removesuffix("es" if head.endswith("sses") else "s")
    return f"{count} {one if count == 1 else head}{plural[len(head) :]}"


class Shown(str):
    """Text that a cell shows as it is, without quotes and escapes."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)
