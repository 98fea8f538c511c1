"""Whatever a cell blows up, it ends as a result in bounded time and memory, and the next cell runs."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from rlm_code.sandbox import Sandbox, open_sandbox
from tests.sandbox.bombs import BOMBS
from tests.sandbox.conftest import descriptors, namespace

pytestmark = pytest.mark.slow

ALL = [pytest.param(code, id=f"{kind}: {name}") for kind, bombs in BOMBS.items() for name, code in bombs.items()]
TIMEOUT_S = 1.0
MEMORY_BYTES = 256 << 20


@pytest.fixture(scope="module")
def bombed() -> Iterator[Sandbox]:
    sandbox = open_sandbox(namespace(), "confined", memory_bytes=MEMORY_BYTES, shown_chars=5000)
    yield sandbox
    sandbox.close()


def peak_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.parametrize("code", ALL)
def test_a_bomb_hurts_nobody_else(code: str, bombed: Sandbox) -> None:
    bombed.run("", 5)
    before, open_before, start = max(peak_bytes(), resident_bytes()), len(descriptors()), time.monotonic()
    result = bombed.run(code, TIMEOUT_S)
    took = time.monotonic() - start
    assert result.status in ("ok", "error", "timeout", "killed")
    assert took < TIMEOUT_S + 2.5, result
    assert peak_bytes() - before < 64 << 20
    for text in (result.output, result.value or "", result.error or ""):
        assert len(text) < 20_000
        text.encode()
    if result.status == "timeout":
        assert "variables kept" in (result.error or "")
    after = bombed.run("1 + 1", 10)
    if after.status == "killed":  # found dead only now
        after = bombed.run("1 + 1", 10)
    assert (after.status, after.value) == ("ok", "2")
    assert len(descriptors()) <= open_before + 8  # a spare may have come meanwhile
