"""The entries of a state that was kept: who looks something up asks for one or two of thousands."""

from __future__ import annotations

from array import array
from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from functools import cached_property, partial
from operator import attrgetter

from rlm_code.source.snapshot import Entry, EntryKind

KINDS: tuple[EntryKind, ...] = ("file", "symlink")
"""The kinds of entries that can be kept, by the lowest bit of their flags; the bit above tells of committed ones."""
_PATH = attrgetter("path")


class KeptEntries(Mapping[str, Entry]):
    """Entries by path, in order; each is made when it is asked for, and all when they are iterated over."""

    def __init__(self, names: bytes, oids: bytes, flags: bytes, sizes: bytes) -> None:
        self.paths = names.decode("utf-8", "surrogateescape").split("\0") if names else []
        self._digits = oids.hex()
        self._width = 2 * len(oids) // max(1, len(self.paths))
        self._flags = flags
        self._sizes = array("Q")
        self._sizes.frombytes(sizes)
        if not len(self.paths) == len(flags) == len(self._sizes):
            raise ValueError("the entries are of another state")

    def files(self) -> tuple[list[str], list[str]]:
        """The paths of all files, and their ids."""
        if not self._flags.translate(None, b"\0\2"):
            return self.paths, self._oids
        rows = [row for row in zip(self.paths, self._oids, self._flags, strict=True) if not row[2] & 1]
        return [path for path, _, _ in rows], [oid for _, oid, _ in rows]

    @property
    def _oids(self) -> list[str]:
        digits, width = self._digits, self._width
        return [digits[at : at + width] for at in range(0, len(digits), width)] if width else []

    @cached_property
    def all(self) -> list[Entry]:
        """All entries in order."""
        kinds = [KINDS[flag & 1] for flag in self._flags]
        committed = [flag > 1 for flag in self._flags]
        rows = zip(self.paths, self._oids, self._sizes, kinds, committed, strict=True)
        return list(map(partial(tuple.__new__, Entry), rows))

    @cached_property
    def _by_path(self) -> dict[str, Entry]:
        return dict(zip(map(_PATH, self.all), self.all, strict=True))

    @cached_property
    def _places(self) -> dict[str, int]:
        return dict(zip(self.paths, range(len(self.paths)), strict=True))

    def __getitem__(self, path: str) -> Entry:
        if "_by_path" in self.__dict__:
            return self._by_path[path]
        at = self._places[path]
        flag, start = self._flags[at], at * self._width
        return Entry(path, self._digits[start : start + self._width], self._sizes[at], KINDS[flag & 1], flag > 1)

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)

    def __contains__(self, path: object) -> bool:
        return path in self._places

    def items(self) -> ItemsView[str, Entry]:
        """All paths with their entries, in order."""
        return self._by_path.items()

    def values(self) -> ValuesView[Entry]:
        """All entries, in order."""
        return self._by_path.values()
