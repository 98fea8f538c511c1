"""textDocument/definition."""

from __future__ import annotations

from pathlib import Path

from tests.lsp.client import Client
from tests.lsp.conftest import span


def test_a_call_leads_to_the_definition_in_another_file(client: Client) -> None:
    found = client.request("textDocument/definition", client.at("pkg/shop.py", "charge_card(card, 100)"))
    assert found == [span(client.uri("pkg/payments.py"), 11, 4, 15)]


def test_an_attribute_of_an_imported_module_is_followed(client: Client) -> None:
    found = client.request("textDocument/definition", client.at("pkg/retry.py", "charge_card"))
    assert found == [span(client.uri("pkg/payments.py"), 11, 4, 15)]


def test_a_module_leads_to_the_start_of_its_file(client: Client) -> None:
    for needle in ("payments\n", "payments.charge_card"):
        found = client.request("textDocument/definition", client.at("pkg/retry.py", needle))
        assert found == [span(client.uri("pkg/payments.py"), 0, 0, 0)]


def test_where_no_name_is_there_is_no_definition(client: Client) -> None:
    position = client.document("pkg/shop.py") | {"position": {"line": 1, "character": 0}}
    assert client.request("textDocument/definition", position) == []


def test_a_position_beyond_the_text_is_cut_to_its_end(client: Client) -> None:
    position = client.document("pkg/shop.py") | {"position": {"line": 999, "character": 999}}
    assert client.request("textDocument/definition", position) == []


def test_a_file_of_no_open_folder_has_no_answer(client: Client, tmp_path: Path) -> None:
    (tmp_path / "other.py").write_text("x = 1\n")
    params = {"textDocument": {"uri": (tmp_path / "other.py").as_uri()}, "position": {"line": 0, "character": 0}}
    assert client.request("textDocument/definition", params) is None
    params["textDocument"] = {"uri": "untitled:Untitled-1"}
    assert client.request("textDocument/definition", params) is None
