"""`--strategy` and `--route` as a person uses them, and the benchmark that compares the ways, with a served model."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks import strategies
from rlm_code.cli.main import main
from tests.conftest import MakeRepository
from tests.lm.messages_server import MessagesServer, call, say

FILES = {"pay.py": "def charge(card):\n    return card\n", "shop.py": "import pay\npay.charge(1)\n"}
CELLS = [
    "print(repo.file('shop.py').text)",
    "submit('shop.py does [1].', [{'path': 'shop.py', 'start_line': 2}])",
]


def answer(body: dict[str, Any]) -> Any:
    """A model that explores where it can, and submits what it is shown where it cannot."""
    if body["tools"][0]["name"] == "submit":
        quote = {"path": "shop.py", "quote": "pay.charge(1)"}
        return say(call("submit", answer="shop.py does [1].", citations=[quote]))
    return say(call("python", code=CELLS[sum(message["role"] == "assistant" for message in body["messages"])]))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[MessagesServer]:
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    with MessagesServer(answer) as running:
        monkeypatch.setenv("ANTHROPIC_BASE_URL", running.url)
        monkeypatch.setenv("ANTHROPIC_API_KEY", running.key)
        yield running


Asked = Callable[..., dict[str, Any]]


@pytest.fixture
def asked(make_repository: MakeRepository, capsys: pytest.CaptureFixture[str]) -> Asked:
    root = make_repository(FILES)

    def once(question: str, *arguments: str) -> dict[str, Any]:
        capsys.readouterr()
        assert main(["ask", "--repo", str(root), "--json", question, *arguments]) == 0
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found

    return once


@pytest.mark.parametrize(
    ("arguments", "route", "requests"),
    [
        ([], "structure", 0),
        (["--route", "sub-queries"], "sub-queries", 2),
        (["--route", "explore"], "explore", 2),
        (["--route", "one-call"], "one-call", 1),
        (["--strategy", "retrieve"], "one-call", 1),
        (["--strategy", "direct"], "direct", 1),
    ],
)
def test_with_a_key_set_the_way_is_chosen_or_asked_for(
    server: MessagesServer, asked: Asked, arguments: list[str], route: str, requests: int
) -> None:
    answer = asked("Who calls charge?", *arguments)
    assert (answer["status"], answer["route"]["name"], len(server.requests)) == ("complete", route, requests)
    assert [(one["path"], one["start_line"]) for one in answer["citations"]][-1] == ("shop.py", 2)
    assert (answer["usage"]["cost_usd"] > 0) is (requests > 0)


def test_the_footer_says_which_way_and_why(
    server: MessagesServer, make_repository: MakeRepository, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_repository(FILES)
    main(["ask", "--repo", str(root), "Explain `charge`"])
    said = capsys.readouterr().out
    assert "\nroute     one-call: the question asks to explain one thing that it names\n" in said
    assert "\nrun       20" in said


def test_the_ways_are_compared_over_the_same_questions(
    server: MessagesServer,
    make_repository: MakeRepository,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    questions = [
        {"question": "Who calls charge?", "cites": [{"path": "shop.py", "line": 2}]},
        {"question": "Why is it so?", "cites": [{"path": "shop.py", "line": 2}, {"path": "pay.py", "line": 1}]},
    ]
    (tmp_path / "questions.jsonl").write_text("".join(json.dumps(each) + "\n" for each in questions))
    root = make_repository(FILES)
    monkeypatch.setattr(sys, "argv", ["strategies", str(tmp_path / "questions.jsonl"), "--repo", str(root)])
    strategies.main()
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert [row[:4] for row in rows[1:]] == [
        ["rlm", "2/2", "67%", "67%"],
        ["explore", "2/2", "67%", "100%"],
        ["direct", "2/2", "67%", "100%"],
        ["retrieve", "2/2", "67%", "100%"],
    ]
    assert all(float(row[5]) > 0 for row in rows[1:])
