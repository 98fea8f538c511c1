"""The one ledger of a run: dollars, tokens, calls and seconds, held by the host and shared by all sub-calls.

Nothing is sent before it is admitted: `admit` reserves the most that a call can use, `settle` puts what it
did use in its place. The root's next turn is held back from everything else, so that running out
leaves one turn in which to submit. Thread-safe: cells ask for `left` on their own thread. It knows no
messages and no prices: an estimate and a price are handed in.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from rlm_code.errors import ConfigError, LimitReached
from rlm_code.lm.prices import how_to_price
from rlm_code.lm.protocol import Usage
from rlm_code.rlm.task import Limits, Price

HELD_SECONDS_SHARE = 0.1
HELD_SECONDS_MOST = 30.0


@dataclass(frozen=True, slots=True)
class Estimate:
    """The most that one call can use."""

    tokens: int
    cost_usd: float


@dataclass(slots=True, eq=False)
class Admission:
    """A call that may be sent; settle it exactly once."""

    estimate: Estimate
    price: Price


@dataclass(slots=True)
class _Totals:
    usage: Usage = field(default_factory=Usage)
    cost_usd: float = 0.0
    cost_known: bool = True
    calls: int = 0
    reserved: dict[int, Admission] = field(default_factory=dict)


def estimate(input_tokens: int, output_tokens: int, price: Price) -> Estimate:
    """The most that a call with so many tokens can use: all input at the dearest of its possible rates."""
    dearest = max(
        price(Usage(input_tokens=input_tokens, output_tokens=output_tokens)) or 0.0,
        price(Usage(cache_write_tokens=input_tokens, output_tokens=output_tokens)) or 0.0,
    )
    return Estimate(input_tokens + output_tokens, dearest)


def tokens_in(text: str) -> int:
    """An upper estimate of the tokens in `text`: two for every five bytes, and a few around it."""
    # ASCII text needs no encoding to be measured.
    size = len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
    return size * 2 // 5 + 8


class Ledger:
    """What a run has used and may still use. The clock starts when it is made."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self.limits = limits
        self._clock = clock
        self._started = clock()
        self._lock = threading.Lock()
        self._totals = _Totals()
        self._held = Estimate(0, 0.0)

    def hold(self, next_turn: Estimate) -> None:
        """Keep `next_turn` back from everything that is not the last turn."""
        with self._lock:
            self._held = next_turn

    def admit(self, wanted: Estimate, price: Price, *, last: bool = False) -> Admission:
        """Reserve a call. Raises LimitReached where it could pass a limit; the `last` turn may use what is held."""
        with self._lock:
            self._check(wanted, last)
            admission = Admission(wanted, price)
            self._totals.reserved[id(admission)] = admission
            self._totals.calls += 1
            return admission

    def settle(self, admission: Admission, usage: Usage) -> float | None:
        """Replace what was reserved by what was used; the dollars it cost, None if nobody knows."""
        cost = admission.price(usage)
        with self._lock:
            if self._totals.reserved.pop(id(admission), None) is None:
                raise ValueError("this call is settled already")
            self._add(usage, cost)
        return cost

    def charge(self, usage: Usage, price: Price) -> float | None:
        """Add what a request used that gave no reply of its own (failed, dropped or continued); its dollars."""
        cost = price(usage)
        with self._lock:
            self._add(usage, cost)
        return cost

    def affords(self, wanted: Estimate) -> bool:
        """Whether as much is left, not counting what is held back."""
        with self._lock:
            limits = self.limits
            tokens, cost = self._committed()
            return (limits.tokens is None or tokens + wanted.tokens <= limits.tokens) and (
                limits.cost_usd is None or cost + wanted.cost_usd <= limits.cost_usd
            )

    @property
    def waiting(self) -> bool:
        """Whether calls are under way that will free a part of what they reserved."""
        with self._lock:
            return bool(self._totals.reserved)

    @property
    def calls(self) -> int:
        """The calls admitted so far."""
        return self._totals.calls

    @property
    def calls_left(self) -> int:
        """The calls that may yet be admitted, without the one that is held back for the last turn."""
        return max(0, self.limits.calls - self._totals.calls - 1)

    @property
    def usage(self) -> Usage:
        """The tokens of all settled calls."""
        return self._totals.usage

    @property
    def cost_usd(self) -> float | None:
        """The dollars of all settled calls; None once a call's price was unknown."""
        return self._totals.cost_usd if self._totals.cost_known else None

    @property
    def seconds(self) -> float:
        """The time since the run began."""
        return self._clock() - self._started

    def seconds_left(self, *, last: bool = False) -> float:
        """The time that is left, never below 0; but for the `last` turn a part is held back."""
        allowed = self.limits.seconds
        if not last:
            allowed -= min(allowed * HELD_SECONDS_SHARE, HELD_SECONDS_MOST)
        return max(0.0, allowed - self.seconds)

    def left(self) -> dict[str, dict[str, float | int | None]]:
        """Spent and allowed of each limit of the run, as cells see it through `budget()`."""
        with self._lock:
            totals = self._totals
            rows: dict[str, tuple[float, float | None]] = {
                "calls": (totals.calls, self.limits.calls),
                "tokens": (_tokens(totals.usage), self.limits.tokens),
                "cost_usd": (round(totals.cost_usd, 6), self.limits.cost_usd),
                "seconds": (round(self.seconds, 1), self.limits.seconds),
            }
        return {name: {"spent": spent, "allowed": allowed} for name, (spent, allowed) in rows.items()}

    def _add(self, usage: Usage, cost: float | None) -> None:
        self._totals.usage += usage
        self._totals.cost_usd += cost or 0.0
        self._totals.cost_known &= cost is not None

    def _check(self, wanted: Estimate, last: bool) -> None:
        totals, limits = self._totals, self.limits
        held = Estimate(0, 0.0) if last else self._held
        if totals.calls + 1 + (0 if last else 1) > limits.calls:
            raise LimitReached("calls", spent=totals.calls, allowed=limits.calls)
        tokens, cost = self._committed()
        if limits.tokens is not None and tokens + wanted.tokens + held.tokens > limits.tokens:
            raise LimitReached("tokens", spent=tokens, allowed=limits.tokens)
        if limits.cost_usd is not None and cost + wanted.cost_usd + held.cost_usd > limits.cost_usd:
            raise LimitReached("cost_usd", spent=cost, allowed=limits.cost_usd)
        if self.seconds_left(last=last) <= 0:
            raise LimitReached("seconds", spent=self.seconds, allowed=limits.seconds)

    def _committed(self) -> tuple[int, float]:
        """The tokens and dollars that are spent or reserved."""
        reserved = [one.estimate for one in self._totals.reserved.values()]
        tokens = _tokens(self._totals.usage) + sum(one.tokens for one in reserved)
        return tokens, self._totals.cost_usd + sum(one.cost_usd for one in reserved)


def require_price(price: Price, lm: str, limits: Limits) -> None:
    """Raises ConfigError where a limit in dollars cannot be kept because the price of `lm` is unknown."""
    if limits.cost_usd is not None and price(Usage(input_tokens=1, output_tokens=1)) is None:
        raise ConfigError(
            f"the price of {lm} is unknown, so a limit of ${limits.cost_usd:g} cannot be kept",
            hint=f"{how_to_price(lm)}; or limit tokens instead, or choose a model whose price is known",
        )


def _tokens(usage: Usage) -> int:
    return usage.input_tokens + usage.output_tokens + usage.cache_read_tokens + usage.cache_write_tokens
