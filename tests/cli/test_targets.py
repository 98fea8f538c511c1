"""What a target may be: a name that code and prose share, a file, a folder, a place with too much said of it."""

from __future__ import annotations

from pathlib import Path

import pytest

import rlm_code
from rlm_code.cli.main import main
from tests.conftest import MakeRepository

SHOP = {
    "README.md": "# Cart\n\nHolds goods.\n",
    "pkg/__init__.py": "",
    "pkg/cart.py": "class Cart:\n    def add(self): ...\n",
    "pkg/use.py": "from pkg.cart import Cart\n\nCart()\n",
    "other/cart.py": "class Cart: ...\n",
}


@pytest.fixture
def shop(make_repository: MakeRepository, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_repository(SHOP)
    monkeypatch.chdir(root)
    return root


def problem(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What standard error says of arguments that are refused."""
    assert main(list(arguments)) == 2
    return capsys.readouterr().err


def test_a_heading_called_like_a_class_is_not_what_a_question_about_code_means(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = problem(capsys, "callers", "Cart")
    assert "2 definitions are called 'Cart'" in said
    assert "README.md" not in said
    with pytest.raises(LookupError, match="2 definitions are called 'Cart'"):
        rlm_code.open(shop).symbol("Cart")
    assert rlm_code.open(shop).symbol("Cart", path="pkg/").path == "pkg/cart.py"
    assert rlm_code.open(shop).symbol("Cart", kind="section").path == "README.md"
    (shop / "other/cart.py").write_text("")
    assert rlm_code.open(shop).symbol("Cart").path == "pkg/cart.py"


@pytest.mark.parametrize("verb", ["definition", "references", "callers"])
def test_a_file_or_folder_is_no_definition_and_that_is_said(
    shop: Path, capsys: pytest.CaptureFixture[str], verb: str
) -> None:
    assert "pkg/cart.py is a file, not a definition" in problem(capsys, verb, "pkg/cart.py")
    assert "pkg is a folder, not a definition" in problem(capsys, verb, "./pkg/")


def test_callees_of_a_folder_are_asked_file_by_file(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "pkg is a folder, not a definition" in problem(capsys, "callees", "pkg")


def test_a_name_beside_a_whole_position_is_not_passed_over(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "takes no name beside it" in problem(capsys, "definition", "pkg/cart.py:1:6", "add")


def test_a_path_that_is_none_is_not_drawn_as_a_question(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "no file is meant by 'pkg/nope'" in problem(capsys, "map", "pkg/nope")
    assert "no file is meant by 'pkg/nope.py'" in problem(capsys, "map", "pkg", "pkg/nope.py")
    assert main(["map", "how does client/server talk"]) == 0


def test_languages_are_named_in_any_case(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "Cart", "--language", "Python"]) == 0
    assert capsys.readouterr().out.startswith("other/cart.py:1:6: ")


def test_a_map_into_which_nothing_fits_says_so(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["map", "--tokens", "3"]) == 0
    assert capsys.readouterr().err == "none of 4 files of code fits into 3 tokens; raise --tokens\n"


def test_a_row_is_one_line_whatever_a_file_is_called(
    make_repository: MakeRepository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(make_repository({"a.py": "def f(): ...\n", "new\nline.py": "from a import f\n\nf()\n"}))
    assert main(["callers", "f"]) == 0
    assert capsys.readouterr().out == "new\\nline.py:3:0: exact  -  f()\n"


def test_one_file_is_not_several(
    make_repository: MakeRepository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(make_repository({"a.py": "def f(): ...\n"}))
    assert main(["index"]) == 0
    said = capsys.readouterr().out
    assert "files      1 file, 1 line, 13 bytes\n" in said
    assert "languages  python        1 file            1 line\n" in said
