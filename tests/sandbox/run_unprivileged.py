"""The sandbox's tests as nobody, without capabilities: `python tests/sandbox/run_unprivileged.py [pytest options]`.

For root alone, whose rights hide what an ordinary user lacks. Works on a copy that nobody can read, with an interpreter
that nobody can run: this one, else the system's if it is of the same version.
"""

# ruff: noqa: T201 - a script

from __future__ import annotations

import importlib.metadata
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOBODY = 65534
_FOR_TESTS = ("pytest", "pluggy", "iniconfig", "packaging", "pygments", "hypothesis", "sortedcontainers")
_FOR_THE_INDEX = ("tree-sitter", "tree-sitter-python")


def main(options: list[str]) -> int:
    """The exit status of the tests."""
    if os.geteuid() != 0:
        print("you are not root: run pytest itself")
        return 2
    interpreter = next(filter(_nobody_can_run, (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3")), None)
    if interpreter is None:
        print("there is no Python of this version that nobody can run")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        _copy(place)
        command = [
            interpreter,
            "-m",
            "pytest",
            "tests/sandbox",
            "-p",
            "no:cacheprovider",
            f"--basetemp={place}/tmp",
            *options,
        ]
        environment = {
            "PYTHONPATH": f"{place}/packages",
            "HOME": folder,
            "PATH": os.defpath,
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        return subprocess.run(
            ["setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs", *command],
            cwd=place / "project",
            env=environment,
            user=NOBODY,
            group=NOBODY,
            extra_groups=[],
            check=False,
        ).returncode


def _nobody_can_run(interpreter: str) -> bool:
    try:
        ran = subprocess.run(
            [interpreter, "-c", f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"],
            user=NOBODY,
            group=NOBODY,
            extra_groups=[],
            capture_output=True,
            cwd="/",
            check=False,
        )
    except OSError:
        return False
    return ran.returncode == 0


def _copy(place: Path) -> None:
    project = place / "project"
    ignored = shutil.ignore_patterns("__pycache__", "repositories")
    for name in ("rlm_code", "tests"):
        shutil.copytree(ROOT / name, project / name, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", project)
    for package in _FOR_TESTS + _FOR_THE_INDEX:
        for file in importlib.metadata.files(package) or ():
            if ".." not in file.parts and "__pycache__" not in file.parts:
                target = place / "packages" / file
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(file.locate(), target)
    for path in (place, *place.rglob("*")):
        os.chown(path, NOBODY, NOBODY)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
