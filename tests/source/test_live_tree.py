"""A live tree equals what opening anew would give, whatever happened; and it watches no more than it must."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rlm_code.errors import SourceError
from rlm_code.source import open_snapshot
from rlm_code.source.live_tree import LiveTree
from rlm_code.source.watch import Told, Watcher
from tests.conftest import MakeRepository, git, write_files
from tests.processes import nothing_is_left

FILES = {
    "a.py": "def a(): pass\n",
    "pkg/b.py": "import a\n",
    "pkg/sub/c.py": "c = 1\n",
    "kept/build/keep.txt": "tracked though ignored\n",
    ".gitignore": "*.log\nbuild/\nnode_modules/\n",
}


@pytest.fixture
def follow() -> Iterator[Callable[..., LiveTree]]:
    """A live tree of a folder, watched and up to date."""
    trees: list[LiveTree] = []

    def start(root: Path, make_watcher: Callable[[Told], Watcher] = Watcher) -> LiveTree:
        tree = LiveTree(root, make_watcher)
        trees.append(tree)
        tree.start()
        tree.refresh()
        return tree

    yield start
    for tree in trees:
        tree.close()


def assert_equal_to_a_fresh_one(tree: LiveTree) -> None:
    for _ in range(3):  # what is watched only now is looked at once more
        tree.settle()
        tree.refresh()
    fresh = open_snapshot(tree.snapshot.root, untracked=True)
    assert list(tree.snapshot.entries.items()) == list(fresh.entries.items())
    assert tree.snapshot.commit == fresh.commit
    assert sorted(tree.snapshot.issues) == sorted(fresh.issues)
    for path, entry in fresh.entries.items():
        assert entry.kind != "file" or tree.snapshot.read(path) == fresh.read(path)


def make_ignored(root: Path) -> None:
    git(root, "add", "--force", "kept/build/keep.txt")
    git(root, "commit", "--quiet", "--message", "tracked though ignored")


def changed_by(tree: LiveTree, change: Callable[[], object]) -> frozenset[str]:
    change()
    tree.settle()
    return tree.refresh()


def test_one_edit_changes_one_path(make_repository: MakeRepository, follow: Callable[..., LiveTree]) -> None:
    root = make_repository(FILES)
    tree = follow(root)
    before = tree.snapshot
    assert changed_by(tree, lambda: write_files(root, {"pkg/b.py": "import a, os\n"})) == {"pkg/b.py"}
    assert before.entries["pkg/b.py"].committed, "a snapshot is a value"
    assert not tree.snapshot.entries["pkg/b.py"].committed
    assert changed_by(tree, lambda: write_files(root, {"pkg/b.py": "import a\n"})) == {"pkg/b.py"}
    assert tree.snapshot.entries["pkg/b.py"].committed
    assert_equal_to_a_fresh_one(tree)


def test_an_atomic_save_is_one_change(make_repository: MakeRepository, follow: Callable[..., LiveTree]) -> None:
    root = make_repository(FILES)
    tree = follow(root)

    def save() -> None:
        write_files(root, {"pkg/.b.py.tmp": "import os\n"})
        (root / "pkg/.b.py.tmp").replace(root / "pkg/b.py")

    assert changed_by(tree, save) == {"pkg/b.py"}
    assert_equal_to_a_fresh_one(tree)


def test_names_that_differ_in_case_alone(make_repository: MakeRepository, follow: Callable[..., LiveTree]) -> None:
    root = make_repository(FILES)
    tree = follow(root)
    assert changed_by(tree, lambda: (root / "a.py").rename(root / "A.py")) == {"a.py", "A.py"}
    assert_equal_to_a_fresh_one(tree)


def test_new_folders_are_watched_and_old_ones_are_not(
    make_repository: MakeRepository, follow: Callable[..., LiveTree]
) -> None:
    root = make_repository(FILES)
    tree = follow(root)
    changed_by(tree, lambda: write_files(root, {"new/deep/d.py": "d = 1\n"}))
    assert os.fsencode(root / "new/deep") in tree.watched
    assert changed_by(tree, lambda: write_files(root, {"new/deep/d.py": "d = 2\n"})) == {"new/deep/d.py"}
    changed_by(tree, lambda: (root / "new").rename(root / "other"))
    assert os.fsencode(root / "other/deep") in tree.watched
    assert os.fsencode(root / "new/deep") not in tree.watched
    assert_equal_to_a_fresh_one(tree)
    assert changed_by(tree, lambda: write_files(root, {"other/deep/d.py": "d = 3\n"})) == {"other/deep/d.py"}
    changed_by(tree, lambda: shutil.rmtree(root / "other"))
    assert not [folder for folder in tree.watched if b"other" in folder]
    assert_equal_to_a_fresh_one(tree)


def test_what_is_ignored_is_never_watched(make_repository: MakeRepository, follow: Callable[..., LiveTree]) -> None:
    root = make_repository(FILES)
    make_ignored(root)
    ignored = {f"node_modules/m{number}/index.js": "x\n" for number in range(50)}
    ignored |= {f"build/o{number}/made.py": "x\n" for number in range(50)}
    ignored |= {"kept/build/deep/made.py": "x\n", "env/pyvenv.cfg": "x\n", "env/lib/python/site.py": "x\n"}
    ignored |= {".venv/lib/x.py": "x\n", "vendor/other/.git/HEAD": "ref: refs/heads/x\n", "vendor/other/x.py": "x\n"}
    write_files(root, ignored | {"empty/.keep": ""})
    tree = follow(root)
    inside = {os.fsdecode(os.path.relpath(folder, os.fsencode(root))) for folder in tree.watched}
    assert {name for name in inside if not name.startswith(".git")} == {
        ".", "pkg", "pkg/sub", "kept", "kept/build", "vendor", "empty",
    }  # fmt: skip
    # Of git's own, what tells of HEAD, the index and the rules: nothing that grows with the repository.
    assert {name for name in inside if name.startswith(".git")} == {
        ".git", ".git/info", ".git/refs", ".git/refs/heads",
    }  # fmt: skip
    assert_equal_to_a_fresh_one(tree)
    renewed = changed_by(tree, lambda: write_files(root, {f"node_modules/n{n}/index.js": "y\n" for n in range(50)}))
    assert renewed == set()
    assert not tree.pending.count
    assert_equal_to_a_fresh_one(tree)


def test_new_rules_change_what_is_watched(make_repository: MakeRepository, follow: Callable[..., LiveTree]) -> None:
    root = make_repository(FILES)
    write_files(root, {"made/x/y.py": "y = 1\n"})
    tree = follow(root)
    changed_by(tree, lambda: write_files(root, {".gitignore": "made/\n"}))
    assert os.fsencode(root / "made/x") not in tree.watched
    assert_equal_to_a_fresh_one(tree)
    changed_by(tree, lambda: write_files(root, {".gitignore": ""}))
    assert os.fsencode(root / "made/x") in tree.watched
    assert_equal_to_a_fresh_one(tree)
    changed_by(tree, lambda: write_files(root, {".git/info/exclude": "made\n"}))
    assert os.fsencode(root / "made") not in tree.watched
    assert_equal_to_a_fresh_one(tree)


def test_git_is_followed(make_repository: MakeRepository, follow: Callable[..., LiveTree]) -> None:
    root = make_repository(FILES)
    tree = follow(root)
    write_files(root, {"a.py": "changed = 1\n", "new.log": "ignored\n"})
    for command in (
        ("add", "--all"),
        ("commit", "--quiet", "--message", "second"),
        ("checkout", "--quiet", "-b", "feature/deep"),
        ("add", "--force", "new.log"),
        ("commit", "--quiet", "--message", "third"),
        ("reset", "--quiet", "--soft", "HEAD~1"),
        ("pack-refs", "--all"),
        ("commit", "--quiet", "--allow-empty", "--message", "fourth"),
        ("rm", "--quiet", "--cached", "pkg/b.py"),
        ("stash", "--quiet"),
        ("checkout", "--quiet", "main"),
    ):
        git(root, *command)
        assert_equal_to_a_fresh_one(tree)


def test_what_the_system_is_late_to_tell_is_looked_for(
    make_repository: MakeRepository, follow: Callable[..., LiveTree], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_repository(FILES)
    tree = follow(root)
    heard = threading.Event()
    monkeypatch.setattr("rlm_code.source.live_tree._SETTLED_WITHIN_S", 0.05)
    monkeypatch.setattr(tree._watcher._reader, "handle_event", lambda *arguments: heard.wait(), raising=False)  # type: ignore[union-attr]
    try:
        for number in range(3):
            assert changed_by(tree, lambda text=f"a = {number}\n": write_files(root, {"a.py": text})) == {"a.py"}  # type: ignore[misc]
    finally:
        heard.set()


def test_a_work_tree_beside_another_is_followed(
    make_repository: MakeRepository, follow: Callable[..., LiveTree], tmp_path: Path
) -> None:
    git(make_repository(FILES), "worktree", "add", "--quiet", "-b", "other", str(tmp_path / "other"))
    tree = follow(tmp_path / "other")
    git(tmp_path / "other", "commit", "--quiet", "--allow-empty", "--message", "second")
    assert_equal_to_a_fresh_one(tree)
    write_files(tmp_path / "other", {"a.py": "changed = 1\n"})
    assert_equal_to_a_fresh_one(tree)


def test_a_merge_conflict_is_followed(make_repository: MakeRepository, follow: Callable[..., LiveTree]) -> None:
    root = make_repository(FILES)
    git(root, "checkout", "--quiet", "-b", "other")
    write_files(root, {"a.py": "theirs = 1\n"})
    git(root, "commit", "--quiet", "--all", "--message", "theirs")
    git(root, "checkout", "--quiet", "main")
    write_files(root, {"a.py": "ours = 1\n"})
    git(root, "commit", "--quiet", "--all", "--message", "ours")
    tree = follow(root)
    with pytest.raises(Exception, match="merge"):
        git(root, "merge", "other")
    assert_equal_to_a_fresh_one(tree)
    write_files(root, {"a.py": "both = 1\n", "pkg/b.py": "b = 2\n"})
    assert_equal_to_a_fresh_one(tree)
    git(root, "commit", "--quiet", "--all", "--message", "merged")
    assert_equal_to_a_fresh_one(tree)


def test_a_plain_folder_is_followed(tmp_path: Path, follow: Callable[..., LiveTree]) -> None:
    root = tmp_path / "plain"
    write_files(root, FILES | {"env/pyvenv.cfg": "", "env/lib/x.py": ""})
    tree = follow(root)
    assert os.fsencode(root / "env") not in tree.watched
    changed_by(tree, lambda: write_files(root, {"a.py": "b = 1\n", "x.log": "ignored", "pkg/new.py": "n = 1\n"}))
    assert_equal_to_a_fresh_one(tree)
    changed_by(tree, lambda: write_files(root, {"pkg/env/pyvenv.cfg": "", "node_modules/x/y.js": ""}))
    assert_equal_to_a_fresh_one(tree)
    changed_by(tree, lambda: shutil.rmtree(root / "pkg/env"))
    assert_equal_to_a_fresh_one(tree)


def test_links_pipes_and_unreadable_files(make_repository: MakeRepository, follow: Callable[..., LiveTree]) -> None:
    root = make_repository(FILES)
    tree = follow(root)
    os.mkfifo(root / "pipe")
    (root / "pkg/link").symlink_to("b.py")
    assert_equal_to_a_fresh_one(tree)
    (root / "a.py").unlink()
    os.mkfifo(root / "a.py")
    assert_equal_to_a_fresh_one(tree)
    (root / "pkg").rename(root / "moved")
    (root / "pkg").symlink_to("moved")
    assert_equal_to_a_fresh_one(tree)
    (root / "pkg").unlink()
    (root / "moved").rename(root / "pkg")
    assert_equal_to_a_fresh_one(tree)


def test_a_file_that_stays_open_is_seen_as_well(
    make_repository: MakeRepository, follow: Callable[..., LiveTree], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_repository(FILES)
    tree = follow(root)
    monkeypatch.setattr("rlm_code.source.live_tree._SETTLED_WITHIN_S", 60.0)
    monkeypatch.setattr("rlm_code.source.pending._WRITTEN_FOR_S", 3600.0)
    with (root / "a.py").open("a") as file:
        file.write("more = 1\n")
        file.flush()
        tree.settle()
        assert tree.refresh() == set(), "half of it may be written"
    tree.settle()
    assert tree.refresh() == {"a.py"}
    monkeypatch.setattr("rlm_code.source.pending._WRITTEN_FOR_S", 0.1)
    with (root / "a.py").open("a") as file:
        file.write("more = 2\n")
        file.flush()
        assert tree.pending.wait(60)
        assert tree.refresh() == {"a.py"}


class _Exhausted(Watcher):
    """The system's real answer when there are no more watches, after some were given."""

    limit = 3

    def _add(self, entry: object) -> bool:
        type(self).limit -= 1
        if type(self).limit < 0:
            raise OSError(errno.ENOSPC, "inotify watch limit reached")
        return super()._add(entry)  # type: ignore[arg-type]


