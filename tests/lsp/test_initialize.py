"""initialize: what the server says of itself, and the encoding both sides count in."""

from __future__ import annotations

import pytest

from rlm_code import __version__
from tests.lsp.conftest import CAPABLE, Connect, span


def test_what_the_server_can_do(connect: Connect) -> None:
    client = connect(initialize=False)
    result = client.initialize()
    assert result["serverInfo"] == {"name": "rlm-code", "version": __version__}
    capabilities = result["capabilities"]
    assert capabilities["positionEncoding"] == "utf-16"
    assert capabilities["textDocumentSync"]["change"] == 1
    for provider in ("definition", "references", "hover", "documentSymbol", "workspaceSymbol"):
        assert capabilities[f"{provider}Provider"]
    assert capabilities["experimental"] == {"rlmCode": {"ask": True, "explain": True}}


def test_a_client_that_can_do_little_gets_what_it_can_take(connect: Connect) -> None:
    client = connect()
    symbols = client.request("textDocument/documentSymbol", client.document("pkg/payments.py"))
    assert [symbol["name"] for symbol in symbols] == ["Card", "charge", "charge_card"]
    assert symbols[1]["containerName"].endswith("Card")
    assert symbols[1]["location"]["uri"] == client.uri("pkg/payments.py")
    hover = client.request("textDocument/hover", client.at("pkg/shop.py", "charge_card(card, 100)"))
    assert hover["contents"]["kind"] == "plaintext"
    assert hover["contents"]["value"].startswith("def charge_card(card: Card, cents: int) -> bool\n\nAsk the bank")
    client.notify("exit", None)
    assert client.left() == 1, "it left without a goodbye"


def test_changes_on_disk_are_asked_for_where_a_client_can_tell(connect: Connect) -> None:
    client = connect(capabilities=CAPABLE)
    registered = client.wait_for("client/registerCapability")
    assert registered["registrations"][0]["method"] == "workspace/didChangeWatchedFiles"


@pytest.mark.parametrize(("encoding", "character"), [("utf-8", 26), ("utf-16", 24), ("utf-32", 23)])
def test_columns_count_in_the_encoding_that_the_client_prefers(connect: Connect, encoding: str, character: int) -> None:
    client = connect(capabilities={"general": {"positionEncodings": [encoding, "utf-16"]}})
    line = {"line": 5, "character": character}
    found = client.request("textDocument/definition", client.document("pkg/shop.py") | {"position": line})
    assert found == [span(client.uri("pkg/payments.py"), 11, 4, 15)]
    params = client.document("pkg/shop.py") | {"position": line, "context": {"includeDeclaration": False}}
    uses = client.request("textDocument/references", params)
    assert uses[-1] == span(client.uri("pkg/shop.py"), 5, character, character + 11)


def test_code_is_not_logged(connect: Connect) -> None:
    client = connect()
    secret = "correct_horse_battery_staple"
    client.open("pkg/shop.py", f"def {secret}():\n    pass\n")
    client.request("textDocument/documentSymbol", client.document("pkg/shop.py"))
    client.request("rlmCode/ask", {"question": f"Where is {secret} defined?"})
    client.notify("textDocument/didOpen", {"textDocument": {"text": secret}})
    assert client.stop() == 0
    assert secret not in client.log
