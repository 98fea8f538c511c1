"""The facts of unsaved buffers over a store, in memory: they are gone with the buffer and never reach the disk.

It knows nothing of paths or snapshots.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from rlm_code.index.packing import Column, PackedFile
from rlm_code.index.store import BlobRow, Key, Store

_FIRST_ID = 1 << 31


class Unsaved(NamedTuple):
    """One buffer's facts under an id that no stored blob has, with the names in it."""

    id: int
    file: PackedFile
    defined: frozenset[str]
    used: frozenset[str]

    @property
    def row(self) -> BlobRow:
        """What is known of it without unpacking its facts."""
        file = self.file
        return BlobRow(self.id, file.language, file.status, file.detail, file.line_count)


class UnsavedStore:
    """`Store` as an index reads it: `below`, and a few files over it. Closing it is closing `below`."""

    def __init__(self, below: Store, files: Mapping[Key, Unsaved]) -> None:
        self.below = below
        self.files = files
        self._by_id = {each.id: each for each in files.values()}
        self._terms: dict[int, Mapping[str, int]] = {}

    def columns(self, blobs: Sequence[int], names: Sequence[Column]) -> dict[int, tuple[bytes, ...]]:
        """Columns of the packed facts of different blobs."""
        of_files = {blob: self._by_id[blob].file.facts for blob in blobs if blob in self._by_id}
        found = {blob: tuple(getattr(facts, name) for name in names) for blob, facts in of_files.items()}
        return found | self.below.columns([blob for blob in blobs if blob not in found], names)

    def defining(self, name: str) -> list[int]:
        """The blobs that define `name`."""
        return [*self.below.defining(name), *(each.id for each in self._by_id.values() if name in each.defined)]

    def using(self, name: str) -> list[int]:
        """The blobs that use `name`."""
        return [*self.below.using(name), *(each.id for each in self._by_id.values() if name in each.used)]

    def names_defined(self, pattern: str) -> Iterator[tuple[str, list[int]]]:
        """Each defined name that matches a LIKE pattern (any case, `\\` escapes), with blobs that define it."""
        found: dict[str, list[int]] = {}
        for name, blobs in self.below.names_defined(pattern):
            found.setdefault(name, []).extend(blobs)
        matches = _like(pattern)
        for each in self._by_id.values():
            for name in filter(matches.fullmatch, each.defined):
                found.setdefault(name, []).append(each.id)
        yield from sorted(found.items())

    @property
    def path(self) -> Path | None:
        """The file of the store below."""
        return self.below.path

    def names(self) -> Iterator[tuple[str, list[int], list[int]]]:
        """Each name, once, with the blobs that define and that use it."""
        seen: set[str] = set()
        for name, defined, used in self.below.names():
            seen.add(name)
            yield name, [*defined, *self._holding("defined", name)], [*used, *self._holding("used", name)]
        more = {name for each in self._by_id.values() for name in {*each.defined, *each.used}} - seen
        for name in sorted(more):
            yield name, self._holding("defined", name), self._holding("used", name)

    def _holding(self, how: Literal["defined", "used"], name: str) -> list[int]:
        return [each.id for each in self._by_id.values() if name in getattr(each, how)]

    def text_lengths(self) -> dict[int, int]:
        """The blobs whose terms are known, and how many terms each holds."""
        return self.below.text_lengths() | {blob: sum(terms.values()) for blob, terms in self._terms.items()}

    def postings(self, term: str) -> Iterator[tuple[int, int]]:
        """The blobs that hold a term, and how often."""
        yield from self.below.postings(term)
        yield from ((blob, terms[term]) for blob, terms in self._terms.items() if term in terms)

    def append_terms(self, files: Mapping[int, Mapping[str, int]]) -> None:
        """Keep how often terms occur in blobs: stored for those of the store, in memory for the others."""
        self._terms |= {blob: terms for blob, terms in files.items() if blob in self._by_id}
        stored = {blob: terms for blob, terms in files.items() if blob not in self._by_id}
        if stored:
            self.below.append_terms(stored)

    def close(self) -> None:
        """Close the store below."""
        self.below.close()


def over(store: Store | UnsavedStore, files: Mapping[Key, PackedFile]) -> Store | UnsavedStore:
    """`store` with exactly `files` over it; those that were there already keep their ids."""
    below = store.below if isinstance(store, UnsavedStore) else store
    before = store.files if isinstance(store, UnsavedStore) else {}
    if not files:
        return below
    if before.keys() == files.keys():
        return store
    after = {key: before[key] for key in files if key in before}
    following = max((each.id + 1 for each in before.values()), default=_FIRST_ID)
    for key, file in files.items():
        if key not in after:
            after[key] = Unsaved(following, file, frozenset(file.defined), frozenset(file.used))
            following += 1
    return UnsavedStore(below, after)


def _like(pattern: str) -> re.Pattern[str]:
    """SQLite's LIKE with `\\` as its escape: in any case for ASCII alone."""
    pieces = re.findall(r"\\.|.", pattern, re.DOTALL)
    wild = {"%": ".*", "_": "."}
    expression = "".join(wild.get(piece) or re.escape(piece[-1]) for piece in pieces)
    return re.compile(expression, re.IGNORECASE | re.ASCII | re.DOTALL)
