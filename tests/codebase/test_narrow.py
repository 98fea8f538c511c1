"""A part of a repository shows its own files and nothing else, whatever is asked of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rlm_code.codebase import Repo
from rlm_code.codebase.host import HostQueries
from rlm_code.codebase.methods import host_methods
from rlm_code.codebase.narrow import OUTSIDE, NarrowedQueries
from rlm_code.codebase.open import open_host
from tests.conftest import MakeRepository, git, write_files

FILES = {
    "shop/pay.py": "class Card:\n    def charge(self):\n        return 1\n\n\ndef refund(card):\n    return card\n",
    "shop/cart.py": "from shop.pay import Card, refund\n\n\ndef checkout():\n    refund(Card())\n",
    "shop/gold.py": "from shop.pay import Card\n\n\nclass Gold(Card):\n    def charge(self):\n        return 2\n",
    "tests/test_pay.py": "from shop.pay import refund\n\n\ndef test_refund():\n    refund(None)\n",
    "web/[id].ts": "export const page = 1\n",
    "README.md": "# refund policy\n",
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostQueries]:
    root = tmp_path_factory.mktemp("narrow")
    write_files(root, FILES)
    git(root, "init", "--quiet")
    for path in FILES:
        git(root, "add", path)
        git(root, "commit", "--quiet", "--message", f"add {path}")
    write_files(root, {"shop/pay.py": FILES["shop/pay.py"] + "\n\nLIMIT = refund\n", "README.md": "# refunds, too\n"})
    git(root, "commit", "--quiet", "--all", "--message", "both")
    queries = open_host(root, cache_dir=tmp_path_factory.mktemp("cache"))
    yield queries
    queries.close()


def paths_in(value: Any) -> set[str]:
    """The paths that anything in an answer names."""
    if isinstance(value, str):
        return {value} & set(FILES)
    if isinstance(value, dict):
        return set().union(*map(paths_in, value), *map(paths_in, value.values()))
    return set().union(*map(paths_in, value)) if isinstance(value, list | tuple) else set()


def every_answer(queries: Any) -> Iterator[tuple[str, Any]]:
    """What a worker can be told by all methods, for every file and definition that exists."""
    methods = host_methods(queries)
    whole_files = list(FILES)
    symbols = [row for path in ("shop/pay.py", "shop/cart.py", "shop/gold.py") for row in SYMBOLS[path]]
    calls: list[tuple[Any, ...]] = [
        ("overview",), ("files",), ("rank", "refund a card", 50), ("central", "", 50), ("uses_of_name", "refund", 50),
        ("find", "refund", None, 50), ("find", "charge", "method", 50), ("symbols", "", None, None, 50),
        ("symbols", "c", None, "shop/", 50), ("commits", None, None, None, 50, None, None),
        ("commits", "shop", None, None, 50, None, None), ("commits", None, None, None, 5, "refund", None),
        ("commit", "HEAD"), ("diff", "HEAD", None), ("diff", "HEAD", "shop"),
        ("search", None, ".", True, False, 50, 9), ("search", list(FILES), "refund", False, True, 50, 9),
    ]  # fmt: skip
    for path in whole_files:
        calls += [("outline", path), ("outgoing", path, None, None), ("imports", path), ("importers", path)]
        calls += [("commits", path, None, None, 9, None, None), ("blame", path, 1, 1), ("diff", "HEAD", path)]
        calls += [("definition_at", path, 1, 6), ("references_at", path, 1, 6), ("commits", path, 1, 1, 9, None, None)]
    for path, start in symbols:
        calls += [("details", path, start), ("references", path, start, None, False, 50), ("bases", path, start)]
        calls += [("subclasses", path, start)]
        calls += [("call_path", [path, start], [other, begins], 5) for other, begins in symbols]
    for name, *arguments in calls:
        try:
            yield name, methods[f"repo.{name}"](*arguments)
        except LookupError as error:
            yield name, str(error)


SYMBOLS: dict[str, list[tuple[str, int]]] = {}


@pytest.fixture(autouse=True, scope="module")
def _symbols(whole: HostQueries) -> None:
    for path in FILES:
        SYMBOLS[path] = [(path, row.name_start) for row in whole.outline(path)]


@settings(max_examples=10)
@given(st.sets(st.sampled_from(sorted(FILES)), min_size=1))
def test_no_answer_names_a_file_outside_or_holds_its_text(whole: HostQueries, shown: set[str]) -> None:
    part = NarrowedQueries(whole, sorted(shown))
    for name, answer in every_answer(part):
        # That an import leads elsewhere is told by its own text.
        leads = {row.target_path for row in answer} if name == "imports" and isinstance(answer, list) else set()
        assert paths_in(answer) <= shown | leads, name
        for path in FILES.keys() - shown:
            assert f"a/{path}" not in str(answer), name
    assert set(corpus_table(part)) == shown
    assert {path for path, _ in part.scan(list(FILES))} == shown


def corpus_table(queries: NarrowedQueries) -> dict[str, list[int]]:
    data = queries.corpus()
    table: dict[str, list[int]] = json.loads(data[8 : 8 + int.from_bytes(data[:8], "little")])
    return table


@pytest.mark.parametrize(
    ("patterns", "shown"),
    [
        (["shop/"], ["shop/cart.py", "shop/gold.py", "shop/pay.py"]),
        (["*.md", "tests/**"], ["README.md", "tests/test_pay.py"]),
        (["web/[id].ts"], ["web/[id].ts"]),  # a path that is there is no pattern
        (["shop/{pay,cart}.py", "README.md"], ["README.md", "shop/cart.py", "shop/pay.py"]),
    ],
)
def test_a_part_is_named_by_paths_and_globs(whole: HostQueries, patterns: list[str], shown: list[str]) -> None:
    assert [row.path for row in NarrowedQueries(whole, patterns).files()] == shown


def test_the_overview_is_of_the_part(whole: HostQueries) -> None:
    overview = NarrowedQueries(whole, ["shop/"]).overview()
    assert (overview.files, overview.folders) == (3, [["shop", 3, overview.lines]])
    assert overview.commit == whole.snapshot.commit


def test_a_part_of_a_part_is_never_more_than_the_part(whole: HostQueries) -> None:
    part = NarrowedQueries(NarrowedQueries(whole, ["shop/"]), ["*.py"])
    assert [row.path for row in part.files()] == ["shop/cart.py", "shop/gold.py", "shop/pay.py"]
    with pytest.raises(LookupError, match="means no file here"):
        NarrowedQueries(NarrowedQueries(whole, ["shop/"]), ["tests/"])


def test_uses_elsewhere_are_counted_so_that_nobody_takes_none_for_none(whole: HostQueries) -> None:
    callers = Repo(NarrowedQueries(whole, ["shop/pay.py"])).symbol("refund").callers()
    assert list(callers) == []
    assert any(spot.endswith(OUTSIDE) for spot in callers.blind_spots)


def test_history_is_that_of_the_part(whole: HostQueries) -> None:
    part = NarrowedQueries(whole, ["shop/pay.py", "tests/"])
    assert [(row.subject, row.files) for row in part.commits(None, None, None, 10)] == [
        ("both", ["shop/pay.py"]),
        ("add tests/test_pay.py", ["tests/test_pay.py"]),
        ("add shop/pay.py", ["shop/pay.py"]),
    ]
    assert "refunds, too" not in part.diff("HEAD", None)
    assert "+LIMIT = refund" in part.diff("HEAD", None)


def test_history_is_read_as_far_back_as_it_takes(make_repository: MakeRepository, tmp_path: Path) -> None:
    root = make_repository({"old.py": "x = 1\n"}, "long")
    lines = ["blob", "mark :1", "data 1", "a"]
    tip = git(root, "rev-parse", "HEAD").strip()
    for number in range(300):
        lines += ["commit refs/heads/long", "committer A <a@b.c> 1700000000 +0000", f"data {len(str(number))}"]
        lines += [str(number), *([f"from {tip}"] if number == 0 else []), f"M 100644 :1 new{number}.py"]
    import subprocess

    program = ["git", "-C", str(root), "fast-import", "--quiet"]
    subprocess.run(program, input="\n".join([*lines, "done", ""]).encode(), check=True)
    queries = open_host(root, "long", cache_dir=tmp_path / "cache")
    assert len(NarrowedQueries(queries, ["old.py", "new0.py"]).commits(None, None, None, 5)) == 2
    queries.close()


@pytest.mark.parametrize(
    ("patterns", "error", "why"),
    [
        (["shpo/"], LookupError, "'shpo/' means no file here"),
        ([], ValueError, "1 to 200 patterns"),
        (["*a*b*c*d*e*f*g*h*i*j*k*l*m*"], ValueError, "12 stars"),
        ([f"{n}.py" for n in range(300)], ValueError, "1 to 200 patterns"),
    ],
)
def test_what_names_no_part_is_said(whole: HostQueries, patterns: list[str], error: type[Exception], why: str) -> None:
    with pytest.raises(error, match=why):
        NarrowedQueries(whole, patterns)


def test_a_long_list_of_paths_is_a_part(whole: HostQueries) -> None:
    shown: Callable[[Any], list[str]] = lambda part: [row.path for row in part.files()]  # noqa: E731
    assert shown(NarrowedQueries(whole, list(FILES) * 100)) == sorted(FILES)
