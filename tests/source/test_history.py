"""Commits and blame say what git says, parsed."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from rlm_code.errors import SourceError
from rlm_code.source import git_process
from rlm_code.source.history import History
from rlm_code.source.log_format import Change
from tests.conftest import MakeRepository, git, write_files


def commit(root: Path, message: str, files: Mapping[str, str | bytes], day: int = 2) -> str:
    """Commit `files`, and all that changed besides, on a day of January 2026 at noon; gives the commit's id."""
    write_files(root, files)
    git(root, "add", "--all")
    names = {"NAME": "Grace H\u00f6pper", "EMAIL": "grace@example.org", "DATE": f"2026-01-{day:02}T12:00:00+01:00"}
    environment = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in names.items()}
    command = ["git", "-C", str(root), "commit", "--quiet", "--allow-empty", "--allow-empty-message", "--file=-"]
    subprocess.run(command, input=message.encode(), env=os.environ | environment, check=True)
    return git(root, "rev-parse", "HEAD").strip()


def history(root: Path) -> History:
    return History(root, git(root, "rev-parse", "HEAD").strip())


def subjects(commits: list) -> list[str]:  # type: ignore[type-arg]
    return [commit.subject for commit in commits]


def test_a_commit_is_told_whole(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "a\n", "b.py": "b\n"})
    (root / "b.py").unlink()
    message = "Change a\n\nBecause of \u00fc.\n\nSecond paragraph, with \u2028 odd \x01 bytes.\n"
    sha = commit(root, message, {"a.py": "a2\n", "sub/c d.py": "c\n"})
    told = history(root).commits()[0]
    assert told == (
        sha,
        "2026-01-02T12:00:00+01:00",
        "Grace H\u00f6pper",
        "Change a",
        "Because of \u00fc.\n\nSecond paragraph, with \u2028 odd \x01 bytes.",
        (Change("modified", "a.py", None), Change("deleted", "b.py", None), Change("added", "sub/c d.py", None)),
    )
    assert history(root).commit(sha[:10]) == history(root).commit("HEAD") == told


def test_commits_come_newest_first_up_to_the_limit(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": ""})
    for number in range(5):
        commit(root, f"change {number}", {"a.py": f"{number}\n"})
    assert subjects(history(root).commits(limit=3)) == ["change 4", "change 3", "change 2"]
    assert subjects(history(root).commits())[-1] == "first"
    assert history(root).commits()[-1].changes == (Change("added", "a.py", None),)


def test_messages_and_names_of_any_form_do_not_confuse(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": ""})
    odd = os.fsdecode(b"M\xff\nA\t")
    shas = [
        commit(root, "", {"M": "1"}),
        commit(root, "\n\nM\n\nA\n" + "0" * 40 + "\n", {"A": "", odd: ""}),
        commit(root, "only changes nothing", {}),
    ]
    told = history(root).commits(limit=3)
    assert [item.sha for item in told] == shas[::-1]
    assert [len(item.changes) for item in told] == [0, 2, 1]
    assert told[1].changes[1].path == "M\udcff\nA\t"
    assert told[2].subject == told[2].body == ""


def test_a_commit_in_another_encoding_is_told_in_unicode(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": ""})
    git(root, "config", "i18n.commitEncoding", "ISO-8859-1")
    command = ["git", "-C", str(root), "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet"]
    subprocess.run([*command, "--allow-empty", "--file=-"], input="caf\u00e9".encode("latin-1"), check=True)
    assert history(root).commits()[0].subject == "caf\u00e9"


def test_a_merge_is_a_commit_without_changes_of_its_own(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "a\n"})
    git(root, "checkout", "--quiet", "-b", "side")
    commit(root, "side", {"b.py": "b\n"})
    git(root, "checkout", "--quiet", "main")
    commit(root, "main", {"c.py": "c\n"})
    git(root, "config", "log.diffMerges", "first-parent")
    git(root, "merge", "--quiet", "-m", "merge", "side")
    merged = history(root).commits()
    assert sorted(subjects(merged)) == ["first", "main", "merge", "side"]
    assert merged[0].changes == ()


def test_a_files_commits_follow_it_through_renames(make_repository: MakeRepository) -> None:
    body = "".join(f"line {number}\n" for number in range(30))
    root = make_repository({"old.py": body, "other.py": ""})
    commit(root, "other", {"other.py": "x\n"})
    (root / "old.py").unlink()
    commit(root, "move", {"new.py": body})
    commit(root, "edit", {"new.py": body + "more\n", "other.py": "y\n"})
    told = history(root).commits("new.py")
    assert [(item.subject, item.changes) for item in told] == [
        ("edit", (Change("modified", "new.py", None),)),
        ("move", (Change("renamed", "new.py", "old.py"),)),
        ("first", (Change("added", "old.py", None),)),
    ]


def test_commits_of_a_folder_and_of_a_deleted_file(make_repository: MakeRepository) -> None:
    root = make_repository({"pkg/a.py": "a\n", "b.py": "b\n"})
    commit(root, "b", {"b.py": "b2\n"})
    commit(root, "pkg", {"pkg/c.py": "c\n"})
    (root / "b.py").unlink()
    commit(root, "gone", {})
    assert subjects(history(root).commits("pkg")) == ["pkg", "first"]
    assert subjects(history(root).commits("b.py")) == ["gone", "b", "first"]
    assert history(root).commits("never.py") == []


def test_paths_are_names_and_not_patterns(make_repository: MakeRepository) -> None:
    root = make_repository({"*.py": "star\n", "a.py": "a\n", ":(top)x": "", "-n": ""})
    commit(root, "a", {"a.py": "a2\n"})
    for path in ("*.py", ":(top)x", "-n"):
        assert subjects(history(root).commits(path)) == ["first"]
    assert history(root).blame("*.py", 1, 1)[0].commit.subject == "first"


def test_commits_of_lines(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "one\ntwo\nthree\nfour\n"})
    commit(root, "two", {"a.py": "one\ntwo changed\nthree\nfour\n", "b.py": ""})
    commit(root, "four", {"a.py": "zero\none\ntwo changed\nthree\nfour changed\n"})
    told = history(root).commits("a.py", (3, 3))
    assert subjects(told) == ["two", "first"]
    assert [change.path for change in told[0].changes] == ["a.py", "b.py"]
    assert subjects(history(root).commits("a.py", (1, 5), limit=1)) == ["four"]


def test_blame_tells_who_last_changed_each_line(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "one\ntwo\nthree\nfour\nfive\n"})
    sha = commit(root, "middle\n\nwhy", {"a.py": "one\n2\n3\nfour\nfive\n"})
    blamed = history(root).blame("a.py", 1, 4)
    assert [(lines.start_line, lines.end_line, lines.commit.subject) for lines in blamed] == [
        (1, 1, "first"),
        (2, 3, "middle"),
        (4, 4, "first"),
    ]
    assert (blamed[1].commit.sha, blamed[1].commit.body) == (sha, "why")


