"""What language models cost. One dated table; a model that is not in it has no known price, which is said, not guessed.

Sources: "Pricing" and the models' own overview pages in the Claude Platform Docs; "Pricing" in the OpenAI API docs;
both as published by November 2026. List prices in US dollars, without batch, fast, flexible or regional rates.
Models whose price is not published there are left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from rlm_code.lm.fenced import SUFFIX
from rlm_code.lm.protocol import Usage

AS_OF = "2026-11"

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Price:
    """Dollars per million tokens. Cache rates are multiples of `input`.

    A request whose whole prompt (input, cache reads and cache writes) is longer than `long_from` tokens
    is charged at `long` for all its tokens, output included.
    """

    input: float
    output: float
    cache_read: float = 0.1
    cache_write: float = 1.25
    cache_write_1h: float = 2.0
    long_from: int | None = None
    long: Price | None = None

    def cost_usd(self, usage: Usage) -> float:
        """The dollars of one request."""
        prompt = usage.input_tokens + usage.cache_read_tokens + usage.cache_write_tokens
        if self.long is not None and self.long_from is not None and prompt > self.long_from:
            return self.long.cost_usd(usage)
        input_tokens = (
            usage.input_tokens
            + usage.cache_read_tokens * self.cache_read
            + (usage.cache_write_tokens - usage.cache_write_1h_tokens) * self.cache_write
            + usage.cache_write_1h_tokens * self.cache_write_1h
        )
        return (input_tokens * self.input + usage.output_tokens * self.output) / _MILLION


_OPUS = Price(5.0, 25.0)
_SONNET_4 = Price(3.0, 15.0)
_FABLE_5 = Price(10.0, 50.0)
_FABLE_5_1 = Price(10.0, 50.0, cache_read=0.025)
_HAIKU_4_5 = Price(1.0, 5.0)
_GPT_LONG = 272_000

PRICES: dict[str, Price] = {
    "claude-fable-5-2": Price(8.0, 40.0, cache_read=0.025),
    "claude-fable-5-1": _FABLE_5_1,
    "claude-mythos-5-1": _FABLE_5_1,
    "claude-fable-5": _FABLE_5,
    "claude-mythos-5": _FABLE_5,
    "claude-opus-5-5": Price(4.0, 20.0, cache_read=0.05),
    "claude-opus-5": _OPUS,
    "claude-opus-4-8": _OPUS,
    "claude-opus-4-7": _OPUS,
    "claude-opus-4-6": _OPUS,
    "claude-opus-4-5": _OPUS,
    "claude-opus-4-5-20251101": _OPUS,
    "claude-sonnet-5-5": Price(2.0, 10.0, cache_read=0.05),
    "claude-sonnet-5": Price(2.0, 10.0),
    "claude-sonnet-4-6": _SONNET_4,
    "claude-sonnet-4-5": _SONNET_4,
    "claude-sonnet-4-5-20250929": _SONNET_4,
    "claude-haiku-5-5": Price(0.1, 0.5, long_from=100_000, long=Price(0.5, 2.5)),
    "claude-haiku-4-5": _HAIKU_4_5,
    "claude-haiku-4-5-20251001": _HAIKU_4_5,
    "gpt-6.1-sol": Price(2.0, 10.0, cache_read=0.05, long_from=_GPT_LONG, long=Price(4.0, 15.0, cache_read=0.05)),
    "gpt-6-sol": Price(2.0, 10.0, long_from=_GPT_LONG, long=Price(4.0, 15.0)),
    "gpt-6-luna": Price(0.1, 0.5, long_from=_GPT_LONG, long=Price(0.2, 0.75)),
}


_LISTED = ("anthropic", "openai", "openai-chat")


def cost_usd(lm: str, usage: Usage) -> float | None:
    """The dollars of one request to `lm`, named as it is chosen; None where its price is unknown."""
    if lm == "structural" or lm.startswith("replay:"):
        return 0.0
    price = PRICES.get(_model(lm))
    return None if price is None else price.cost_usd(usage)


def _model(lm: str) -> str:
    """The model's own name."""
    provider, colon, model = lm.removesuffix(SUFFIX).partition(":")
    return model if colon and provider in _LISTED else lm


def price_of(lm: str) -> Callable[[Usage], float | None]:
    """`cost_usd` of one model."""
    return partial(cost_usd, lm)
