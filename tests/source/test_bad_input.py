"""Whatever cannot be opened says so once, and says what to do."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from rlm_code.errors import SourceError
from rlm_code.source import git_process, open_snapshot
from tests.conftest import MakeRepository, git, write_files
from tests.source.conftest import as_ordinary_user, reasons


def refusal(path: str | os.PathLike[str], rev: str | None = None) -> SourceError:
    with pytest.raises(SourceError) as caught:
        open_snapshot(path, rev)
    assert caught.value.hint
    return caught.value


def test_no_such_path(tmp_path: Path) -> None:
    assert "does not exist" in refusal(tmp_path / "nowhere").message


@pytest.mark.parametrize("path", ["x" * 300, "nul\0inside", "/dev/null/below"])
def test_a_path_that_cannot_be(path: str) -> None:
    refusal(path)


def test_a_loop_of_links(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    refusal(tmp_path / "a")


def test_a_file_instead_of_a_folder(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": ""})
    error = refusal(root / "a.py")
    assert "not a folder" in error.message
    assert str(root) in str(error.hint)


def test_a_folder_that_may_not_be_read(public_folder: Path) -> None:
    closed = public_folder / "closed"
    closed.mkdir(mode=0o000)
    with as_ordinary_user():
        assert "cannot be read" in refusal(closed).message
        assert "cannot be opened" in refusal(closed / "below").message
    closed.chmod(0o700)


def test_a_revision_of_a_plain_folder(tmp_path: Path) -> None:
    assert "not in a git repository" in refusal(tmp_path, "HEAD").message


def test_a_repository_without_commits_and_files(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    assert "no commit and no tracked file" in refusal(tmp_path).message
    assert "no commit yet" in refusal(tmp_path, "HEAD").message


def test_a_bare_repository_without_commits(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--bare")
    assert "no commit yet" in refusal(tmp_path).message


def test_staged_files_before_the_first_commit_are_a_snapshot(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    write_files(tmp_path, {"a.py": "a\n"})
    git(tmp_path, "add", "a.py")
    snapshot = open_snapshot(tmp_path)
    assert snapshot.commit is None
    assert not snapshot.entries["a.py"].committed
    assert snapshot.read("a.py") == b"a\n"


@pytest.mark.parametrize("revision", ["no-such-branch", "0" * 40, "deadbee", "HEAD:a.py", "HEAD~5", "main@{9}"])
def test_an_unknown_revision(make_repository: MakeRepository, revision: str) -> None:
    assert revision in refusal(make_repository({"a.py": "x"}), revision).message


@pytest.mark.parametrize("revision", ["", "--all", "-h", "a\nb", "a\0b"])
def test_what_is_no_revision_at_all(make_repository: MakeRepository, revision: str) -> None:
    assert "is not a revision" in refusal(make_repository({"a.py": "x"}), revision).message


def test_a_name_of_both_a_branch_and_a_tag(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": ""})
    git(root, "tag", "release")
    git(root, "commit", "--quiet", "--allow-empty", "--message", "second")
    git(root, "branch", "release")
    error = refusal(root, "release")
    assert "ambiguous" in error.message
    assert "refs/tags" in str(error.hint)
    assert open_snapshot(root, "refs/tags/release").commit == git(root, "rev-parse", "HEAD~1").strip()


def test_a_short_id_of_two_commits(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": ""})
    first = git(root, "cat-file", "commit", "HEAD")
    seen: dict[str, str] = {}
    for number in range(10_000):
        commit = f"{first}number {number}\n"
        short = hashlib.sha1(b"commit %d\0%s" % (len(commit), commit.encode())).hexdigest()[:4]
        if short in seen:
            break
        seen[short] = commit
    for content in (commit, seen[short]):
        (root / "commit").write_text(content)
        git(root, "hash-object", "-t", "commit", "-w", "commit")
    assert "ambiguous" in refusal(root, short).message


def test_git_that_is_not_installed(
    make_repository: MakeRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_repository({"a.py": "a\n"})
    write_files(tmp_path / "plain", {"a.py": "a\n"})
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    git_process.git_executable.cache_clear()
    try:
        assert "git is not installed" in refusal(root).message
        assert open_snapshot(tmp_path / "plain").read("a.py") == b"a\n"
    finally:
        git_process.git_executable.cache_clear()


def test_a_repository_of_another_user(make_repository: MakeRepository, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_repository({"a.py": ""})
    # git's own way to pretend so; the environment that git gets keeps it from the caller otherwise
    monkeypatch.setitem(git_process._ENVIRONMENT, "GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    for revision in (None, "HEAD"):
        error = refusal(root, revision)
        assert "another user" in error.message
        assert f"git config --global --add safe.directory {root}" in str(error.hint)


def test_a_person_who_trusts_another_users_repository(
    make_repository: MakeRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_repository({"a.py": ""})
    monkeypatch.setitem(git_process._ENVIRONMENT, "GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    git(root, "config", "--global", "--add", "safe.directory", str(root))
    assert list(open_snapshot(root).entries) == ["a.py"]


def test_an_unusable_git_folder(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert "does not accept as a repository" in refusal(tmp_path).message
    (tmp_path / ".git").rmdir()
    (tmp_path / ".git").write_text("gitdir: /nowhere/at/all\n")
    assert "does not accept as a repository" in refusal(tmp_path).message


def test_a_broken_repository_inside_a_sound_one_is_not_taken_for_it(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": ""})
    (root / "inner" / ".git").mkdir(parents=True)
    assert "inner" in refusal(root / "inner").message


def test_the_inside_of_a_repository(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": ""})
    for folder in (root / ".git", root / ".git" / "objects"):
        assert refusal(folder).hint == f"open {root}"


def test_a_broken_configuration(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": ""})
    (root / ".git" / "config").write_text("[core\n")
    assert "bad config" in refusal(root).message


def test_a_repository_format_from_the_future(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": ""})
    git(root, "config", "core.repositoryFormatVersion", "1")
    git(root, "config", "extensions.teleport", "true")
    error = refusal(root)
    assert "teleport" in error.message
    assert error.hint == "install a newer git"


def test_a_head_whose_commit_is_lost(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": ""})
    sha = git(root, "rev-parse", "HEAD").strip()
    (root / ".git" / "objects" / sha[:2] / sha[2:]).unlink()
    assert sha in refusal(root).message
    assert refusal(root, "HEAD").hint


def test_a_commit_whose_tree_is_lost(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "a\n", "pkg/b.py": "b\n"})
    tree = git(root, "rev-parse", "HEAD:pkg").strip()
    (root / ".git" / "objects" / tree[:2] / tree[2:]).unlink()
    refusal(root, "HEAD")


def test_a_blob_that_is_lost_or_damaged_is_an_error_of_its_file_alone(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "a\n", "b.py": "b\n", "c.py": "c\n", "d.py": "d\n"})
    lost, swapped, garbled = (git(root, "rev-parse", f"HEAD:{name}.py").strip() for name in "abc")
    objects = root / ".git" / "objects"
    (objects / lost[:2] / lost[2:]).unlink()
    path = objects / swapped[:2] / swapped[2:]
    path.chmod(0o600)
    other = git(root, "rev-parse", "HEAD:d.py").strip()
    shutil.copy(objects / other[:2] / other[2:], path)
    path = objects / garbled[:2] / garbled[2:]
    path.chmod(0o600)
    path.write_bytes(b"no zlib stream")
    snapshot = open_snapshot(root, "HEAD")
    read = dict(snapshot.read_many(["a.py", "b.py", "c.py", "d.py"]))
    assert [isinstance(read[name], SourceError) for name in read] == [True, True, True, False]
    assert read["d.py"] == b"d\n"
    assert "partial, or damaged" in reasons(snapshot)["a.py"]


def test_a_damaged_index(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": ""})
    index = root / ".git" / "index"
    for data in (b"", b"DIRC", b"XXXX" + index.read_bytes()[4:], index.read_bytes()[:-30]):
        index.write_bytes(data)
        assert "index" in refusal(root).message


def test_what_is_not_a_file_of_the_snapshot(make_repository: MakeRepository) -> None:
    root = make_repository({"pkg/a.py": ""})
    (root / "link").symlink_to("pkg")
    git(root, "add", "link")
    for snapshot in (open_snapshot(root), open_snapshot(root, "HEAD")):
        for path in ("b.py", "pkg", "link", "../other", "/etc/passwd", ".git/config", ""):
            with pytest.raises(SourceError):
                snapshot.read(path)
