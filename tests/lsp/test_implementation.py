"""textDocument/implementation."""

from __future__ import annotations

from tests.conftest import write_files
from tests.lsp.client import Client
from tests.lsp.conftest import span

GIFT = "from pkg.payments import Card\n\n\nclass Gift(Card):\n    def charge(self, cents):\n        return True\n"


def test_subclasses_of_a_class_and_overrides_of_a_method(own: Client) -> None:
    write_files(own.root, {"pkg/gift.py": GIFT})
    found = own.request("textDocument/implementation", own.at("pkg/payments.py", "Card:"))
    assert found == [span(own.uri("pkg/gift.py"), 3, 6, 10)]
    assert own.request("textDocument/implementation", own.at("pkg/shop.py", "Card,")) == found, "at a use as well"
    found = own.request("textDocument/implementation", own.at("pkg/payments.py", "charge(self"))
    assert found == [span(own.uri("pkg/gift.py"), 4, 8, 14)]
    assert own.request("textDocument/implementation", own.at("pkg/payments.py", "charge_card(card:")) == []
