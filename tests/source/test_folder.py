"""A plain folder is what a person would call its source, and says what it left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from rlm_code.errors import SourceError
from rlm_code.source import oid_of, open_snapshot
from tests.conftest import write_files
from tests.source.conftest import as_ordinary_user, contents, reasons


def test_every_file_is_an_entry_with_gits_id(tmp_path: Path) -> None:
    write_files(tmp_path, {"b.py": "b\n", "a/c.py": "", "a.txt": b"\0", ".hidden/d.py": "d\n"})
    snapshot = open_snapshot(tmp_path)
    assert (snapshot.root, snapshot.commit, snapshot.label) == (tmp_path, None, "folder")
    assert list(snapshot.entries) == [".hidden/d.py", "a.txt", "a/c.py", "b.py"]
    assert snapshot.entries["b.py"] == ("b.py", oid_of(b"b\n"), 2, "file", False)
    assert contents(snapshot) == {".hidden/d.py": b"d\n", "a.txt": b"\0", "a/c.py": b"", "b.py": b"b\n"}


def test_an_empty_folder_is_an_empty_snapshot(tmp_path: Path) -> None:
    assert open_snapshot(tmp_path).entries == {}


def test_version_control_data_is_left_out_without_a_word(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.py": "", "sub/.git/config": "", ".svn/x": "", "sub/.hg/x": "", "sub/b.py": ""})
    snapshot = open_snapshot(tmp_path)
    assert list(snapshot.entries) == ["a.py", "sub/b.py"]
    assert snapshot.issues == ()


def test_what_tools_made_is_left_out_and_reported_once_for_each_kind(tmp_path: Path) -> None:
    folders = ["node_modules/x", "web/node_modules/y", "api/node_modules/z", ".venv/lib", "pkg/__pycache__"]
    write_files(tmp_path, {f"{folder}/m.py": "" for folder in folders} | {"a.py": ""})
    write_files(tmp_path, {"env/pyvenv.cfg": "", "env/lib/m.py": "", "target/CACHEDIR.TAG": "", "target/x.rs": ""})
    snapshot = open_snapshot(tmp_path)
    assert list(snapshot.entries) == ["a.py"]
    said = sorted(issue.reason for issue in snapshot.issues)
    assert said == [
        "made by tools (.venv): not looked at",
        "made by tools (__pycache__): not looked at",
        "made by tools (a cache): not looked at",
        "made by tools (a virtual environment): not looked at",
        "made by tools (node_modules): not looked at; so are 2 more",
    ]


def test_a_configuration_beside_what_a_tool_made_is_read(tmp_path: Path) -> None:
    write_files(tmp_path, {".cargo/config.toml": "", ".cargo/registry/CACHEDIR.TAG": "", ".cargo/registry/x.rs": ""})
    assert list(open_snapshot(tmp_path).entries) == [".cargo/config.toml"]


def test_a_folder_that_a_tool_made_opens_when_it_is_what_was_asked_for(tmp_path: Path) -> None:
    write_files(tmp_path, {"node_modules/m.js": "", "node_modules/CACHEDIR.TAG": ""})
    assert "m.js" in open_snapshot(tmp_path / "node_modules").entries


def test_files_that_gitignore_names_are_left_out(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        {
            ".gitignore": b"*.log\r\n/build/\n!keep.log\n# comment\n\n\\#odd\n",
            "a.log": "", "keep.log": "", "build/x.py": "", "sub/build/y.py": "", "#odd": "",
            "sub/.gitignore": "!a.log\nlocal.py\n", "sub/a.log": "", "sub/local.py": "", "sub/deep/local.py": "",
        },
    )  # fmt: skip
    snapshot = open_snapshot(tmp_path)
    assert list(snapshot.entries) == [".gitignore", "keep.log", "sub/.gitignore", "sub/a.log", "sub/build/y.py"]
    assert snapshot.issues == ()


def test_links_are_entries_and_never_followed(tmp_path: Path) -> None:
    root = tmp_path / "root"
    write_files(tmp_path, {"root/a.py": "", "outside/secret.py": ""})
    for name, target in {
        "folder": "../outside",
        "file": "a.py",
        "loop": ".",
        "gone": "x",
        ".gitignore": "a.py",
    }.items():
        (root / name).symlink_to(target)
    snapshot = open_snapshot(root)
    kinds = {path: entry.kind for path, entry in snapshot.entries.items()}
    links = dict.fromkeys(["folder", "file", "loop", "gone", ".gitignore"], "symlink")
    assert kinds == {"a.py": "file"} | links


def test_content_that_changes_after_opening_is_an_error(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.py": "a\n", "b.py": "b\n"})
    snapshot = open_snapshot(tmp_path)
    write_files(tmp_path, {"a.py": "changed\n"})
    (tmp_path / "b.py").unlink()
    for path in ("a.py", "b.py"):
        with pytest.raises(SourceError, match=path):
            snapshot.read(path)


def test_what_may_not_be_read_is_reported(public_folder: Path) -> None:
    write_files(public_folder, {"a.py": "", "closed.py": "", "sub/b.py": ""})
    (public_folder / "closed.py").chmod(0)
    (public_folder / "sub").chmod(0)
    with as_ordinary_user():
        snapshot = open_snapshot(public_folder)
    (public_folder / "sub").chmod(0o700)
    assert list(snapshot.entries) == ["a.py"]
    assert set(reasons(snapshot)) == {"closed.py", "sub"}
