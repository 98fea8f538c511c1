"""initialize: what the server says of itself, and the encoding both sides count in."""

from __future__ import annotations

import pytest

from rlm_code import __version__
from tests.lsp.conftest import Connect, span


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


@pytest.mark.parametrize(("encoding", "character"), [("utf-8", 26), ("utf-16", 24), ("utf-32", 23)])
def test_columns_count_in_the_encoding_that_the_client_prefers(connect: Connect, encoding: str, character: int) -> None:
    client = connect(capabilities={"general": {"positionEncodings": [encoding, "utf-16"]}})
    line = {"line": 5, "character": character}
    found = client.request("textDocument/definition", client.document("pkg/shop.py") | {"position": line})
    assert found == [span(client.uri("pkg/payments.py"), 11, 4, 15)]
    params = client.document("pkg/shop.py") | {"position": line, "context": {"includeDeclaration": False}}
    uses = client.request("textDocument/references", params)
    assert uses[-1] == span(client.uri("pkg/shop.py"), 5, character, character + 11)


def test_exit_without_shutdown_is_an_error(connect: Connect) -> None:
    client = connect()
    client.notify("exit", None)
    assert client.left() == 1


def test_code_is_not_logged(connect: Connect) -> None:
    client = connect()
    secret = "correct_horse_battery_staple"
    client.open("pkg/shop.py", f"def {secret}():\n    pass\n")
    client.request("textDocument/documentSymbol", client.document("pkg/shop.py"))
    client.request("rlmCode/ask", {"question": f"Where is {secret} defined?"})
    client.notify("textDocument/didOpen", {"textDocument": {"text": secret}})
    assert client.stop() == 0
    assert secret not in client.log
