"""What language models cost. One dated table; a model that is not in it has no known price, which is said, not guessed.

Sources: "Pricing" and the models' own overview pages in the Claude Platform Docs; "Pricing" in the OpenAI API docs;
both as published by November 2026. List prices in US dollars, without batch, fast, flexible or regional rates.
Models whose price is not published there are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from rlm_code.errors import ConfigError
from rlm_code.lm.fenced import SUFFIX
from rlm_code.lm.protocol import Usage

AS_OF = "2026-11"

_MILLION = 1_000_000
_NEEDED = frozenset({"input", "output", "as_of"})
_CACHED = frozenset({"cache_read", "cache_write"})


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


def prices_with(own: Mapping[str, Any]) -> Callable[[str], Callable[[Usage], float | None]]:
    """`price_of` that takes the user's `own` prices before those of the table: by a model's whole name as it is chosen,
    else by its bare name. Each is {"input", "output", "as_of"} and maybe "cache_read", "cache_write", all in dollars
    per million tokens. Raises ConfigError for what is none."""
    prices = {name: _own_price(name, given) for name, given in own.items()}

    def priced(lm: str) -> Callable[[Usage], float | None]:
        whole = lm.removesuffix(SUFFIX)
        price = prices.get(whole) or prices.get(whole.partition(":")[2])
        return price_of(lm) if price is None else price.cost_usd

    return priced


def _own_price(name: str, given: Any) -> Price:
    if not isinstance(given, Mapping) or not _NEEDED <= given.keys() <= _NEEDED | _CACHED:
        raise ConfigError(f"the price of {name!r} cannot be understood", hint=how_to_price(name))
    rates = {key: given.get(key, given["input"]) for key in ("input", "output", *_CACHED)}
    for key, rate in rates.items():
        if isinstance(rate, bool) or not isinstance(rate, int | float) or not 0 <= rate < 1e6:
            raise ConfigError(f"the price of {name!r}: {key} must be dollars per million tokens, not {rate!r}")
    if not isinstance(given["as_of"], date):
        raise ConfigError(f"the price of {name!r}: as_of must be a date", hint=how_to_price(name))
    read, write = (_times(rates[key], rates["input"], name) for key in ("cache_read", "cache_write"))
    return Price(rates["input"], rates["output"], cache_read=read, cache_write=write, cache_write_1h=write)


def _times(rate: float, of_input: float, name: str) -> float:
    if of_input == 0:
        if rate:
            raise ConfigError(f"the price of {name!r}: what is read costs nothing, so caching it cannot cost more")
        return 1.0
    return rate / of_input


def how_to_price(lm: str) -> str:
    """How a user sets the price of a model."""
    return (
        f'set it in your config.toml, which `rlm-code doctor` names: [prices."{lm.removesuffix(SUFFIX)}"], and below '
        "that input = …, output = … (dollars per million tokens) and as_of = 2026-12-31, the day you looked it up"
    )
