"""Sub-queries: one-shot calls to the sub-model, many at once, whose failures are results.

Within a run, identical prompts share one call. What was answered in an earlier run is taken from the cache, if
there is one: it is admitted to nothing, since nothing is sent.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rlm_code.errors import RlmCodeError
from rlm_code.lm.protocol import LanguageModel, Message, Reply, Request, Text, Usage
from rlm_code.rlm.budget import tokens_in
from rlm_code.rlm.calls import Account, Calls, Sent
from rlm_code.rlm.coverage import Reading
from rlm_code.rlm.events import Emit, SubCallEnded
from rlm_code.rlm.prompt import SUB_SYSTEM
from rlm_code.rlm.task import Limits

if TYPE_CHECKING:
    from rlm_code.rlm.cache import SubCallCache


@dataclass(frozen=True, slots=True)
class _Landed:
    """A reply, and whether an earlier run had paid for it."""

    sent: Sent
    kept: bool


class SubCalls:
    """The sub-queries of a run, its children included. Belongs to the event loop's thread.

    `cached` counts those that were answered without being sent.
    """

    def __init__(
        self,
        lm: LanguageModel,
        calls: Calls,
        limits: Limits,
        reading: Reading,
        emit: Emit,
        cache: SubCallCache | None = None,
    ) -> None:
        self.cached = 0
        self._lm = lm
        self._calls = calls
        self._most_tokens = limits.sub_reply_tokens
        self._reading = reading
        self._emit = emit
        self._cache = cache
        self._width = asyncio.Semaphore(limits.width)
        self._flights: dict[str, asyncio.Task[_Landed]] = {}

    async def batch(self, prompts: Sequence[str], account: Account) -> list[dict[str, Any]]:
        """The replies to `prompts` in their order, as `rlm_code.environment` describes them. Raises ValueError, before
        anything is sent, for more of them than calls are left."""
        self._require_room(set(prompts))
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
        if self._cache is not None:
            await asyncio.to_thread(self._cache.close)

    def _require_room(self, prompts: Collection[str]) -> None:
        """Half a batch leaves a run without calls, and its cell without the answers that it was made for."""
        left = self._calls.ledger.calls_left
        if len(prompts) <= left:
            return
        new = sum(each not in self._flights and self._kept(self._request(each)) is None for each in prompts)
        if new > left:
            raise ValueError(f"{new} sub-queries, and {left} calls are left: send fewer, each with more in it")

    def _request(self, prompt: str) -> Request:
        return Request(SUB_SYSTEM, (Message("user", (Text(prompt),)),), max_tokens=self._most_tokens)

    async def _one(self, prompt: str, account: Account, progress: _Progress) -> dict[str, Any]:
        flight = self._flights.get(prompt)
        cached = flight is not None
        if flight is None:
            flight = self._flights[prompt] = asyncio.create_task(self._fly(prompt, account))
        try:
            # Others may wait for the same flight: it ends with the run, not with one of those who wait.
            landed = await asyncio.shield(flight)
            sent: Sent | None = landed.sent
            cached |= landed.kept
            error = _failure(landed.sent.reply)
        except RlmCodeError as failure:
            # A failure is no answer to keep: the same prompt may be sent again.
            self._flights.pop(prompt, None)
            sent, error = None, str(failure)
        return self._told(prompt, sent, error, cached, account, progress)

    async def _fly(self, prompt: str, account: Account) -> _Landed:
        request = self._request(prompt)
        kept = self._kept(request)
        if kept is None:
            wanted = self._calls.estimate(self._lm, tokens_in(SUB_SYSTEM) + tokens_in(prompt), self._most_tokens)
            async with self._width:
                sent = await self._calls.send(self._lm, request, wanted, account, turn=False)
            self._keep(request, sent.reply)
        self._reading.show(prompt, to_root=False)
        return _Landed(sent, kept=False) if kept is None else _Landed(Sent(kept, 0.0, 0.0), kept=True)

    def _kept(self, request: Request) -> Reply | None:
        return self._cache.get(self._cache.key(self._lm.name, request)) if self._cache is not None else None

    def _keep(self, request: Request, reply: Reply) -> None:
        if self._cache is not None and _failure(reply) is None:
            self._cache.put(self._cache.key(self._lm.name, request), reply)

    def _told(
        self, prompt: str, sent: Sent | None, error: str | None, cached: bool, account: Account, progress: _Progress
    ) -> dict[str, Any]:
        paid = sent is not None and not cached
        usage = sent.reply.usage if sent and paid else Usage()
        cost = sent.cost_usd if sent and paid else 0.0
        text = sent.reply.text if sent and error is None else ""
        truncated = error is None and sent is not None and sent.reply.stop != "end_turn"
        progress.done += 1
        self.cached += cached
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


def _failure(reply: Reply) -> str | None:
    """Why a reply holds no answer, None if it does."""
    if reply.stop == "refusal":
        return f"the sub-model declined to answer{f': {reply.detail}' if reply.detail else ''}"
    if reply.text.strip():
        return None
    if reply.stop == "context_overflow":
        return "the prompt is longer than the sub-model's window: send less at once"
    if reply.stop == "max_tokens":
        return "the sub-model's reply was cut off before it said anything: ask for less at once"
    return "the sub-model said nothing"
