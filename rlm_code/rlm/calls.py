"""Requests to language models: each admitted before it is sent and settled when it is over.

Root turns, sub-queries and child runs all go through here, so that nothing is spent beside the ledger.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from rlm_code.errors import ConfigError, LimitReached
from rlm_code.lm.protocol import LanguageModel, Listener, Reply, Request, Usage, Waiting
from rlm_code.rlm.budget import Admission, Estimate, Ledger, estimate
from rlm_code.rlm.events import Emit, TextDelta, Waited
from rlm_code.rlm.task import Price

SMALLEST_REPLY_TOKENS = 2_048
NEXT_OBSERVATION_TOKENS = 6_000
_FREED_BY_OTHERS = ("tokens", "cost_usd")


@dataclass(slots=True)
class Account:
    """What one session used, its sub-queries included. `cost_usd` is None once a price was unknown."""

    session: str
    usage: Usage = field(default_factory=Usage)
    cost_usd: float | None = 0.0

    def add(self, usage: Usage, cost_usd: float | None) -> None:
        """Add what a request used."""
        self.usage += usage
        self.cost_usd = None if cost_usd is None or self.cost_usd is None else self.cost_usd + cost_usd


@dataclass(frozen=True, slots=True)
class Sent:
    """A reply, the dollars it cost (None if nobody knows) and the seconds it took."""

    reply: Reply
    cost_usd: float | None
    seconds: float


class Calls:
    """Sends requests against one ledger. Belongs to the event loop's thread."""

    def __init__(self, ledger: Ledger, price_of: Callable[[str], Price], emit: Emit) -> None:
        self.ledger = ledger
        self._price_of = price_of
        self._emit = emit
        self._settled = asyncio.Event()

    def estimate(self, lm: LanguageModel, input_tokens: int, output_tokens: int) -> Estimate:
        """The most that a call to `lm` can use."""
        return estimate(input_tokens, output_tokens, self._price_of(lm.name))

    def require_room(self, lm: LanguageModel, input_tokens: int) -> None:
        """Raises ConfigError where the limits leave no room for a single turn."""
        smallest = self.estimate(lm, input_tokens, SMALLEST_REPLY_TOKENS)
        if not self.ledger.affords(smallest):
            raise ConfigError(
                f"the limits leave no room for one turn of {lm.name}, which may take {smallest.tokens:,} tokens "
                f"and ${smallest.cost_usd:.2f}",
                hint="raise the limit of dollars or tokens",
            )

    def size_turn(self, lm: LanguageModel, input_tokens: int, most: int, *, hold: bool) -> int:
        """The tokens that a turn's reply may have: `most`, or less where money is short; `hold` keeps the next turn
        back from all else."""
        size = most
        while True:
            after = self.estimate(lm, input_tokens + size + NEXT_OBSERVATION_TOKENS, size)
            now = self.estimate(lm, input_tokens, size)
            both = Estimate(now.tokens + after.tokens, now.cost_usd + after.cost_usd)
            if self.ledger.affords(both) or size // 2 < SMALLEST_REPLY_TOKENS:
                break
            size //= 2
        if hold:
            self.ledger.hold(after)
        return size

    async def send(
        self, lm: LanguageModel, request: Request, wanted: Estimate, account: Account, *, turn: bool, last: bool = False
    ) -> Sent:
        """The reply to a request. Only that of a `turn` is told piece by piece; the `last` may use what is held back.

        Raises LimitReached where it may not be sent or time runs out, and LMError.
        """
        admission = await self._admit(wanted, self._price_of(lm.name), last)
        started = time.monotonic()
        used = Usage()
        try:
            async with asyncio.timeout(self.ledger.seconds_left(last=last)):
                reply = await lm.complete(request, self._listener(admission, account, tells_text=turn))
            used = reply.usage
        except TimeoutError as error:
            raise LimitReached("seconds", spent=self.ledger.seconds, allowed=self.ledger.limits.seconds) from error
        finally:
            cost = self.ledger.settle(admission, used)
            account.add(used, cost)
            self._settled.set()
        return Sent(reply, cost, time.monotonic() - started)

    async def _admit(self, wanted: Estimate, price: Price, last: bool) -> Admission:
        """Admit a call; where others under way have reserved what it needs, wait until they are settled."""
        while True:
            try:
                return self.ledger.admit(wanted, price, last=last)
            except LimitReached as reached:
                if reached.limit not in _FREED_BY_OTHERS or not self.ledger.waiting:
                    raise
            self._settled.clear()
            await self._settled.wait()

    def _listener(self, admission: Admission, account: Account, *, tells_text: bool) -> Listener:
        def said(text: str) -> None:
            if tells_text:
                self._emit(TextDelta(account.session, text))

        def waits(waiting: Waiting) -> None:
            self._emit(Waited(account.session, waiting.attempt, waiting.seconds, waiting.reason))

        def spent(usage: Usage) -> None:
            account.add(usage, self.ledger.charge(usage, admission.price))

        return Listener(said, waits, spent)
