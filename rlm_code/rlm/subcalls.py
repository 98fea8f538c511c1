"""Sub-queries: one-shot calls to the sub-model, many at once, whose failures are results.

Within a run, identical prompts share one call. The key (model, settings, prompt) is all that an answer depends
on, so a cache that outlives the run can take the place of `_flights` without touching anything else.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from rlm_code.errors import RlmCodeError
from rlm_code.lm.protocol import LanguageModel, Message, Request, Text, Usage
from rlm_code.rlm.budget import tokens_in
from rlm_code.rlm.calls import Account, Calls, Sent
from rlm_code.rlm.coverage import Reading
from rlm_code.rlm.events import Emit, SubCallEnded
from rlm_code.rlm.prompt import SUB_SYSTEM
from rlm_code.rlm.task import Limits

Key = tuple[str, str, int, str]


class SubCalls:
    """The sub-queries of a run, its children included. Belongs to the event loop's thread."""

    def __init__(self, lm: LanguageModel, calls: Calls, limits: Limits, reading: Reading, emit: Emit) -> None:
        self._lm = lm
        self._calls = calls
        self._most_tokens = limits.sub_reply_tokens
        self._reading = reading
        self._emit = emit
        self._width = asyncio.Semaphore(limits.width)
        self._flights: dict[Key, asyncio.Task[Sent]] = {}

    async def batch(self, prompts: Sequence[str], account: Account) -> list[dict[str, Any]]:
        """The replies to `prompts` in their order, as `rlm_code.environment` describes them."""
        progress = _Progress(len(prompts))
        async with asyncio.TaskGroup() as group:
            running = [group.create_task(self._one(prompt, account, progress)) for prompt in prompts]
        return [one.result() for one in running]

    async def close(self) -> None:
        """Cancel what is under way and wait until it has ended."""
        flights = list(self._flights.values())
        for flight in flights:
            flight.cancel()
        await asyncio.gather(*flights, return_exceptions=True)

    async def _one(self, prompt: str, account: Account, progress: _Progress) -> dict[str, Any]:
        key: Key = (self._lm.name, SUB_SYSTEM, self._most_tokens, prompt)
        flight = self._flights.get(key)
        cached = flight is not None
        if flight is None:
            flight = self._flights[key] = asyncio.create_task(self._fly(prompt, account))
        try:
            # Others may wait for the same flight: it ends with the run, not with one of those who wait.
            sent: Sent | None = await asyncio.shield(flight)
            error = _failure(sent) if sent else None
        except RlmCodeError as failure:
            # A failure is no answer to keep: the same prompt may be sent again.
            self._flights.pop(key, None)
            sent, error = None, str(failure)
        return self._told(prompt, sent, error, cached, account, progress)

    async def _fly(self, prompt: str, account: Account) -> Sent:
        request = Request(SUB_SYSTEM, (Message("user", (Text(prompt),)),), max_tokens=self._most_tokens)
        wanted = self._calls.estimate(self._lm, tokens_in(SUB_SYSTEM) + tokens_in(prompt), self._most_tokens)
        async with self._width:
            sent = await self._calls.send(self._lm, request, wanted, account, turn=False)
        self._reading.show(prompt, to_root=False)
        return sent

    def _told(
        self, prompt: str, sent: Sent | None, error: str | None, cached: bool, account: Account, progress: _Progress
    ) -> dict[str, Any]:
        paid = sent is not None and not cached
        usage = sent.reply.usage if sent and paid else Usage()
        cost = sent.cost_usd if sent and paid else 0.0
        text = sent.reply.text if sent and error is None else ""
        truncated = error is None and sent is not None and sent.reply.stop != "end_turn"
        progress.done += 1
        self._emit(
            SubCallEnded(
                session=account.session,
                done=progress.done,
                total=progress.total,
                prompt=prompt,
                text=text,
                error=error,
                truncated=truncated,
                cached=cached,
                lm=sent.reply.lm if sent else self._lm.name,
                usage=usage,
                cost_usd=cost,
                seconds=sent.seconds if sent else 0.0,
            )
        )
        return reply_json(text, error, truncated, usage, cost)


class _Progress:
    def __init__(self, total: int) -> None:
        self.total = total
        self.done = 0


def reply_json(text: str, error: str | None, truncated: bool, usage: Usage, cost_usd: float | None) -> dict[str, Any]:
    """The reply to a sub-query or of a child run, as cells get it."""
    read = usage.input_tokens + usage.cache_read_tokens + usage.cache_write_tokens
    used = {"input_tokens": read, "output_tokens": usage.output_tokens, "cost_usd": cost_usd}
    return {"text": text, "error": error, "truncated": truncated, "usage": used}


def _failure(sent: Sent) -> str | None:
    """Why a reply holds no answer, None if it does."""
    reply = sent.reply
    if reply.stop == "refusal":
        return f"the sub-model declined to answer{f': {reply.detail}' if reply.detail else ''}"
    if reply.text.strip():
        return None
    if reply.stop == "context_overflow":
        return "the prompt is longer than the sub-model's window: send less at once"
    if reply.stop == "max_tokens":
        return "the sub-model's reply was cut off before it said anything: ask for less at once"
    return "the sub-model said nothing"