def test_without_watches_everything_is_looked_at_and_that_is_said(
    make_repository: MakeRepository, follow: Callable[..., LiveTree], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rlm_code.source.live_tree._LOOKED_AT_FOR_S", 0.0)
    monkeypatch.setattr("rlm_code.source.live_tree._SHARE_OF_LOOKING", 0)
    root = make_repository(FILES)
    monkeypatch.setattr(_Exhausted, "limit", 3)
    tree = follow(root, _Exhausted)
    assert tree.problem == "the system allows no more inotify watches (fs.inotify.max_user_watches)"
    assert tree.watched == set()
    assert changed_by(tree, lambda: write_files(root, {"pkg/b.py": "b = 1\n"})) == {"pkg/b.py"}
    assert_equal_to_a_fresh_one(tree)


def test_without_an_instance_nothing_is_left_behind(
    make_repository: MakeRepository, follow: Callable[..., LiveTree], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse() -> int:
        ctypes.set_errno(errno.EMFILE)
        return -1

    monkeypatch.setattr("watchdog.observers.inotify_c.inotify_init", refuse)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    with nothing_is_left():
        tree = follow(make_repository(FILES))
    assert tree.problem == "the system allows no more inotify instances (fs.inotify.max_user_instances)"
    assert not list((tmp_path / "temporary").iterdir())


def test_watches_of_which_nothing_is_heard_are_given_up(
    make_repository: MakeRepository, follow: Callable[..., LiveTree], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rlm_code.source.watch._FIRST_WITHIN_S", 0.05)
    monkeypatch.setattr("watchdog.observers.inotify_c.InotifyFD.handle_event", lambda *arguments: None)
    tree = follow(make_repository(FILES))
    assert tree.problem == "the system tells of no changes in the folder for temporary files"
    assert tree.watched == set()


def test_watches_that_run_out_later(
    make_repository: MakeRepository, follow: Callable[..., LiveTree], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_repository(FILES)
    monkeypatch.setattr(_Exhausted, "limit", 50)
    tree = follow(root, _Exhausted)
    assert tree.problem is None
    monkeypatch.setattr(_Exhausted, "limit", 0)
    assert "new/x.py" in changed_by(tree, lambda: write_files(root, {"new/x.py": "x = 1\n"}))
    assert tree.problem is not None
    assert tree.watched == set()


def test_nothing_is_left_behind(make_repository: MakeRepository) -> None:
    root = make_repository(FILES)
    with nothing_is_left():
        for _ in range(5):
            tree = LiveTree(root)
            tree.start()
            write_files(root, {"a.py": "a = 1\n"})
            tree.settle()
            tree.refresh()
            tree.close()
            tree.close()


def test_a_root_that_is_gone_is_said_and_found_again(
    make_repository: MakeRepository, follow: Callable[..., LiveTree]
) -> None:
    root = make_repository(FILES)
    tree = follow(root)
    shutil.copytree(root, root.with_name("copy"))
    shutil.rmtree(root)
    tree.settle()
    with pytest.raises(SourceError):
        tree.refresh()
    root.with_name("copy").rename(root)
    assert_equal_to_a_fresh_one(tree)
    assert changed_by(tree, lambda: write_files(root, {"a.py": "again = 1\n"})) == {"a.py"}


NAMES = st.sampled_from(["a.py", "A.py", "b.py", "x.log", "link", ".gitignore", "node_modules", "build", "deep", "pkg"])
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), PATHS, st.sampled_from(["", "x = 1\n", "y = 2\r\n", "*.py\n", "!a.py\nbuild\n"])),
        st.tuples(st.just("save"), PATHS, st.sampled_from(["x = 3\n", "z = 4\n"])),
        st.tuples(st.just("move"), PATHS, PATHS),
        st.tuples(st.just("delete"), PATHS, st.just("")),
        st.tuples(st.just("link"), PATHS, PATHS),
        st.tuples(st.just("git"), st.sampled_from(["add", "commit", "checkout", "reset", "stash", "rm"]), st.just("")),
        st.tuples(st.just("look"), st.just(""), st.just("")),
    ),
    min_size=1,
    max_size=14,
)


