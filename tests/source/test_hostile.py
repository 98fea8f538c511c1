"""A repository from anywhere may be opened: nothing that it says makes anything run, hang or read elsewhere.

Each attack comes with a control: plain git, or a plain read, that falls for it. Where the control does not
fall, the test proves nothing and fails.
"""

from __future__ import annotations

import os
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from rlm_code.errors import SourceError
from rlm_code.source import git_process, open_snapshot
from rlm_code.source.history import History
from tests.conftest import MakeRepository, git, write_files
from tests.source.conftest import contents, reasons
from tests.source.test_index_file import write_index

WithinSeconds = Callable[[Callable[[], object], float], None]


class Trap:
    """A program that leaves a mark when it runs."""

    def __init__(self, folder: Path) -> None:
        self.mark = folder / "mark"
        self.program = folder / "program"
        self.program.write_text(f"#!/bin/sh\necho ran >> '{self.mark}'\nexit 1\n")
        self.program.chmod(0o755)

    def sprung(self) -> bool:
        """Whether the program ran since this was last asked."""
        ran = self.mark.exists()
        self.mark.unlink(missing_ok=True)
        return ran


@pytest.fixture
def trap(tmp_path: Path) -> Trap:
    (tmp_path / "trap").mkdir()
    return Trap(tmp_path / "trap")


def plain_git(root: Path, *arguments: str) -> bytes:
    """What git does without our care."""
    command = ["git", "-C", str(root), *arguments]
    return subprocess.run(command, check=False, capture_output=True, stdin=subprocess.DEVNULL, timeout=60).stdout


def look_at_everything(root: Path) -> None:
    """Every way into `root` that rlm-code has."""
    for rev, untracked in ((None, False), (None, True), ("HEAD", False)):
        try:
            snapshot = open_snapshot(root, rev, untracked)
            for _ in snapshot.read_many(snapshot.entries):
                pass
        except SourceError:
            continue
    sha = git(root, "rev-parse", "HEAD").strip()
    history = History(root, sha)
    for ask in (
        history.commits,
        lambda: history.commits("a.py"),
        lambda: history.commits("a.py", (1, 1)),
        lambda: history.commits(since="HEAD~1"),
        lambda: history.commit("HEAD"),
        lambda: history.blame("a.py", 1, 1),
        history.is_shallow,
    ):
        try:
            ask()
        except SourceError:
            continue


@pytest.fixture
def victim(make_repository: MakeRepository) -> Path:
    """A repository with two commits, a changed file, a staged one and an untracked one."""
    root = make_repository({"a.py": "a = 1\n", "b.py": "b = 1\n", "c.py": "c = 1\n"})
    write_files(root, {"a.py": "a = 2\n"})
    git(root, "commit", "--quiet", "--all", "--message", "second")
    write_files(root, {"b.py": "b = 3\n", "c.py": "c = 2\n", "d.py": ""})
    git(root, "add", "c.py")
    return root


def test_a_file_system_monitor(victim: Path, trap: Trap) -> None:
    git(victim, "config", "core.fsmonitor", str(trap.program))
    plain_git(victim, "status")
    assert trap.sprung()
    look_at_everything(victim)
    assert not trap.sprung()


@pytest.mark.parametrize("configured", [False, True])
def test_hooks(victim: Path, trap: Trap, configured: bool) -> None:
    hooks = trap.program.parent if configured else victim / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    hook = hooks / "post-index-change"
    hook.write_bytes(trap.program.read_bytes())
    hook.chmod(0o755)
    if configured:
        git(victim, "config", "core.hooksPath", str(hooks))
    os.utime(victim / "a.py", (1_600_000_000, 1_600_000_000))
    plain_git(victim, "status")
    assert trap.sprung()
    os.utime(victim / "a.py", (1_600_000_001, 1_600_000_001))
    look_at_everything(victim)
    assert not trap.sprung()


@pytest.mark.parametrize("key", ["clean", "process"])
def test_filters_of_changed_files(victim: Path, trap: Trap, key: str) -> None:
    (victim / ".git" / "info" / "attributes").write_text("* filter=evil\n")
    git(victim, "config", f"filter.evil.{key}", str(trap.program))
    plain_git(victim, "diff")
    assert trap.sprung()
    look_at_everything(victim)
    assert not trap.sprung()