def test_blame_is_of_the_commit_and_not_of_changes_on_disk(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "one\ntwo\n"})
    write_files(root, {"a.py": "new\none\ntwo\n"})
    assert [(lines.start_line, lines.end_line) for lines in history(root).blame("a.py", 1, 2)] == [(1, 2)]


def test_bounds_are_dates_or_revisions(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": ""})
    for day in (5, 6, 7, 8):
        commit(root, f"day {day}", {"a.py": f"{day}"}, day)
        git(root, "tag", f"v{day}")
    commits = history(root).commits
    assert subjects(commits(since="2026-01-06", until="2026-01-07")) == ["day 7", "day 6"]
    assert subjects(commits(since="2026-01-07T11:30:00+00:00")) == ["day 8"]
    assert subjects(commits(until="2026-01-05T11:00:00+00:00")) == ["day 5", "first"]
    assert subjects(commits(since="v6")) == ["day 8", "day 7"]
    assert subjects(commits(since="v5", until="v7", limit=5)) == ["day 7", "day 6"]
    assert subjects(commits("a.py", since="v7")) == ["day 8"]


def test_a_shallow_clone_says_so(make_repository: MakeRepository, tmp_path: Path) -> None:
    root = make_repository({"a.py": "a\n"})
    commit(root, "second", {"a.py": "b\n"})
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{root}", "shallow")
    assert history(tmp_path / "shallow").is_shallow()
    assert subjects(history(tmp_path / "shallow").commits()) == ["second"]
    assert not history(root).is_shallow()


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda h: h.commits(limit=0), "limit"),
        (lambda h: h.commits(limit=10**9), "limit"),
        (lambda h: h.commits(lines=(1, 2)), "path"),
        (lambda h: h.commits("a.py", (2, 1)), "no range"),
        (lambda h: h.commits("a.py", (0, 1)), "no range"),
        (lambda h: h.commits("a.py", (7, 9)), "has only"),
        (lambda h: h.commits("missing.py", (1, 1)), "missing.py"),
        (lambda h: h.commits("../outside"), "outside"),
        (lambda h: h.commits(since="no such thing"), "no such thing"),
        (lambda h: h.commits(until="2026-13-45"), "not a date"),
        (lambda h: h.commit("nothing"), "nothing"),
        (lambda h: h.commit("--all"), "not a revision"),
        (lambda h: h.blame("missing.py", 1, 1), "missing.py"),
        (lambda h: h.blame("a.py", 3, 9), "has only"),
        (lambda h: h.blame("a.py", 0, 9), "no range"),
    ],
)
def test_what_cannot_be_asked_is_one_clear_error(make_repository: MakeRepository, ask, message: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(SourceError, match=message) as caught:
        ask(history(make_repository({"a.py": "one\ntwo\n"})))
    assert caught.value.hint


def test_a_question_that_takes_too_long_is_stopped(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "a\n"})
    slow = History(root, git(root, "rev-parse", "HEAD").strip(), timeout_s=0)
    with pytest.raises(SourceError, match="too long"):
        slow.commits()


