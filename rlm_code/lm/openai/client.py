"""A model behind the Responses API as a LanguageModel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.errors import ConfigError
from rlm_code.lm.openai.failure import ERRORS
from rlm_code.lm.openai.reply import IncomingReply
from rlm_code.lm.openai.request import parameters
from rlm_code.lm.protocol import Listener, Reply, Request
from rlm_code.lm.sdk_lm import CONNECT_S, SdkLM

if TYPE_CHECKING:
    from openai import AsyncOpenAI

_SILENCE_S = 300.0  # there are no pings: the stream is silent while a model thinks


class OpenAILM(SdkLM["AsyncOpenAI"]):
    """A model of OpenAI's, or of a server that speaks the Responses API too."""

    package = "openai"
    errors = ERRORS

    async def complete(self, request: Request, listener: Listener) -> Reply:
        """Answer `request`; see LanguageModel. Raises ConfigError, before anything is sent, where there is no key."""
        arguments = parameters(self._lm, request, self._effort)
        return await self._sent(
            lambda client: client.responses.create(**arguments, stream=True), IncomingReply, listener
        )

    def _client(self) -> AsyncOpenAI:
        return client()


def client(key: str | None = None) -> AsyncOpenAI:
    """A client with `key`, by default the one that the SDK finds. Raises ConfigError where there is none."""
    try:
        import openai
    except ImportError as error:
        raise ConfigError("the SDK of OpenAI is missing", hint="pip install 'rlm-codebase[openai]'") from error
    timeout = openai.Timeout(_SILENCE_S, connect=CONNECT_S)
    try:
        return openai.AsyncOpenAI(api_key=key, max_retries=0, timeout=timeout)
    except openai.OpenAIError as error:
        raise ERRORS.unsendable(error) from error
