"""A small shop, and a real server that has it open."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import git, write_files
from tests.lsp.client import Client

SHOP = {
    "pkg/__init__.py": '"""A shop."""\n',
    "pkg/payments.py": (
        '"""Talks to the bank."""\n\n\n'
        "class Card:\n"
        '    """A payment card."""\n\n'
        "    def charge(self, cents: int) -> bool:\n"
        '        """Take `cents` from the card."""\n'
        "        return charge_card(self, cents)\n\n\n"
        "def charge_card(card: Card, cents: int) -> bool:\n"
        '    """Ask the bank for `cents`."""\n'
        "    return cents > 0\n"
    ),
    "pkg/shop.py": (
        "from pkg.payments import Card, charge_card\n\n\n"
        "def checkout(card: Card) -> bool:\n"
        '    """Sell what is in the basket."""\n'
        '    note = "😀"; return charge_card(card, 100)\n'
    ),
    "pkg/retry.py": "from pkg import payments\n\n\ndef retry(card):\n    return payments.charge_card(card, 1)\n",
    ".gitignore": "build/\n",
}

CAPABLE = {
    "textDocument": {
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
        "hover": {"contentFormat": ["markdown", "plaintext"]},
    },
    "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}},
}

Connect = Callable[..., Client]


def make_shop(folder: Path) -> Path:
    """The shop as a git repository in a new folder."""
    root = folder / "shop"
    root.mkdir()
    write_files(root, SHOP)
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "first")
    return root


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop that no test changes."""
    return make_shop(tmp_path_factory.mktemp("shop"))


@pytest.fixture(scope="session")
def server(shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """One server for many tests: starting one takes a second."""
    connected = Client(shop, tmp_path_factory.mktemp("home"))
    connected.initialize(CAPABLE)
    yield connected
    assert connected.stop() == 0
    assert "Traceback" not in connected.log


@pytest.fixture
def client(server: Client, shop: Path) -> Client:
    """A client that has a shop open which is not to be changed."""
    server.show(shop)
    return server


@pytest.fixture
def own(server: Client, tmp_path: Path) -> Client:
    """A client that has a shop of the test's own open."""
    server.show(make_shop(tmp_path))
    return server


@pytest.fixture
def connect(tmp_path: Path) -> Iterator[Connect]:
    """Starts a server of one's own: `connect()` has a shop open, `connect(root, environ={…})` another folder."""
    clients: list[Client] = []
    home = tmp_path / "home"
    home.mkdir()

    def start(
        root: Path | None = None,
        *,
        environ: Mapping[str, str] | None = None,
        capabilities: Mapping[str, Any] | None = None,
        initialize: bool = True,
        under: Sequence[str] = (),
    ) -> Client:
        started = Client(root or make_shop(tmp_path), home, environ, under)
        clients.append(started)
        if initialize:
            started.initialize(capabilities)
        return started

    yield start
    for started in clients:
        started.stop()


def span(uri: str, line: int, start: int, end: int) -> dict[str, Any]:
    """A location on one line."""
    return {
        "uri": uri,
        "range": {"start": {"line": line, "character": start}, "end": {"line": line, "character": end}},
    }
