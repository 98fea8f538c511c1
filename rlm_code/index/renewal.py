"""The tables of an index for another state of the same repository, at the cost of what changed: they are copied
whole, which is quick, and mended at the changed paths. Those of the state before stay as they were.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from rlm_code.errors import SourceError
from rlm_code.index.build import Built, Progress, build_missing, hint_of
from rlm_code.index.packing import MAX_TEXT_BYTES, PackedFile, pack_bare
from rlm_code.index.store import BlobRow, Key, Store
from rlm_code.index.unsaved import UnsavedStore, over
from rlm_code.source.snapshot import Snapshot

AnyStore = Store | UnsavedStore


class Change(NamedTuple):
    """What may differ between two states: `paths`, which no path that differs is missing from. Facts that are not
    stored yet are kept in memory for the paths `in_memory`, stored for all others."""

    paths: Collection[str]
    in_memory: Collection[str] = ()


class Renewed(NamedTuple):
    """The later state: its store and tables, and the paths that do differ. `same_names`: no path came or went, and
    none is in another language."""

    store: AnyStore
    built: Built
    changed: frozenset[str]
    same_names: bool


def renew(
    store: AnyStore, before: Built, snapshot: Snapshot, change: Change, progress: Progress | None = None
) -> Renewed:
    """The tables for `snapshot`. Raises StoreError when the store cannot be written."""
    touched = _touched(before, snapshot, change)
    keys, same_paths = _keys(before.keys, snapshot, touched)
    failed = {path: row for path, row in before.failed.items() if path not in touched}
    built = Built(keys, before.rows, failed, {})
    below = store.below if isinstance(store, UnsavedStore) else store
    unknown = [keys[path] for path in touched if path in keys and keys[path] not in built.rows]
    if unknown:
        built.rows.update(below.known(unknown))
    new = {path: keys[path] for path in touched if path in keys and keys[path] not in built.rows}
    unsaved = {p: keys[p] for p in change.in_memory if p in keys and keys[p] not in built.rows}
    layered = _lay(store, snapshot, built, unsaved)
    missing = {key: path for path, key in new.items() if path not in built.unsaved and path not in built.failed}
    _store_known(store, built, missing)
    if missing:
        build_missing(below, snapshot, built, missing, progress)
    changed = frozenset(path for path in touched if _seen(built, path) != _seen(before, path))
    same_names = same_paths and all(built.row(path).language == before.row(path).language for path in changed)
    return Renewed(layered, built, changed, same_names)


def patched_paths(
    of_blob: Mapping[int, list[str]], before: Built, after: Built, changed: Iterable[str]
) -> dict[int, list[str]]:
    """The paths of each blob after some changed."""
    found = dict(of_blob)
    for path in changed:
        old = before.row(path).id if path in before.keys else 0
        new = after.row(path).id if path in after.keys else 0
        if old:
            left = [other for other in found.pop(old) if other != path]
            found |= {old: left} if left else {}
        if new:
            found[new] = [*found.get(new, ()), path]
    return found


def _touched(before: Built, snapshot: Snapshot, change: Change) -> set[str]:
    """The paths to look at: those that differ, and those whose facts move between memory and store."""
    found = set(change.paths)
    for path in {*change.in_memory, *before.unsaved}:
        entry = snapshot.entries.get(path)
        stays = path in before.unsaved and path in change.in_memory
        if not stays or entry is None or before.keys[path][0] != entry.oid:
            found.add(path)
    return found


def _seen(built: Built, path: str) -> tuple[Key, BlobRow] | None:
    """All that is known of a path without its facts."""
    return (built.keys[path], built.row(path)) if path in built.keys else None


def _keys(before: Mapping[str, Key], snapshot: Snapshot, touched: Iterable[str]) -> tuple[dict[str, Key], bool]:
    """The keys of all regular files in the order of the snapshot, and whether no path came or went."""
    keys = dict(before)
    added = False
    for path in touched:
        entry = snapshot.entries.get(path)
        if entry is None or entry.kind != "file":
            keys.pop(path, None)
        else:
            added = added or path not in keys
            keys[path] = (entry.oid, hint_of(path))
    same = not added and len(keys) == len(before)
    return ({path: keys[path] for path in snapshot.entries if path in keys} if added else keys), same


def _lay(store: AnyStore, snapshot: Snapshot, built: Built, unsaved: Mapping[str, Key]) -> AnyStore:
    """The store with the facts of exactly these files in memory over it; `built` is told of them. Without those that
    cannot be read."""
    known = store.files if isinstance(store, UnsavedStore) else {}
    files: dict[Key, PackedFile] = {}
    for path, data in snapshot.read_many(path for path, key in unsaved.items() if key not in known):
        if not isinstance(data, SourceError) and unsaved[path] not in files:
            files[unsaved[path]] = _analysed(path, data)
    files |= {key: known[key].file for key in unsaved.values() if key in known}
    for path, key in unsaved.items():
        if key in files and files[key].status == "no_grammar":
            file = files.pop(key)
            built.failed[path] = BlobRow(0, file.language, "text", file.detail, file.line_count)
    layered = over(store, files)
    if isinstance(layered, UnsavedStore):
        built.unsaved.update({path: layered.files[key].row for path, key in unsaved.items() if key in files})
    return layered


def _store_known(store: AnyStore, built: Built, missing: dict[Key, str]) -> None:
    """Store what is in memory of the missing files, and take them out of `missing`."""
    if not isinstance(store, UnsavedStore):
        return
    ready = [(key, store.files[key].file) for key in missing if key in store.files]
    if ready:
        built.rows.update(store.below.append(ready))
        for key, _ in ready:
            del missing[key]


def _analysed(path: str, data: bytes) -> PackedFile:
    from rlm_code.index.worker import analyse

    return pack_bare("", "too_large", f"{len(data):,} bytes") if len(data) > MAX_TEXT_BYTES else analyse(path, data)