def test_settings_of_the_repository_do_not_change_the_answers(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "one\n"})
    commit(root, "second", {"a.py": "one\ntwo\n", "b.py": ""})
    (root / ".git" / "ignored").write_text(git(root, "rev-parse", "HEAD"))
    before = history(root).commits(), history(root).commits("a.py"), history(root).blame("a.py", 1, 2)
    for key, value in {
        "log.showRoot": "false",
        "log.follow": "true",
        "log.decorate": "full",
        "log.date": "relative",
        "color.ui": "always",
        "diff.noprefix": "true",
        "diff.orderFile": "missing",
        "diff.renames": "copies",
        "diff.relative": "true",
        "format.pretty": "oneline",
        "blame.ignoreRevsFile": ".git/ignored",
        "blame.coloring": "highlightRecent",
        "core.quotePath": "true",
        "i18n.logOutputEncoding": "UTF-16",
        "mailmap.file": "/dev/zero",
    }.items():
        git(root, "config", key, value)
    assert before == (history(root).commits(), history(root).commits("a.py"), history(root).blame("a.py", 1, 2))


def test_a_list_of_ignored_revisions_that_is_missing_is_a_clear_error(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "one\n"})
    git(root, "config", "blame.ignoreRevsFile", "missing")
    with pytest.raises(SourceError, match=r"blame\.ignoreRevsFile"):
        history(root).blame("a.py", 1, 1)


def test_names_follow_the_mailmap(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "a\n"})
    commit(root, "second", {".mailmap": "Grace Hopper <grace@example.org>\n"})
    assert history(root).commits(limit=1)[0].author == "Grace Hopper"


def test_long_answers_are_cut_off(make_repository: MakeRepository, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_repository({"a.py": "a\n"})
    for number in range(3):
        commit(root, "x" * 1000, {"a.py": f"{number}"})
    monkeypatch.setattr(git_process, "_OUTPUT_LIMIT_BYTES", 100)
    monkeypatch.setattr(git_process, "_CHUNK_BYTES", 100)
    with pytest.raises(SourceError, match="more than"):
        history(root).commits()


def test_a_diff_is_that_of_one_commit_and_of_one_path_if_wanted(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "a\n", "b/c.py": "c\n"})
    sha = commit(root, "both", {"a.py": "a2\n", "b/c.py": "c2\n"})
    told = history(root).diff(sha[:8]).decode()
    assert "-a\n+a2\n" in told
    assert "-c\n+c2\n" in told
    assert "a2" not in history(root).diff(sha, "b").decode()
    assert "+c\n" in history(root).diff("HEAD~1").decode()
    with pytest.raises(SourceError, match="nope"):
        history(root).diff("nope")


def test_a_merge_tells_what_it_brought_in(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "a\n"})
    git(root, "checkout", "-q", "-b", "side")
    commit(root, "side", {"b.py": "b\n"})
    git(root, "checkout", "-q", "-")
    commit(root, "main", {"c.py": "c\n"})
    git(root, "merge", "-q", "--no-ff", "-m", "merge", "side")
    told = history(root).diff("HEAD").decode()
    assert "+b\n" in told
    assert "c.py" not in told


def test_commits_that_added_or_removed_a_text(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "keep\n"})
    commit(root, "add", {"a.py": "keep\nwanted()\n"})
    commit(root, "touch", {"a.py": "keep it\nwanted()\n"})
    commit(root, "remove", {"a.py": "keep it\n"})
    (root / "a.py").unlink()
    commit(root, "delete", {})
    assert subjects(history(root).commits(text="wanted()")) == ["remove", "add"]
    assert subjects(history(root).commits("a.py", text="wanted()")) == ["remove", "add"]
    assert subjects(history(root).commits("a.py", text="--wanted")) == []
