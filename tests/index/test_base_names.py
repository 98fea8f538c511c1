"""Subclasses are found under every name that a file gives to their base, and stay right when files change."""

from __future__ import annotations

from pathlib import Path

from rlm_code.codebase import Repo
from rlm_code.index.renewal import Change
from rlm_code.source import open_snapshot, with_overlay
from tests.conftest import MakeRepository
from tests.index.marked import host_of

FILES = {
    "shapes.py": "class Shape: ...\nclass Plain(Shape): ...\n",
    "renamed.py": "from shapes import Shape as Form\nclass Renamed(Form): ...\n",
    "assigned.py": "import shapes\nOther = shapes.Shape\nclass Assigned(Other): ...\n",
    "stranger.py": "class Shape: ...\nclass Stranger(Shape): ...\n",
}


def heirs(repo: Repo) -> list[str]:
    return sorted(each.name for each in repo.symbol("shapes.Shape").implementers())


def test_other_names_of_a_base(make_repository: MakeRepository, tmp_path: Path) -> None:
    queries = host_of(make_repository(FILES), tmp_path / "cache")
    assert heirs(Repo(queries)) == ["Assigned", "Plain", "Renamed"]
    queries.close()


def test_a_class_that_comes_and_one_that_goes(make_repository: MakeRepository, tmp_path: Path) -> None:
    root = make_repository(FILES)
    queries = host_of(root, tmp_path / "cache")
    assert heirs(Repo(queries)) == ["Assigned", "Plain", "Renamed"]
    buffers = {"renamed.py": b"class Renamed: ...\n", "new.py": b"from shapes import Shape\nclass New(Shape): ...\n"}
    later = queries.renewed(with_overlay(open_snapshot(root), buffers), Change(buffers, buffers))
    assert heirs(Repo(later)) == ["Assigned", "New", "Plain"]
    queries.close()
