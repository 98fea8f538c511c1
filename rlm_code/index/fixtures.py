"""pytest's fixtures: a parameter of a test is what the fixture of its name gives.

It knows where fixtures are looked for, not what they give.
"""

from __future__ import annotations

from rlm_code.index.snapshot_index import SnapshotIndex
from rlm_code.index.values import Target
from rlm_code.places import is_test


def fixture_for(index: SnapshotIndex, path: str, name: str) -> Target | None:
    """The fixture that a parameter called `name` of a function in the test file at `path` stands for: one of the
    same file, else of the nearest conftest.py above."""
    if not is_test(path) or index.family(path).name != "python":
        return None
    parts = path.split("/")[:-1]
    conftests = ["/".join([*parts[:depth], "conftest.py"]) for depth in range(len(parts), -1, -1)]
    for candidate in (path, *conftests):
        if candidate in index.keys:
            for at in index.view(candidate).by_name.get(name, ()):
                if _is_fixture(index, candidate, at):
                    return Target(candidate, at)
    return None


def _is_fixture(index: SnapshotIndex, path: str, at: int) -> bool:
    definition = index.view(path).definitions[at]
    return b"fixture" in index.data(path)[definition.start : definition.name_start]
