"""The facts of unsaved buffers: answered like any other, kept in memory alone."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from rlm_code.index.database import memory_store
from rlm_code.index.opening import open_index
from rlm_code.index.packing import pack_file
from rlm_code.index.renewal import Change
from rlm_code.index.unsaved import UnsavedStore, over
from rlm_code.parse.facts import Definition, FileFacts, Occurrences
from rlm_code.source import open_snapshot, with_overlay
from tests.conftest import MakeRepository
from tests.index.test_build import facts_of, names_of

NAMES = st.lists(st.text("aAbB_%.\\", min_size=1, max_size=4), max_size=6, unique=True)


def stored(cache: Path) -> bytes:
    (database,) = cache.glob("index/*/facts-*.sqlite")
    return b"".join(file.read_bytes() for file in database.parent.iterdir())


def test_an_unsaved_buffer_never_reaches_the_disk(make_repository: MakeRepository, tmp_path: Path) -> None:
    root = make_repository({"a.py": "def a(): pass\n", "b.py": "import a\na.a()\n"})
    disk = open_snapshot(root)
    index, _ = open_index(disk, tmp_path / "kept")
    facts_of(index)
    buffers = {"b.py": b"def secret_of_mine(): pass\n", "new.py": b"import b\nb.secret_of_mine()\n"}
    over_disk = with_overlay(disk, buffers)
    unsaved, difference = index.renewed(over_disk, Change((), buffers))
    fresh, _ = open_index(over_disk, tmp_path / "fresh")
    assert difference.changed == set(buffers)
    assert facts_of(unsaved) == facts_of(fresh)
    assert names_of(unsaved) == names_of(fresh)
    assert unsaved.names_defined("%SECRET%") == ["secret_of_mine"]
    assert b"secret_of_mine" not in stored(tmp_path / "kept")
    assert b"secret_of_mine" in stored(tmp_path / "fresh")

    typed, _ = unsaved.renewed(with_overlay(disk, {"b.py": b"other = 1\n"}), Change({"new.py"}, {"b.py"}))
    assert isinstance(typed.store, UnsavedStore)
    assert len(typed.store.files) == 1, "what nobody holds any more is dropped"
    closed, difference = typed.renewed(disk, Change(()))
    assert difference.changed == {"b.py"}
    assert not isinstance(closed.store, UnsavedStore)
    assert names_of(closed) == names_of(index)


def test_the_index_before_goes_on_answering(make_repository: MakeRepository, tmp_path: Path) -> None:
    root = make_repository({"a.py": "def a(): pass\n", "b.py": "a()\n", "sub/c.py": "a()\n"})
    disk = open_snapshot(root)
    index, _ = open_index(disk, tmp_path)
    before = names_of(index)
    buffers = {"a.py": b"def b(): pass\n", "b.py": b"b()\na()\n"}
    after, _ = index.renewed(with_overlay(disk, buffers), Change((), buffers))
    assert after.using("a") == ["b.py", "sub/c.py"]
    assert names_of(index) == before


@given(NAMES, st.text("aAbB_%.\\", max_size=5))
def test_names_match_as_in_the_store(names: list[str], pattern: str) -> None:
    store = memory_store()
    found = tuple(Definition(name, "function", 0, 9, 4, 5, 9, -1) for name in names)
    file = pack_file(FileFacts("python", 1, found, Occurrences({}), (), ()), "parsed", b"")
    store.append([(("00" * 20, ".py"), file)])
    unsaved = over(memory_store(), {("00" * 20, ".py"): file})
    try:
        escapes = len(pattern) - len(pattern.rstrip("\\"))
        pattern = pattern.removesuffix("\\") if escapes % 2 else pattern  # the last must escape something
        assert [name for name, _ in unsaved.names_defined(pattern)] == [n for n, _ in store.names_defined(pattern)]
    finally:
        store.close()
        unsaved.close()
