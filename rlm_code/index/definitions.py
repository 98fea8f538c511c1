"""One file's definitions as columns: most questions look at a few of them, or at one column of all.

Thousands of files are open in a long session; made whole, their definitions would be most of what it holds.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from operator import add
from typing import overload

from rlm_code.index.packing import KINDS, number_at, places_of, split, unpack_numbers, unpack_strings
from rlm_code.parse.facts import Definition, DefinitionKind

_DEFINITIONS = 9
_STARTS, _LENGTHS, _NAME_STARTS, _NAME_LENGTHS, _HEADERS, _PARENTS = range(2, 8)
_NOTHING = array("I")


class Definitions(Sequence[Definition]):
    """The definitions of one file in order of `start`, outer before inner, each made when it is first asked for."""

    def __init__(self, data: bytes) -> None:
        packed = split(data, _DEFINITIONS) if data else [b""] * _DEFINITIONS
        self._packed_names, self._kinds, self._packed_scopes = packed[0], packed[1], packed[8]
        self._columns: list[bytes | array[int]] = list(packed)
        self._made: dict[int, Definition] = {}

    def _column(self, column: int) -> array[int]:
        """The numbers of one column, which stay unpacked."""
        held = self._columns[column]
        if isinstance(held, bytes):
            held = self._columns[column] = unpack_numbers(held) if held else _NOTHING
        return held

    def _number(self, column: int, at: int) -> int:
        """One number of a column, which need not be unpacked for it."""
        held = self._columns[column]
        return number_at(held, at) if isinstance(held, bytes) else held[at]

    @property
    def starts(self) -> array[int]:
        """Where they start."""
        return self._column(_STARTS)

    @cached_property
    def ends(self) -> array[int]:
        """Where they end."""
        return array("I", map(add, self.starts, self._column(_LENGTHS)))

    @property
    def name_starts(self) -> array[int]:
        """Where their names start."""
        return self._column(_NAME_STARTS)

    @property
    def name_ends(self) -> Iterator[int]:
        """Where their names end."""
        return map(add, self.name_starts, self._column(_NAME_LENGTHS))

    @cached_property
    def names(self) -> list[str]:
        """Their names."""
        return unpack_strings(self._packed_names)

    @cached_property
    def _scopes(self) -> list[str]:
        return unpack_strings(self._packed_scopes)

    def kind(self, at: int) -> DefinitionKind:
        """The kind of one."""
        return KINDS[self._kinds[at]]

    def parent(self, at: int) -> int:
        """The definition that one is directly inside, -1 for the file."""
        return self._number(_PARENTS, at) - 1

    def called(self, name: str) -> list[int]:
        """Those of one name, as indices in order: for who asks a file for one name alone."""
        return list(places_of(self._packed_names, name))

    def called_in(self, around: int, name: str) -> list[int]:
        """Those of one name directly inside a definition (-1: the file), as indices in order."""
        return [at for at in places_of(self._packed_names, name) if self.parent(at) == around]

    @cached_property
    def by_name(self) -> dict[str, list[int]]:
        """Those of each name, as indices in order."""
        found: dict[str, list[int]] = {}
        for at, name in enumerate(self.names):
            found.setdefault(name, []).append(at)
        return found

    @cached_property
    def by_name_start(self) -> dict[int, int]:
        """The one whose name starts at an offset. Of several with one name there, the outermost."""
        return dict(zip(reversed(self.name_starts), range(len(self) - 1, -1, -1), strict=True))

    @cached_property
    def children(self) -> dict[int, dict[str, list[int]]]:
        """Those directly inside a definition (-1: the file) by name."""
        found: dict[int, dict[str, list[int]]] = {}
        for at, (parent, name) in enumerate(zip(self._column(_PARENTS), self.names, strict=True)):
            found.setdefault(parent - 1, {}).setdefault(name, []).append(at)
        return found

    @cached_property
    def outer(self) -> array[int]:
        """The one in whose span each lies, -1 at the top. Unlike its parent, that is the method for a field that a
        method assigns. Names of one declaration lie beside each other."""
        found = array("i")
        starts, ends = self.starts, self.ends
        for at, end in enumerate(ends):
            around = at - 1
            while around >= 0 and (ends[around] < end or (ends[around] == end and starts[around] == starts[at])):
                around = found[around]
            found.append(around)
        return found

    def enclosing(self, offset: int) -> int:
        """The innermost one whose span holds `offset`; -1 at the top of the file."""
        at = bisect_right(self.starts, offset) - 1
        ends = self.ends
        while at >= 0 and ends[at] <= offset:
            at = self.outer[at]
        return at

    @overload
    def __getitem__(self, at: int) -> Definition: ...

    @overload
    def __getitem__(self, at: slice) -> list[Definition]: ...

    def __getitem__(self, at: int | slice) -> Definition | list[Definition]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        made = self._made.get(at)
        if made is None:
            made = self._made[at] = self._make(range(len(self))[at])
        return made

    def __len__(self) -> int:
        return len(self._kinds)

    def __iter__(self) -> Iterator[Definition]:
        return map(self.__getitem__, range(len(self)))

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, Sequence) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def _make(self, at: int) -> Definition:
        start, name_start = self._number(_STARTS, at), self._number(_NAME_STARTS, at)
        return Definition(
            self.names[at],
            KINDS[self._kinds[at]],
            start,
            start + self._number(_LENGTHS, at),
            name_start,
            name_start + self._number(_NAME_LENGTHS, at),
            start + self._number(_HEADERS, at),
            self._number(_PARENTS, at) - 1,
            self._scopes[at] if self._packed_scopes else "",
        )
