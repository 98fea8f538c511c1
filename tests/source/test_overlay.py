"""Unsaved buffers over a snapshot make another snapshot."""

from __future__ import annotations

import pickle

import pytest

from rlm_code.errors import SourceError
from rlm_code.source import oid_of, open_snapshot, with_overlay
from tests.conftest import MakeRepository, write_files
from tests.source.conftest import contents


def test_buffers_replace_and_add_files_and_leave_the_snapshot_below_alone(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "a\n", "m.py": "m\n"})
    below = open_snapshot(root)
    above = with_overlay(below, {"a.py": b"unsaved\n", "b.py": b"new\n"})
    assert contents(above) == {"a.py": b"unsaved\n", "b.py": b"new\n", "m.py": b"m\n"}
    assert list(above.entries) == ["a.py", "b.py", "m.py"]
    assert above.entries["a.py"] == ("a.py", oid_of(b"unsaved\n"), 8, "file", False)
    assert (above.root, above.commit, above.label) == (below.root, below.commit, below.label)
    assert contents(below) == {"a.py": b"a\n", "m.py": b"m\n"}


def test_a_buffer_that_equals_the_committed_file_counts_as_committed(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "a\n", "b.py": "b\n"})
    write_files(root, {"b.py": "changed\n"})
    above = with_overlay(open_snapshot(root), {"a.py": b"a\n", "b.py": b"changed\n"})
    assert [entry.committed for entry in above.entries.values()] == [True, False]


def test_overlays_stack_and_change_nothing_that_was_handed_in(make_repository: MakeRepository) -> None:
    buffers = {"a.py": b"one\n"}
    first = with_overlay(open_snapshot(make_repository({"a.py": "a\n", "b.py": "b\n"}), "HEAD"), buffers)
    second = with_overlay(first, {"b.py": b"two\n"})
    buffers["a.py"] = b"later\n"
    assert contents(second) == {"a.py": b"one\n", "b.py": b"two\n"}
    assert contents(first) == {"a.py": b"one\n", "b.py": b"b\n"}
    assert contents(pickle.loads(pickle.dumps(second))) == contents(second)
    second.close()


def test_reading_many_keeps_the_order_asked_for(make_repository: MakeRepository) -> None:
    root = make_repository({f"{number:03}.py": f"{number}\n" for number in range(150)})
    above = with_overlay(open_snapshot(root, "HEAD"), {"075.py": b"unsaved\n", "new.py": b"new\n"})
    asked = ["149.py", "missing", "075.py", "new.py", *[f"{number:03}.py" for number in range(148, -1, -1)]]
    answers = list(above.read_many(asked))
    assert [path for path, _ in answers] == asked
    assert isinstance(answers[1][1], SourceError)
    assert [answer for _, answer in answers[2:5]] == [b"unsaved\n", b"new\n", b"148\n"]


@pytest.mark.parametrize("path", ["/etc/passwd", "../x", "a/../../x", "", "a//b", ".git/config"])
def test_a_buffer_outside_the_root_is_refused(make_repository: MakeRepository, path: str) -> None:
    with pytest.raises(SourceError, match="not a path below"):
        with_overlay(open_snapshot(make_repository({"a.py": ""})), {path: b""})
