"""docs/protocol.md says what the code does; whatever one of them has and the other has not fails here."""

from __future__ import annotations

import dataclasses
import json
import re
import typing
from pathlib import Path
from typing import Any

import pytest

from rlm_code.rlm import events
from rlm_code.rlm.answer import Answer
from rlm_code.rlm.task import Limits
from rlm_code_lsp import params, protocol, telling
from rlm_code_lsp.ask import ASK
from rlm_code_lsp.explain import EXPLAIN

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/protocol.md").read_text()
CLIENT = (ROOT / "vscode-extension/src/protocol.ts").read_text()


def section(title: str) -> str:
    """The text below a heading."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", PAGE, re.M | re.S)
    assert found, title
    return found[1]


def rows(text: str, head: str) -> list[list[str]]:
    """The cells of the table whose first column is called `head`."""
    found = re.search(rf"^\| {head} \|.*\n\|[-|]+\|\n((?:\|.*\n)+)", text, re.M)
    assert found, head
    return [[cell.strip() for cell in line.strip("|\n").split(" | ")] for line in found[1].splitlines()]


def names(text: str, head: str) -> list[str]:
    return [row[0].strip(" `|") for row in rows(text, head)]


def test_the_requests() -> None:
    assert ASK in names(section("What it answers"), "request")
    assert EXPLAIN in names(section("What it answers"), "request")
    assert json.dumps(protocol.EXPERIMENTAL) in PAGE


def test_the_params() -> None:
    assert names(section("`rlmCode/ask`"), "param") == ["question", *params.SHARED]
    assert names(section("`rlmCode/ask`"), "limit") == [field.name for field in dataclasses.fields(Limits)]
    assert names(section("`rlmCode/explain`"), "param") == ["target"]


def test_the_answer() -> None:
    assert names(section("The answer"), "field") == [field.name for field in dataclasses.fields(Answer)]


def kinds() -> dict[str, set[str]]:
    """What the code says in `rlmCode/output`: the fields of each kind."""
    found = {"index": {"done", "total"}}
    for event in typing.get_args(events.Event):
        made = event(**{field.name: () for field in dataclasses.fields(event)})
        output = telling.output_of(made)
        if output:
            found[output["kind"]] = set(output) - {"kind"}
    return found


def test_the_output() -> None:
    page = {
        row[0].strip(" `|"): set(re.findall(r"`(\w+)`", row[1])) for row in rows(section("`rlmCode/output`"), "kind")
    }
    assert page == kinds()


@pytest.mark.parametrize("name", [ASK, EXPLAIN, telling.OUTPUT])
def test_the_extension_uses_the_same_names(name: str) -> None:
    assert f'"{name}"' in CLIENT


def test_the_extension_knows_every_kind_and_field() -> None:
    client = {
        kind: set(re.findall(r"(\w+):", fields)) - {"kind"}
        for kind, fields in re.findall(r'\{ kind: "(\w+)"; (.*?) \}', CLIENT)
    }
    assert client == kinds()
    answer: Any = re.search(r"export interface Answer \{(.*?)^\}", CLIENT, re.M | re.S)
    told = set(re.findall(r"^  (\w+):", answer[1], re.M))
    assert told <= {field.name for field in dataclasses.fields(Answer)}
