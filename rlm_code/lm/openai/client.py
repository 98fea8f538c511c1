"""A model behind the Responses API as a LanguageModel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.errors import ConfigError
from rlm_code.lm.attempt import attempt
from rlm_code.lm.connection import Connection
from rlm_code.lm.openai.failure import ERRORS
from rlm_code.lm.openai.reply import IncomingReply
from rlm_code.lm.openai.request import parameters
from rlm_code.lm.protocol import Effort, Listener, Message, Reply, Request, Usage
from rlm_code.lm.retry import Patience, with_retries
from rlm_code.lm.sdk_errors import PromptTooLongError

if TYPE_CHECKING:
    from openai import AsyncOpenAI

_CONNECT_S = 10.0
_SILENCE_S = 300.0  # there are no pings: the stream is silent while a model thinks


class OpenAILM:
    """The model `lm`, reached with the key and base URL that the SDK finds in its environment.

    `effort` holds for requests that name none. `attempt_s` bounds one attempt from its first byte to its last.
    One instance serves any number of requests at once, within one event loop at a time.
    """

    def __init__(
        self, lm: str, *, effort: Effort | None = None, patience: Patience | None = None, attempt_s: float = 900.0
    ) -> None:
        self.name = f"{ERRORS.provider}:{lm}"
        self._lm = lm
        self._effort = effort
        self._patience = patience or Patience()
        self._attempt_s = attempt_s
        self._connection = Connection("openai", _client)

    async def complete(self, request: Request, listener: Listener) -> Reply:
        """Answer `request`; see LanguageModel. Raises ConfigError, before anything is sent, where there is no key."""
        client = await self._connection.client()
        arguments = parameters(self._lm, request, self._effort)

        async def once() -> Reply:
            stream = lambda: client.responses.create(**arguments, stream=True)  # noqa: E731
            return await attempt(stream, IncomingReply(), ERRORS, listener, self._attempt_s)

        try:
            return await with_retries(once, listener, self._patience)
        except PromptTooLongError as error:
            empty = Message("assistant", (), raw=[])
            return Reply(empty, "context_overflow", Usage(), self._lm, error.request_id, detail=error.message)

    async def close(self) -> None:
        """Close the connections."""
        await self._connection.close()


def _client() -> AsyncOpenAI:
    try:
        import openai
    except ImportError as error:
        raise ConfigError("the SDK of OpenAI is missing", hint="pip install 'rlm-codebase[openai]'") from error
    timeout = openai.Timeout(_SILENCE_S, connect=_CONNECT_S)
    try:
        return openai.AsyncOpenAI(max_retries=0, timeout=timeout)
    except openai.OpenAIError as error:
        raise ERRORS.unsendable(error) from error
