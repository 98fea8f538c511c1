"""The whole suite once more as an ordinary user without capabilities."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
def test_the_suite_passes_without_privileges() -> None:
    if os.geteuid() != 0:
        pytest.skip("not root: the suite runs without privileges as it is")
    if shutil.which("setpriv") is None:
        pytest.skip("there is no setpriv to drop privileges with")
    script = Path(__file__).with_name("run_unprivileged.py")
    ran = subprocess.run(
        [sys.executable, str(script), "-q", "-m", "not slow"], capture_output=True, text=True, check=False, timeout=600
    )
    if "that nobody can run" in ran.stdout:
        pytest.skip("there is no Python of this version that nobody can run")
    assert ran.returncode == 0, ran.stdout[-4000:]
