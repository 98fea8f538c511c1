"""What cells may import, and how it reaches them."""

from __future__ import annotations

import sys

import pytest

from rlm_code.sandbox import Sandbox, modules


def test_everything_offered_can_be_imported(own_sandbox: Sandbox) -> None:
    offered = sorted(modules.OFFERED & sys.stdlib_module_names)
    assert len(offered) > 80
    code = (
        "import warnings\nwarnings.simplefilter('ignore')\nfailed = {}\n"
        f"for name in {offered}:\n"
        "    try: __import__(name)\n"
        "    except Exception as e: failed[name] = repr(e)\n"
        "failed"
    )
    assert own_sandbox.run(code, 30).value == "{}"
    submodules = (
        "import urllib.parse, xml.etree.ElementTree, concurrent.futures, importlib.util, json.tool, logging.handlers"
    )
    result = own_sandbox.run(submodules, 10)
    assert "logging.handlers" not in (result.error or "") or "socket" in (result.error or "")


@pytest.mark.parametrize(
    "name", ["socket", "subprocess", "asyncio", "ctypes", "multiprocessing", "sqlite3", "tempfile", "urllib.request"]
)
def test_what_needs_more_than_there_is_says_so(name: str, sandbox: Sandbox) -> None:
    error = sandbox.run(f"import {name}", 5).error or ""
    assert "in the sandbox: it has no files, network, processes or threads" in error


@pytest.mark.parametrize("name", ["numpy", "rlm_code.lm", "rlm_code.index", "tests.sandbox.bombs", "pytest"])
def test_nothing_else_is_installed(name: str, sandbox: Sandbox) -> None:
    error = sandbox.run(f"import {name}", 5).error or ""
    assert error.splitlines()[-1].startswith("ModuleNotFoundError: No module named")
    assert sandbox.run(f"try: import {name}\nexcept ImportError: print('without')", 5).output == "without\n"


def test_modules_tell_nothing_of_this_machine(sandbox: Sandbox) -> None:
    assert sandbox.run("import difflib\ndifflib.SequenceMatcher.ratio.__code__.co_filename", 5).value == "'<difflib>'"
    assert sandbox.run("hasattr(difflib, '__file__')", 5).value == "False"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "os/../../x", "", ".", "..", "a..b", "os\0", "json.", ".json", "/etc/passwd"]
)
def test_names_never_become_paths(name: str) -> None:
    assert modules.refusal(name) is not None or modules.standard_module(name) is None
    assert modules.own_module("tests.sandbox.names:names", name) is None


def test_threads_are_refused_in_words(sandbox: Sandbox) -> None:
    error = sandbox.run("import threading\nthreading.Thread(target=print).start()", 5).error or ""
    assert "threads are not available here" in error
    pool = "from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor() as p: p.submit(print).result()"
    assert "threads are not available here" in (sandbox.run(pool, 5).error or "")


def test_the_real_environment_brings_nothing_else_along() -> None:
    from rlm_code.sandbox import Namespace, open_sandbox

    with open_sandbox(Namespace("rlm_code.environment:build", {}), "confined") as sandbox:
        told = sandbox.run("import sys\nfor name in sorted(sys.modules): print(name)", 10)
    loaded = set(told.output.split())
    assert "rlm_code.codebase.remote" in loaded
    foreign = {
        name for name in loaded if name.partition(".")[0] not in {*sys.stdlib_module_names, "__main__", "rlm_code"}
    }
    assert not foreign
    ours = {".".join(name.split(".")[:2]) for name in loaded if name.startswith("rlm_code.")}
    assert ours <= {
        "rlm_code.errors",
        "rlm_code.places",
        "rlm_code.text",
        "rlm_code.codebase",
        "rlm_code.environment",
        "rlm_code.sandbox",
    }
    assert not {"socket", "subprocess", "threading", "asyncio", "ssl", "ctypes"} & loaded
