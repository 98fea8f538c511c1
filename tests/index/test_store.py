"""The store keeps whole files or nothing, shares them by content, and survives what happens to files on disk."""

import os
import sqlite3
import time
from pathlib import Path

import pytest

from rlm_code.index.database import open_store
from rlm_code.index.packing import COLUMNS, PackedFile, pack_file
from rlm_code.index.store import StoreError
from rlm_code.parse.facts import Definition, FileFacts, Occurrence, Occurrences

ONE = ("1" * 40, ".py")
TWO = ("2" * 40, ".py")


def packed(*defined: str, uses: tuple[str, ...] = ()) -> PackedFile:
    found = tuple(Definition(name, "function", 0, 9, 4, 5, 9, -1) for name in defined)
    used = Occurrences.of(Occurrence(name, 7, "call") for name in uses)
    return pack_file(FileFacts("python", 7, found, used, (), ()), "parsed", b"")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "facts.sqlite"


def test_what_was_appended_is_found_by_content_and_by_name(path: Path) -> None:
    store, notices = open_store(path)
    store.append([(ONE, packed("f", uses=("g",))), (TWO, packed("f", "g"))])
    rows = store.known([ONE, TWO, ("3" * 40, ".py")])
    assert notices == []
    assert rows.keys() == {ONE, TWO}
    assert rows[ONE].status == "parsed"
    assert store.columns([rows[ONE].id], COLUMNS) == {rows[ONE].id: packed("f", uses=("g",)).facts}
    assert store.defining("f") == [rows[ONE].id, rows[TWO].id]
    assert store.using("g") == [rows[ONE].id]
    assert store.using("f") == []


def test_facts_of_many_files_are_read_at_once(path: Path) -> None:
    store, _ = open_store(path)
    files = [((f"{number:040x}", ".py"), packed(f"f{number}")) for number in range(120)]
    rows = store.append(files)
    columns = store.columns([row.id for row in rows.values()], ("definitions", "lines"))
    assert columns == {rows[key].id: (file.facts.definitions, file.facts.lines) for key, file in files}
    with pytest.raises(StoreError, match="no facts of blob 999"):
        store.columns([rows[files[0][0]].id, 999], ("definitions",))


def test_the_same_content_under_another_kind_of_name_is_another_file(path: Path) -> None:
    store, _ = open_store(path)
    store.append([(ONE, packed("f"))])
    assert store.known([(ONE[0], ".txt")]) == {}


def test_appending_again_changes_nothing(path: Path) -> None:
    store, _ = open_store(path)
    store.append([(ONE, packed("f"))])
    before = store.known([ONE])
    store.append([(ONE, packed("f")), (TWO, packed("f"))])
    assert store.known([ONE]) == before
    assert len(store.defining("f")) == 2


def test_what_another_process_stores_while_files_are_gathered_is_kept_beside_them(path: Path) -> None:
    store, _ = open_store(path)
    segment = store.segment()
    segment.add(ONE, packed("f", uses=("g",)))
    segment.add(TWO, packed("f"))
    open_store(path)[0].append([(("3" * 40, ".py"), packed("g")), (TWO, packed("f"))])
    known = store.append_segment(segment)
    rows = store.known([ONE, TWO, ("3" * 40, ".py")])
    assert known == {ONE: rows[ONE], TWO: rows[TWO]}
    assert sorted(row.id for row in rows.values()) == [1, 2, 3]
    assert store.defining("f") == sorted([rows[ONE].id, rows[TWO].id])
    assert store.using("g") == [rows[ONE].id]
    assert store.columns([rows[ONE].id], COLUMNS) == {rows[ONE].id: packed("f", uses=("g",)).facts}


def test_defined_names_are_found_by_pattern_in_any_case(path: Path) -> None:
    store, _ = open_store(path)
    store.append([(ONE, packed("GetUser", "get_it", uses=("getaway",)))])
    assert [name for name, _ in store.names_defined("get%")] == ["GetUser", "get_it"]
    assert [name for name, _ in store.names_defined("%\\_%")] == ["get_it"]


def test_it_is_still_there_when_opened_again(path: Path) -> None:
    open_store(path)[0].append([(ONE, packed("f"))])
    store, notices = open_store(path)
    assert notices == []
    assert ONE in store.known([ONE])


@pytest.mark.parametrize("content", [b"not a database at all" * 100, b"SQLite format 3\0" + b"\xff" * 9000, b"x"])
def test_a_damaged_file_is_replaced_and_that_is_said(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    store, notices = open_store(path)
    store.append([(ONE, packed("f"))])
    assert "built anew" in notices[0]
    assert ONE in store.known([ONE])


def test_what_another_version_left_a_month_ago_is_removed(path: Path) -> None:
    path.parent.mkdir()
    for name, days in (("facts-old.sqlite", 40), ("facts-new.sqlite", 2), ("notes.txt", 40)):
        (path.parent / name).write_text("")
        os.utime(path.parent / name, (time.time() - days * 86400,) * 2)
    open_store(path)
    assert not (path.parent / "facts-old.sqlite").exists()
    assert (path.parent / "facts-new.sqlite").exists()
    assert (path.parent / "notes.txt").exists()


def test_a_database_of_somebody_else_is_replaced_and_that_is_said(path: Path) -> None:
    path.parent.mkdir()
    sqlite3.connect(path).executescript("CREATE TABLE blob (id); PRAGMA user_version = 1;")
    store, notices = open_store(path)
    assert "built anew" in notices[0]
    assert store.known([ONE]) == {}


def test_a_place_that_cannot_be_written_leads_to_memory_and_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    store, notices = open_store(tmp_path / "cache" / "facts.sqlite")
    store.append([(ONE, packed("f"))])
    assert "kept in memory" in notices[0]
    assert ONE in store.known([ONE])


def test_damage_found_while_reading_is_told_from_a_disk_that_is_full(path: Path) -> None:
    store, _ = open_store(path)
    store.append([((f"{number:040x}", ".py"), packed(f"name{number}")) for number in range(2000)])
    store.checkpoint()
    store.close()
    data = bytearray(path.read_bytes())
    data[8192:] = b"\xa5" * (len(data) - 8192)
    path.write_bytes(data)
    store, notices = open_store(path)
    assert notices == []
    with pytest.raises(StoreError) as caught:
        list(store.names_defined("%"))
        store.known([(f"{number:040x}", ".py") for number in range(2000)])
    assert caught.value.damaged


def test_a_full_disk_is_an_error_that_leaves_the_store_as_it_was(path: Path) -> None:
    store, _ = open_store(path)
    store.append([(ONE, packed("f"))])
    limit = "PRAGMA max_page_count = 9"
    store._connection.execute(limit)  # SQLite's own way to run out of room
    with pytest.raises(StoreError) as caught:
        store.append([(TWO, packed(*(f"name{number}" for number in range(20_000))))])
    assert not caught.value.damaged
    assert store.known([ONE, TWO]).keys() == {ONE}
