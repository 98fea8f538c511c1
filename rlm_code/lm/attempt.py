"""One attempt at one request: the stream is opened, taken in and closed, and what it used is told either way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import aclosing, contextmanager
from typing import Any, Protocol

from rlm_code.lm.protocol import Listener, Reply, Usage
from rlm_code.lm.sdk_errors import Errors


class Incoming(Protocol):
    """A reply under way. `usage` is what is known of its cost so far, None before anything is.

    Its methods may take for granted that what comes is of the documented shape.
    """

    usage: Usage | None
    request_id: str | None

    def feed(self, event: Any) -> str:
        """Take in one event of the SDK's stream; the text it adds. Raises LMError for a senseless one."""
        ...

    def reply(self) -> Reply:
        """The whole reply. Raises LMError where the stream ended before it was whole."""
        ...


OpenStream = Callable[[], Awaitable[Any]]
"""Sends a request; its result is an SDK's AsyncStream."""


async def attempt(
    open_stream: OpenStream, incoming: Incoming, errors: Errors, listener: Listener, attempt_s: float
) -> Reply:
    """The reply that comes within `attempt_s`. Raises LMError, and ConfigError for settings that cannot work."""
    reply: Reply | None = None
    try:
        async with asyncio.timeout(attempt_s), aclosing(_events(open_stream, incoming, errors)) as events:
            async for event in events:
                with _reading(incoming, errors):
                    text = incoming.feed(event)
                if text:
                    listener.on_text(text)
        with _reading(incoming, errors):
            reply = incoming.reply()
    except TimeoutError as error:
        raise errors.ours(error, incoming.request_id) from error
    finally:
        if reply is None and incoming.usage is not None:
            listener.on_spent(incoming.usage)
    return reply


@contextmanager
def _reading(incoming: Incoming, errors: Errors) -> Iterator[None]:
    """SDKs do not validate what they hand on: any part of an event may be missing, or be of another kind."""
    try:
        yield
    except (AttributeError, IndexError, KeyError, TypeError) as error:
        raise errors.malformed(f"it makes no sense ({error})", incoming.request_id) from error


async def _events(open_stream: OpenStream, incoming: Incoming, errors: Errors) -> AsyncGenerator[Any]:
    try:
        stream = await open_stream()
        incoming.request_id = stream.response.headers.get(errors.request_id_header)
        async with stream:
            async for event in stream:
                yield event
    except errors.raised() as error:
        raise errors.ours(error, incoming.request_id) from error
