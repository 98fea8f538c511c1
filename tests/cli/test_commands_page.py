"""docs/commands.md says what the commands really print: every key, no other, and the arguments that there are."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from rlm_code.cli.main import main
from tests.cli.test_lookup import shop  # noqa: F401  a fixture

PAGE = (Path(__file__).parents[2] / "docs" / "commands.md").read_text("utf-8")
HEAD = {"schema", "command", "repository"}
ARGUMENTS = {
    "index": [],
    "symbols": ["--kind", "function"],
    "definition": ["charge"],
    "references": ["charge"],
    "callers": ["charge"],
    "callees": ["charge"],
    "search": ["charge"],
    "map": [],
}


def section(command: str) -> str:
    """What the page says of one command."""
    match = re.search(rf"^### {command}\b(.*?)(?=^### |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert match is not None
    return match[1]


def table(title: str) -> set[str]:
    """The keys of the table below a heading."""
    found = re.search(rf"^### {title}\n(.*?)(?=^#|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found is not None
    cells = re.findall(r"^\| (`.*?) \|", found[1], re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`([a-z_]+)`", cell)}


def printed(capsys: pytest.CaptureFixture[str], command: str, *arguments: str) -> dict[str, Any]:
    assert main([command, *arguments, "--json"]) == 0
    value: dict[str, Any] = json.loads(capsys.readouterr().out)
    return value


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("command", ARGUMENTS)
def test_the_keys_are_those_of_the_page(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    keys = set(printed(capsys, command, *ARGUMENTS[command])) - HEAD
    said = section(command)
    if command in ("callers", "callees"):
        said = section("references").replace("`references`", f"`{command}`")
    for key in keys:
        assert f"`{key}`" in said, f"{key} is not documented"
    listed = re.sub(r"`\{[^}]*\}`", "", said)
    paragraph = "".join(part for part in re.split(r"\n\n", listed) if part.strip().startswith("`"))
    named = set(re.findall(r"`([a-z_]+)`", paragraph)) - {"exact", "inferred", "text", "signature", "depth", "score"}
    assert named <= keys | {"references", "name"}


@pytest.mark.usefixtures("shop")
def test_rows_have_the_keys_of_the_tables(capsys: pytest.CaptureFixture[str]) -> None:
    (symbol,) = printed(capsys, "definition", "charge")["definitions"]
    assert set(symbol) == table("A definition")
    use = printed(capsys, "callers", "charge", "--sure")["callers"][0]
    assert set(use) == table("A reference")
    assert set(use["inside"]) == {"qualified_name", "kind", "path", "line", "column"}
    entry = printed(capsys, "map")["files"][0]["symbols"][0]
    assert set(entry) == table("A definition") | {"signature", "depth", "score"}


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("command", ["index", "symbols", "search"])
def test_objects_in_lists_have_the_keys_in_braces(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = printed(capsys, command, *(["charge"] if command == "search" else []))
    for name, keys in re.findall(r"`(\w+)`: a list of `\{(.*?)\}`", section(command), re.DOTALL):
        for row in found[name]:
            assert set(row) == set(re.split(r",\s+", keys))


@pytest.mark.parametrize("command", ARGUMENTS)
def test_the_options_of_the_page_are_those_of_the_command(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    offered = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help"}
    everywhere = set(re.findall(r"^\| `(--[a-z-]+)", PAGE, re.MULTILINE))
    heading = section(command).split("\n", 1)[0]
    assert offered == everywhere | set(re.findall(r"--[a-z-]+", heading))
