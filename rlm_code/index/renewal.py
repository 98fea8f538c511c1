"""The tables of an index for another state of the same repository, at the cost of what changed: they are copied
whole, which is quick, and mended at the changed paths. Those of the state before stay as they were.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from rlm_code.index.build import Built, Progress, build_missing, hint_of
from rlm_code.index.packing import MAX_TEXT_BYTES, PackedFile, pack_bare
from rlm_code.index.store import BlobRow, Key, Store
from rlm_code.index.unsaved import UnsavedStore, over
from rlm_code.source.snapshot import Snapshot

AnyStore = Store | UnsavedStore


class Change(NamedTuple):
    """What may differ between two states: `paths`, which no path that differs is missing from. The content of
    `unsaved` paths is kept in memory alone; all that are unsaved in the later state are named."""

    paths: Collection[str]
    unsaved: Collection[str] = ()


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
    touched = {*change.paths, *change.unsaved, *before.unsaved}
    keys, same_paths = _keys(before.keys, snapshot, touched)
    failed = {path: row for path, row in before.failed.items() if path not in touched}
    built = Built(keys, before.rows, failed, {})
    below = store.below if isinstance(store, UnsavedStore) else store
    unknown = [keys[path] for path in touched if path in keys and keys[path] not in built.rows]
    if unknown:
        built.rows.update(below.known(unknown))
    new = {path: keys[path] for path in touched if path in keys and keys[path] not in built.rows}
    layered = _lay(store, snapshot, built, {path: new.pop(path) for path in change.unsaved if path in new})
    if new:
        build_missing(below, snapshot, built, {key: path for path, key in new.items()}, progress)
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
    """The store with the facts of exactly these files in memory over it; `built` is told of them."""
    known = store.files if isinstance(store, UnsavedStore) else {}
    files: dict[Key, PackedFile] = {}
    for path, key in unsaved.items():
        file = files.get(key) or (known[key].file if key in known else _analysed(path, snapshot.read(path)))
        if file.status == "no_grammar":
            built.failed[path] = BlobRow(0, file.language, "text", file.detail, file.line_count)
        else:
            files[key] = file
    layered = over(store, files)
    if isinstance(layered, UnsavedStore):
        built.unsaved.update({path: layered.files[key].row for path, key in unsaved.items() if key in files})
    return layered


def _analysed(path: str, data: bytes) -> PackedFile:
    from rlm_code.index.worker import analyse

    return pack_bare("", "too_large", f"{len(data):,} bytes") if len(data) > MAX_TEXT_BYTES else analyse(path, data)
