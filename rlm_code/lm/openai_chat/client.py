"""A model behind Chat Completions as a LanguageModel."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rlm_code.lm.openai.client import client
from rlm_code.lm.openai_chat.failure import ERRORS
from rlm_code.lm.openai_chat.reply import IncomingReply
from rlm_code.lm.openai_chat.request import parameters, size_bytes
from rlm_code.lm.protocol import Effort, Listener, Reply, Request
from rlm_code.lm.retry import Patience
from rlm_code.lm.sdk_lm import SdkLM

if TYPE_CHECKING:
    from openai import AsyncOpenAI

_NO_KEY = "none"  # the SDK wants one; servers without keys do not look at it


class ChatLM(SdkLM["AsyncOpenAI"]):
    """The model `lm` of the server at OPENAI_BASE_URL. `needs_key` is False for one that asks for none."""

    package = "openai"
    errors = ERRORS

    def __init__(
        self,
        lm: str,
        *,
        effort: Effort | None = None,
        patience: Patience | None = None,
        attempt_s: float = 900.0,
        needs_key: bool = True,
    ) -> None:
        super().__init__(lm, effort=effort, patience=patience, attempt_s=attempt_s)
        self._key = None if needs_key else _NO_KEY

    async def complete(self, request: Request, listener: Listener) -> Reply:
        """Answer `request`; see LanguageModel. Raises ConfigError, before anything is sent, where there is no key."""
        arguments = parameters(self._lm, request, self._effort)
        incoming = partial(IncomingReply, size_bytes(arguments))
        return await self._sent(
            lambda client: client.chat.completions.create(**arguments, stream=True), incoming, listener
        )

    def _client(self) -> AsyncOpenAI:
        return client(self._key)
