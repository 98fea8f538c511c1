"""A Claude model as a LanguageModel."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rlm_code.errors import ConfigError, LMError
from rlm_code.lm.anthropic.failure import ERRORS
from rlm_code.lm.anthropic.reply import IncomingReply
from rlm_code.lm.anthropic.request import parameters
from rlm_code.lm.attempt import attempt
from rlm_code.lm.connection import Connection
from rlm_code.lm.protocol import Effort, Listener, Message, Reply, Request, Usage
from rlm_code.lm.retry import Patience, with_retries
from rlm_code.lm.sdk_errors import PromptTooLongError

if TYPE_CHECKING:
    from anthropic import AsyncAnthropic

_CONNECT_S = 10.0
_SILENCE_S = 120.0  # the stream is never silent that long: the API sends pings while a model thinks
_MOST_PAUSES = 5


class AnthropicLM:
    """The model `lm`, reached with the credentials and base URL that the SDK finds in its environment: a Claude, or
    whatever a server that speaks the same API calls by that name.

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
        self._connection = Connection("anthropic", _client)

    async def complete(self, request: Request, listener: Listener) -> Reply:
        """Answer `request`; see LanguageModel. Raises ConfigError, before anything is sent, where there is no key."""
        client = await self._connection.client()
        arguments = parameters(self._lm, request, self._effort)
        paused: list[Reply] = []

        async def once() -> Reply:
            stream = lambda: client.messages.create(**arguments, stream=True)  # noqa: E731
            return await attempt(stream, IncomingReply(), ERRORS, listener, self._attempt_s)

        for _ in range(_MOST_PAUSES):
            try:
                reply = await with_retries(once, listener, self._patience)
            except PromptTooLongError as error:
                return self._overflow(error)
            if reply.stop != "pause_turn":
                return _joined([*paused, reply])
            listener.on_spent(reply.usage)
            paused.append(reply)
            arguments["messages"].append({"role": "assistant", "content": reply.message.raw})
        raise LMError(f"the provider paused {_MOST_PAUSES} times without an end", provider=ERRORS.provider)

    async def close(self) -> None:
        """Close the connections."""
        await self._connection.close()

    def _overflow(self, error: LMError) -> Reply:
        empty = Message("assistant", (), raw=[])
        return Reply(empty, "context_overflow", Usage(), self._lm, error.request_id, detail=error.message)


def _joined(replies: list[Reply]) -> Reply:
    """The last reply with what the model had said before it paused."""
    if len(replies) == 1:
        return replies[0]
    content = tuple(block for reply in replies for block in reply.message.content)
    raw = [block for reply in replies for block in reply.message.raw]
    return replace(replies[-1], message=Message("assistant", content, raw=raw))


def _client() -> AsyncAnthropic:
    import anthropic

    timeout = anthropic.Timeout(_SILENCE_S, connect=_CONNECT_S)
    try:
        client = anthropic.AsyncAnthropic(max_retries=0, timeout=timeout)
    except anthropic.AnthropicError as error:
        raise ERRORS.unsendable(error) from error
    if not (client.api_key or client.auth_token or client.credentials):
        raise ConfigError("there is no key for Anthropic", hint="set ANTHROPIC_API_KEY, or use --lm structural")
    return client
