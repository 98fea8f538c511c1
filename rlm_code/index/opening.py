"""Opens the index of a snapshot: the store where it can be kept, brought up to the snapshot.

Trouble with the store costs time or a notice, never an answer.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from rlm_code.index.build import Progress, build
from rlm_code.index.database import memory_store, open_store
from rlm_code.index.fingerprint import fingerprint
from rlm_code.index.location import database_path
from rlm_code.index.packing import join, split
from rlm_code.index.remembered import KeptTables, pack_built
from rlm_code.index.snapshot_index import SnapshotIndex
from rlm_code.index.store import Store, StoreError, discard
from rlm_code.source.snapshot import Snapshot

if TYPE_CHECKING:
    from rlm_code.source.remembered import Recalled

Recall = Callable[[Callable[[Path], bytes | None]], "Recalled | None"]
"""Gives a snapshot back from what was kept for its root, which it asks for, if nothing can have changed since."""


def open_index(
    snapshot: Snapshot, cache_dir: Path, progress: Progress | None = None
) -> tuple[SnapshotIndex, list[str]]:
    """The index of `snapshot`, and notices for the user. What `progress` raises ends the work and passes through."""
    path = database_path(snapshot.root, fingerprint(cache_dir), cache_dir)
    store, notices = open_store(path)
    try:
        return _built(snapshot, store, progress), notices
    except StoreError as error:
        if error.damaged and store.path:
            discard(store.path)
            store, more = open_store(path)
            notices += [f"the index at {path} was damaged and is built anew", *more]
        else:
            store = memory_store()
            notices.append(f"the index is kept in memory only: {error}")
    return _built(snapshot, store, progress), notices


def reopen_index(recall: Recall, cache_dir: Path) -> tuple[SnapshotIndex | None, list[str]]:
    """The index of the snapshot that `recall` gives back, as `remember_index` left it, and notices for the user.

    No index where either is not to be had: then both are to be opened as usual.
    """
    kept = _Kept(cache_dir)
    index = None
    try:
        snapshot = recall(kept.find)
        if snapshot is not None and kept.store is not None:
            index = SnapshotIndex(snapshot, kept.store, KeptTables(kept.tables, *snapshot.entries.files()))
    except StoreError as error:
        kept.notices += [f"the index at {kept.path} was damaged and is built anew"] if error.damaged else []
    except (ValueError, struct.error):
        pass  # what was kept is of another form: nothing is lost but time
    finally:
        if index is None and kept.store is not None:
            kept.store.close()
    return index, kept.notices


class _Kept:
    """What the store of a work tree or folder keeps of its state."""

    def __init__(self, cache_dir: Path) -> None:
        self._cache_dir = cache_dir
        self.path: Path | None = None
        self.store: Store | None = None
        self.tables = b""
        self.notices: list[str] = []

    def find(self, root: Path) -> bytes | None:
        """What the snapshot of the work tree or folder at `root` is recalled by."""
        self.path = database_path(root, fingerprint(self._cache_dir), self._cache_dir)
        if not self.path.exists():
            return None
        self.store, self.notices = open_store(self.path)
        kept = self.store.state(os.fsencode(root))
        if kept is None:
            return None
        self.tables, of_snapshot = split(kept, 2)
        return of_snapshot


def remember_index(index: SnapshotIndex, of_snapshot: bytes) -> None:
    """Keep an index's tables beside what its snapshot is recalled by. Where they cannot be kept, the next opening
    takes longer, and that is all."""
    tables = pack_built(index.built)
    if tables is not None and isinstance(index.store, Store) and index.store.path:
        try:
            index.store.keep_state(os.fsencode(index.snapshot.root), join(tables, of_snapshot))
        except StoreError:
            return


def _built(snapshot: Snapshot, store: Store, progress: Progress | None) -> SnapshotIndex:
    """The index on a store, which is closed if that does not come about."""
    with ExitStack() as unless_built:
        unless_built.callback(store.close)
        index = SnapshotIndex(snapshot, store, build(store, snapshot, progress))
        unless_built.pop_all()
    return index
