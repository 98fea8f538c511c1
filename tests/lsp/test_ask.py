"""rlmCode/ask: the answer of `--json`, streamed on the way, without a key and with one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import git
from tests.lm.messages_server import Answer, MessagesServer, call, say
from tests.lsp.client import Client

SUBMITTING = """
submit("It is defined once. [1]", [repo.symbol("charge_card")])
"""


def test_without_a_key_structure_answers_and_says_so(client: Client) -> None:
    answer = client.request("rlmCode/ask", {"question": "Who calls charge_card?"})
    assert answer["status"] == "complete"
    assert answer["lm"]["root"] == "structural"
    assert answer["repository"] == str(client.root)
    assert answer["commit"] == git(client.root, "rev-parse", "HEAD").strip()
    assert {citation["path"] for citation in answer["citations"]} >= {"pkg/shop.py", "pkg/retry.py"}
    for citation in answer["citations"]:
        lines = (client.root / citation["path"]).read_text().split("\n")
        assert citation["quote"] == "\n".join(lines[citation["start_line"] - 1 : citation["end_line"]])


def test_output_streams_under_the_token_that_was_given(client: Client) -> None:
    client.request("rlmCode/ask", {"question": "Where is checkout defined?", "outputToken": "first"})
    outputs = client.outputs("first")
    assert [output["kind"] for output in outputs][:3] == ["started", "turn", "cell"]
    assert outputs[0]["lm"] == "structural"
    assert outputs[-1]["kind"] == "submitted"
    assert outputs[-1]["problems"] == []


def test_without_a_token_nothing_is_said(client: Client) -> None:
    before = len(client.heard)
    client.request("rlmCode/ask", {"question": "Where is checkout defined?"})
    assert not [said for said in client.heard[before:] if said["method"] in ("rlmCode/output", "$/progress")]


def test_progress_begins_reports_and_ends(client: Client) -> None:
    client.request("rlmCode/ask", {"question": "Where is checkout defined?", "workDoneToken": 7})
    told = [message["params"]["value"] for message in client.heard if message["params"].get("token") == 7]
    assert (told[0]["kind"], told[0]["cancellable"]) == ("begin", True)
    assert {value["message"] for value in told if value["kind"] == "report"} >= {"turn 1: thinking", "turn 1: looking"}
    assert [value["kind"] for value in told].count("end") == 1
    assert told[-1]["kind"] == "end"


def test_a_selection_is_part_of_the_question(client: Client) -> None:
    where = {"start": {"line": 3, "character": 0}, "end": {"line": 6, "character": 0}}
    params = client.document("pkg/shop.py") | {"range": where, "question": "What does this do?"}
    assert "pkg/shop.py:4-6" in client.request("rlmCode/ask", params)["question"]


def test_a_cap_on_costs_is_no_obstacle_where_nothing_costs(client: Client) -> None:
    answer = client.request("rlmCode/ask", {"question": "Who calls charge_card?", "limits": {"cost_usd": 0.5}})
    assert (answer["status"], answer["usage"]["cost_usd"]) == ("complete", 0)


class Claude(NamedTuple):
    """A model server, whose script each test sets, and a client whose server talks to it."""

    server: MessagesServer
    script: list[Answer]
    client: Client


@pytest.fixture(scope="module")
def _claude(shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Claude]:
    script: list[Answer] = []
    with MessagesServer(lambda body: script.pop(0)) as server:
        environ = {"ANTHROPIC_API_KEY": server.key, "ANTHROPIC_BASE_URL": server.url}
        connected = Client(shop, tmp_path_factory.mktemp("home"), environ)
        connected.initialize()
        yield Claude(server, script, connected)
        assert connected.stop() == 0


@pytest.fixture
def claude(_claude: Claude) -> Claude:
    _claude.script.clear()
    _claude.server.recorded.clear()
    return _claude


def test_a_model_explores_where_there_is_a_key(claude: Claude) -> None:
    claude.script.append(say("Let me look it up.", call("python", code='print(repo.symbol("charge_card"))')))
    claude.script.append(say(call("python", code=SUBMITTING)))
    answer = claude.client.request("rlmCode/ask", {"question": "Where is it?", "outputToken": "t"})
    assert answer["status"] == "complete", answer["reason"]
    assert answer["lm"]["root"].startswith("anthropic:")
    assert answer["citations"][0]["path"] == "pkg/payments.py"
    texts = [output["text"] for output in claude.client.outputs("t") if output["kind"] == "text"]
    assert "".join(texts) == "Let me look it up."
    assert len(texts) > 1, "the text came in pieces"


def test_a_model_may_be_chosen_for_one_question(claude: Claude) -> None:
    answer = claude.client.request("rlmCode/ask", {"question": "Who calls charge_card?", "lm": "structural"})
    assert answer["lm"]["root"] == "structural"
    assert claude.server.requests == []


def test_limits_of_the_request_hold(claude: Claude) -> None:
    claude.script.extend([say(call("python", code="print(1)"))] * 2)
    answer = claude.client.request("rlmCode/ask", {"question": "Why?", "limits": {"turns": 2}})
    assert answer["status"] == "partial"
    assert answer["usage"]["turns"] == 2
