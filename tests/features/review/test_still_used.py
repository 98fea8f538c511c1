"""Which removed definitions are asked for at all: those that something left may mean."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rlm_code.codebase import Repo, open_host
from rlm_code.codebase.symbol import Symbol
from rlm_code.features.review.changes import Change, changed_symbols, compare
from rlm_code.features.review.stale_uses import judged
from rlm_code.features.review.still_used import affordable, cheapest
from tests.conftest import MakeRepository, git, write_files

LIB = "package lib\n\n"
USER = 'package {}\n\nimport "x.y/m/{}"\n\nfunc f() {{ {}.{}() }}\n'
BEFORE = {
    "go.mod": "module x.y/m\n\ngo 1.21\n",
    "lib/gone.go": LIB + "func Inside() {}\n\nfunc Imported() {}\n\nfunc Elsewhere() {}\n\nfunc Unused() {}\n",
    "lib/moved.go": LIB + "func Moved() {}\n\nfunc InTests() {}\n",
    "lib/use.go": LIB + "func use() { Inside(); Moved(); InTests() }\n",
    "app/app.go": USER.format("app", "lib", "lib", "Imported"),
    "far/far.go": "package far\n\nfunc Elsewhere() {}\n",
    "apart/apart.go": USER.format("apart", "far", "far", "Elsewhere"),
}
AFTER = {
    "lib/gone.go": LIB,
    "lib/moved.go": LIB,
    "lib/other.go": LIB + "func Moved() {}\n",
    "lib/lib_test.go": LIB + "func InTests() {}\n",
}


@pytest.fixture
def change(make_repository: MakeRepository) -> Iterator[Change]:
    """Functions of a package of Go that are removed, moved within it, or called like those of another."""
    root: Path = make_repository(BEFORE)
    write_files(root, AFTER)
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "change")
    base, head = open_host(root, "HEAD~1"), open_host(root, "HEAD")
    yield compare(Repo(base), Repo(head), base.snapshot, head.snapshot)
    base.close()
    head.close()


def test_in_go_a_name_is_missed_by_its_package_and_those_that_import_it(change: Change) -> None:
    asked, left = judged(change, list(changed_symbols(change)))
    assert [gone.name for gone in asked] == ["Inside", "Imported", "InTests"]
    assert left == 0


def test_what_is_not_used_by_name_is_not_even_looked_at(change: Change) -> None:
    removed = [each.before for each in changed_symbols(change) if each.before is not None and each.after is None]
    looked_at: list[str] = []

    def look(gone: Symbol) -> bool:
        looked_at.append(gone.name)
        return False

    assert affordable(change, removed, look) == ([], 0)
    assert looked_at == ["Inside", "Imported", "Elsewhere", "Moved", "InTests"]


@pytest.mark.parametrize(
    ("costs", "most", "chosen"),
    [
        pytest.param([3, 1, 2], 3, {1, 2}, id="the cheapest that fit together"),
        pytest.param([9], 3, {0}, id="one of any cost"),
        pytest.param([0, 9, 0], 0, {0, 2}, id="what costs nothing"),
        pytest.param([], 3, set(), id="nothing"),
    ],
)
def test_what_is_affordable(costs: list[int], most: int, chosen: set[int]) -> None:
    assert cheapest(costs, most) == chosen