def test_filters_of_committed_files(victim: Path, trap: Trap) -> None:
    git(victim, "config", "filter.evil.smudge", str(trap.program))
    write_files(victim, {".gitattributes": "* filter=evil\n"})
    git(victim, "add", ".gitattributes")
    git(victim, "commit", "--quiet", "--message", "attributes")
    plain_git(victim, "cat-file", "--filters", "HEAD:a.py")
    assert trap.sprung()
    look_at_everything(victim)
    assert not trap.sprung()


@pytest.mark.parametrize("command", [("log", "-p"), ("blame", "a.py"), ("diff",)])
def test_text_converters(victim: Path, trap: Trap, command: tuple[str, ...]) -> None:
    (victim / ".git" / "info" / "attributes").write_text("* diff=evil\n")
    git(victim, "config", "diff.evil.textconv", str(trap.program))
    plain_git(victim, *command)
    assert trap.sprung()
    look_at_everything(victim)
    assert not trap.sprung()


@pytest.mark.parametrize("key", ["diff.external", "diff.evil.command"])
def test_external_diffs(victim: Path, trap: Trap, key: str) -> None:
    (victim / ".git" / "info" / "attributes").write_text("* diff=evil\n")
    git(victim, "config", key, str(trap.program))
    plain_git(victim, "diff")
    assert trap.sprung()
    look_at_everything(victim)
    assert not trap.sprung()


@pytest.mark.parametrize("kind", ["PGP SIGNATURE", "SSH SIGNATURE", "SIGNED MESSAGE"])
def test_signature_checkers(victim: Path, trap: Trap, kind: str) -> None:
    header, _, message = git(victim, "cat-file", "commit", "HEAD").partition("\n\n")
    signed = f"{header}\ngpgsig -----BEGIN {kind}-----\n x\n -----END {kind}-----\n\n{message}"
    (victim / "commit").write_text(signed)
    sha = git(victim, "hash-object", "-t", "commit", "-w", "commit").strip()
    git(victim, "update-ref", "HEAD", sha)
    git(victim, "config", "log.showSignature", "true")
    for key in ("gpg.program", "gpg.ssh.program", "gpg.x509.program"):
        git(victim, "config", key, str(trap.program))
    git(victim, "config", "gpg.ssh.allowedSignersFile", str(trap.program))
    plain_git(victim, "log")
    assert trap.sprung()
    look_at_everything(victim)
    assert not trap.sprung()


