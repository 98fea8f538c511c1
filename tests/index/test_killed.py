"""Indexing that is killed again and again, and what is left of it."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from rlm_code.codebase.host import HostQueries
from rlm_code.codebase.open import open_host
from tests.conftest import MakeRepository
from tests.index.test_build import big_repository, start_indexer

KILLS = 100


def everything(queries: HostQueries) -> list[object]:
    """What every query says of a sample of all definitions, and of all files."""
    files = queries.files()
    sample = [row for file in files[::20] for row in queries.outline(file.path)[::25]]
    asked = (
        (
            queries.find(row.name, None, 50),
            queries.references(row.path, row.name_start, None, False, 10_000),
            queries.outgoing(row.path, row.name_start, None),
            queries.details(row.path, row.name_start),
        )
        for row in sample
    )
    return [files, *asked, queries.symbols("f1", None, None, 10_000), queries.rank("where is f7", 20)]


@pytest.mark.slow
def test_after_a_hundred_kills_every_query_equals_that_of_a_fresh_build(
    make_repository: MakeRepository, tmp_path: Path
) -> None:
    root = big_repository(make_repository)
    chance = random.Random(0)
    ended, whole_s = 0, 0.8  # what a run takes, as the quickest shows
    for number in range(KILLS):
        for changed in chance.sample(range(200), 60):
            with (root / f"pkg/m{changed}.py").open("a") as file:
                file.write(f"def f{changed}_{number}():\n    return f{changed}(g7, {number})\n\n")
        started = time.monotonic()
        process = start_indexer(root, tmp_path / "cache")
        try:
            process.wait(chance.uniform(0.05, 1) * whole_s)
            ended, whole_s = ended + 1, min(whole_s, time.monotonic() - started)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.communicate()
    assert ended < KILLS / 2, "most runs were killed while they worked"
    survivor = open_host(root, cache_dir=tmp_path / "cache")
    fresh = open_host(root, cache_dir=tmp_path / "fresh")
    assert survivor.notices == ()
    assert everything(survivor) == everything(fresh)
    for queries in (survivor, fresh):
        queries.close()
