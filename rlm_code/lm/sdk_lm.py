"""What all language models behind an SDK have in common: a connection, patience, and what a full window is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from typing import Any, ClassVar, Generic

from rlm_code.lm.attempt import Incoming, attempt
from rlm_code.lm.connection import C, Connection
from rlm_code.lm.protocol import Effort, Listener, Message, Reply, Request, Usage
from rlm_code.lm.retry import Patience, with_retries
from rlm_code.lm.sdk_errors import Errors, PromptTooLongError

CONNECT_S = 10.0


class SdkLM(ABC, Generic[C]):
    """The model `lm` of a provider, reached with what the SDK finds in its environment.

    `effort` holds for requests that name none. `attempt_s` bounds one attempt from its first byte to its last.
    One instance serves any number of requests at once, within one event loop at a time.
    """

    package: ClassVar[str]
    errors: ClassVar[Errors]

    def __init__(
        self, lm: str, *, effort: Effort | None = None, patience: Patience | None = None, attempt_s: float = 900.0
    ) -> None:
        self.name = f"{self.errors.provider}:{lm}"
        self._lm = lm
        self._effort = effort
        self._patience = patience or Patience()
        self._attempt_s = attempt_s
        self._connection = Connection(self.package, self._client)

    @abstractmethod
    async def complete(self, request: Request, listener: Listener) -> Reply:
        """Answer `request`; see LanguageModel. Raises ConfigError, before anything is sent, where there is no key."""

    @abstractmethod
    def _client(self) -> C:
        """A client of the SDK. Raises ConfigError where it cannot be made."""

    async def close(self) -> None:
        """Close the connections."""
        await self._connection.close()

    async def _sent(
        self, open_stream: Callable[[C], Awaitable[Any]], incoming: Callable[[], Incoming], listener: Listener
    ) -> Reply:
        """The reply to what `open_stream` sends, tried again while that may help; a full window is a reply, too."""
        client = await self._connection.client()

        async def once() -> Reply:
            return await attempt(lambda: open_stream(client), incoming(), self.errors, listener, self._attempt_s)

        try:
            return await with_retries(once, listener, self._patience)
        except PromptTooLongError as error:
            nothing = Message("assistant", (), raw=[])
            return Reply(nothing, "context_overflow", Usage(), self._lm, error.request_id, detail=error.message)