@pytest.mark.parametrize("way", ["core.sshCommand", "remote.origin.uploadpack", "ext"])
def test_fetching_what_a_partial_clone_lacks(victim: Path, trap: Trap, way: str) -> None:
    git(victim, "config", "core.repositoryFormatVersion", "1")
    git(victim, "config", "extensions.partialClone", "origin")
    git(victim, "config", "remote.origin.promisor", "true")
    url = {"core.sshCommand": "ssh://host/x", "remote.origin.uploadpack": str(victim)}.get(way, f"ext::{trap.program}")
    git(victim, "config", "remote.origin.url", url)
    if way == "ext":
        git(victim, "config", "protocol.ext.allow", "always")
    else:
        git(victim, "config", way, str(trap.program))
    blob = git(victim, "rev-parse", "HEAD:a.py").strip()
    (victim / "a.py").unlink()
    (victim / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    plain_git(victim, "cat-file", "-p", blob)
    assert trap.sprung()
    look_at_everything(victim)
    assert not trap.sprung()
    snapshot = open_snapshot(victim, "HEAD")
    assert "no content" in reasons(snapshot)["a.py"]
    with pytest.raises(SourceError, match="not in this repository"):
        snapshot.read("a.py")
    assert snapshot.read("b.py") == b"b = 1\n"


def test_old_git_that_knows_no_way_to_forbid_fetching(
    victim: Path, trap: Trap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(git_process._ENVIRONMENT, "GIT_NO_LAZY_FETCH")
    test_fetching_what_a_partial_clone_lacks(victim, trap, "core.sshCommand")


def test_a_git_program_inside_the_repository(victim: Path, trap: Trap, monkeypatch: pytest.MonkeyPatch) -> None:
    (victim / "git").write_bytes(trap.program.read_bytes())
    (victim / "git").chmod(0o755)
    monkeypatch.chdir(victim)
    monkeypatch.setenv("PATH", f".:{os.environ['PATH']}")
    subprocess.run(["git", "status"], check=False, capture_output=True, stdin=subprocess.DEVNULL)
    assert trap.sprung()
    git_process.git_executable.cache_clear()
    snapshot = open_snapshot(".")
    assert "a.py" in snapshot.entries
    assert not trap.sprung()


def test_a_bare_repository_planted_in_a_folder(make_repository: MakeRepository, trap: Trap) -> None:
    root = make_repository({"a.py": "a\n"})
    git(root, "clone", "--quiet", "--bare", str(root), "docs")
    git(root / "docs", "config", "core.bare", "false")
    git(root / "docs", "config", "core.worktree", str(root))
    git(root / "docs", "config", "core.fsmonitor", str(trap.program))
    plain_git(root / "docs", "status")
    assert trap.sprung()
    with pytest.raises(SourceError):
        open_snapshot(root / "docs")
    assert not trap.sprung()


def test_the_callers_environment_does_not_swap_the_repository(
    victim: Path, make_repository: MakeRepository, trap: Trap, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As inside a git hook, where git sets some of these."""
    other = make_repository({"other.py": ""}, "other")
    for name, value in {
        "GIT_DIR": str(other / ".git"),
        "GIT_WORK_TREE": str(other),
        "GIT_INDEX_FILE": str(other / ".git" / "index"),
        "GIT_OBJECT_DIRECTORY": str(other / ".git" / "objects"),
        "GIT_EXTERNAL_DIFF": str(trap.program),
        "GIT_CONFIG_PARAMETERS": f"'core.fsmonitor'='{trap.program}'",
    }.items():
        monkeypatch.setenv(name, value)
    assert plain_git(victim, "ls-files") == b"other.py\n"
    trap.sprung()
    for rev in (None, "HEAD"):
        assert contents(open_snapshot(victim, rev))["a.py"] == b"a = 2\n"
    assert not trap.sprung()


def test_a_person_may_still_configure_git_by_environment(victim: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(git_process._ENVIRONMENT, "GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(SourceError, match="another user"):
        open_snapshot(victim)
    for name, value in {"COUNT": "1", "KEY_0": "safe.directory", "VALUE_0": "*"}.items():
        monkeypatch.setenv(f"GIT_CONFIG_{name}", value)
    assert "a.py" in open_snapshot(victim).entries


def test_a_work_tree_that_is_somewhere_else(make_repository: MakeRepository, tmp_path: Path) -> None:
    home = tmp_path / "home"
    write_files(home, {".ssh/id": "secret\n"})
    root = make_repository({".ssh/id": "public\n"}, "home/project")
    for place in (str(home), "../.."):
        git(root, "config", "core.worktree", place)
        assert plain_git(root, "diff", "--no-ext-diff").count(b"secret") == 1
        with pytest.raises(SourceError, match=r"core\.worktree"):
            open_snapshot(root)


def test_replaced_objects_and_grafts_do_not_stand_in_for_what_was_committed(victim: Path) -> None:
    blob = git(victim, "rev-parse", "HEAD:a.py").strip()
    git(victim, "replace", blob, git(victim, "rev-parse", "HEAD:b.py").strip())
    head, parent = git(victim, "rev-list", "HEAD").split()
    (victim / ".git" / "info" / "grafts").write_text(f"{head}\n")
    assert plain_git(victim, "cat-file", "-p", "HEAD:a.py") == b"b = 1\n"
    assert len(plain_git(victim, "rev-list", "HEAD").split()) == 1
    assert open_snapshot(victim, "HEAD").read("a.py") == b"a = 2\n"
    assert [commit.sha for commit in History(victim, head).commits()] == [head, parent]


UNSAFE_NAMES = [b"../outside", b"/etc/hostname", b".git/config", b"x/../../outside", b".GIT/config", b"x//y", b"./x"]


def test_an_index_that_names_files_outside(make_repository: MakeRepository, tmp_path: Path) -> None:
    root = make_repository({"a.py": "a\n"})
    (tmp_path / "outside").write_text("secret")
    oid = bytes.fromhex(git(root, "rev-parse", "HEAD:a.py").strip())
    (root / ".git" / "index").write_bytes(write_index(sorted([b"a.py", *UNSAFE_NAMES]), 2, oid))
    snapshot = open_snapshot(root)
    assert list(snapshot.entries) == ["a.py"]
    assert {name.decode() for name in UNSAFE_NAMES} == set(reasons(snapshot))


def test_a_tree_that_names_files_outside(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "a\n"})
    blob = bytes.fromhex(git(root, "rev-parse", "HEAD:a.py").strip())
    names = [b"..", b".git", b"a.py", b"sub/../../x"]
    (root / "tree").write_bytes(b"".join(b"100644 %s\0%s" % (name, blob) for name in names))
    tree = git(root, "hash-object", "-t", "tree", "-w", "--literally", "tree").strip()
    commit = git(root, "commit-tree", tree, "-m", "evil").strip()
    snapshot = open_snapshot(root, commit)
    assert list(snapshot.entries) == ["a.py"]
    assert set(reasons(snapshot)) == {"..", ".git", "sub/../../x"}


def test_an_index_that_lies_about_a_file(make_repository: MakeRepository) -> None:
    """Facts are shared by id: another blob's id must not come to stand for this content."""
    root = make_repository({"a.py": "a = 1\n", "b.py": "b = 2\n"})
    found = os.lstat(root / "a.py")
    other = bytes.fromhex(git(root, "rev-parse", "HEAD:b.py").strip())
    os.utime(root / "a.py", (1_600_000_000, 1_600_000_000))
    found = os.lstat(root / "a.py")
    seconds, nanoseconds = divmod(found.st_ctime_ns, 1_000_000_000)
    row = (seconds, nanoseconds, 1_600_000_000, 0, found.st_dev & 0xFFFFFFFF, found.st_ino, 0o100644, 0, 0, 6)
    entry = struct.pack(">10I20sH", *row, other, 4) + b"a.py"
    data = struct.pack(">4sII", b"DIRC", 2, 1) + entry + b"\0" * (8 - len(entry) % 8) + b"h" * 20
    (root / ".git" / "index").write_bytes(data)
    snapshot = open_snapshot(root)
    assert snapshot.entries["a.py"].oid == other.hex()
    assert snapshot.read("a.py") == b"b = 2\n"


def test_an_index_that_is_a_pipe(make_repository: MakeRepository, within_seconds: WithinSeconds) -> None:
    root = make_repository({"a.py": ""})
    (root / ".git" / "index").unlink()
    os.mkfifo(root / ".git" / "index")
    with pytest.raises(SourceError, match="index"):
        within_seconds(lambda: open_snapshot(root), 60)


@pytest.mark.parametrize("name", ["a.py", ".gitignore"])
def test_a_pipe_in_a_plain_folder(tmp_path: Path, within_seconds: WithinSeconds, name: str) -> None:
    write_files(tmp_path, {"b.py": ""})
    os.mkfifo(tmp_path / name)
    within_seconds(lambda: open_snapshot(tmp_path), 60)
    snapshot = open_snapshot(tmp_path)
    assert list(snapshot.entries) == ["b.py"]
    assert "never opened" in reasons(snapshot)[name]


def test_git_that_waits_for_ever_is_stopped(victim: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(victim / "excludes")
    git(victim, "config", "core.excludesFile", str(victim / "excludes"))
    monkeypatch.setattr(git_process, "DEFAULT_TIMEOUT_S", 0.3)
    with pytest.raises(SourceError, match="too long"):
        git_process.run_git(victim, "ls-files", "--others", "--exclude-standard", timeout_s=0.3)


def test_patterns_that_take_for_ever(tmp_path: Path, within_seconds: WithinSeconds) -> None:
    rules = "\n".join(["*a" * 100 + "b", "**/" + "*a*/**/" * 50 + "b", "*.log"])
    write_files(tmp_path, {".gitignore": rules, "a" * 200: "", "a/" * 60 + "x.log": "", "a/" * 60 + "x.py": ""})
    within_seconds(lambda: open_snapshot(tmp_path), 60)
    assert sorted(open_snapshot(tmp_path).entries) == [".gitignore", "a/" * 60 + "x.py", "a" * 200]


def test_folders_without_bottom(tmp_path: Path, within_seconds: WithinSeconds) -> None:
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(400):  # 4400 bytes of path are more than the system takes at once
        os.mkdir("d" * 10, dir_fd=here)
        below = os.open("d" * 10, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    within_seconds(lambda: open_snapshot(tmp_path), 60)
    assert "too long" in open_snapshot(tmp_path).issues[0].reason


def test_a_repository_is_left_as_it_was(victim: Path) -> None:
    def state() -> dict[str, tuple[int, int]]:
        found = (path for path in (victim / ".git").rglob("*") if path.is_file())
        return {str(path): (path.lstat().st_mtime_ns, path.lstat().st_size) for path in found}

    os.utime(victim / "a.py", (1_600_000_000, 1_600_000_000))
    before = state()
    look_at_everything(victim)
    assert state() == before
