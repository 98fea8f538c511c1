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


def names(make_repository: MakeRepository, cache: Path, focus: dict[str, float]) -> list[str]:
    queries = open_host(make_repository(FILES), cache_dir=cache)
    try:
        found = list(queries.important(focus))
        assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
        return [row.name for row, _ in found]
    finally:
        queries.close()


def test_what_many_use_comes_first_and_what_is_private_late(make_repository: MakeRepository, tmp_path: Path) -> None:
    found = names(make_repository, tmp_path / "cache", {})
    assert found[0] == "Engine"
    assert found.index("helper_function") < found.index("_hidden")
    assert found.index("helper_function") < found.index("test_engine")
    assert set(found) == {"Engine", "run", "helper_function", "_hidden", "rarely_used", "test_engine"}


def test_what_is_in_focus_comes_before_what_is_not(make_repository: MakeRepository, tmp_path: Path) -> None:
    assert names(make_repository, tmp_path / "cache", {"rare.py": 1.0})[0] == "rarely_used"
