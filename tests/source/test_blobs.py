"""Blobs come from one process that starts late, is shared, and goes away."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from rlm_code.errors import SourceError
from rlm_code.source import oid_of, open_snapshot
from rlm_code.source.blobs import BlobReader, Wanted
from tests.conftest import MakeRepository, git
from tests.processes import eventually, has_ended, own_children


def wanted(*data: bytes) -> list[Wanted]:
    return [Wanted(oid_of(item), len(item)) for item in data]


def test_the_process_starts_with_the_first_read_and_ends_on_close(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "a\n"})
    before = own_children()
    snapshot = open_snapshot(root, "HEAD")
    assert own_children() <= before
    assert snapshot.read("a.py") == b"a\n"
    assert len(own_children() - before) == 1
    snapshot.read("a.py")
    assert len(own_children() - before) == 1
    snapshot.close()
    assert own_children() <= before
    assert snapshot.read("a.py") == b"a\n"
    snapshot.close()
    snapshot.close()


def test_a_snapshot_that_nobody_holds_ends_its_process(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "a\n"})
    before = own_children()
    snapshot = open_snapshot(root, "HEAD")
    snapshot.read("a.py")
    del snapshot
    gc.collect()
    assert own_children() <= before


def test_a_program_that_ends_leaves_no_process(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "a\n"})
    code = (
        "import sys, os; from pathlib import Path; from rlm_code.source import open_snapshot\n"
        "s = open_snapshot(sys.argv[1], 'HEAD'); s.read('a.py')\n"
        "print(Path(f'/proc/self/task/{os.getpid()}/children').read_text())"
    )
    pid = subprocess.run([sys.executable, "-c", code, str(root)], capture_output=True, check=True, text=True).stdout
    eventually(lambda: has_ended(int(pid)))


def test_a_process_that_died_is_replaced(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "a\n"})
    snapshot = open_snapshot(root, "HEAD")
    before = own_children()
    snapshot.read("a.py")
    (pid,) = own_children() - before
    os.kill(pid, 9)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    assert snapshot.read("a.py") == b"a\n"


def test_many_blobs_of_all_sizes_come_in_order(make_repository: MakeRepository) -> None:
    data = [os.urandom(size) for size in (0, 1, 10, 70_000, 3_000_000, 5)] + [b"%d" % number for number in range(300)]
    root = make_repository({f"{number}.bin": item for number, item in enumerate(data)})
    assert BlobReader(root, "sha1").read(wanted(*data)) == data


def test_what_is_missing_or_no_blob_is_an_error_in_its_place(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": "a\n"})
    tree = Wanted(git(root, "rev-parse", "HEAD^{tree}").strip(), 10_000)
    results = BlobReader(root, "sha1").read([*wanted(b"missing", b"a\n"), tree, *wanted(b"a\n")])
    assert [isinstance(result, SourceError) for result in results] == [True, False, True, False]


def test_a_blob_larger_than_expected_is_refused_and_the_rest_still_comes(make_repository: MakeRepository) -> None:
    large = os.urandom(2_000_000)
    root = make_repository({"large": large, "a.py": "a\n"})
    refused, kept = BlobReader(root, "sha1").read([Wanted(oid_of(large), 1000), *wanted(b"a\n")])
    assert isinstance(refused, SourceError)
    assert "more than the 1000 expected" in refused.message
    assert kept == b"a\n"


def test_threads_share_one_reader(make_repository: MakeRepository) -> None:
    data = [b"%d\n" % number * 1000 for number in range(40)]
    reader = BlobReader(make_repository({f"{number}": item for number, item in enumerate(data)}), "sha1")
    failures: list[object] = []

    def read(offset: int) -> None:
        for _ in range(5):
            shifted = data[offset:] + data[:offset]
            if reader.read(wanted(*shifted)) != shifted:
                failures.append(offset)

    threads = [threading.Thread(target=read, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    assert not failures


def test_a_repository_that_is_gone_is_an_error(make_repository: MakeRepository, tmp_path: Path) -> None:
    root = make_repository({"a.py": "a\n"})
    snapshot = open_snapshot(root, "HEAD")
    root.rename(tmp_path / "moved")
    with pytest.raises(SourceError):
        snapshot.read("a.py")
