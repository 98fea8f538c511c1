"""Cancelling an ask ends its work and gives what there is; other requests are answered all the while."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lm.messages_server import Hang, MessagesServer
from tests.lsp.client import Client, ResponseError
from tests.lsp.conftest import Connect
from tests.processes import children_of, eventually

REQUEST_CANCELLED = -32800


@pytest.fixture(scope="module")
def claude() -> Iterator[MessagesServer]:
    """A model server that takes every question and answers none."""
    with MessagesServer(lambda body: Hang()) as server:
        yield server


def environ(claude: MessagesServer) -> dict[str, str]:
    return {"ANTHROPIC_API_KEY": claude.key, "ANTHROPIC_BASE_URL": claude.url}


@pytest.fixture(scope="module")
def shared(shop: Path, claude: MessagesServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    connected = Client(shop, tmp_path_factory.mktemp("home"), environ(claude))
    connected.initialize()
    yield connected
    assert connected.stop() == 0


@pytest.fixture
def client(shared: Client, claude: MessagesServer) -> Client:
    """A client whose server talks to that model, which has not been asked anything yet."""
    claude.recorded.clear()
    return shared


@pytest.fixture
def leaving(connect: Connect, claude: MessagesServer) -> Client:
    """The same with a server of its own."""
    claude.recorded.clear()
    return connect(environ=environ(claude))


def test_a_cancelled_ask_gives_a_partial_answer_and_leaves_nothing_running(
    client: Client, claude: MessagesServer
) -> None:
    asked = client.send("rlmCode/ask", {"question": "How does it work?", "outputToken": "t"})
    eventually(lambda: len(claude.requests) == 1)
    assert children_of(client.process.pid)
    client.cancel(asked)
    answer = client.wait(asked)
    assert answer["status"] == "partial"
    assert "cancelled" in answer["reason"]
    eventually(lambda: not children_of(client.process.pid))


def test_requests_are_answered_while_asks_run(client: Client, claude: MessagesServer) -> None:
    asks = [client.send("rlmCode/ask", {"question": f"Question {number}?"}) for number in range(10)]
    eventually(lambda: len(claude.requests) == 4)
    for _ in range(5):
        assert client.request("textDocument/definition", client.at("pkg/shop.py", "charge_card(card, 100)"))
    assert len(claude.requests) == 4, "the others wait for their turn"
    for asked in reversed(asks):
        client.cancel(asked)
    for asked in asks:
        try:
            assert client.wait(asked)["status"] == "partial"
        except ResponseError as error:  # one that was still waiting has nothing to give
            assert error.code == REQUEST_CANCELLED


def test_the_progress_button_cancels_too(client: Client, claude: MessagesServer) -> None:
    asked = client.send("rlmCode/ask", {"question": "How does it work?", "workDoneToken": "w"})
    eventually(lambda: len(claude.requests) == 1)
    client.notify("window/workDoneProgress/cancel", {"token": "w"})
    assert client.wait(asked)["status"] == "partial"


@pytest.mark.slow
def test_shutting_down_ends_what_runs(leaving: Client, claude: MessagesServer) -> None:
    leaving.send("rlmCode/ask", {"question": "How does it work?"})
    eventually(lambda: len(claude.requests) == 1)
    assert leaving.stop() == 0


@pytest.mark.slow
def test_a_client_that_just_goes_leaves_no_server_behind(leaving: Client, claude: MessagesServer) -> None:
    leaving.send("rlmCode/ask", {"question": "How does it work?"})
    eventually(lambda: len(claude.requests) == 1)
    assert leaving.process.stdin
    leaving.process.stdin.close()
    assert leaving.left() == 1
