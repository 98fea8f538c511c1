"""The tables of an unchanged repository: what is asked for of one file is what all of them say."""

from pathlib import Path

import pytest

from rlm_code.index.opening import open_index
from rlm_code.index.remembered import KeptTables, pack_built
from rlm_code.source import open_snapshot
from tests.conftest import MakeRepository


def test_rows_are_had_one_by_one_as_all_together(make_repository: MakeRepository, tmp_path: Path) -> None:
    files = {"a.py": "x = 1\n", "b/same.py": "x = 1\n", "b/c.js": "f()\n", "notes.txt": "n\n", "empty.py": ""}
    index, _ = open_index(open_snapshot(make_repository(files)), tmp_path / "cache")
    built = index.built
    data = pack_built(built)
    assert data is not None
    paths, oids = list(built.keys), [oid for oid, _ in built.keys.values()]
    tables = KeptTables(data, paths, oids)
    assert [tables.row(path) for path in paths] == [built.row(path) for path in paths]
    assert (list(tables.ids()), list(tables.languages())) == (list(built.ids()), list(built.languages()))
    assert tables.whole == built
    with pytest.raises(KeyError):
        tables.row("nowhere.py")
    with pytest.raises(ValueError, match="another state"):
        KeptTables(data, paths[1:], oids[1:])
