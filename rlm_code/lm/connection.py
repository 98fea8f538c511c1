"""The client of a provider's SDK, opened when it is first needed. Knows no provider.

SDKs take seconds to import, during which a repository can be opened: making a Connection starts the import in a
thread. Elsewhere an SDK is imported by its name alone, never one of its modules first: of a package that two
threads import from two ends, one of them gets a half-made module.
"""

from __future__ import annotations

import asyncio
import importlib
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Generic, Protocol, TypeVar


class Client(Protocol):
    """What all clients can do."""

    def close(self) -> Awaitable[None]:
        """Close its connections."""
        ...


C = TypeVar("C", bound=Client)


class Connection(Generic[C]):
    """A client that `make` makes with the SDK `package`. Serves one event loop after another."""

    def __init__(self, package: str, make: Callable[[], C]) -> None:
        self._make = make
        self._opening = threading.Lock()
        self._client: C | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        threading.Thread(target=_import, args=(package,), name=f"import-{package}", daemon=True).start()

    async def client(self) -> C:
        """The client of the running event loop. Raises what `make` raises."""
        return await asyncio.to_thread(self._open, asyncio.get_running_loop())

    async def close(self) -> None:
        """Close the client; the next one is new."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    def _open(self, loop: asyncio.AbstractEventLoop) -> C:
        with self._opening:
            # Connections cannot move from one loop to another.
            if self._client is None or self._loop is not loop:
                self._client, self._loop = self._make(), loop
            return self._client


def _import(package: str) -> None:
    with suppress(ImportError):  # whoever uses it will say so
        importlib.import_module(package)
