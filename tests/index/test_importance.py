"""What an outline shows first: what many use, before what few use; the focus before all; code before tests."""

from __future__ import annotations

from pathlib import Path

from rlm_code.codebase.open import open_host
from tests.conftest import MakeRepository

FILES = {
    "core.py": "class Engine:\n    def run(self): ...\n\n\ndef helper_function(): ...\n\n\ndef _hidden(): ...\n",
    "rare.py": "def rarely_used(): ...\n",
    **{f"use{number}.py": "from core import Engine\n\nEngine().run()\n" for number in range(8)},
    "one.py": (
        "from core import helper_function, _hidden\nimport rare\n\nhelper_function()\n_hidden()\nrare.rarely_used()\n"
    ),
    "tests/test_core.py": "from core import Engine\n\n\ndef test_engine():\n    Engine().run()\n",
}


def names(
    make_repository: MakeRepository, cache: Path, focus: dict[str, float], files: dict[str, str] = FILES
) -> list[str]:
    queries = open_host(make_repository(files), cache_dir=cache)
    try:
        found = list(queries.important(focus))
        assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
        return [row.qualified_name for row, _ in found]
    finally:
        queries.close()


def test_what_many_use_comes_first_and_what_is_private_late(make_repository: MakeRepository, tmp_path: Path) -> None:
    found = names(make_repository, tmp_path / "cache", {})
    assert found[0] == "core.Engine"
    assert found.index("core.helper_function") < found.index("core._hidden")
    assert found.index("core.helper_function") < found.index("tests.test_core.test_engine")
    assert set(found) == {
        *(f"core.{name}" for name in ("Engine", "Engine.run", "helper_function", "_hidden")),
        "rare.rarely_used",
        "tests.test_core.test_engine",
    }


def test_what_is_in_focus_comes_before_what_is_not(make_repository: MakeRepository, tmp_path: Path) -> None:
    assert names(make_repository, tmp_path / "cache", {"rare.py": 1.0})[0] == "rare.rarely_used"


def test_a_name_means_what_its_file_imports(make_repository: MakeRepository, tmp_path: Path) -> None:
    files = {
        "first.py": "class Store: ...\n",
        "second.py": "class Store:\n    kept = 1\n",
        **{f"use{number}.py": "from second import Store\n\nStore()\n" for number in range(4)},
        "lists.py": "class List: ...\n\n\nclass Other(List): ...\n",
        **{f"list{number}.py": "from typing import List\n\nx: List[str]\n" for number in range(6)},
    }
    found = names(make_repository, tmp_path / "cache", {}, files)
    assert found[0] == "second.Store"
    assert found.index("second.Store") < found.index("first.Store")
    assert found.index("second.Store") < found.index("lists.List")


def test_what_many_use_comes_before_what_the_most_used_file_uses(
    make_repository: MakeRepository, tmp_path: Path
) -> None:
    files = {
        "server.c": "void start(void) {}\nvoid serve(void) { set_title_once(); add_reply(); }\n",
        "title.c": "void set_title_once(void) {}\n",
        "reply.c": "void add_reply(void) {}\n",
        **{f"command{number}.c": f"void do_{number}(void) {{ serve(); add_reply(); }}\n" for number in range(6)},
    }
    found = names(make_repository, tmp_path / "cache", {}, files)
    assert found.index("add_reply") < found.index("set_title_once")


def test_what_the_language_gives_to_all_is_not_what_a_program_calls_so(
    make_repository: MakeRepository, tmp_path: Path
) -> None:
    files = {
        "lib/fixtures.rb": "module Fixtures\n  class File\n  end\nend\n",
        "lib/page.rb": "class Page\nend\n",
        **{f"lib/use{number}.rb": "File.read('x')\nPage.new\n" for number in range(5)},
    }
    found = names(make_repository, tmp_path / "cache", {}, files)
    assert found.index("Page") < found.index("Fixtures.File")
