"""A real server process over standard input and output, and a client that speaks to it as an editor does."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.lsp.client import LanguageClient

from tests.conftest import MakeRepository

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
}


class Client:
    """One client connected to one server. `said` are the server's own notifications and progress, in order."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.lsp = LanguageClient("test-client", "1")
        self.said: list[tuple[str, Any]] = []
        for method in ("rlmCode/output", types.PROGRESS, types.WINDOW_LOG_MESSAGE):
            self._listen(method)

        @self.lsp.feature(types.CLIENT_REGISTER_CAPABILITY)
        def _register(params: types.RegistrationParams) -> None:
            self.said.append(("registered", params))

        @self.lsp.feature(types.WINDOW_WORK_DONE_PROGRESS_CREATE)
        def _create(params: types.WorkDoneProgressCreateParams) -> None:
            self.said.append(("created", params))

    def _listen(self, method: str) -> None:
        @self.lsp.feature(method)
        def _heard(params: Any) -> None:
            self.said.append((method, params))

    async def request(self, method: str, params: Any, within: float = 30) -> Any:
        """The result of a request; raises what the server answers as an error."""
        async with asyncio.timeout(within):
            return await self.lsp.protocol.send_request_async(method, params)

    def uri(self, path: str) -> str:
        return (self.root / path).as_uri()

    def at(self, path: str, needle: str, text: str | None = None) -> dict[str, Any]:
        """Params that name the first character of `needle` in a file, in UTF-16 units."""
        text = (self.root / path).read_text() if text is None else text
        before = text[: text.index(needle)]
        line = before.rpartition("\n")[2]
        position = types.Position(before.count("\n"), len(line.encode("utf-16-le")) // 2)
        return {"text_document": types.TextDocumentIdentifier(self.uri(path)), "position": position}

    def open(self, path: str, text: str, version: int = 1) -> None:
        document = types.TextDocumentItem(self.uri(path), "python", version, text)
        self.lsp.text_document_did_open(types.DidOpenTextDocumentParams(document))

    def change(self, path: str, text: str, version: int = 2) -> None:
        document = types.VersionedTextDocumentIdentifier(version, self.uri(path))
        changes = [types.TextDocumentContentChangeWholeDocument(text)]
        self.lsp.text_document_did_change(types.DidChangeTextDocumentParams(document, changes))

    def outputs(self) -> list[Any]:
        return [params for method, params in self.said if method == "rlmCode/output"]


Connect = Callable[..., AbstractAsyncContextManager[Client]]


@asynccontextmanager
async def connected(root: Path, capabilities: types.ClientCapabilities | None = None) -> AsyncIterator[Client]:
    """A client whose server has `root` open."""
    client = Client(root)
    await client.lsp.start_io(sys.executable, "-P", "-m", "rlm_code_lsp")
    params = types.InitializeParams(
        capabilities=capabilities or types.ClientCapabilities(),
        workspace_folders=[types.WorkspaceFolder(root.as_uri(), root.name)],
    )
    try:
        async with asyncio.timeout(30):
            await client.lsp.initialize_async(params)
            client.lsp.initialized(types.InitializedParams())
            yield client
            await client.lsp.shutdown_async(None)
    finally:
        client.lsp.exit(None)
        await client.lsp.stop()


@pytest.fixture
def shop(make_repository: MakeRepository) -> Path:
    """A small shop as a git repository."""
    return make_repository(SHOP)


def run(scenario: Any) -> Any:
    """Run one asynchronous scenario to its end."""
    return asyncio.run(scenario)


def capabilities(**text_document: Mapping[str, Any]) -> types.ClientCapabilities:
    """Client capabilities with these of text documents, as the protocol writes them."""
    from lsprotocol.converters import get_converter

    return get_converter().structure({"textDocument": text_document}, types.ClientCapabilities)
