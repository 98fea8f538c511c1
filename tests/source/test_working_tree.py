"""A working tree is what is on disk now, with git's knowledge of what has not changed."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from rlm_code.errors import SourceError
from rlm_code.source import oid_of, open_snapshot, scan
from tests.conftest import MakeRepository, git, write_files
from tests.source.conftest import LONG_AGO, contents, reasons, settle


def states(root: Path, *, untracked: bool = False) -> dict[str, bool]:
    """Each path of the working tree, and whether it counts as committed."""
    return {path: entry.committed for path, entry in open_snapshot(root, untracked=untracked).entries.items()}


def no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise AssertionError(f"read {arguments}")

    monkeypatch.setattr(scan, "identify_file", refuse)


def test_files_that_look_unchanged_are_not_read_to_be_listed(
    make_repository: MakeRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_repository({"a.py": "a\n", "empty.py": "", "pkg/b.py": "b\n"})
    settle(root)
    no_reading(monkeypatch)
    assert states(root) == {"a.py": True, "empty.py": True, "pkg/b.py": True}
    os.utime(root / "a.py")
    with pytest.raises(AssertionError, match=r"a\.py"):
        open_snapshot(root)


def test_a_changed_file_has_its_new_content_and_id(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "a\n", "b.py": "b\n"})
    settle(root)
    write_files(root, {"a.py": "changed\n"})
    snapshot = open_snapshot(root)
    assert snapshot.entries["a.py"][1:] == (oid_of(b"changed\n"), 8, "file", False)
    assert snapshot.read("a.py") == b"changed\n"
    assert snapshot.entries["b.py"].committed


def test_a_file_that_was_touched_but_not_changed_is_committed(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "a\n"})
    settle(root)
    os.utime(root / "a.py")
    assert states(root) == {"a.py": True}


def test_a_change_that_keeps_size_and_time_is_noticed(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "a = 1\n"})
    settle(root)
    write_files(root, {"a.py": "a = 2\n"})
    os.utime(root / "a.py", (LONG_AGO, LONG_AGO))
    assert open_snapshot(root).read("a.py") == b"a = 2\n"


def test_changes_right_after_a_commit_are_noticed(make_repository: MakeRepository) -> None:
    for number in range(20):
        root = make_repository({"a.py": "a = 1\n"}, f"project{number}")
        write_files(root, {"a.py": "a = 2\n"})
        assert open_snapshot(root).read("a.py") == b"a = 2\n"


def test_deleted_files_are_absent(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "", "b.py": "", "pkg/c.py": "", "pkg/d.py": "", "e": ""})
    (root / "a.py").unlink()
    git(root, "rm", "--quiet", "b.py")
    git(root, "rm", "--quiet", "-r", "pkg")
    (root / "e").unlink()
    (root / "e").mkdir()
    git(root, "commit", "--quiet", "--allow-empty", "--message", "second")
    assert states(root) == {}


def test_staged_content_counts_as_committed_only_if_the_commit_has_it(make_repository: MakeRepository) -> None:
    root = make_repository({"same.py": "1\n", "staged.py": "1\n", "back.py": "1\n", "mode.sh": "1\n"})
    write_files(root, {"staged.py": "2\n", "back.py": "2\n", "new.py": "new\n"})
    (root / "mode.sh").chmod(0o755)
    git(root, "add", "--all")
    write_files(root, {"back.py": "1\n"})
    settled = {"back.py": True, "mode.sh": True, "new.py": False, "same.py": True, "staged.py": False}
    assert states(root) == settled
    settle(root)
    assert states(root) == settled


def test_untracked_files_come_when_asked_for(make_repository: MakeRepository) -> None:
    root = make_repository({"b.py": "", ".gitignore": "*.log\n", "kept.py": "kept\n"})
    write_files(root, {"a.py": "a\n", "new/c.py": "c\n", "debug.log": "", "sub/.gitignore": "x.py", "sub/x.py": ""})
    git(root, "rm", "--quiet", "--cached", "kept.py")
    assert list(states(root)) == [".gitignore", "b.py"]
    found = states(root, untracked=True)
    assert found == {
        ".gitignore": True, "a.py": False, "b.py": True, "kept.py": True, "new/c.py": False, "sub/.gitignore": False,
    }  # fmt: skip
    assert list(found) == sorted(found)


def test_a_repository_inside_a_repository_is_reported(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": ""})
    make_repository({"inner.py": ""}, "project/inner")
    snapshot = open_snapshot(root, untracked=True)
    assert list(snapshot.entries) == ["a.py"]
    assert "repository of its own" in reasons(snapshot)["inner"]


def test_untracked_files_before_the_first_commit(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    write_files(tmp_path, {"a.py": "a\n"})
    assert states(tmp_path, untracked=True) == {"a.py": False}


def test_a_file_announced_by_intent_to_add(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "a\n"})
    write_files(root, {"new.py": "new\n", "empty.py": ""})
    git(root, "add", "--intent-to-add", "new.py", "empty.py")
    snapshot = open_snapshot(root)
    assert snapshot.read("new.py") == b"new\n"
    assert states(root) == {"a.py": True, "empty.py": False, "new.py": False}


def test_a_merge_conflict_shows_the_file_as_it_is_on_disk(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "base\n", "b.py": "b\n"})
    git(root, "checkout", "--quiet", "-b", "side")
    write_files(root, {"a.py": "theirs\n"})
    git(root, "commit", "--quiet", "--all", "--message", "theirs")
    git(root, "checkout", "--quiet", "main")
    write_files(root, {"a.py": "ours\n"})
    git(root, "commit", "--quiet", "--all", "--message", "ours")
    with pytest.raises(Exception, match="merge"):
        git(root, "merge", "side")
    snapshot = open_snapshot(root)
    assert b"<<<<<<<" in snapshot.read("a.py")
    assert "merge conflict" in reasons(snapshot)["a.py"]
    assert states(root) == {"a.py": False, "b.py": True}
    write_files(root, {"a.py": "ours\n"})
    assert states(root)["a.py"]


def test_links_are_entries_and_never_followed(make_repository: MakeRepository, tmp_path: Path) -> None:
    root = make_repository({"a.py": "a\n"})
    (tmp_path / "secret").write_text("secret")
    for name, target in {"in": "a.py", "out": "../secret", "loop": "loop", "up": "..", "gone": "nowhere"}.items():
        (root / name).symlink_to(target)
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "links")
    snapshot = open_snapshot(root)
    links = {path: entry for path, entry in snapshot.entries.items() if entry.kind == "symlink"}
    assert sorted(links) == ["gone", "in", "loop", "out", "up"]
    assert all(entry.committed for entry in links.values())
    assert links["out"].oid == oid_of(b"../secret")
    for path in links:
        with pytest.raises(SourceError, match="symlink"):
            snapshot.read(path)


def test_a_tracked_folder_that_became_a_link_is_not_looked_into(
    make_repository: MakeRepository, tmp_path: Path
) -> None:
    root = make_repository({"a.py": "", "keys/deep/id": "public\n"})
    write_files(tmp_path, {"elsewhere/deep/id": "secret\n"})
    git(root, "rm", "--quiet", "-r", "--cached", "keys")
    (root / "keys").rename(root / "old")
    git(root, "reset", "--quiet")
    (root / "keys").symlink_to(tmp_path / "elsewhere")
    snapshot = open_snapshot(root)
    assert list(snapshot.entries) == ["a.py"]
    assert "not followed" in reasons(snapshot)["keys"]


def test_a_folder_that_moved_behind_a_link_still_has_the_files_that_git_knows(
    make_repository: MakeRepository, tmp_path: Path
) -> None:
    root = make_repository({"pkg/a.py": "a\n"})
    settle(root)
    (root / "pkg").rename(tmp_path / "elsewhere")
    (root / "pkg").symlink_to(tmp_path / "elsewhere")
    assert contents(open_snapshot(root)) == {"pkg/a.py": b"a\n"}
    write_files(tmp_path, {"elsewhere/a.py": "outside\n"})
    assert contents(open_snapshot(root)) == {}


def test_a_file_that_became_a_link_after_opening_is_not_followed(
    make_repository: MakeRepository, tmp_path: Path
) -> None:
    root = make_repository({"a.py": "a\n"})
    write_files(root, {"a.py": "mine\n"})
    snapshot = open_snapshot(root)
    (tmp_path / "same").write_text("mine\n")
    (root / "a.py").unlink()
    (root / "a.py").symlink_to(tmp_path / "same")
    with pytest.raises(SourceError, match=r"a\.py"):
        snapshot.read("a.py")


def test_submodules_are_reported(make_repository: MakeRepository) -> None:
    inner = make_repository({"lib.py": "x\n"}, "inner")
    root = make_repository({"a.py": ""})
    git(root, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner), "vendor")
    git(root, "commit", "--quiet", "--message", "vendor")
    for snapshot in (open_snapshot(root), open_snapshot(root, "HEAD")):
        entry = snapshot.entries["vendor"]
        assert (entry.kind, entry.oid) == ("submodule", git(inner, "rev-parse", "HEAD").strip())
        assert entry.committed
        assert "submodule" in reasons(snapshot)["vendor"]
        with pytest.raises(SourceError, match="submodule"):
            snapshot.read("vendor")


def test_names_that_are_not_utf_8_survive(make_repository: MakeRepository) -> None:
    name = os.fsdecode(b"caf\xe9 \n\t\"'.py")
    root = make_repository({name: "x\n"})
    write_files(root, {os.fsdecode(b"new\xff.py"): "y\n"})
    expected = b"caf\xe9 \n\t\"'.py".decode("utf-8", "surrogateescape")
    assert open_snapshot(root).read(expected) == b"x\n"
    assert open_snapshot(root, "HEAD").read(expected) == b"x\n"
    assert open_snapshot(root, untracked=True).read("new\udcff.py") == b"y\n"


@pytest.mark.parametrize("replace", [os.mkfifo, os.mkdir])
def test_special_files_in_the_place_of_tracked_ones_are_never_opened(make_repository: MakeRepository, replace) -> None:  # type: ignore[no-untyped-def]
    root = make_repository({"a.py": "", "pipe": "was a file\n"})
    (root / "pipe").unlink()
    replace(root / "pipe")
    snapshot = open_snapshot(root)
    assert list(snapshot.entries) == ["a.py"]
    assert ("pipe" in reasons(snapshot)) == (replace is os.mkfifo)


def test_a_file_that_became_a_pipe_after_opening_does_not_hang(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "a\n"})
    write_files(root, {"a.py": "mine\n"})
    snapshot = open_snapshot(root)
    (root / "a.py").unlink()
    os.mkfifo(root / "a.py")
    with pytest.raises(SourceError, match="not a regular file"):
        snapshot.read("a.py")


def test_uncommitted_content_that_is_gone_is_an_error(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "a\n", "b.py": "b\n"})
    write_files(root, {"a.py": "mine\n", "b.py": "mine\n"})
    snapshot = open_snapshot(root)
    write_files(root, {"a.py": "next\n"})
    (root / "b.py").unlink()
    for path in ("a.py", "b.py"):
        with pytest.raises(SourceError, match=path) as caught:
            snapshot.read(path)
        assert caught.value.hint == "the files changed meanwhile: ask again"
    assert [path for path, error in snapshot.read_many(["a.py", "b.py"]) if isinstance(error, SourceError)] == [
        "a.py",
        "b.py",
    ]


def test_content_that_git_has_stays_readable_whatever_happens_on_disk(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "a\n", "b.py": "b\n"})
    snapshot = open_snapshot(root)
    write_files(root, {"a.py": "changed\n"})
    (root / "b.py").unlink()
    assert contents(snapshot) == {"a.py": b"a\n", "b.py": b"b\n"}
    snapshot.close()


def test_a_checkout_with_converted_line_ends_is_clean_and_reads_as_committed(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "a\nb\n", ".gitattributes": "* text=auto\n"})
    git(root, "config", "core.autocrlf", "true")
    (root / "a.py").unlink()
    git(root, "checkout", "--", "a.py")
    assert (root / "a.py").read_bytes() == b"a\r\nb\r\n"
    committed = oid_of(b"a\nb\n")
    settle(root)
    for touch in (False, True):
        if touch:
            os.utime(root / "a.py")
        snapshot = open_snapshot(root)
        assert (snapshot.entries["a.py"].oid, snapshot.entries["a.py"].committed) == (committed, True)
        assert snapshot.read("a.py") == b"a\nb\n"


def test_a_file_checked_out_through_a_filter_reads_as_git_stores_it(make_repository: MakeRepository) -> None:
    """As large-file pointers and re-encoded files do: the commit is what evidence refers to."""
    text = "caf\u00e9\n" * 40
    root = make_repository({"a.txt": text.encode("UTF-16"), ".gitattributes": "a.txt working-tree-encoding=UTF-16\n"})
    settle(root)
    snapshot = open_snapshot(root)
    assert snapshot.entries["a.txt"].committed
    assert snapshot.read("a.txt") == open_snapshot(root, "HEAD").read("a.txt") == text.encode()


def test_a_sparse_checkout_reports_what_it_leaves_out(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "", "in/b.py": "", "out/c.py": "", "out/deep/d.py": ""})
    for index in ("--no-sparse-index", "--sparse-index"):
        git(root, "sparse-checkout", "set", "--cone", index, "in")
        snapshot = open_snapshot(root)
        assert list(snapshot.entries) == ["a.py", "in/b.py"]
        assert "sparse checkout" in reasons(snapshot)[""]
        assert list(open_snapshot(root, "HEAD").entries) == ["a.py", "in/b.py", "out/c.py", "out/deep/d.py"]


def test_a_skipped_file_that_is_on_disk_all_the_same_is_looked_at(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "a\n", "b.py": "b\n"})
    git(root, "update-index", "--skip-worktree", "a.py")
    git(root, "update-index", "--assume-unchanged", "b.py")
    write_files(root, {"a.py": "mine\n", "b.py": "mine\n"})
    assert contents(open_snapshot(root)) == {"a.py": b"mine\n", "b.py": b"mine\n"}


def test_large_files_are_entries_like_others(make_repository: MakeRepository) -> None:
    data = b"0123456789abcdef" * (17 << 16)
    root = make_repository({"large.bin": data})
    snapshot = open_snapshot(root)
    assert snapshot.entries["large.bin"][1:3] == (oid_of(data), len(data))
    assert snapshot.read("large.bin") == data
    assert open_snapshot(root, "HEAD").read("large.bin") == data


def test_a_file_too_large_to_be_hashed_is_reported(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": ""})
    write_files(root, {"huge": ""})
    os.truncate(root / "huge", 3 << 30)
    snapshot = open_snapshot(root, untracked=True)
    assert list(snapshot.entries) == ["a.py"]
    assert "larger than" in reasons(snapshot)["huge"]


def test_a_snapshot_travels_to_another_process(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "a\n"})
    for snapshot in (open_snapshot(root), open_snapshot(root, "HEAD")):
        snapshot.read("a.py")
        copy = pickle.loads(pickle.dumps(snapshot))
        assert copy.entries == snapshot.entries
        assert copy.read("a.py") == b"a\n"


def test_untracked_folders_that_tools_made_are_left_out_and_that_is_said(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "", "node_modules/own/tracked.js": "x\n"})
    write_files(root, {"node_modules/left/out.js": "", "env/pyvenv.cfg": "", "env/lib/x.py": "", "new.py": ""})
    snapshot = open_snapshot(root, untracked=True)
    assert list(snapshot.entries) == ["a.py", "new.py", "node_modules/own/tracked.js"]
    assert reasons(snapshot) == {
        "env": "made by tools (a virtual environment): not looked at",
        "node_modules": "made by tools (node_modules): not looked at",
    }
