"""Reading many files for the first time: shown, and stopped when nobody wants it any more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import MakeRepository, write_files
from tests.lsp.client import ResponseError
from tests.lsp.conftest import Connect

pytestmark = pytest.mark.slow

REQUEST_CANCELLED = -32800
MANY = {f"pkg/part_{number}.py": f"def part_{number}():\n    return {number}\n" * 20 for number in range(400)}


@pytest.fixture
def many(make_repository: MakeRepository) -> Path:
    return make_repository(MANY)


def test_a_long_reading_is_shown_and_ends(connect: Connect, many: Path) -> None:
    client = connect(many, capabilities={"window": {"workDoneProgress": True}})
    assert client.request("workspace/symbol", {"query": "part_7"})
    token = client.wait_for("window/workDoneProgress/create")["token"]
    told = [message["params"] for message in client.heard if message["method"] == "$/progress"]
    assert {params["token"] for params in told} == {token}
    kinds = [params["value"]["kind"] for params in told]
    assert (kinds[0], kinds[-1], kinds.count("end")) == ("begin", "end", 1)
    assert "400 files" in told[0]["value"]["message"]


def test_an_ask_tells_how_far_the_reading_is(connect: Connect, many: Path) -> None:
    client = connect(many)
    client.request("rlmCode/ask", {"question": "Where is part_7 defined?", "outputToken": "t"})
    first = client.outputs("t")[0]
    assert (first["kind"], first["total"]) == ("index", 400)


def test_an_ask_can_be_cancelled_while_files_are_read(connect: Connect, many: Path) -> None:
    client = connect(many)
    for number in range(10):  # this process may be so slow that all is read before it can cancel
        token = f"t{number}"
        asked = client.send("rlmCode/ask", {"question": "Where is part_7 defined?", "outputToken": token})
        client.wait_for("rlmCode/output", token=token, kind="index")
        client.cancel(asked)
        try:
            assert client.wait(asked)["status"] in ("partial", "complete")
        except ResponseError as error:
            assert error.code == REQUEST_CANCELLED
            assert "started" not in {output["kind"] for output in client.outputs(token)}
            return
        write_files(many, {path: f"{text}# {number}\n" for path, text in MANY.items()})
    pytest.fail("no ask was cancelled while files were read")


def test_a_server_that_reads_can_be_left(connect: Connect, many: Path) -> None:
    client = connect(many)
    client.send("workspace/symbol", {"query": "part_7"})
    assert client.stop() == 0
