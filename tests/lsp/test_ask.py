"""rlmCode/ask: the answer of `--json`, streamed on the way, without a key and with one."""

from __future__ import annotations

from tests.conftest import git
from tests.lm.messages_server import MessagesServer, call, say
from tests.lsp.client import Client
from tests.lsp.conftest import Connect

SUBMITTING = """
place = repo.symbol("charge_card").lines()
submit("It is defined once. [1]", [place])
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
    assert len(client.heard) == before


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


def test_a_model_explores_where_there_is_a_key(connect: Connect) -> None:
    script = [say("Let me look it up.", call("python", code=SUBMITTING))]
    with MessagesServer(script) as claude:
        client = connect(environ={"ANTHROPIC_API_KEY": claude.key, "ANTHROPIC_BASE_URL": claude.url})
        answer = client.request("rlmCode/ask", {"question": "Where is it?", "outputToken": "t"})
        assert client.stop() == 0
    assert answer["status"] == "complete", answer["reason"]
    assert answer["lm"]["root"].startswith("anthropic:")
    assert answer["citations"][0]["path"] == "pkg/payments.py"
    texts = [output["text"] for output in client.outputs("t") if output["kind"] == "text"]
    assert "".join(texts) == "Let me look it up."
    assert len(texts) > 1, "the text came in pieces"


def test_a_model_may_be_chosen_for_one_question(connect: Connect) -> None:
    with MessagesServer([]) as claude:
        client = connect(environ={"ANTHROPIC_API_KEY": claude.key, "ANTHROPIC_BASE_URL": claude.url})
        answer = client.request("rlmCode/ask", {"question": "Who calls charge_card?", "lm": "structural"})
        assert client.stop() == 0
    assert answer["lm"]["root"] == "structural"
    assert claude.requests == []


def test_limits_of_the_request_hold(connect: Connect) -> None:
    with MessagesServer(lambda body: say(call("python", code="print(1)"))) as claude:
        client = connect(environ={"ANTHROPIC_API_KEY": claude.key, "ANTHROPIC_BASE_URL": claude.url})
        answer = client.request("rlmCode/ask", {"question": "Why?", "limits": {"turns": 2}})
        assert client.stop() == 0
    assert answer["status"] == "partial"
    assert answer["usage"]["turns"] == 2
