"""Opens the index of a snapshot: the store where it can be kept, brought up to the snapshot.

Trouble with the store costs time or a notice, never an answer.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from rlm_code.index.build import Progress, build
from rlm_code.index.database import SCHEMA_VERSION, memory_store, open_store
from rlm_code.index.location import database_path
from rlm_code.index.packing import LAYOUT
from rlm_code.index.snapshot_index import SnapshotIndex
from rlm_code.index.store import Store, StoreError, discard
from rlm_code.source.snapshot import Snapshot


def open_index(
    snapshot: Snapshot, cache_dir: Path, progress: Progress | None = None
) -> tuple[SnapshotIndex, list[str]]:
    """The index of `snapshot`, and notices for the user. What `progress` raises ends the work and passes through."""
    path = database_path(snapshot.root, fingerprint(), cache_dir)
    store, notices = open_store(path)
    try:
        return _built(snapshot, store, progress), notices
    except StoreError as error:
        store.close()
        if error.damaged and store.path:
            discard(store.path)
            store, more = open_store(path)
            notices += [f"the index at {path} was damaged and is built anew", *more]
        else:
            store = memory_store()
            notices.append(f"the index is kept in memory only: {error}")
    except BaseException:
        store.close()
        raise
    return _built(snapshot, store, progress), notices


def fingerprint() -> str:
    """What the facts depend on besides content: the code that reads it, and how the store lays facts out."""
    import rlm_code.parse

    digest = hashlib.sha256(f"{SCHEMA_VERSION} {LAYOUT}".encode())
    folder = Path(rlm_code.parse.__file__).parent
    words = Path(__file__).with_name("words.py")
    for file in (words, *sorted([*folder.glob("*.py"), *folder.glob("queries/*.scm")])):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _built(snapshot: Snapshot, store: Store, progress: Progress | None) -> SnapshotIndex:
    return SnapshotIndex(snapshot, store, build(store, snapshot, progress))
