"""Paths as people and tools write them lead where they mean: from the root, from the current folder, absolute."""

from __future__ import annotations

from pathlib import Path

import pytest

from rlm_code.cli.main import main
from tests.conftest import MakeRepository

FILES = {
    "app.py": "def top(): ...\n",
    "src/pkg/app.py": "def f(): ...\n\n\ndef tags(): f()\n",
    "src/pkg/tags/one.py": "def g(): ...\n",
}


@pytest.fixture
def root(make_repository: MakeRepository) -> Path:
    return make_repository(FILES)


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(list(arguments)) == 0
    return capsys.readouterr().out


def test_a_path_counts_from_the_current_folder_where_the_root_has_none(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(root / "src")
    place = "src/pkg/app.py:1:4: "
    assert said(capsys, "definition", "pkg/app.py:4:12").startswith(place)
    assert said(capsys, "definition", "./pkg/app.py:4", "f").startswith(place)
    assert said(capsys, "symbols", "pkg/app.py").startswith(place)
    assert said(capsys, "callees", "pkg/app.py").startswith("src/pkg/app.py:4:12: ")
    assert said(capsys, "search", "def g", "--path", "pkg/tags").startswith("src/pkg/tags/one.py:1:0: ")
    assert said(capsys, "map", "pkg/tags").startswith("src/pkg/tags/one.py\n")
    assert said(capsys, "explain", "pkg/tags").startswith("src/pkg/tags/ holds 1 file")


def test_the_root_goes_first(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(root / "src/pkg")
    assert said(capsys, "symbols", "app.py").startswith("app.py:1:4: ")
    assert said(capsys, "symbols", "./app.py").startswith("src/pkg/app.py:1:4: ")
    assert said(capsys, "symbols", "../pkg/app.py").startswith("src/pkg/app.py:1:4: ")
    assert said(capsys, "explain", "..").startswith("src/ holds 2 files")


def test_a_dot_is_the_current_folder_and_nothing_is_everything(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(root / "src/pkg")
    assert said(capsys, "explain", ".").startswith("src/pkg/ holds 2 files")
    assert said(capsys, "explain").startswith(f"{root.name} holds 3 files")
    assert said(capsys, "explain", "--format", "markdown").startswith(f"# {root.name}\n")
    assert [row.split(":")[0] for row in said(capsys, "symbols", ".").splitlines()] == ["src/pkg/app.py"] * 2 + [
        "src/pkg/tags/one.py"
    ]
    assert said(capsys, "search", "def top", ".") == ""
    monkeypatch.chdir(root)
    assert said(capsys, "explain", ".").startswith(f"{root.name} holds 3 files")
    assert said(capsys, "search", "def top", ".").startswith("app.py:1:0: ")


def test_a_name_is_no_folder_of_that_name(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(root / "src/pkg")
    assert said(capsys, "definition", "tags").startswith("src/pkg/app.py:4:4: ")
    assert said(capsys, "explain", "tags").startswith("tags (src/pkg/app.py:4)")


def test_an_absolute_path_in_the_repository_is_as_good(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    repo = ("--repo", str(root))
    assert said(capsys, "definition", f"{root}/src/pkg/app.py:4:12", *repo).startswith("src/pkg/app.py:1:4: ")
    assert said(capsys, "symbols", f"{root}/src/pkg/tags", *repo).startswith("src/pkg/tags/one.py:1:4: ")
    assert said(capsys, "explain", f"{root}/src/pkg/tags", *repo).startswith("src/pkg/tags/ holds 1 file")
    assert said(capsys, "explain", str(root), *repo).startswith(f"{root.name} holds 3 files")
