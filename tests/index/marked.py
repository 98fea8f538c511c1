"""Sources that say beside a use how it must be found: `!exact`, `!inferred` or `!name` in a comment on its line.

The definition that is looked for is marked `!def`. Lines without a mark must not be found.
"""

import re
from pathlib import Path

from rlm_code.codebase.host import HostQueries
from rlm_code.codebase.open import open_host
from rlm_code.codebase.queries import SymbolRow
from tests.conftest import MakeRepository

_MARK = re.compile(r"!(def|exact|inferred|name)\b")

Places = dict[tuple[str, int], str]


def host_of(root: Path, cache: Path) -> HostQueries:
    """Queries over a repository with a cache of its own."""
    return open_host(root, cache_dir=cache)


def marked_places(files: dict[str, str]) -> tuple[Places, set[tuple[str, int]]]:
    """The uses that are marked, by place, with their certainty; and the places of the definitions."""
    uses: Places = {}
    definitions = set()
    for path, text in files.items():
        for number, line in enumerate(text.split("\n"), 1):
            for mark in _MARK.findall(line):
                if mark == "def":
                    definitions.add((path, number))
                else:
                    uses[path, number] = mark
    return uses, definitions


def check(make_repository: MakeRepository, files: dict[str, str]) -> None:
    """Assert that the uses of the definition marked `!def` are those that are marked, with their certainty."""
    expected, definitions = marked_places(files)
    root = make_repository(files)
    queries = host_of(root, root.parent / "cache")
    found: Places = {}
    for path, line in definitions:
        (row,) = [row for row in queries.outline(path) if _name_line(files, row) == line][-1:]
        page = queries.references(path, row.name_start, None, False, 1000)
        assert page.total == len(page.rows)
        found |= {(use.path, use.line): use.certainty for use in page.rows}
    wrong = {place: (expected.get(place), found.get(place)) for place in expected.keys() | found.keys()}
    told = [f"{place}: expected {pair[0]}, found {pair[1]}" for place, pair in wrong.items() if pair[0] != pair[1]]
    assert not told, "\n".join(sorted(told))


def _name_line(files: dict[str, str], row: SymbolRow) -> int:
    return files[row.path].encode()[: row.name_start].count(b"\n") + 1
