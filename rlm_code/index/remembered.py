"""The tables of an index as bytes, kept beside the snapshot that they belong to, so that a look-up in an unchanged
repository asks the store for nothing but what it looks up.

It knows nothing of how a snapshot tells that it is unchanged.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from functools import cached_property, partial

from rlm_code.index.build import Built
from rlm_code.index.packing import join, split
from rlm_code.index.store import BlobRow, Key

_SEPARATOR = "\0"
_FACTS = 4  # hint, language, status and detail: few different ones, for very many files


def pack_built(built: Built) -> bytes | None:
    """The tables of the files in their order; None if some facts are in no store."""
    if built.failed or built.unsaved:
        return None
    kinds: dict[tuple[str, ...], int] = {}
    ids, line_counts, numbers = array("I"), array("I"), array("I")
    for key in built.keys.values():
        row = built.rows[key]
        ids.append(row.id)
        line_counts.append(row.line_count)
        facts = (key[1], row.language, row.status, row.detail)
        numbers.append(kinds.setdefault(facts, len(kinds)))
    texts = _SEPARATOR.join(text.replace(_SEPARATOR, "\ufffd") for facts in kinds for text in facts)
    parts = (ids.tobytes(), line_counts.tobytes(), numbers.tobytes(), texts.encode("utf-8", "surrogatepass"))
    return join(*parts)


class KeptTables:
    """The tables for `paths`, whose content has `oids` (`build.Tables`): each row is made when it is asked for, and all
    when all are. Raises ValueError for `data` of other files."""

    def __init__(self, data: bytes, paths: list[str], oids: list[str]) -> None:
        self.paths = paths
        self._oids = oids
        self._ids, self._line_counts, self._kinds = array("I"), array("I"), array("I")
        packed = split(data, 4)
        for column, part in zip((self._ids, self._line_counts, self._kinds), packed, strict=False):
            column.frombytes(part)
        if not len(self._ids) == len(self._line_counts) == len(self._kinds) == len(paths):
            raise ValueError("the tables are of another state")
        texts = packed[3].decode("utf-8", "surrogatepass").split(_SEPARATOR)
        kinds = [texts[at : at + _FACTS] for at in range(0, len(texts), _FACTS)] if self._kinds else []
        self._hints, self._languages, self._statuses, self._details = (
            [kind[column] for kind in kinds] for column in range(_FACTS)
        )
        self._rows: dict[str, BlobRow] = {}

    @cached_property
    def whole(self) -> Built:
        """All of them."""
        kinds = self._kinds.tolist()
        keys: list[Key] = list(zip(self._oids, map(self._hints.__getitem__, kinds), strict=True))
        columns = zip(
            self._ids,
            map(self._languages.__getitem__, kinds),
            map(self._statuses.__getitem__, kinds),
            map(self._details.__getitem__, kinds),
            self._line_counts,
            strict=True,
        )
        rows = map(partial(tuple.__new__, BlobRow), columns)
        return Built(dict(zip(self.paths, keys, strict=True)), dict(zip(keys, rows, strict=True)), {}, {})

    def row(self, path: str) -> BlobRow:
        """What is known of a regular file. Raises KeyError for another path."""
        row = self._rows.get(path)
        if row is None:
            at = self._places[path]
            kind = self._kinds[at]
            facts = self._languages[kind], self._statuses[kind], self._details[kind]
            row = self._rows[path] = BlobRow(self._ids[at], *facts, self._line_counts[at])
        return row

    def ids(self) -> Iterator[tuple[str, int]]:
        """Every path with the blob that holds its facts; in order."""
        return zip(self.paths, self._ids, strict=True)

    def languages(self) -> Iterator[tuple[str, str]]:
        """Every path with its language, in order."""
        return zip(self.paths, map(self._languages.__getitem__, self._kinds), strict=True)

    @cached_property
    def _places(self) -> dict[str, int]:
        return dict(zip(self.paths, range(len(self.paths)), strict=True))
