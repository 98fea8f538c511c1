"""textDocument/documentSymbol."""

from __future__ import annotations

from tests.lsp.client import Client

CLASS, METHOD, FUNCTION = 5, 6, 12


def test_definitions_nest_as_they_stand(client: Client) -> None:
    symbols = client.request("textDocument/documentSymbol", client.document("pkg/payments.py"))
    assert [(symbol["name"], symbol["kind"]) for symbol in symbols] == [("Card", CLASS), ("charge_card", FUNCTION)]
    (method,) = symbols[0]["children"]
    assert (method["name"], method["kind"]) == ("charge", METHOD)
    assert method["range"]["start"] == {"line": 6, "character": 4}
    assert method["selectionRange"] == {
        "start": {"line": 6, "character": 8},
        "end": {"line": 6, "character": 14},
    }
    assert method["range"]["end"]["line"] == 8
