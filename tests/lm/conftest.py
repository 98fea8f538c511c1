"""A Claude that is served from 127.0.0.1, and someone who listens to it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

import pytest

from rlm_code.errors import LMError
from rlm_code.lm.anthropic import AnthropicLM
from rlm_code.lm.protocol import Effort, LanguageModel, Listener, Message, Reply, Request, Text, Tool, Usage, Waiting
from rlm_code.lm.retry import Patience
from tests.lm.messages_server import MessagesServer, Script
from tests.lm.scripted_server import ScriptedServer

PYTHON = Tool("python", "Run a cell.", {"type": "object", "properties": {"code": {"type": "string"}}})

HASTY = Patience(first_s=0.01, longest_s=0.05)


@dataclass
class Ear:
    """A listener that remembers."""

    texts: list[str] = field(default_factory=list)
    waits: list[Waiting] = field(default_factory=list)
    spent: list[Usage] = field(default_factory=list)

    @property
    def listener(self) -> Listener:
        return Listener(self.texts.append, self.waits.append, self.spent.append)


Server = TypeVar("Server", bound=ScriptedServer)


@dataclass
class Served(Generic[Server]):
    """A model and the server that it talks to."""

    server: Server
    lm: LanguageModel
    ear: Ear = field(default_factory=Ear)

    def run(self, work: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
        async def whole() -> Any:
            try:
                return await work()
            finally:
                await self.lm.close()

        return asyncio.run(whole())

    def complete(self, *requests: Request) -> list[Reply]:
        """The replies to the requests, asked one after the other."""

        async def each() -> list[Reply]:
            return [await self.lm.complete(request, self.ear.listener) for request in requests]

        return self.run(lambda: self.server.hurry(each()))  # type: ignore[no-any-return]


Serve = Callable[..., Served[MessagesServer]]


@pytest.fixture(autouse=True)
def _no_certificates(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Reading the system's certificates takes each client 40 ms, and nothing here is encrypted."""
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Serve:
    """Starts a server with a script and gives a Claude that talks to it."""

    def start(
        script: Script,
        *,
        lm: str = "claude-sonnet-5-5",
        effort: Effort | None = None,
        patience: Patience = HASTY,
        attempt_s: float = 30.0,
        **server: Any,
    ) -> Served[MessagesServer]:
        running = MessagesServer(script, **server)
        running.__enter__()
        request.addfinalizer(running.__exit__)
        monkeypatch.setenv("ANTHROPIC_BASE_URL", running.url)
        monkeypatch.setenv("ANTHROPIC_API_KEY", running.key)
        return Served(running, AnthropicLM(lm, effort=effort, patience=patience, attempt_s=attempt_s))

    return start


def ask(text: str, **settings: Any) -> Request:
    """A request with one user message."""
    return Request(settings.pop("system", "You answer."), (Message("user", (Text(text),)),), **settings)


def failing(served: Served[Any]) -> LMError:
    """The error with which a request ends."""
    with pytest.raises(LMError) as caught:
        served.complete(ask("?"))
    return caught.value
