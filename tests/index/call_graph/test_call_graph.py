"""The calls of small programs, each with what it runs, in both directions."""

from __future__ import annotations

from pathlib import Path

import pytest

from rlm_code.codebase.queries import SymbolRow
from tests.conftest import write_files
from tests.index.call_graph.truth import Case, Edge, cases, expected, found_backwards, found_forwards
from tests.index.marked import host_of

CASES = cases()


def test_there_are_many_cases_in_every_category() -> None:
    assert len(CASES) >= 180
    assert len({case.category for case in CASES}) >= 18


@pytest.mark.parametrize("category", sorted({case.category for case in CASES}))
def test_calls_lead_to_what_runs(category: str, tmp_path: Path) -> None:
    for case in CASES:
        if case.category == category:
            root = tmp_path / case.name
            root.mkdir()
            write_files(root, case.files)
            _check(case, root)


def _check(case: Case, root: Path) -> None:
    """Calls lead to what is marked; whoever is called is called by those who call it, and each knows its own calls."""
    queries = host_of(root, root.parent / "cache")
    forwards = found_forwards(queries, case.files)
    assert forwards == expected(case.files), case.name
    assert found_backwards(queries, case.files) == found_forwards(queries, case.files, sure=True), case.name
    own: set[Edge] = set()
    functions = [row for path in case.files for row in queries.outline(path) if _runs(row)]
    for symbol in functions:
        rows = queries.outgoing(symbol.path, symbol.name_start, ["call"])
        own |= {(symbol.qualified_name, row.target.qualified_name) for row in rows if row.target and _runs(row.target)}
    names = {symbol.qualified_name for symbol in functions}
    assert own == {edge for edge in forwards if edge[0] in names}, case.name
    queries.close()


def _runs(row: SymbolRow) -> bool:
    return row.kind in ("function", "method", "constructor")
