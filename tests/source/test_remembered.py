"""A snapshot given back without reading a file: exactly what opening anew gives, and nothing where it would differ."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from rlm_code.source import Snapshot, open_snapshot, scan
from rlm_code.source.remembered import KnownFiles, recall, remember
from tests.conftest import MakeRepository, git, write_files

FILES: dict[str, str | bytes] = {
    "a.py": "x = 1\n",
    "pkg/b.py": "y = 2\n",
    "pkg/empty.py": "",
    "docs/é.md": "# é\n",
    ".gitignore": "*.log\nbuild/\n",
}


def settled() -> None:
    """Wait until what was written before can no longer be written again within one tick of the clock."""
    time.sleep(0.08)


def kept(root: Path) -> bytes:
    settled()
    started = time.time_ns()
    found = remember(open_snapshot(root), started)
    assert found is not None
    return found


def recalled(root: Path, data: bytes) -> Snapshot | None:
    return recall(root, lambda asked: data)


def test_entries_are_had_one_by_one_as_all_together(make_repository: MakeRepository) -> None:
    root = make_repository(FILES)
    (root / "link").symlink_to("a.py")
    git(root, "add", "link")
    again = recall(root, lambda asked: kept(root))
    opened = open_snapshot(root).entries
    assert again is not None
    assert [again.entries[path] for path in again.entries] == list(opened.values())
    assert "nowhere.py" not in again.entries
    assert again.entries.get("nowhere.py") is None
    files = [entry for entry in opened.values() if entry.kind == "file"]
    assert again.entries.files() == ([entry.path for entry in files], [entry.oid for entry in files])
    assert list(again.entries.items()) == list(opened.items())
    assert again.entries["link"].kind == "symlink"


def same(one: Snapshot, other: Snapshot) -> bool:
    shape = ("root", "commit", "label", "entries", "issues", "object_format")
    return all(getattr(one, name) == getattr(other, name) for name in shape) and list(one.entries) == list(
        other.entries
    )


@pytest.fixture(params=["work tree", "folder"])
def place(request: pytest.FixtureRequest, make_repository: MakeRepository, tmp_path: Path) -> Path:
    if request.param == "work tree":
        return make_repository(FILES)
    root = tmp_path / "plain"
    write_files(root, FILES)
    return root


def test_an_unchanged_source_comes_back_as_it_is(place: Path) -> None:
    (place / "link").symlink_to("a.py")
    if (place / ".git").exists():
        git(place, "add", "link")
        (place / "pkg/b.py").write_text("y = 3\n")
        (place / "a.py").unlink()
    again = recalled(place, kept(place))
    assert again is not None
    assert same(again, open_snapshot(place))
    assert again.read("docs/é.md") == "# é\n".encode()


CHANGES: dict[str, Callable[[Path], object]] = {
    "content": lambda root: (root / "a.py").write_text("x = 2\n"),
    "content of the same length and time": lambda root: _rewritten(root / "a.py", "x = 9\n"),
    "a file gone": lambda root: (root / "pkg/b.py").unlink(),
    "a file in place of another": lambda root: (root / "pkg/b.py").replace(root / "a.py"),
    "a link in place of a file": lambda root: ((root / "a.py").unlink(), (root / "a.py").symlink_to("pkg/b.py")),
    "a folder gone": lambda root: (root / "pkg").rename(root.parent / "elsewhere"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_is_seen(place: Path, change: str) -> None:
    data = kept(place)
    settled()
    CHANGES[change](place)
    assert recalled(place, data) is None


def _rewritten(path: Path, text: str) -> None:
    before = path.stat()
    path.write_text(text)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_a_file_that_comes_into_a_folder(tmp_path: Path) -> None:
    root = tmp_path / "plain"
    write_files(root, FILES)
    (root / "nothing here").mkdir()
    for name in ("new.py", "nothing here/new.py", "pkg/.gitignore"):
        data = kept(root)
        settled()
        (root / name).write_text("z = 3\n")
        assert recalled(root, data) is None
        (root / name).unlink()


def test_a_folder_that_becomes_a_repository(tmp_path: Path) -> None:
    root = tmp_path / "plain"
    write_files(root, FILES)
    data = kept(root)
    git(root, "init", "--quiet")
    assert recalled(root, data) is None


GIT: dict[str, Callable[[Path], object]] = {
    "an addition": lambda root: ((root / "new.py").write_text(""), git(root, "add", "new.py")),
    "a commit": lambda root: git(root, "commit", "--quiet", "--allow-empty", "--message", "second"),
    "a commit of packed branches": lambda root: git(root, "pack-refs", "--all"),
    "a branch": lambda root: git(root, "checkout", "--quiet", "-b", "other"),
    "a reset": lambda root: git(root, "update-ref", "-d", "HEAD"),
    "a removed path that is back": lambda root: (root / "a.py").write_text("x = 1\n"),
}


@pytest.mark.parametrize("change", GIT)
def test_what_git_did_is_seen(make_repository: MakeRepository, change: str) -> None:
    root = make_repository(FILES)
    (root / "a.py").unlink()
    data = kept(root)
    settled()
    GIT[change](root)
    assert recalled(root, data) is None


def test_untracked_files_are_of_no_account_in_a_work_tree(make_repository: MakeRepository) -> None:
    root = make_repository(FILES)
    data = kept(root)
    (root / "new.py").write_text("")
    again = recalled(root, data)
    assert again is not None
    assert same(again, open_snapshot(root))


def test_a_folder_inside_a_work_tree_is_the_work_tree(make_repository: MakeRepository) -> None:
    root = make_repository(FILES)
    data = kept(root)
    (root / "mine").mkdir()
    inside = recalled(root / "pkg", data)
    assert inside is not None
    assert inside.root == root
    assert recalled(root / "mine", data) is None


def test_what_was_just_written_is_not_trusted(place: Path) -> None:
    settled()
    (place / "a.py").write_text("x = 5\n")
    started = time.time_ns()
    assert remember(open_snapshot(place), started) is None


def test_a_change_while_the_source_is_opened_is_not_kept(place: Path) -> None:
    settled()
    started = time.time_ns()
    snapshot = open_snapshot(place)
    (place / "a.py").write_text("x = 5\n")
    assert remember(snapshot, started) is None


def test_other_bytes_are_no_snapshot(place: Path) -> None:
    data = kept(place)
    for broken in (b"", b"x", data[:-1], data + b"x"):
        try:
            assert recalled(place, broken) is None
        except ValueError:
            continue


def test_files_that_look_as_before_are_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "plain"
    write_files(root, FILES)
    known = KnownFiles(kept(root))
    settled()
    (root / "a.py").write_text("x = 7\n")
    (root / "new.py").write_text("")
    read: list[bytes] = []
    reading = scan.identify_file
    monkeypatch.setattr(scan, "identify_file", lambda path, *rest: (read.append(path), reading(path, *rest))[1])
    again = open_snapshot(root, known=known.entry)
    assert sorted(path.rpartition(b"/")[2] for path in read) == [b"a.py", b"new.py"]
    assert same(again, open_snapshot(root))


def test_a_work_tree_knows_its_changed_files_too(make_repository: MakeRepository) -> None:
    root = make_repository(FILES)
    (root / "a.py").write_text("x = 7\n")
    known = KnownFiles(kept(root))
    git(root, "commit", "--quiet", "--all", "--message", "second")
    (root / "pkg/b.py").write_text("y = 8\n")
    assert same(open_snapshot(root, known=known.entry), open_snapshot(root))
    git(root, "add", "--all")
    assert same(open_snapshot(root, known=known.entry), open_snapshot(root))
