"""The verbs that look something up: rows for people and pipes, one JSON object for scripts, honest about the rest."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from rlm_code.cli.main import main
from rlm_code.source import contents, disk
from tests.conftest import MakeRepository

SHOP = {
    "pkg/__init__.py": "",
    "pkg/payments.py": (
        "class Gateway:\n"
        "    def post(self, amount):\n"
        "        return amount\n"
        "\n"
        "\n"
        "class Cash:\n"
        "    def post(self, amount):\n"
        "        return 0\n"
        "\n"
        "\n"
        "def charge(cart):\n"
        "    gateway = Gateway()\n"
        "    return gateway.post(cart)  # the whole cart\n"
    ),
    "pkg/shop.py": (
        "from pkg.payments import charge\n"
        "\n"
        "\n"
        "def checkout(cart):\n"
        "    print(cart)\n"
        "    return charge(cart)\n"
        "\n"
        "\n"
        "charge([])\n"
    ),
    "tests/test_shop.py": "from pkg.shop import checkout\n\n\ndef test_checkout():\n    checkout([])\n",
    "broken.py": "def f(:\n    charge(\n",
}


@pytest.fixture
def shop(make_repository: MakeRepository, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_repository(SHOP)
    monkeypatch.chdir(root)
    return root


def said(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> list[str]:
    """The lines on standard output, after standard error's."""
    assert main(list(arguments)) == status
    streams = capsys.readouterr()
    return [*(f"! {line}" for line in streams.err.splitlines()), *streams.out.splitlines()]


