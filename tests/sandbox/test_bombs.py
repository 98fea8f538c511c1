"""Whatever a cell blows up, it ends as a result in bounded time and memory, and the next cell runs."""

from __future__ import annotations

import gc
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from rlm_code.sandbox import Sandbox, open_sandbox
from tests.processes import eventually, held
from tests.sandbox.bombs import BOMBS
from tests.sandbox.conftest import namespace

pytestmark = pytest.mark.slow

ALL = [pytest.param(code, id=f"{kind}: {name}") for kind, bombs in BOMBS.items() for name, code in bombs.items()]
ROOT = Path(__file__).parents[2]
SIGNS = ("Error", "Group", "DIED OF", "FLOODED", "SystemExit")
# These are about what a host is told, and do nothing where there is none.
QUIET = {
    "a long name",
    "many names",
    "names that are none",
    "surrogates",
    "NUL",
    "a long value",
    "a long list as value",
}
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
    gc.collect()
    things, before, start = held(), max(peak_bytes(), resident_bytes()), time.monotonic()
    result = bombed.run(code, TIMEOUT_S)
    took = time.monotonic() - start
    assert result.status in ("ok", "error", "timeout", "killed")
    assert took < TIMEOUT_S + 30, result
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
    eventually(lambda: len(held()) <= len(things))  # another worker may be there, with pipes of its own


@pytest.mark.parametrize("kind", ["memory", "parser", "depth", "output"])
def test_the_bombs_go_off_outside(kind: str, tmp_path: Path) -> None:
    """A bomb that would do nothing in a plain child proves nothing."""
    codes = {name: code for name, code in BOMBS[kind].items() if "host." not in code and name not in QUIET}
    ran = subprocess.run(
        [sys.executable, "-m", "tests.sandbox.control", "bombs"],
        input=json.dumps(codes),
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    ended = json.loads(ran.stdout)
    duds = [name for name, said in ended.items() if not any(sign in said for sign in SIGNS)]
    assert not duds
