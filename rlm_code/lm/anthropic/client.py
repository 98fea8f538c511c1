"""A Claude model as a LanguageModel."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rlm_code.errors import ConfigError, LMError
from rlm_code.lm.anthropic.failure import PromptTooLongError, as_our_error, sdk_errors
from rlm_code.lm.anthropic.reply import PROVIDER, IncomingReply
from rlm_code.lm.anthropic.request import parameters
from rlm_code.lm.protocol import Effort, Listener, Message, Reply, Request, Usage
from rlm_code.lm.retry import Patience, with_retries

if TYPE_CHECKING:
    from anthropic import AsyncAnthropic
    from anthropic.types import RawMessageStreamEvent

_CONNECT_S = 10.0
_SILENCE_S = 120.0  # the stream is never silent that long: the API sends pings while a model thinks
_MOST_PAUSES = 5


class AnthropicLM:
    """The Claude model `lm`, reached with the credentials and base URL that the SDK finds in its environment.

    `effort` holds for requests that name none. `attempt_s` bounds one attempt from its first byte to its last.
    One instance serves any number of requests at once, within one event loop at a time.
    """

    def __init__(
        self, lm: str, *, effort: Effort | None = None, patience: Patience | None = None, attempt_s: float = 900.0
    ) -> None:
        self.name = f"{PROVIDER}:{lm}"
        self._lm = lm
        self._effort = effort
        self._patience = patience or Patience()
        self._attempt_s = attempt_s
        self._opening = threading.Lock()
        self._client: AsyncAnthropic | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        # Importing the SDK takes seconds, during which a repository can be opened.
        threading.Thread(target=_import_sdk, name="import-anthropic", daemon=True).start()

    async def complete(self, request: Request, listener: Listener) -> Reply:
        """Answer `request`; see LanguageModel. Raises ConfigError, before anything is sent, where there is no key."""
        client = await asyncio.to_thread(self._open, asyncio.get_running_loop())
        arguments = parameters(self._lm, request, self._effort)
        paused: list[Reply] = []
        for _ in range(_MOST_PAUSES):
            try:
                reply = await with_retries(lambda: self._attempt(client, arguments, listener), listener, self._patience)
            except PromptTooLongError as error:
                return self._overflow(error)
            if reply.stop != "pause_turn":
                return _joined([*paused, reply])
            listener.on_spent(reply.usage)
            paused.append(reply)
            arguments["messages"].append({"role": "assistant", "content": reply.message.raw})
        raise LMError(f"the provider paused {_MOST_PAUSES} times without an end", provider=PROVIDER)

    async def close(self) -> None:
        """Close the connections."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    def _open(self, loop: asyncio.AbstractEventLoop) -> AsyncAnthropic:
        """The client of this event loop: connections cannot move from one loop to another."""
        with self._opening:
            if self._client is None or self._loop is not loop:
                self._client, self._loop = _client(), loop
            return self._client

    async def _attempt(self, client: AsyncAnthropic, arguments: dict[str, Any], listener: Listener) -> Reply:
        incoming = IncomingReply()
        reply: Reply | None = None
        try:
            async with asyncio.timeout(self._attempt_s), aclosing(_events(client, arguments, incoming)) as events:
                async for event in events:
                    if text := incoming.feed(event):
                        listener.on_text(text)
            reply = incoming.reply()
        except TimeoutError as error:
            raise as_our_error(error, incoming.request_id) from error
        finally:
            if reply is None and incoming.usage is not None:
                listener.on_spent(incoming.usage)
        return reply

    def _overflow(self, error: LMError) -> Reply:
        empty = Message("assistant", (), raw=[])
        return Reply(empty, "context_overflow", Usage(), self._lm, error.request_id, detail=error.message)


async def _events(
    client: AsyncAnthropic, arguments: dict[str, Any], incoming: IncomingReply
) -> AsyncGenerator[RawMessageStreamEvent]:
    """The stream's events; whatever goes wrong with it is raised as an error of ours."""
    try:
        stream = await client.messages.create(**arguments, stream=True)
        incoming.request_id = stream.response.headers.get("request-id")
        async with stream:
            async for event in stream:
                yield event
    except sdk_errors() as error:
        raise as_our_error(error, incoming.request_id) from error


def _joined(replies: list[Reply]) -> Reply:
    """The last reply with what the model had said before it paused."""
    if len(replies) == 1:
        return replies[0]
    content = tuple(block for reply in replies for block in reply.message.content)
    raw = [block for reply in replies for block in reply.message.raw]
    return replace(replies[-1], message=Message("assistant", content, raw=raw))


def _import_sdk() -> None:
    """Import the SDK ahead of its use. Elsewhere it is imported by this name alone, never one of its modules first:
    of a package that two threads import from two ends, one of them gets a half-made module."""
    with suppress(ImportError):  # whoever uses it will say so
        import anthropic
        import anthropic.resources.messages  # noqa: F401


def _client() -> AsyncAnthropic:
    import anthropic

    timeout = anthropic.Timeout(_SILENCE_S, connect=_CONNECT_S)
    try:
        client = anthropic.AsyncAnthropic(max_retries=0, timeout=timeout)
    except anthropic.CredentialsError as error:
        raise as_our_error(error, None) from error
    if not (client.api_key or client.auth_token or client.credentials):
        raise ConfigError("there is no key for Anthropic", hint="set ANTHROPIC_API_KEY, or use --lm structural")
    return client
