"""The SQLite file behind a store: made, checked, replaced when it is damaged, shared with other processes.

It knows the tables, and nothing of what is in them.
"""

from __future__ import annotations

import contextlib
import fcntl
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from rlm_code.index.store import Store, discard

_APPLICATION_ID = 0x726C6D63
SCHEMA_VERSION = 3
_SCHEMA = f"""
PRAGMA application_id = {_APPLICATION_ID};
PRAGMA user_version = {SCHEMA_VERSION};
CREATE TABLE blob (
    id INTEGER PRIMARY KEY,
    oid BLOB NOT NULL,
    hint TEXT NOT NULL,
    language TEXT NOT NULL,
    status TEXT NOT NULL,
    detail TEXT NOT NULL,
    line_count INTEGER NOT NULL,
    UNIQUE (oid, hint)
);
CREATE TABLE facts (
    id INTEGER PRIMARY KEY,
    definitions BLOB NOT NULL,
    imports BLOB NOT NULL,
    lines BLOB NOT NULL,
    issues BLOB NOT NULL,
    occurrences BLOB NOT NULL
);
CREATE TABLE name (
    name TEXT NOT NULL,
    segment INTEGER NOT NULL,
    defined BLOB NOT NULL,
    used BLOB NOT NULL,
    PRIMARY KEY (name, segment)
) WITHOUT ROWID;
CREATE TABLE term (
    term TEXT NOT NULL,
    segment INTEGER NOT NULL,
    blobs BLOB NOT NULL,
    counts BLOB NOT NULL,
    PRIMARY KEY (term, segment)
) WITHOUT ROWID;
CREATE TABLE text (id INTEGER PRIMARY KEY, length INTEGER NOT NULL);
CREATE TABLE state (root BLOB PRIMARY KEY, data BLOB NOT NULL);
"""
_TABLES = {"blob", "facts", "name", "term", "text", "state"}
_BUSY_TIMEOUT_S = 30
_FORGOTTEN_AFTER_S = 30 * 24 * 3600


def open_store(path: Path) -> tuple[Store, list[str]]:
    """The store at `path`, made if it is not there, and notices for the user.

    A file that is damaged or not ours is replaced by an empty one. If nothing can be kept there at all, the store
    is in memory. Both are said in the notices.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _lock(path):
            return _open_or_replace(path)
    except (OSError, sqlite3.Error) as error:
        return memory_store(), [f"the index is kept in memory only, {path} cannot be used: {error}"]


def memory_store() -> Store:
    """An empty store that lives as long as this object."""
    connection = _connect(":memory:")
    connection.executescript(_SCHEMA)
    return Store(connection, None)


def _open_or_replace(path: Path) -> tuple[Store, list[str]]:
    existed = path.exists()
    try:
        connection = _connect(path)
        if _is_ours(connection):
            return Store(connection, path), []
        connection.close()
    except sqlite3.OperationalError:  # locked, unreadable or no space: the file itself may be in order
        raise
    except sqlite3.DatabaseError:
        existed = True
    discard(path)
    _forget_others(path)
    connection = _connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} COMMIT;")
    notices = [f"the index at {path} was damaged or not ours and is built anew"] if existed else []
    return Store(connection, path), notices


def _forget_others(path: Path) -> None:
    """Remove what other versions of this program left beside `path` and have not written to for a month."""
    for other in path.parent.glob("facts-*"):
        if not other.name.startswith(path.name) and other.stat().st_mtime < time.time() - _FORGOTTEN_AFTER_S:
            other.unlink(missing_ok=True)


def _connect(path: Path | str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False)
    connection.executescript("PRAGMA synchronous = NORMAL; PRAGMA mmap_size = 268435456;")
    return connection


def _is_ours(connection: sqlite3.Connection) -> bool:
    """Whether a database is complete and of this schema; reading its catalogue finds most damage."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return (application, version) == (_APPLICATION_ID, SCHEMA_VERSION) and tables >= _TABLES


@contextlib.contextmanager
def _lock(path: Path) -> Iterator[None]:
    """Hold the right to make or replace the database at `path`; released with the process."""
    with path.with_name(path.name + ".lock").open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
