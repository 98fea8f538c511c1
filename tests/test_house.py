"""Rules of the house that no import contract can hold."""

from __future__ import annotations

import ast
import subprocess
import sys
import time
from pathlib import Path

import pytest

import rlm_code
from rlm_code.cli.main import MODULES, VERBS
from tests.conftest import MakeRepository

PACKAGE = Path(rlm_code.__file__).parent
HEAVY = ("anthropic", "asyncio", "git", "rich", "tree_sitter", "sqlite3", "pygls", "watchdog", "rlm_code.rlm")
# The rest, such as hashlib, which tells that the lines shown are those that were indexed, is needed.
NOT_FOR_A_LOOK_UP = (
    *(name for name in HEAVY if name != "sqlite3"),
    *("concurrent", "dataclasses", "difflib", "email", "http", "inspect", "json", "logging", "multiprocessing"),
    *("random", "select", "shutil", "socket", "subprocess", "tempfile", "tomllib", "traceback", "unittest"),
    *("rlm_code.codebase.draft", "rlm_code.codebase.explain", "rlm_code.codebase.prose", "rlm_code.index.links"),
    *("rlm_code.index.renewal", "rlm_code.index.resolve", "rlm_code.index.script", "rlm_code.parse.scopes"),
    *("rlm_code.source.git_process", "rlm_code.source.open", "rlm_code.source.scan", "rlm_code.lm"),
)

# Files that belong to rlm-code itself, not to the analysed project: its store, its records, its own sources.
READS_ITS_OWN_FILES = {
    "cli/repl.py",  # the cells that the user named on the command line
    "index/",
    "lm/structural/",
    "parse/",
    "rlm/cache.py",
    "rlm/trajectory.py",
    "sandbox/",
}


def _modules(*arguments: str) -> set[str]:
    program = (
        "import sys\n"
        "from rlm_code.cli.main import main\n"
        "try:\n    main(sys.argv[1:])\n"
        "except SystemExit:\n    pass\n"
        "print(*sys.modules, sep='\\n', file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["ask", "--help"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    assert not _modules(*arguments) & set(HEAVY)


def test_a_look_up_in_an_unchanged_repository_imports_little(make_repository: MakeRepository, tmp_path: Path) -> None:
    """Most of its time is imports. What is not needed to look one name up is not to come in by the way."""
    root = make_repository({"pkg/__init__.py": "", "pkg/a.py": "def charge(cart):\n    return cart\n"})
    look_up = ["definition", "charge", "--repo", str(root), "--cache-dir", str(tmp_path / "cache")]
    time.sleep(0.08)  # what was written within one tick of the clock is not taken for unchanged
    _modules(*look_up)
    loaded = _modules(*look_up)
    assert "rlm_code.codebase.repo" in loaded
    packages = {".".join(parts[:at]) for parts in (name.split(".") for name in loaded) for at in range(len(parts) + 1)}
    assert not packages & set(NOT_FOR_A_LOOK_UP)


def test_every_verb_has_a_module_with_the_two_functions() -> None:
    for verb in VERBS:
        body = _tree(PACKAGE / "cli" / f"{MODULES.get(verb, verb)}.py").body
        names = {node.name for node in body if isinstance(node, ast.FunctionDef)}
        assert {"add_arguments", "run"} <= names, verb


def test_only_source_reads_project_files() -> None:
    readers = {
        f"{module.relative_to(PACKAGE)}:{call.lineno}"
        for module in sorted(PACKAGE.rglob("*.py"))
        if not str(module.relative_to(PACKAGE)).startswith(("source/", *READS_ITS_OWN_FILES))
        for call in ast.walk(_tree(module))
        if isinstance(call, ast.Call) and _opens_a_file(call.func)
    }
    assert readers == set()


def test_the_public_namespace_is_what_it_says() -> None:
    assert sorted(rlm_code.__all__) == ["__version__", "open"]


def _tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text())


def _opens_a_file(function: ast.expr) -> bool:
    if isinstance(function, ast.Name):
        return function.id == "open"
    return isinstance(function, ast.Attribute) and function.attr in {"read_text", "read_bytes"}