def json_of(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> dict[str, Any]:
    assert main([*arguments, "--json"]) == status
    value: dict[str, Any] = json.loads(capsys.readouterr().out)
    return value


def test_a_definition_by_name_and_by_position(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = "pkg/payments.py:11:4: function  pkg.payments.charge  def charge(cart):"
    assert said(capsys, "definition", "charge") == [row]
    assert said(capsys, "definition", "pkg/shop.py:6:11") == [row]
    assert said(capsys, "definition", "pkg/shop.py:6", "charge") == [row]
    assert said(capsys, "definition", "./pkg/payments.py:11") == [row]
    for name in ("pkg.payments.charge", "payments::charge", "pkg/payments#charge"):
        assert said(capsys, "definition", name) == [row]


def test_a_place_can_be_taken_from_one_answer_to_the_next(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (row,) = said(capsys, "definition", "checkout")
    place = row.split(": ")[0]
    assert said(capsys, "callers", f"{place}:")[-1] == "tests/test_shop.py:5:4: exact  test_checkout  checkout([])"


def test_uses_come_in_order_and_aligned(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [row for row in said(capsys, "references", "charge") if not row.startswith("!")]
    assert rows[-3:] == [
        "pkg/shop.py:1:25: import  exact  -         from pkg.payments import charge",
        "pkg/shop.py:6:11: call    exact  checkout  return charge(cart)",
        "pkg/shop.py:9:0:  call    exact  -         charge([])",
    ]
    assert all(re.match(r"[\w/.]+:\d+:\d+: ", row) for row in rows)


def test_a_role_a_limit_and_only_what_is_sure(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sure = json_of(capsys, "references", "charge", "--sure")
    assert {use["certainty"] for use in sure["references"]} == {"exact"}
    assert [use["role"] for use in json_of(capsys, "references", "charge", "--role", "import")["references"]] == [
        "import"
    ]
    rows = said(capsys, "callers", "charge", "--sure", "--limit", "1")
    assert "! 1 of 2 shown; raise --limit for more" in rows
    cut = json_of(capsys, "callers", "charge", "--sure", "--limit", "1")
    assert (cut["total"], cut["shown"], cut["complete"]) == (2, 1, False)
    assert "! rlm-code: 'calls' is no role" in said(capsys, "references", "charge", "--role", "calls", status=2)


def test_what_a_function_and_a_file_call(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "callees", "charge") == [
        "pkg/payments.py:12:14: exact     Gateway  pkg/payments.py:1:6  gateway = Gateway()",
        "pkg/payments.py:13:19: inferred  post     pkg/payments.py:2:8  return gateway.post(cart)  # the whole cart",
    ]
    found = json_of(capsys, "callees", "pkg/shop.py")
    assert [(use["line"], use["name"], use["target"] is None) for use in found["callees"]] == [
        (5, "print", True),
        (6, "charge", False),
        (9, "charge", False),
    ]


def test_a_negative_says_what_could_hide_more(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = said(capsys, "callers", "Cash")
    assert rows[0] == "! no calls of class pkg.payments.Cash (pkg/payments.py:6)"
    assert any("broken.py" in row for row in rows)
    found = json_of(capsys, "callers", "Cash")
    assert (found["total"], found["complete"], found["callers"]) == (0, True, [])
    assert any("broken.py" in spot for spot in found["blind_spots"])


def test_a_name_with_several_definitions_is_for_the_asker_to_choose(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(said(capsys, "definition", "post")) == 2
    rows = said(capsys, "callers", "post", status=2)
    assert rows[0].startswith("! pkg/payments.py:2:8: method  pkg.payments.Gateway.post")
    assert rows[2] == "! rlm-code: 2 definitions are called 'post'"
    error = json_of(capsys, "callers", "post", status=2)["error"]
    assert error["code"] == "ambiguous"
    assert [each["qualified_name"] for each in error["candidates"]] == [
        "pkg.payments.Gateway.post",
        "pkg.payments.Cash.post",
    ]
    assert said(capsys, "callers", "Gateway.post")[-1].startswith("pkg/payments.py:13:19: inferred")


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("pkg/shop.py:4:3", "holds no name: there is white space"),
        ("pkg/shop.py:4:1", "'def' is a keyword there"),
        ("pkg/payments.py:13:40", "part of a comment"),
        ("pkg/shop.py:4:99", "the line ends at column 19"),
        ("pkg/shop.py:99:0", "pkg/shop.py has 9 lines"),
        ("pkg/shop.py:6", "does not say which name is meant"),
        ("pkg/shops.py:6:1", "no file is called 'pkg/shops.py'"),
        ("chargee", "nothing here defines or uses 'chargee'"),
        ("bank.charge", "nothing here is called 'bank.charge'"),
    ],
)
def test_where_nothing_is_it_is_said_what_is_there(
    shop: Path, capsys: pytest.CaptureFixture[str], target: str, says: str
) -> None:
    problem, hint = said(capsys, "references", target, status=2)
    assert says in problem
    assert hint


def test_a_name_from_outside_has_uses_all_the_same(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = said(capsys, "references", "print")
    assert rows[0] == "! nothing here defines 'print': these are uses of the name, whatever each means"
    assert rows[-1] == "pkg/shop.py:5:4: call  name  checkout  print(cart)"
    assert json_of(capsys, "references", "print", "--sure")["total"] == 0


def test_symbols_of_a_file_a_glob_and_by_name(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "symbols", "pkg/shop.py") == [
        "pkg/shop.py:4:4: function  pkg.shop.checkout  def checkout(cart):"
    ]
    names = [each["name"] for each in json_of(capsys, "symbols", "pkg/*.py", "--kind", "method")["symbols"]]
    assert names == ["post", "post"]
    assert [each["name"] for each in json_of(capsys, "symbols", "--contains", "CHECK")["symbols"]] == [
        "checkout",
        "test_checkout",
    ]
    assert any("broken.py" in row for row in said(capsys, "symbols", "--contains", "nothing"))
    assert "is no kind" in said(capsys, "symbols", "--kind", "thing", status=2)[0]
    assert "did you mean pkg/shop.py" in said(capsys, "symbols", "pkg/shops.py", status=2)[1]


def test_search_prints_what_grep_prints(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "search", r"charge\(\w+\)", "--path", "pkg/") == [
        "pkg/payments.py:11:4: def charge(cart):",
        "pkg/shop.py:6:11:     return charge(cart)",
    ]
    assert said(capsys, "search", "CHARGE([", "--literal", "--ignore-case") == ["pkg/shop.py:9:0: charge([])"]
    assert "! no line matches in 5 files" in said(capsys, "search", "nowhere")
    assert "--literal" in said(capsys, "search", "(", status=2)[1]
    (hit,) = json_of(capsys, "search", "cart\\)  #", "--language", "python")["hits"]
    assert (hit["line"], hit["column"], hit["end_line"], hit["end_column"]) == (13, 24, 13, 32)


def test_an_expression_that_runs_away_is_stopped(
    make_repository: MakeRepository, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_repository({"a.txt": "a" * 60 + "!\n"})
    rows = said(capsys, "search", r"^(a|aa)+(?=!\w)", "--repo", str(root), "--max-seconds", "1", status=3)
    assert rows == [
        "! rlm-code: the search time limit is reached: 1 of 1",
        "!           not seen: 1 of 1 files: time ran out",
    ]


def test_files_that_change_while_they_are_searched_are_counted(
    shop: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    change(shop / "pkg/payments.py", 1000)
    said(capsys, "index")
    monkeypatch.setattr(contents, "read_file", Changing(shop / "pkg/payments.py", 1000))
    found = json_of(capsys, "search", "charge", "pkg/")
    assert (found["searched"], found["not_searched"]) == (2, {"changed": 1})


def test_a_map_stays_within_its_tokens(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = said(capsys, "map")
    assert "pkg/payments.py" in rows
    assert "    11  def charge(cart)" in rows
    assert "     2    def post(self, amount)" in rows
    small = json_of(capsys, "map", "--tokens", "40")
    assert small["tokens"] <= small["max_tokens"] == 40
    assert small["shown"] < small["total"]
    (only,) = json_of(capsys, "map", "pkg/shop.py")["files"]
    assert [each["signature"] for each in only["symbols"]] == ["def checkout(cart)"]
    asked = json_of(capsys, "map", "how", "does", "checkout", "work", "--tokens", "50")
    assert asked["files"][0]["path"] == "pkg/shop.py"


def test_an_index_says_what_is_in_it(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = said(capsys, "index")
    assert rows[0].startswith(f"indexed    {shop}, working tree at ")
    assert any(row.startswith("not parsed broken.py: partial") for row in rows)
    found = json_of(capsys, "index")
    assert found["languages"] == [{"language": "python", "files": 5, "lines": 29}]
    assert found["files"] == 5
    assert Path(found["stored_at"]).is_file()
    assert found["stored_bytes"] > 0


def test_an_earlier_revision(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shop / "pkg/shop.py").write_text("")
    assert json_of(capsys, "callers", "charge", "--sure")["total"] == 0
    assert json_of(capsys, "callers", "charge", "--sure", "--rev", "HEAD")["total"] == 2
    assert "no commit is called" in said(capsys, "symbols", "--rev", "v9", status=2)[0]
    assert json_of(capsys, "symbols", "--rev", "v9", status=2)["error"]["code"] == "source"


def test_an_unknown_name_has_a_code_of_its_own(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for target in ("nothing_such", "pkg/shop.py:1:3", "nowhere.py:1:1"):
        assert json_of(capsys, "definition", target, status=2)["error"]["code"] == "not_found"
    assert json_of(capsys, "callers", "post", status=2)["error"]["code"] == "ambiguous"
    assert json_of(capsys, "references", "charge", "--role", "calls", status=2)["error"]["code"] == "config"


def test_what_to_search_in_may_stand_last(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for place in (["pkg/shop.py"], ["--path", "pkg/shop.py"], ["./pkg/shop.py"]):
        assert json_of(capsys, "search", "charge", *place)["total"] == 3
    assert "two places are given" in said(capsys, "search", "x", "pkg/", "--path", "tests/", status=2)[0]


class Changing:
    """A file that is written over each time just before its text is read, for so many times."""

    def __init__(self, path: Path, times: int) -> None:
        self.path, self.left, self.read = path, times, disk.read_file

    def __call__(self, path: bytes, *limit: int) -> bytes:
        if self.left and path.endswith(b"payments.py"):
            self.left -= 1
            change(self.path, self.left)
        return self.read(path, *limit)


def change(path: Path, number: int) -> None:
    path.write_text(f"# {'x' * number}\n{SHOP['pkg/payments.py']}")


@pytest.mark.parametrize("times", [1, 3, 1000])
def test_where_files_change_meanwhile_it_looks_again_within_a_limit(
    shop: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    change(shop / "pkg/payments.py", times)
    said(capsys, "index")
    monkeypatch.setattr(contents, "read_file", Changing(shop / "pkg/payments.py", times))
    rows = said(capsys, "definition", "charge")
    if times < 1000:
        assert [row.partition(": ")[0] for row in rows] == ["pkg/payments.py:12:4"]
    else:
        assert "! rlm-code: pkg/payments.py changed while being read, so nothing is known of it" in rows


def test_overloads_are_one_definition(
    make_repository: MakeRepository, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "function f(x: string): void;\nfunction f(x: number): void;\nfunction f(x: any) {}\nf(1);\n"
    monkeypatch.chdir(make_repository({"a.ts": text}))
    assert [row.split(":")[1] for row in said(capsys, "callers", "f")] == ["4"]


def test_a_search_where_no_file_is_is_refused(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "search", "charge", "nowhere", status=2)[0] == "! rlm-code: no file here is meant by 'nowhere'"


def test_what_is_exported_in_a_circle_has_uses_all_the_same(
    make_repository: MakeRepository, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {
        "a.ts": "export * from './b';\nimport { zz } from './b';\nzz();\n",
        "b.ts": "export * from './a';\nimport { zz } from './a';\n",
    }
    monkeypatch.chdir(make_repository(files))
    assert said(capsys, "references", "a.ts:3:0")[-1].startswith("a.ts:3:0: call")


@pytest.mark.parametrize("glob", ["[z-a]", "[\\d-a]", "*a" * 13, "x" * 501])
@pytest.mark.parametrize("verb", [["symbols"], ["search", "f"], ["map"]])
def test_a_glob_that_cannot_be_read_is_refused_in_one_line(
    verb: list[str], glob: str, shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = said(capsys, *verb, glob, status=2)
    assert len(rows) == 1
    assert "a path pattern" in rows[0]


def test_an_argument_that_is_no_text_names_nothing(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for verb in ("definition", "references", "callers", "callees"):
        assert "Traceback" not in "".join(said(capsys, verb, "\udcff\udcfe", status=2))
    assert said(capsys, "symbols", "--contains", "\udcff")[0] == "! no definitions"
