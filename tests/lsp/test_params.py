"""Whatever is asked gets an answer: bad params are named, never dropped."""

from __future__ import annotations

from typing import Any

import pytest

from tests.lsp.client import Client, ResponseError
from tests.lsp.conftest import Connect

INVALID_PARAMS, INVALID_REQUEST, NOT_INITIALIZED, NO_METHOD, FAILED = -32602, -32600, -32002, -32601, -32803


def refusal(client: Client, method: str, params: Any) -> ResponseError:
    with pytest.raises(ResponseError) as raised:
        client.request(method, params)
    return raised.value


@pytest.mark.parametrize(
    ("params", "says"),
    [
        (None, "params"),
        ([], "params"),
        ({}, "question"),
        ({"question": ""}, "question"),
        ({"question": 7}, "question"),
        ({"question": "x", "quesion": "y"}, "quesion"),
        ({"question": "x", "class": 1}, "'class'"),
        ({"question": "x", "textDocument": "file:///a"}, "textDocument"),
        ({"question": "x", "textDocument": {}}, "uri"),
        ({"question": "x", "textDocument": {"uri": "untitled:1"}}, "uri"),
        ({"question": "x", "textDocument": {"uri": "file:///elsewhere/a.py"}}, "no open folder"),
        ({"question": "x", "workspaceFolder": "file:///elsewhere"}, "workspaceFolder"),
        ({"question": "x", "range": {"start": {"line": 0}}}, "range.start"),
        ({"question": "x", "range": {"start": {"line": -1, "character": 0}}}, "range.start"),
        ({"question": "x", "outputToken": True}, "outputToken"),
        ({"question": "x", "outputToken": []}, "outputToken"),
        ({"question": "x", "lm": "gpt-17"}, "gpt-17"),
        ({"question": "x", "lm": "anthropic"}, "ANTHROPIC_API_KEY"),
        ({"question": "x", "limits": {"turn": 1}}, "'turn'"),
        ({"question": "x", "limits": {"turns": 1.5}}, "limits.turns"),
        ({"question": "x", "limits": {"turns": 0}}, "turns"),
        ({"question": "x", "limits": {"cost_usd": "1"}}, "limits.cost_usd"),
    ],
)
def test_a_bad_ask_is_told_what_does_not_fit(client: Client, params: Any, says: str) -> None:
    error = refusal(client, "rlmCode/ask", params)
    assert error.code == INVALID_PARAMS
    assert says in error.message


@pytest.mark.parametrize("params", [{}, {"target": "pkg", "textDocument": {"uri": "file:///a"}}, {"target": "a`b"}])
def test_a_bad_explain_likewise(client: Client, params: Any) -> None:
    assert refusal(client, "rlmCode/explain", params).code == INVALID_PARAMS


@pytest.mark.parametrize("method", ["textDocument/definition", "textDocument/hover", "workspace/symbol"])
@pytest.mark.parametrize("params", [{}, {"position": "here"}, [], "x"])
def test_params_that_do_not_fit_a_method_of_the_protocol(client: Client, method: str, params: Any) -> None:
    assert refusal(client, method, params).code == INVALID_PARAMS


@pytest.mark.parametrize("method", ["rlmCode/nothing", "textDocument/rename", "nobody/knows", "$/this"])
@pytest.mark.parametrize("params", [{}, None])
def test_an_unknown_method(client: Client, method: str, params: Any) -> None:
    assert refusal(client, method, params).code == NO_METHOD


def test_a_second_initialize_is_refused(client: Client) -> None:
    assert refusal(client, "initialize", client.initialize_params()).code == INVALID_REQUEST
    assert client.request("workspace/symbol", {"query": "checkout"})


def test_an_unfit_notification_and_a_broken_message_do_no_harm(client: Client) -> None:
    client.notify("textDocument/didOpen", {"textDocument": 7})
    client.notify("rlmCode/nothing", {})
    assert client.process.stdin
    client.process.stdin.write(b"Content-Length: 5\r\n\r\n{nope")
    client.process.stdin.flush()
    assert client.request("workspace/symbol", {"query": "checkout"})


def test_before_initialize_and_after_shutdown_there_is_an_answer_too(connect: Connect) -> None:
    client = connect(initialize=False)
    assert refusal(client, "workspace/symbol", {"query": "x"}).code == NOT_INITIALIZED
    client.initialize()
    client.request("shutdown", None)
    assert refusal(client, "workspace/symbol", {"query": "x"}).code == INVALID_REQUEST
    client.notify("exit", None)
    assert client.left() == 0


def test_a_folder_that_cannot_be_read_is_said(connect: Connect, tmp_path: Any) -> None:
    client = connect(tmp_path / "gone")
    error = refusal(client, "rlmCode/ask", {"question": "x"})
    assert (error.code, error.data["code"]) == (FAILED, "source")


def test_without_a_folder_an_ask_is_refused(connect: Connect) -> None:
    client = connect(initialize=False)
    client.request("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
    assert "no folder is open" in refusal(client, "rlmCode/ask", {"question": "x"}).message
