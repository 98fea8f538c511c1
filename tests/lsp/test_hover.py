"""textDocument/hover."""

from __future__ import annotations

from tests.lsp.client import Client


def test_the_header_the_documentation_and_the_place(client: Client) -> None:
    hover = client.request("textDocument/hover", client.at("pkg/shop.py", "charge_card(card, 100)"))
    assert hover["contents"] == {
        "kind": "markdown",
        "value": (
            "```python\ndef charge_card(card: Card, cents: int) -> bool\n```\n\n"
            "```text\nAsk the bank for `cents`.\n```\n\n`pkg/payments.py:12`"
        ),
    }


def test_a_header_of_several_lines_is_one(own: Client) -> None:
    text = "def f(\n    a: int,\n    b: str,\n) -> None:\n    pass\n"
    own.open("pkg/new.py", text)
    value = own.request("textDocument/hover", own.at("pkg/new.py", "f(", text))["contents"]["value"]
    assert "def f(a: int, b: str) -> None\n" in value


def test_a_module_is_told_with_what_it_is_for(client: Client) -> None:
    hover = client.request("textDocument/hover", client.at("pkg/retry.py", "payments.charge_card"))
    told = "```python\nmodule pkg.payments\n```\n\n```text\nTalks to the bank.\n```\n\n`pkg/payments.py:1`"
    assert hover["contents"]["value"] == told


def test_nothing_where_no_name_is(client: Client) -> None:
    position = client.document("pkg/shop.py") | {"position": {"line": 1, "character": 0}}
    assert client.request("textDocument/hover", position) is None


def test_documentation_cannot_break_out_of_its_frame(own: Client) -> None:
    text = 'def f():\n    """Ends ``` [here](command:rm) <img src=x>."""\n'
    own.open("pkg/new.py", text)
    value = own.request("textDocument/hover", own.at("pkg/new.py", "f()", text))["contents"]["value"]
    assert "````text\nEnds ``` [here](command:rm) <img src=x>.\n````" in value
