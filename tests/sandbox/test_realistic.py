"""Cells behave as in plain CPython: same output, same values, same errors."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from rlm_code.sandbox import Sandbox
from tests.sandbox.realistic import SESSIONS

_ADDRESS = re.compile(r"0x[0-9a-f]{6,}")


@pytest.fixture(scope="module")
def plain() -> dict[str, list[tuple[str, str | None, str | None]]]:
    """What plain CPython makes of every session."""
    command = [sys.executable, "-I", "-S", "-X", "utf8", str(Path(__file__).with_name("plain.py"))]
    ran = subprocess.run(command, input=json.dumps(SESSIONS), capture_output=True, text=True, check=True, timeout=60)
    return json.loads(ran.stdout)


@pytest.mark.parametrize("name", SESSIONS)
def test_cells_equal_cpython(
    name: str, sandbox: Sandbox, plain: dict[str, list[tuple[str, str | None, str | None]]]
) -> None:
    for code, (output, value, error) in zip(SESSIONS[name], plain[name], strict=True):
        result = sandbox.run(code, 10)
        assert result.status == ("error" if error else "ok"), result.error
        assert result.output == output
        assert _ADDRESS.sub("", result.value or "") == _ADDRESS.sub("", value or "")
        if error:
            assert error in (result.error or "")
