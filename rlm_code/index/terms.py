"""Which terms occur in which files, for ranking: made from the text when someone first ranks, and kept in the store.

It costs about as long as parsing, which is why it is not part of every build. Keyed by blob like all facts.
"""

from __future__ import annotations

import math
from collections import Counter
from functools import cached_property

from rlm_code.errors import SourceError
from rlm_code.index.snapshot_index import SnapshotIndex
from rlm_code.index.words import terms_of
from rlm_code.places import DATA_LANGUAGES, is_prose

_MOST_BYTES = 600_000
_MOST_DATA_BYTES = 100_000
_BATCH_BYTES = 16_000_000


class TermIndex:
    """The terms of the files of one snapshot."""

    def __init__(self, index: SnapshotIndex) -> None:
        self._index = index
        self._store = index.store
        self.paths = {index.row(path).id: path for path in reversed(index.keys) if self._is_read(path)}
        self._rarity: dict[str, float] = {}
        self.lengths = self._update()
        self.mean_length = sum(self.lengths.values()) / max(1, len(self.lengths))

    @cached_property
    def path_terms(self) -> dict[str, frozenset[str]]:
        """The terms of each file's path."""
        return {path: frozenset(terms_of(path.encode("utf-8", "surrogateescape"))) for path in self.paths.values()}

    @cached_property
    def path_rarity(self) -> dict[str, float]:
        """How rare each term is among the paths."""
        counts = Counter(term for terms in self.path_terms.values() for term in terms)
        return {term: rarity(count, len(self.path_terms)) for term, count in counts.items()}

    @cached_property
    def by_file_name(self) -> dict[str, list[str]]:
        """The paths by the file's name."""
        found: dict[str, list[str]] = {}
        for path in self.paths.values():
            found.setdefault(path.rpartition("/")[2], []).append(path)
        return found

    def rarity(self, term: str) -> float:
        """How rare a term is among the files."""
        found = self._rarity.get(term)
        if found is None:
            found = self._rarity[term] = rarity(len(self.posting(term)), len(self.lengths))
        return found

    def posting(self, term: str) -> dict[int, int]:
        """How often `term` occurs in each file of the snapshot that has it, by blob."""
        return {blob: count for blob, count in self._store.postings(term) if blob in self.lengths}

    def _is_read(self, path: str) -> bool:
        row = self._index.row(path)
        size = self._index.snapshot.entries[path].size_bytes
        if row.status not in ("parsed", "partial", "text") or not row.id or size > _MOST_BYTES:
            return False
        if row.language in DATA_LANGUAGES:
            return size <= _MOST_DATA_BYTES
        return bool(row.language) or is_prose(path)

    def _update(self) -> dict[int, int]:
        """Read the files whose terms are not stored yet. The length in terms of every file of the snapshot, by blob."""
        known = self._store.text_lengths()
        missing = {path: blob for blob, path in self.paths.items() if blob not in known}
        batch: dict[int, dict[str, int]] = {}
        size = 0
        for path, data in self._index.snapshot.read_many(missing):
            if isinstance(data, SourceError):
                continue
            batch[missing[path]] = terms_of(data)
            size += len(data)
            if size > _BATCH_BYTES:
                known |= self._append(batch)
                batch, size = {}, 0
        if batch:
            known |= self._append(batch)
        return {blob: known[blob] for blob in self.paths if blob in known}

    def _append(self, batch: dict[int, dict[str, int]]) -> dict[int, int]:
        """Store the terms of files; their lengths."""
        self._store.append_terms(batch)
        return {blob: sum(counts.values()) for blob, counts in batch.items()}


def rarity(count: int, total: int) -> float:
    """The weight of what `count` of `total` have (BM25's inverse document frequency)."""
    return math.log(1 + (total - count + 0.5) / (count + 0.5))
