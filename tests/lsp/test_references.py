"""textDocument/references."""

from __future__ import annotations

from tests.conftest import write_files
from tests.lsp.client import Client
from tests.lsp.conftest import span


def test_uses_in_every_file_of_one_definition(client: Client) -> None:
    params = client.at("pkg/payments.py", "charge_card(card:") | {"context": {"includeDeclaration": False}}
    found = client.request("textDocument/references", params)
    assert found == [
        span(client.uri("pkg/payments.py"), 8, 15, 26),
        span(client.uri("pkg/retry.py"), 4, 20, 31),
        span(client.uri("pkg/shop.py"), 0, 31, 42),
        # After a character of two units.
        span(client.uri("pkg/shop.py"), 5, 24, 35),
    ]


def test_the_declaration_comes_first_where_it_is_asked_for(client: Client) -> None:
    params = client.at("pkg/shop.py", "charge_card(card, 100)") | {"context": {"includeDeclaration": True}}
    found = client.request("textDocument/references", params)
    assert found[0] == span(client.uri("pkg/payments.py"), 11, 4, 15)
    assert len(found) == 5


def test_however_many_there_are_all_are_given(own: Client) -> None:
    uses = "".join("    charge_card(card, 1)\n" for _ in range(1500))
    write_files(own.root, {"pkg/many.py": f"from pkg.payments import charge_card\n\n\ndef many(card):\n{uses}"})
    params = own.at("pkg/payments.py", "charge_card(card:") | {"context": {"includeDeclaration": False}}
    found = own.request("textDocument/references", params)
    assert sum(each["uri"] == own.uri("pkg/many.py") for each in found) == 1501
