"""The index is read as git reads it, in each of its forms."""

from __future__ import annotations

import contextlib
import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rlm_code.source import open_snapshot
from rlm_code.source.index_file import Index, TrackedPath, UnsupportedIndexError, parse_paths
from rlm_code.source.repository import find_repository
from tests.conftest import MakeRepository, git, write_files
from tests.source.conftest import contents, settle

FILES: dict[str, str | bytes] = {
    "a.py": "a\n", "a/b.py": "b\n", "a/b/c.py": "c\n", "a/bb.py": "bb\n", "z" * 200: "z\n", "long/" + "y" * 240: "y\n",
}  # fmt: skip


def staged(root: Path) -> list[tuple[str, str, int, str]]:
    """Mode, id, stage and path of each tracked path, as git prints them."""
    rows = [line.partition("\t") for line in git(root, "ls-files", "--stage", "-z").split("\0")[:-1]]
    return [(*facts.split(), path) for facts, _, path in rows]  # type: ignore[misc]


def index_of(root: Path) -> Index:
    repository = find_repository(root)
    assert repository is not None
    return Index(repository)


def listed(root: Path) -> list[TrackedPath]:
    index = index_of(root)
    try:
        return list(index.paths())
    except UnsupportedIndexError:
        return list(index.paths_from_git())


def tree_of(root: Path) -> str | None:
    index = index_of(root)
    list(index.paths())
    return index.tree


def agrees(root: Path) -> bool:
    ours = [(f"{row.mode:06o}", row.oid, str(row.stage), row.path.decode()) for row in listed(root)]
    return ours == staged(root)


@pytest.mark.parametrize("version", ["2", "3", "4"])
def test_every_version_is_read(make_repository: MakeRepository, version: str) -> None:
    root = make_repository({"a": "a\n"} | {path: text for path, text in FILES.items() if not path.startswith("a/")})
    git(root, "update-index", "--index-version", version)
    write_files(root, {"new.py": "new\n"})
    git(root, "add", "--intent-to-add", "new.py")
    assert agrees(root)
    settle(root)
    assert agrees(root)


def test_the_recorded_tree_is_that_of_the_commit_until_something_is_staged(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "a\n", "pkg/b.py": "b\n"})
    assert tree_of(root) == git(root, "rev-parse", "HEAD^{tree}").strip()
    write_files(root, {"pkg/b.py": "c\n"})
    git(root, "add", "pkg/b.py")
    assert tree_of(root) is None


def test_a_split_index_is_left_to_git(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "a\n", "b.py": "b\n"})
    git(root, "update-index", "--split-index")
    write_files(root, {"c.py": "c\n", "a.py": "changed\n"})
    git(root, "add", "c.py")
    git(root, "update-index", "--skip-worktree", "b.py")
    (root / "b.py").unlink()
    assert agrees(root)
    snapshot = open_snapshot(root)
    assert contents(snapshot) == {"a.py": b"changed\n", "c.py": b"c\n"}
    assert "sparse checkout" in snapshot.issues[0].reason


def test_other_extensions_are_passed_over(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "a\n", "b/c.py": ""})
    git(root, "update-index", "--untracked-cache")
    git(root, "config", "index.recordEndOfIndexEntries", "true")
    git(root, "config", "index.recordOffsetTable", "true")
    git(root, "config", "index.threads", "2")
    write_files(root, {"d.py": ""})
    git(root, "add", "d.py")
    assert agrees(root)


_names = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0/"), min_size=1, max_size=8), max_size=12)


@settings(max_examples=60)
@given(_names, st.integers(2, 4), st.binary(min_size=20, max_size=20))
def test_an_index_with_any_names_is_read_back(names: list[str], version: int, oid: bytes) -> None:
    paths = sorted({name.encode() for name in names})
    rows = list(parse_paths(write_index(paths, version, oid), 20))
    assert [row.path for row in rows] == paths
    assert all((row.oid, row.mode, row.mtime_ns, row.size) == (oid.hex(), 0o100644, 3_000_000_004, 9) for row in rows)


@settings(max_examples=150)
@given(st.data())
def test_a_damaged_index_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    whole = bytearray(write_index([b"a.py", b"a/b.py", b"c.py"], data.draw(st.integers(2, 4)), b"i" * 20))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(12, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(0, len(whole)))])
    # What `Index.paths` turns into one clear error; anything else fails the test.
    with contextlib.suppress(ValueError, IndexError, struct.error, UnsupportedIndexError):
        list(parse_paths(cut, 20))


def write_index(paths: list[bytes], version: int, oid: bytes) -> bytes:
    """An index file with regular files at `paths`, each with the same facts."""
    data = struct.pack(">4sII", b"DIRC", version, len(paths))
    before = b""
    for path in paths:
        entry = struct.pack(">10I20sH", 1, 2, 3, 4, 5, 6, 0o100644, 7, 8, 9, oid, min(len(path), 0xFFF))
        if version == 4:
            common = len(before) - next(n for n in range(len(before), -1, -1) if path.startswith(before[:n]))
            data += entry + bytes([common]) + path[len(before) - common :] + b"\0"
            before = path
        else:
            entry += path
            data += entry + b"\0" * (8 - len(entry) % 8)
    return data + b"h" * 20
