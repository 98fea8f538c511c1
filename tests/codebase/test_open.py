"""Opening a repository again: quick where nothing changed, right where something did."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import pytest

from rlm_code.codebase import open as opening
from rlm_code.codebase.host import HostQueries
from rlm_code.codebase.open import open_host
from rlm_code.source.content_id import oid_of
from tests.conftest import MakeRepository

FILES = {
    "a.py": "def f():\n    g()\n",
    "b.py": "def g():\n    return 1\n",
    "bin": b"\0",
    "same.py": "def g():\n    return 1\n",
}


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def facts(queries: HostQueries) -> object:
    try:
        rows = queries.files()
        return rows, [queries.outline(row.path) for row in rows], queries.find("g", None, 9), queries.overview()
    finally:
        queries.close()


def opened_twice(root: Path, cache: Path) -> HostQueries:
    time.sleep(0.1)  # what was only just written is looked at anew
    open_host(root, cache_dir=cache).close()
    return open_host(root, cache_dir=cache)


def test_the_second_opening_neither_lists_nor_reads(
    make_repository: MakeRepository, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_repository(FILES)
    fresh = facts(open_host(root, cache_dir=cache))
    opened_twice(root, cache).close()
    monkeypatch.delattr("rlm_code.source.open.open_snapshot")
    monkeypatch.delattr(opening, "open_index")
    assert facts(open_host(root, cache_dir=cache)) == fresh


def test_a_change_is_found_all_the_same(make_repository: MakeRepository, cache: Path) -> None:
    root = make_repository(FILES)
    opened_twice(root, cache).close()
    (root / "b.py").write_text("def h():\n    return 1\n")
    queries = open_host(root, cache_dir=cache)
    assert [row.path for row in queries.find("h", None, 9)] == ["b.py"]
    assert [row.path for row in queries.find("g", None, 9)] == ["same.py"]
    queries.close()
    assert facts(opened_twice(root, cache)) == facts(open_host(root, cache_dir=cache.with_name("other")))


def test_revisions_and_untracked_files_are_not_mixed_up_with_it(make_repository: MakeRepository, cache: Path) -> None:
    root = make_repository(FILES)
    opened_twice(root, cache).close()
    (root / "new.py").write_text("def new(): ...\n")
    for arguments, count in (({}, 0), ({"untracked": True}, 1), ({"rev": "HEAD"}, 0)):
        queries = open_host(root, cache_dir=cache, **arguments)  # type: ignore[arg-type]
        assert len(queries.find("new", None, 9)) == count
        queries.close()


@pytest.mark.parametrize("state", [b"", b"nonsense", b"\x08" * 100])
def test_a_state_of_another_form_costs_time_alone(make_repository: MakeRepository, cache: Path, state: bytes) -> None:
    root = make_repository(FILES)
    fresh = facts(opened_twice(root, cache))
    (database,) = cache.glob("index/*/facts-*.sqlite")
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE state SET data = ?", (state,))
    connection.close()
    assert facts(open_host(root, cache_dir=cache)) == fresh


def test_a_damaged_index_is_said_and_built_anew(make_repository: MakeRepository, cache: Path) -> None:
    root = make_repository(FILES)
    fresh = facts(opened_twice(root, cache))
    (database,) = cache.glob("index/*/facts-*.sqlite")
    database.write_bytes(b"not a database" * 400)
    queries = open_host(root, cache_dir=cache)
    assert any("built anew" in notice for notice in queries.notices)
    assert facts(queries) == fresh


def test_tables_of_another_state_are_not_used(make_repository: MakeRepository, cache: Path) -> None:
    """The state of one work tree under the name of another, as after a folder was renamed."""
    root = make_repository(FILES)
    opened_twice(root, cache).close()
    moved = root.rename(root.with_name("moved"))
    assert facts(open_host(moved, cache_dir=cache)) == facts(open_host(moved, cache_dir=cache.with_name("other")))


def test_an_object_that_a_clone_lacks_is_no_change_meanwhile(make_repository: MakeRepository, cache: Path) -> None:
    root = make_repository(FILES)
    blob = oid_of(str(FILES["a.py"]).encode())
    (root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    queries = open_host(root, "HEAD", cache_dir=cache)
    try:
        assert queries.notices == ()
        assert [row.status for row in queries.files() if row.path == "a.py"] == ["unreadable"]
    finally:
        queries.close()
