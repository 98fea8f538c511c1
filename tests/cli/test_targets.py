"""What a target may be: a name that code and prose share, a file, a folder, a place with too much said of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import rlm_code
from rlm_code.cli.main import main
from tests.conftest import MakeRepository, git

SHOP = {
    "README.md": "# Cart\n\nHolds goods.\n",
    "pkg/__init__.py": "",
    "pkg/cart.py": "class Cart:\n    def add(self): ...\n",
    "pkg/use.py": "from pkg.cart import Cart\n\nCart()\n",
    "other/cart.py": "class Cart: ...\n",
    "more.py": "from pkg import cart\nimport pkg.use as till\nimport json\n",
}


@pytest.fixture
def shop(make_repository: MakeRepository, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_repository(SHOP)
    monkeypatch.chdir(root)
    return root


OVERLOADED = {
    "cut.ts": (
        "export function cut(a: string): void;\nexport function cut(a: number): void;\n"
        "export function cut(a: any) {}\ncut('a');\ncut(1);\nconsole.log(1);\n"
    ),
    "other.ts": "export function cut() {}\n",
}


def test_overloads_count_as_one_and_a_file_tells_namesakes_apart(
    make_repository: MakeRepository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(make_repository(OVERLOADED))
    said = problem(capsys, "callers", "cut")
    assert said.startswith("cut.ts:3:16:   function  cut.cut    export function cut(a: any) {}\nother.ts:1:16: ")
    assert "2 definitions are called 'cut'" in said
    assert "path:name" in said
    for target in (["cut.ts:cut"], ["cut.ts", "cut"], ["cut.ts::cut"], ["cut.ts:3", "cut"]):
        assert main(["callers", *target]) == 0
        assert capsys.readouterr().out == "cut.ts:4:0: exact  -  cut('a');\ncut.ts:5:0: exact  -  cut(1);\n"
    assert "cut.ts does not define 'trim'" in problem(capsys, "callers", "cut.ts:trim")
    assert main(["callees", "cut.ts"]) == 0
    assert "log  (unknown)    console.log(1);" in capsys.readouterr().out


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
    shop: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    assert "pkg/cart.py is a file, not a definition" in problem(capsys, verb, "pkg/cart.py")
    assert "pkg is a folder, not a definition" in problem(capsys, verb, "./pkg/")
    monkeypatch.chdir(shop / "pkg")
    assert "pkg is a folder, not a definition" in problem(capsys, verb, ".")


def test_a_file_that_is_not_read_has_no_lines_to_name(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shop / "logo.bin").write_bytes(b"a\n\n\0")
    git(shop, "add", "logo.bin")
    assert "logo.bin is not read: binary" in problem(capsys, "definition", "logo.bin:2")


def test_callees_of_a_folder_are_asked_file_by_file(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "pkg is a folder, not a definition" in problem(capsys, "callees", "pkg")


def test_a_module_is_no_definition(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert problem(capsys, "definition", "pkg").startswith("rlm-code: 'pkg' is a module, not a definition: pkg/\n")
    assert main(["definition", "more.py:3", "json"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["references", "pkg"]) == 0  # its uses are what can be told
    assert "pkg/use.py:1:5: " in capsys.readouterr().out


def test_a_place_that_names_a_module_leads_to_its_file(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["definition", "more.py:1:16"]) == 0
    assert capsys.readouterr().out == "pkg/cart.py:1:0: module  pkg.cart  class Cart:\n"
    assert main(["definition", "more.py:2", "till", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["definitions"]
    assert (row["path"], row["line"], row["column"], row["kind"]) == ("pkg/use.py", 1, 0, "module")
    assert main(["definition", "more.py:1:5"]) == 0
    assert capsys.readouterr().out == "pkg/__init__.py:1:0: module  pkg\n"


def test_the_uses_of_a_module_are_told_from_those_of_its_namesakes(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["references", "more.py:1:16"]) == 0
    places = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert places == ["more.py:1:16:", "pkg/use.py:1:9:"]
    assert main(["callers", "more.py:1:16"]) == 0
    assert capsys.readouterr().err == "no calls of module pkg.cart (pkg/cart.py:1)\n"


def test_a_module_goes_before_a_key_of_its_name(
    make_repository: MakeRepository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = '[project.scripts]\npkg = "pkg.use:main"\nstart = "pkg.use:main"\n'
    monkeypatch.chdir(make_repository({**SHOP, "pyproject.toml": keys}))
    said = problem(capsys, "definition", "pkg")
    assert said.startswith("rlm-code: 'pkg' is a module, not a definition: pkg/\n")
    assert said.rstrip().endswith("a key of that name is project.scripts.pkg (pyproject.toml:2)")
    assert "'pkg.cart' is a module, not a definition: pkg/cart.py" in problem(capsys, "references", "pkg.cart")
    assert main(["definition", "start"]) == 0
    assert capsys.readouterr().out.startswith("pyproject.toml:3:0: ")


def test_a_name_beside_a_whole_position_is_not_passed_over(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "takes no name beside it" in problem(capsys, "definition", "pkg/cart.py:1:6", "add")


def test_a_path_that_is_none_is_not_drawn_as_a_question(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "no file is meant by 'pkg/nope'" in problem(capsys, "map", "pkg/nope")
    assert "no file is meant by 'pkg/nope.py'" in problem(capsys, "map", "pkg", "pkg/nope.py")
    assert main(["map", "how does client/server talk"]) == 0
    assert main(["map", "why does *f(**k)* of [a take {x? " + "and also, " * 80]) == 0
    assert "at most 500 characters" in problem(capsys, "map", "a" * 501)


def test_options_stand_anywhere(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["CLASS", "pkg", "-i"], ["-i", "CLASS", "pkg"], ["CLASS", "--ignore-case", "pkg"]):
        assert main(["search", *arguments]) == 0
        assert capsys.readouterr().out.startswith("pkg/cart.py:1:0: class Cart:\n")
    assert main(["definition", "pkg/use.py:3", "--cache-dir", str(shop / ".cache"), "Cart"]) == 0
    assert capsys.readouterr().out.startswith("pkg/cart.py:1:6: ")
    assert main(["search", "--", "-i", "pkg"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "arguments", [["symbols", "--repo", ""], ["ask", "Where is Cart?", "--repo", " "], ["index", ""]]
)
def test_an_empty_path_is_no_repository(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(arguments)
    assert "the path is empty; leave the option out to look here" in capsys.readouterr().err


@pytest.mark.parametrize("verb", ["ask", "explain"])
def test_who_answers_is_known_before_anything_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], verb: str
) -> None:
    said = problem(capsys, verb, "Cart", "--lm", "unknown", "--repo", str(tmp_path / "none"))
    assert said.startswith("rlm-code: there is no language model called 'unknown'\n")


def test_languages_are_named_in_any_case(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "Cart", "--language", "Python"]) == 0
    assert capsys.readouterr().out.startswith("other/cart.py:1:6: ")


def test_a_map_into_which_nothing_fits_says_so(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["map", "--tokens", "3"]) == 0
    assert capsys.readouterr().err == "none of 5 files of code fits into 3 tokens; raise --tokens\n"


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
