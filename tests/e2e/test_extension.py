"""The extension's own tests, and what is shipped."""

from __future__ import annotations

import json
import os
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.e2e.conftest import HERE

pytestmark = pytest.mark.workbench

EXTENSION = HERE.parents[1] / "vscode-extension"


def test_its_own_tests_pass(programs: Path, vsix: Path) -> None:
    environ = os.environ | {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        [programs / "npm", "--silent", "test"], cwd=EXTENSION, env=environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert "fail 0" in done.stdout


def test_the_package_holds_what_runs_and_nothing_else(vsix: Path) -> None:
    with zipfile.ZipFile(vsix) as package:
        names = {name.removeprefix("extension/") for name in package.namelist()}
        wheels = [name for name in names if name.endswith(".whl")]
    assert len(wheels) == 1
    assert names - set(wheels) == {
        "[Content_Types].xml", "extension.vsixmanifest", "package.json", "readme.md", "LICENSE.txt",
        "out/extension.cjs", "media/answer.css", "media/answer.js", "server/constraints.txt",
    }  # fmt: skip


def test_the_lockfile_names_no_registry() -> None:
    lock = json.loads((EXTENSION / "package-lock.json").read_text())
    assert lock["packages"]
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
