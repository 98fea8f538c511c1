"""A Claude model as a LanguageModel."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rlm_code.errors import ConfigError, LMError
from rlm_code.lm.anthropic.failure import ERRORS
from rlm_code.lm.anthropic.reply import IncomingReply
from rlm_code.lm.anthropic.request import parameters
from rlm_code.lm.connection import C
from rlm_code.lm.protocol import Listener, Message, Reply, Request
from rlm_code.lm.sdk_lm import CONNECT_S, SdkLM

if TYPE_CHECKING:
    from typing import Any

    from anthropic import AsyncAnthropic, Timeout

_SILENCE_S = 120.0  # the stream is never silent that long: the API sends pings while a model thinks
_MOST_PAUSES = 5


class MessagesLM(SdkLM[C]):
    """A model behind the Messages API, wherever that is served."""

    package = "anthropic"

    async def complete(self, request: Request, listener: Listener) -> Reply:
        """Answer `request`; see LanguageModel. Raises ConfigError, before anything is sent, where there is no key."""
        arguments = parameters(self._lm, request, self._effort)
        paused: list[Reply] = []

        async def stream(client: Any) -> Any:
            return await client.messages.create(**arguments, stream=True)

        for _ in range(_MOST_PAUSES):
            reply = await self._sent(stream, lambda: IncomingReply(self.errors), listener)
            if reply.stop != "pause_turn":
                return _joined([*paused, reply])
            listener.on_spent(reply.usage)
            paused.append(reply)
            arguments["messages"].append({"role": "assistant", "content": reply.message.raw})
        raise LMError(f"the provider paused {_MOST_PAUSES} times without an end", provider=self.errors.provider)


class AnthropicLM(MessagesLM["AsyncAnthropic"]):
    """A Claude at Anthropic, or whatever a server that speaks the same API calls by that name."""

    errors = ERRORS

    def _client(self) -> AsyncAnthropic:
        import anthropic

        try:
            client = anthropic.AsyncAnthropic(max_retries=0, timeout=timeout())
        except anthropic.AnthropicError as error:
            raise ERRORS.unsendable(error) from error
        if not (client.api_key or client.auth_token or client.credentials):
            raise ConfigError("there is no key for Anthropic", hint="set ANTHROPIC_API_KEY, or use --lm structural")
        return client


def timeout() -> Timeout:
    """How long a client waits for a connection and for the next byte."""
    import anthropic

    return anthropic.Timeout(_SILENCE_S, connect=CONNECT_S)


def _joined(replies: list[Reply]) -> Reply:
    """The last reply with what the model had said before it paused."""
    if len(replies) == 1:
        return replies[0]
    content = tuple(block for reply in replies for block in reply.message.content)
    raw = [block for reply in replies for block in reply.message.raw]
    return replace(replies[-1], message=Message("assistant", content, raw=raw))
