"""What people point at, and what opens."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rlm_code.errors import SourceError
from rlm_code.source import Snapshot, oid_of, open_snapshot
from tests.conftest import MakeRepository, git, write_files
from tests.source.conftest import contents, settle


def test_a_repository_opens_as_its_working_tree(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "a = 1\n", "pkg/b.py": "b = 2\n"})
    snapshot = open_snapshot(root)
    assert (snapshot.root, snapshot.label) == (root, "working tree")
    assert snapshot.commit == git(root, "rev-parse", "HEAD").strip()
    assert contents(snapshot) == {"a.py": b"a = 1\n", "pkg/b.py": b"b = 2\n"}
    assert all(entry.committed for entry in snapshot.entries.values())


def test_any_revision_expression_opens_that_commit(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "old\n"})
    git(root, "tag", "v1")
    write_files(root, {"a.py": "new\n"})
    git(root, "commit", "--quiet", "--all", "--message", "second")
    first = git(root, "rev-parse", "v1").strip()
    for revision in ("v1", "HEAD~1", "main^", first, first[:8], "HEAD^{/first}"):
        snapshot = open_snapshot(root, revision)
        assert (snapshot.commit, snapshot.label) == (first, revision)
        assert snapshot.read("a.py") == b"old\n"


def test_a_folder_inside_a_repository_opens_the_whole_repository(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "", "pkg/b.py": ""})
    assert open_snapshot(root / "pkg").root == root
    assert list(open_snapshot(str(root / "pkg"), "HEAD").entries) == ["a.py", "pkg/b.py"]


def test_a_folder_that_its_repository_does_not_track_opens_by_itself(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "", ".gitignore": "/downloads\n"})
    write_files(root, {"downloads/other/main.py": "x = 1\n"})
    snapshot = open_snapshot(root / "downloads" / "other")
    assert (snapshot.label, list(snapshot.entries)) == ("folder", ["main.py"])


def test_a_path_through_a_symbolic_link_opens_what_it_leads_to(make_repository: MakeRepository, tmp_path: Path) -> None:
    root = make_repository({"pkg/b.py": ""})
    (tmp_path / "link").symlink_to(root / "pkg")
    assert open_snapshot(tmp_path / "link").root == root


def test_a_relative_path_opens(make_repository: MakeRepository, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_repository({"a.py": ""})
    monkeypatch.chdir(root)
    assert open_snapshot(".").root == root


def test_a_bare_repository_opens_at_head_or_a_revision(make_repository: MakeRepository, tmp_path: Path) -> None:
    root = make_repository({"a.py": "a\n"})
    bare = tmp_path / "bare.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(root), str(bare))
    for revision in (None, "main"):
        snapshot = open_snapshot(bare, revision)
        assert (snapshot.root, snapshot.label) == (bare, revision or "HEAD")
        assert snapshot.read("a.py") == b"a\n"


def test_a_linked_worktree_opens_with_its_own_head_and_files(make_repository: MakeRepository, tmp_path: Path) -> None:
    root = make_repository({"a.py": "a\n"})
    linked = tmp_path / "linked"
    git(root, "worktree", "add", "--quiet", "-b", "side", str(linked))
    write_files(linked, {"b.py": "b\n"})
    git(linked, "add", "b.py")
    snapshot = open_snapshot(linked)
    assert snapshot.root == linked
    assert {path: entry.committed for path, entry in snapshot.entries.items()} == {"a.py": True, "b.py": False}
    assert list(open_snapshot(root).entries) == ["a.py"]


def test_a_shallow_clone_opens(make_repository: MakeRepository, tmp_path: Path) -> None:
    root = make_repository({"a.py": "a\n"})
    git(root, "commit", "--quiet", "--allow-empty", "--message", "second")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{root}", "shallow")
    assert contents(open_snapshot(tmp_path / "shallow")) == {"a.py": b"a\n"}
    with pytest.raises(SourceError, match="unshallow"):
        open_snapshot(tmp_path / "shallow", "HEAD~1")


def test_a_submodules_folder_opens_as_the_repository_it_is(make_repository: MakeRepository) -> None:
    inner = make_repository({"lib.py": "x\n"}, "inner")
    outer = make_repository({"a.py": ""}, "outer")
    git(outer, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner), "vendor/inner")
    snapshot = open_snapshot(outer / "vendor" / "inner")
    assert (snapshot.root, list(snapshot.entries)) == (outer / "vendor" / "inner", ["lib.py"])


def test_a_repository_named_with_line_feeds_and_odd_bytes_opens(
    make_repository: MakeRepository, tmp_path: Path
) -> None:
    root = make_repository({"a.py": "a\n"}, os.fsdecode(b"two\nlines \xff index"))
    git(root, "worktree", "add", "--quiet", "-b", "side", str(tmp_path / "linked"))
    for folder in (root, tmp_path / "linked"):
        assert open_snapshot(folder).read("a.py") == b"a\n"
        assert open_snapshot(folder, "HEAD").read("a.py") == b"a\n"


def test_a_sha256_repository_opens_with_ids_of_that_kind(tmp_path: Path) -> None:
    root = tmp_path / "modern"
    root.mkdir()
    git(root, "init", "--quiet", "--object-format=sha256")
    write_files(root, {"a.py": "a\n", "b.py": "b\n"})
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", "first")
    settle(root)
    for snapshot in (open_snapshot(root), open_snapshot(root, "HEAD")):
        assert snapshot.object_format == "sha256"
        assert snapshot.entries["a.py"].oid == oid_of(b"a\n", "sha256")
        assert contents(snapshot) == {"a.py": b"a\n", "b.py": b"b\n"}


def same_files(left: Snapshot, right: Snapshot) -> bool:
    return list(left.entries.values()) == list(right.entries.values())


def test_a_clean_working_tree_is_its_commit_entry_by_entry(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "a\n", "b/c.py": "", "b.py": "b\n", "b/\u00e9.py": "\u00e9\n", "z": b"\0\1"})
    (root / "link").symlink_to("a.py")
    git(root, "add", "link")
    git(root, "commit", "--quiet", "--message", "link")
    assert same_files(open_snapshot(root), open_snapshot(root, "HEAD"))
    settle(root)
    assert same_files(open_snapshot(root), open_snapshot(root, "HEAD"))
