"""The tables of an index as bytes, kept beside the snapshot that they belong to, so that a look-up in an unchanged
repository asks the store for nothing but what it looks up.

It knows nothing of how a snapshot tells that it is unchanged.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import partial

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


def unpack_built(data: bytes, paths: Sequence[str], oids: Sequence[str]) -> Built:
    """The tables for `paths`, whose content has `oids`. Raises ValueError if they are for other files."""
    ids, line_counts, numbers = array("I"), array("I"), array("I")
    packed = split(data, 4)
    for column, part in zip((ids, line_counts, numbers), packed, strict=False):
        column.frombytes(part)
    texts = packed[3].decode("utf-8", "surrogatepass").split(_SEPARATOR)
    kinds = [texts[at : at + _FACTS] for at in range(0, len(texts), _FACTS)] if numbers else []
    if not len(ids) == len(line_counts) == len(numbers) == len(paths):
        raise ValueError("the tables are of another state")
    hints, languages, statuses, details = ([kind[column] for kind in kinds] for column in range(_FACTS))
    of = numbers.tolist()
    keys: list[Key] = list(zip(oids, map(hints.__getitem__, of), strict=True))
    columns = zip(
        ids,
        map(languages.__getitem__, of),
        map(statuses.__getitem__, of),
        map(details.__getitem__, of),
        line_counts,
        strict=True,
    )
    rows = map(partial(tuple.__new__, BlobRow), columns)
    return Built(dict(zip(paths, keys, strict=True)), dict(zip(keys, rows, strict=True)), {}, {})
