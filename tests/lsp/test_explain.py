"""rlmCode/explain: a folder, a file, some lines or a name."""

from __future__ import annotations

import pytest

from tests.lsp.client import Client


def explained(client: Client, **params: object) -> str:
    """The question that an explanation answered."""
    answer = client.request("rlmCode/explain", params)
    assert answer["status"] == "complete", answer["reason"]
    assert answer["citations"]
    return str(answer["question"])


@pytest.mark.parametrize("target", ["pkg", "pkg/shop.py", "charge_card", "Card.charge"])
def test_a_target_by_path_or_name(client: Client, target: str) -> None:
    assert target in explained(client, target=target)


@pytest.mark.parametrize(("path", "target"), [("pkg", "`pkg/`"), ("pkg/shop.py", "`pkg/shop.py`"), ("", "repository")])
def test_a_folder_or_file_of_the_explorer(client: Client, path: str, target: str) -> None:
    assert target in explained(client, textDocument={"uri": client.uri(path)})


def test_a_folder_is_not_mistaken_for_a_definition_of_its_name(own: Client) -> None:
    own.open("pkg/new.py", "def pkg():\n    pass\n")
    answer = own.request("rlmCode/explain", {"textDocument": {"uri": own.uri("pkg")}})
    assert answer["answer"].startswith("pkg/ holds")


def test_the_name_at_the_cursor_stands_for_its_definition(client: Client) -> None:
    at = client.at("pkg/shop.py", "charge_card(card, 100)")
    cursor = {"start": at["position"], "end": at["position"]}
    assert "pkg/payments.py:12" in explained(client, textDocument=at["textDocument"], range=cursor)


def test_a_module_at_the_cursor_stands_for_its_file(client: Client) -> None:
    at = client.at("pkg/retry.py", "payments.charge_card")
    cursor = {"start": at["position"], "end": at["position"]}
    assert "`pkg/payments.py`" in explained(client, textDocument=at["textDocument"], range=cursor)


def test_selected_lines_stand_for_the_definition_that_holds_them(client: Client) -> None:
    lines = {"start": {"line": 4, "character": 2}, "end": {"line": 5, "character": 3}}
    assert "pkg/shop.py:5" in explained(client, textDocument={"uri": client.uri("pkg/shop.py")}, range=lines)
