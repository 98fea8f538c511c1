"""The index follows the snapshot: only what is new is parsed, whatever happens meanwhile, and nothing goes unsaid."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rlm_code.index.opening import open_index
from rlm_code.index.renewal import Change
from rlm_code.index.snapshot_index import SnapshotIndex
from rlm_code.index.store import StoreError
from rlm_code.source import open_snapshot
from tests.conftest import MakeRepository, git, write_files


def index_of(root: Path, cache: Path, rev: str | None = None) -> SnapshotIndex:
    index, notices = open_index(open_snapshot(root, rev), cache)
    assert notices == []
    return index


def facts_of(index: SnapshotIndex) -> dict[str, object]:
    """Everything that can be asked of an index, by path, independent of how it came about."""
    return {
        path: (
            index.row(path)._replace(id=0),
            index.view(path).definitions,
            index.view(path).uses.all(),
            index.view(path).imports,
            index.view(path).line_starts,
        )
        for path in index.keys
    }


def names_of(index: SnapshotIndex) -> dict[str, tuple[list[str], list[str]]]:
    names = {definition.name for path in index.keys for definition in index.view(path).definitions}
    names |= {use.name for path in index.keys for use in index.view(path).uses.all()}
    return {name: (list(index.defining(name)), list(index.using(name))) for name in sorted(names)}


def test_every_file_has_a_status(make_repository: MakeRepository, tmp_path: Path) -> None:
    files = {
        "a.py": "def f():\n    return g()\n",
        "broken.py": "def (:\n",
        "notes.txt": "hello\n",
        "empty.py": "",
        "picture.bin": b"\0\1\2",
        "huge.py": "x = 1\n" * 400_000,
        "huge.json": "[" + "1,\n" * 800_000 + "1]\n",
    }
    root = make_repository(files)
    index = index_of(root, tmp_path / "cache")
    statuses = {path: index.row(path).status for path in index.keys}
    assert statuses == {
        "a.py": "parsed",
        "broken.py": "partial",
        "notes.txt": "text",
        "empty.py": "parsed",
        "picture.bin": "binary",
        "huge.py": "too_large",
        "huge.json": "text",
    }
    assert "2,400,000 bytes" in index.row("huge.py").detail
    assert "2,400,004 bytes" in index.row("huge.json").detail
    assert [index.row(path).line_count for path in ("a.py", "notes.txt", "empty.py")] == [2, 1, 0]
    assert list(index.defining("f")) == ["a.py"]
    assert list(index.using("g")) == ["a.py"]


def test_only_what_changed_is_parsed_again(make_repository: MakeRepository, tmp_path: Path) -> None:
    root = make_repository({"a.py": "def a(): pass\n", "b.py": "def b(): pass\n"})
    index_of(root, tmp_path / "cache")
    write_files(root, {"b.py": "def c(): pass\n"})
    told: list[tuple[int, int]] = []
    index, _ = open_index(open_snapshot(root), tmp_path / "cache", lambda done, total: told.append((done, total)))
    assert told == [(0, 1), (1, 1)]
    assert list(index.defining("b")) == []
    assert list(index.defining("c")) == ["b.py"]


def test_revisions_and_work_trees_share_facts(make_repository: MakeRepository, tmp_path: Path) -> None:
    root = make_repository({"a.py": "def a(): pass\n"})
    git(root, "worktree", "add", "-q", str(tmp_path / "other"), "-b", "other")
    index_of(root, tmp_path / "cache")
    told: list[tuple[int, int]] = []
    for snapshot in (open_snapshot(root, "HEAD"), open_snapshot(tmp_path / "other")):
        index, _ = open_index(snapshot, tmp_path / "cache", lambda done, total: told.append((done, total)))
        assert list(index.defining("a")) == ["a.py"]
    assert told == []
    assert len(list((tmp_path / "cache" / "index").iterdir())) == 1


def test_an_index_renewed_after_edits_equals_a_fresh_one(make_repository: MakeRepository, tmp_path: Path) -> None:
    root = make_repository({"a.py": "def a(): pass\n", "b.py": "import a\na.a()\n", "c.py": "c = 1\n"})
    index = index_of(root, tmp_path / "kept")
    facts_of(index)
    write_files(root, {"b.py": "import a\na.a(1)\n", "d.py": "def d(): pass\n"})
    git(root, "rm", "-q", "--cached", "c.py")
    git(root, "add", "d.py")
    told: list[tuple[int, int]] = []
    change = Change({"b.py", "c.py", "d.py"})
    renewed, difference = index.renewed(open_snapshot(root), change, lambda done, total: told.append((done, total)))
    fresh = index_of(root, tmp_path / "fresh")
    assert told == [(0, 2), (2, 2)]
    assert difference.changed == {"b.py", "c.py", "d.py"}
    assert facts_of(renewed) == facts_of(fresh)
    assert names_of(renewed) == names_of(fresh)


def test_two_files_with_one_content_are_both_found(make_repository: MakeRepository, tmp_path: Path) -> None:
    root = make_repository({"a.py": "def a(): pass\n", "copy/a.py": "def a(): pass\n"})
    assert list(index_of(root, tmp_path / "cache").defining("a")) == ["a.py", "copy/a.py"]


def test_a_cancelled_build_keeps_what_it_has_and_the_next_one_ends_it(
    make_repository: MakeRepository, tmp_path: Path
) -> None:
    root = make_repository({f"m{number}.py": f"def f{number}(): pass\n" for number in range(250)})

    def cancel(done: int, total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        open_index(open_snapshot(root), tmp_path / "cache", cancel)
    index = index_of(root, tmp_path / "cache")
    assert all(list(index.defining(f"f{number}")) == [f"m{number}.py"] for number in range(250))


def big_repository(make_repository: MakeRepository) -> Path:
    """Enough code that worker processes are worth it."""
    body = "".join(f"def f{line}(a, b):\n    return g{line}(a) + b\n\n" for line in range(130))
    return make_repository({f"pkg/m{number}.py": f"import m{number}\n{body}" for number in range(200)})


def test_worker_processes_find_what_one_process_finds(
    make_repository: MakeRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = big_repository(make_repository)
    parallel = index_of(root, tmp_path / "parallel")
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    alone = index_of(root, tmp_path / "alone")
    assert facts_of(parallel) == facts_of(alone)
    assert names_of(parallel) == names_of(alone)


INDEXER = """
import sys
from pathlib import Path
from rlm_code.index.opening import open_index
from rlm_code.index.renewal import Change
from rlm_code.index.store import StoreError
from rlm_code.source import open_snapshot
index, notices = open_index(open_snapshot(sys.argv[1]), Path(sys.argv[2]))
print(notices, len(list(index.using("g7"))))
"""


def start_indexer(root: Path, cache: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", INDEXER, str(root), str(cache)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.slow
def test_processes_that_index_at_once_agree(make_repository: MakeRepository, tmp_path: Path) -> None:
    root = big_repository(make_repository)
    processes = [start_indexer(root, tmp_path / "cache") for _ in range(3)]
    outputs = [process.communicate(timeout=60) for process in processes]
    assert outputs == [("[] 200\n", "")] * 3
    index = index_of(root, tmp_path / "cache")
    assert len(list(index.using("g7"))) == 200


def test_a_script_without_a_main_guard_can_index(make_repository: MakeRepository, tmp_path: Path) -> None:
    root = big_repository(make_repository)
    script = tmp_path / "script.py"
    script.write_text(INDEXER)
    command = [sys.executable, str(script), str(root), str(tmp_path / "cache")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert (done.stdout, done.stderr) == ("[] 200\n", "")


def test_damage_is_repaired_and_said(make_repository: MakeRepository, tmp_path: Path) -> None:
    root = make_repository({f"m{number}.py": f"def f{number}(): pass\n" for number in range(200)})
    index_of(root, tmp_path / "cache").store.close()
    (database,) = (tmp_path / "cache").rglob("facts-*.sqlite")
    data = bytearray(database.read_bytes())
    data[8192:] = b"\xa5" * (len(data) - 8192)
    database.write_bytes(data)
    index, notices = open_index(open_snapshot(root), tmp_path / "cache")
    assert any("built anew" in notice for notice in notices)
    assert list(index.defining("f7")) == ["m7.py"]


def test_damage_found_by_a_query_is_repaired_when_the_index_is_next_opened(
    make_repository: MakeRepository, tmp_path: Path
) -> None:
    root = make_repository({f"m{number}.py": f"def f{number}(): pass\n" for number in range(200)})
    index_of(root, tmp_path / "cache").store.close()
    (database,) = (tmp_path / "cache").rglob("facts-*.sqlite")
    data = bytearray(database.read_bytes())
    for start in range(0, len(data) - 4096, 4096):  # every page that holds names: leaves of the tree of `name`
        if data[start] == 10 and b"f7" in data[start : start + 4096]:
            data[start : start + 4096] = b"\xa5" * 4096
    database.write_bytes(data)
    index = index_of(root, tmp_path / "cache")
    with pytest.raises(StoreError, match="run again"):
        index.names_defined("f%")
    assert index_of(root, tmp_path / "cache").defining("f7") == ["m7.py"]


def test_a_cache_that_cannot_be_written_is_said_and_costs_no_answer(
    make_repository: MakeRepository, tmp_path: Path
) -> None:
    root = make_repository({"a.py": "def a(): pass\n"})
    (tmp_path / "cache").write_text("")
    index, notices = open_index(open_snapshot(root), tmp_path / "cache")
    assert "kept in memory" in notices[0]
    assert list(index.defining("a")) == ["a.py"]


sources = st.lists(
    st.sampled_from(["def f():\n    g()\n", "class A(B):\n    x = 1\n", "import m0\nm0.f()\n", "f(\n", "\n", "# é\n"]),
    max_size=4,
).map("".join)
edits = st.lists(
    st.tuples(st.sampled_from(["m0.py", "m1.py", "d/m2.py", "n.txt"]), st.none() | sources), min_size=1, max_size=5
)


@settings(max_examples=12)
@given(st.lists(edits, min_size=1, max_size=3))
def test_an_index_kept_up_to_date_equals_a_fresh_one(
    tmp_path: Path, rounds: list[list[tuple[str, str | None]]]
) -> None:
    root = tmp_path / "folder"
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    for number, changes in enumerate(rounds):
        for path, content in changes:
            (root / path).parent.mkdir(exist_ok=True)
            if content is None:
                (root / path).unlink(missing_ok=True)
            else:
                (root / path).write_text(content)
        kept = index_of(root, tmp_path / "kept")
        fresh = index_of(root, tmp_path / f"fresh{number}")
        assert facts_of(kept) == facts_of(fresh)
        assert names_of(kept) == names_of(fresh)
        shutil.rmtree(tmp_path / f"fresh{number}")
