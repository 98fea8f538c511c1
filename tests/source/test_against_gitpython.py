"""GitPython, which reads trees, the index, commits and blame with code of its own, agrees with ours."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import git as gitpython
import pytest

from rlm_code.source import open_snapshot
from rlm_code.source.history import History
from tests.conftest import MakeRepository, git, write_files


@pytest.fixture
def root(make_repository: MakeRepository) -> Path:
    """A repository with a merge and ten commits of random edits, moves and deletions, some of it packed."""
    chance = random.Random(7)
    root = make_repository({f"pkg/{name}.py": "".join(f"{name} {n}\n" for n in range(30)) for name in "abcdefgh"})
    git(root, "branch", "side")
    for number in range(10):
        if number == 5:
            git(root, "checkout", "--quiet", "side")
        files = sorted(path for path in (root / "pkg").iterdir())
        for path in chance.sample(files, 3):
            lines = path.read_text().splitlines(keepends=True)
            lines[chance.randrange(len(lines))] = f"edit {number}\n"
            path.write_text("".join(lines))
        if number % 4 == 1:
            files[0].rename(root / "pkg" / f"moved{number}.py")
        if number % 5 == 3:
            files[-1].unlink()
        write_files(root, {f"new/{number}.txt": f"{number}\n"})
        git(root, "add", "--all")
        git(root, "commit", "--quiet", "--message", f"change {number}\n\nbody {number}")
        if number == 6:
            git(root, "gc", "--quiet")
    git(root, "checkout", "--quiet", "main")
    git(root, "merge", "--quiet", "--strategy", "ours", "--message", "merge", "side")
    return root


@pytest.fixture
def repository(root: Path) -> Iterator[gitpython.Repo]:
    """The same through GitPython."""
    with closing(gitpython.Repo(root)) as repository:
        yield repository


def test_the_files_of_revisions_and_of_the_working_tree(root: Path, repository: gitpython.Repo) -> None:
    for revision in ("HEAD", "side", "HEAD~3", "side~3"):
        blobs = [item for item in repository.commit(revision).tree.traverse() if item.type == "blob"]
        snapshot = open_snapshot(root, revision)
        ours = {path: (entry.oid, entry.size_bytes, snapshot.read(path)) for path, entry in snapshot.entries.items()}
        assert ours == {blob.path: (blob.hexsha, blob.size, blob.data_stream.read()) for blob in blobs}
    theirs = {str(path): entry.hexsha for (path, _), entry in repository.index.entries.items()}
    assert {path: entry.oid for path, entry in open_snapshot(root).entries.items()} == theirs


def test_every_commit_and_the_paths_it_changed(root: Path, repository: gitpython.Repo) -> None:
    ours = History(root, repository.head.commit.hexsha).commits()
    theirs = list(repository.iter_commits("HEAD"))
    assert len(ours) == len(theirs) == 12
    for told, commit in zip(ours, theirs, strict=True):
        author = (commit.author.name, commit.authored_datetime.isoformat())
        assert (told.sha, told.subject, (told.author, told.date)) == (commit.hexsha, commit.summary, author)
        if len(commit.parents) == 1:
            diff = commit.parents[0].diff(commit, no_renames=True)
            assert {change.path for change in told.changes} == {item.b_path or item.a_path for item in diff}


def test_who_changed_each_line(root: Path, repository: gitpython.Repo) -> None:
    head = repository.head.commit.hexsha
    for path in sorted(path for path in open_snapshot(root).entries if path.startswith("pkg/")):
        theirs = [commit.hexsha for commit, lines in repository.blame(head, path) for _ in lines]
        ours = [
            lines.commit.sha
            for lines in History(root, head).blame(path, 1, len(theirs))
            for _ in range(lines.start_line, lines.end_line + 1)
        ]
        assert ours == theirs
