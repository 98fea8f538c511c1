"""Call hierarchy: prepare, incoming and outgoing calls."""

from __future__ import annotations

from typing import Any

from tests.conftest import write_files
from tests.lsp.client import Client
from tests.lsp.conftest import SHOP


def prepared(client: Client, path: str, needle: str) -> Any:
    (item,) = client.request("textDocument/prepareCallHierarchy", client.at(path, needle))
    return item


def starts(ranges: list[Any]) -> list[tuple[int, int]]:
    return [(each["start"]["line"], each["start"]["character"]) for each in ranges]


def test_an_item_is_the_definition_of_what_is_named(client: Client) -> None:
    item = prepared(client, "pkg/shop.py", "charge_card(card, 100)")
    assert (item["name"], item["detail"]) == ("charge_card", "pkg.payments.charge_card")
    assert item["uri"] == client.uri("pkg/payments.py")
    assert item["range"]["start"] == {"line": 11, "character": 0}
    assert item["selectionRange"] == {"start": {"line": 11, "character": 4}, "end": {"line": 11, "character": 15}}
    nothing = client.document("pkg/shop.py") | {"position": {"line": 1, "character": 0}}
    assert client.request("textDocument/prepareCallHierarchy", nothing) == []


def test_what_is_no_definition_is_in_no_hierarchy(own: Client) -> None:
    """Modules, parameters, and names that lead out of the repository."""
    own.open("pkg/new.py", "import os\nimport pkg\n\n\ndef f(given):\n    return given, os, pkg\n")
    for character in (11, 18, 22):
        position = own.document("pkg/new.py") | {"position": {"line": 5, "character": character}}
        assert own.request("textDocument/prepareCallHierarchy", position) == []


def test_a_call_of_a_parameter_leads_to_no_definition(own: Client) -> None:
    own.open("pkg/new.py", "def f(given):\n    given()\n    f(given)\n")
    (item,) = own.request(
        "textDocument/prepareCallHierarchy", own.document("pkg/new.py") | {"position": {"line": 0, "character": 4}}
    )
    calls = own.request("callHierarchy/outgoingCalls", {"item": item})
    assert [call["to"]["name"] for call in calls] == ["f"]


def test_incoming_calls_come_by_caller(own: Client) -> None:
    write_files(own.root, {"main.py": "from pkg.payments import charge_card\n\ncharge_card(1, 2)\ncharge_card(3, 4)\n"})
    item = prepared(own, "pkg/payments.py", "charge_card(card:")
    calls = own.request("callHierarchy/incomingCalls", {"item": item})
    assert [(call["from"]["name"], starts(call["fromRanges"])) for call in calls] == [
        ("main.py", [(2, 0), (3, 0)]),
        ("charge", [(8, 15)]),
        ("retry", [(4, 20)]),
        ("checkout", [(5, 24)]),
    ]
    # One may go on from a caller, the file among them.
    (checkout,) = [call["from"] for call in calls if call["from"]["name"] == "checkout"]
    assert own.request("callHierarchy/incomingCalls", {"item": checkout}) == []
    assert own.request("callHierarchy/incomingCalls", {"item": calls[0]["from"]}) == []


def test_outgoing_calls_come_by_what_is_called(client: Client) -> None:
    item = prepared(client, "pkg/shop.py", "checkout")
    (call,) = client.request("callHierarchy/outgoingCalls", {"item": item})
    assert (call["to"]["name"], call["to"]["uri"]) == ("charge_card", client.uri("pkg/payments.py"))
    assert starts(call["fromRanges"]) == [(5, 24)]


def test_what_only_the_name_tells_is_marked(own: Client) -> None:
    write_files(own.root, {"pkg/loose.py": "def loose(thing):\n    thing.charge(1)\n"})
    item = prepared(own, "pkg/payments.py", "charge(self")
    calls = own.request("callHierarchy/incomingCalls", {"item": item})
    assert [(call["from"]["name"], call["from"]["detail"]) for call in calls] == [
        ("loose", "pkg.loose.loose (by name alone)")
    ]


def test_an_item_is_found_again_by_its_place(own: Client) -> None:
    item = prepared(own, "pkg/shop.py", "checkout")
    own.open("pkg/shop.py", SHOP["pkg/shop.py"].replace("def checkout(card: Card) -> bool:", "def checkout(card):"))
    (call,) = own.request("callHierarchy/outgoingCalls", {"item": item})
    assert call["to"]["name"] == "charge_card"
    own.change("pkg/shop.py", "\n\n\n\n")
    assert own.request("callHierarchy/outgoingCalls", {"item": item}) == []
