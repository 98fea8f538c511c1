"""The programs that editors need, and the extension as it is shipped."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent

# Read before any test tidies the environment: the editors are kept between runs, and tools find their registries.
ENVIRON = dict(os.environ)


@pytest.fixture(scope="session")
def programs() -> Path:
    """The folder with code-server, Node and npm, installed if they are not there yet."""
    done = subprocess.run(
        [HERE / "install_workbench.sh"], env=ENVIRON, stdout=subprocess.PIPE, text=True, check=True, timeout=1800
    )
    shutil.rmtree(HERE / "output", ignore_errors=True)
    return Path(done.stdout.splitlines()[-1]) / "bin"


@pytest.fixture(scope="session")
def vsix(programs: Path) -> Path:
    """The extension, built from this checkout."""
    from tests.e2e.workbench import build_extension

    return build_extension(programs, ENVIRON)