def take(root: Path, step: str, one: str, two: str) -> None:
    """One step, as far as the state of the tree allows it."""
    path = root / one
    try:
        if step == "write":
            write_files(root, {one: two})
        elif step == "save":
            write_files(root, {f"{one}~": two})
            (root / f"{one}~").replace(path)
        elif step == "move":
            path.rename(root / two)
        elif step == "delete":
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        elif step == "link":
            path.symlink_to(two)
        elif step == "git":
            run_git(root, one)
    except OSError:
        pass


def run_git(root: Path, command: str) -> None:
    arguments = {
        "add": ["add", "--all"],
        "commit": ["commit", "--quiet", "--all", "--allow-empty", "--message", "x"],
        "checkout": ["checkout", "--quiet", "--force", "HEAD~1"],
        "reset": ["reset", "--quiet", "--hard", "main"],
        "stash": ["stash", "--quiet", "--include-untracked"],
        "rm": ["rm", "--quiet", "--cached", "-r", "--ignore-unmatch", "pkg"],
    }[command]
    try:
        git(root, *arguments)
    except Exception as error:  # noqa: BLE001  such as nothing to stash
        assert "returned non-zero" in str(error)


@given(STEPS)
@settings(max_examples=25)
def test_whatever_happens_it_equals_a_fresh_one(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, str]]
) -> None:
    root = tmp_path_factory.mktemp("live") / "project"
    write_files(root, FILES)
    git(root, "init", "--quiet")
    for number in range(2):
        write_files(root, {"number.txt": f"{number}\n"})
        git(root, "add", "--all")
        git(root, "commit", "--quiet", "--message", "x")
    tree = LiveTree(root)
    try:
        tree.start()
        tree.refresh()
        for step, one, two in steps:
            if step == "look":
                tree.settle()
                tree.refresh()
            else:
                take(root, step, one, two)
        assert_equal_to_a_fresh_one(tree)
    finally:
        tree.close()
