"""How the entries of one state of a snapshot become those of the next."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping

from rlm_code.source.paths import to_bytes
from rlm_code.source.snapshot import Entry, Snapshot


def differing_paths(one: Snapshot, other: Snapshot) -> frozenset[str]:
    """The paths whose entries differ, those that only one of them has included."""
    if one.entries is other.entries:
        return frozenset()
    theirs = other.entries
    differing = {path for path, entry in one.entries.items() if theirs.get(path) != entry}
    return frozenset(differing | (theirs.keys() - one.entries.keys()))


def patched(entries: Mapping[str, Entry], changed: Mapping[str, Entry | None]) -> dict[str, Entry]:
    """The entries with some put in, replaced or (None) taken out, still in order of the paths' bytes."""
    found = dict(entries if isinstance(entries, dict) else entries.items())  # a dict is copied at once
    added: list[tuple[str, Entry]] = []
    for path, entry in changed.items():
        if entry is None:
            found.pop(path, None)
        elif path in found:
            found[path] = entry
        else:
            added.append((path, entry))
    if not added:
        return found
    items = list(found.items())
    for path, entry in added:
        items.insert(bisect_left(items, to_bytes(path), key=lambda item: to_bytes(item[0])), (path, entry))
    return dict(items)
