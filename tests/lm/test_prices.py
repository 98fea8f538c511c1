"""Prices: to the cent where they are known, and None where they are not."""

from __future__ import annotations

from datetime import date

import pytest

from rlm_code.errors import ConfigError
from rlm_code.lm.prices import PRICES, cost_usd, price_of, prices_with
from rlm_code.lm.protocol import Usage
from tests.lm import sdk_models

MILLION = 1_000_000


@pytest.mark.parametrize(
    ("usage", "dollars"),
    [
        (Usage(input_tokens=MILLION), 2.00),
        (Usage(output_tokens=MILLION), 10.00),
        (Usage(cache_read_tokens=MILLION), 0.10),
        (Usage(cache_write_tokens=MILLION), 2.50),
        (Usage(cache_write_tokens=MILLION, cache_write_1h_tokens=MILLION), 4.00),
        (Usage(1000, 500, 20_000, 4000), 0.002 + 0.005 + 0.002 + 0.010),
    ],
)
def test_each_kind_of_token_has_its_price(usage: Usage, dollars: float) -> None:
    assert cost_usd("anthropic:claude-sonnet-5-5", usage) == pytest.approx(dollars)
    assert price_of("claude-sonnet-5-5")(usage) == pytest.approx(dollars)


def test_a_long_prompt_makes_every_token_of_its_request_dearer() -> None:
    short = Usage(40_000, 1000, 50_000, 10_000)
    long = Usage(40_001, 1000, 50_000, 10_000)
    assert cost_usd("claude-haiku-5-5", short) == pytest.approx(0.004 + 0.0005 + 0.0005 + 0.00125)
    assert cost_usd("claude-haiku-5-5", long) == pytest.approx(0.0200005 + 0.0025 + 0.0025 + 0.00625)
    # which is why requests are priced one by one: two short ones are not one long one
    one, both = cost_usd("claude-haiku-5-5", short), cost_usd("claude-haiku-5-5", short + short)
    assert one is not None
    assert both == pytest.approx(5 * 2 * one)


def test_an_unknown_price_is_unknown_and_the_structural_model_is_free() -> None:
    assert cost_usd("anthropic:claude-of-the-future", Usage(1)) is None
    assert cost_usd("openai:gpt", Usage(1)) is None
    assert cost_usd("openai:gpt-6-luna", Usage(MILLION // 4)) == pytest.approx(0.025)
    assert cost_usd("structural", Usage(10**9, 10**9)) == 0.0


def test_every_priced_claude_is_one_that_the_sdk_knows() -> None:
    assert {name for name in PRICES if name.startswith("claude-")} <= set(sdk_models.known())


def test_prices_are_sane() -> None:
    for price in PRICES.values():
        assert 0 < price.input < price.output
        assert price.cache_read < 1 < price.cache_write < price.cache_write_1h


OWN = {"input": 0.5, "output": 2.0, "as_of": date(2026, 11, 1)}


def test_a_price_of_ones_own_goes_before_the_table() -> None:
    own = prices_with({"openai-chat:qwen3:30b": OWN | {"cache_read": 0.05}, "claude-opus-5-5": OWN})
    usage = Usage(MILLION, MILLION, MILLION, MILLION)
    assert own("openai-chat:qwen3:30b")(usage) == pytest.approx(0.5 + 2.0 + 0.05 + 0.5)
    assert own("openai-chat:qwen3:30b+fenced")(usage) == own("openai-chat:qwen3:30b")(usage)
    assert own("anthropic:claude-opus-5-5")(usage) == own("bedrock:claude-opus-5-5")(usage) == pytest.approx(3.5)
    assert own("anthropic:claude-sonnet-5-5")(usage) == cost_usd("claude-sonnet-5-5", usage)
    assert own("openai-chat:llama")(usage) is None


def test_a_model_of_ones_own_may_cost_nothing() -> None:
    free = prices_with({"openai-chat:local": OWN | {"input": 0, "output": 0}})
    assert free("openai-chat:local")(Usage(MILLION, MILLION, MILLION)) == 0.0


@pytest.mark.parametrize(
    "wrong",
    [
        3.0, {}, {"input": 1.0, "output": 2.0}, OWN | {"output": "2"}, OWN | {"input": True}, OWN | {"output": -1},
        OWN | {"per": "token"}, OWN | {"as_of": "2026"}, OWN | {"input": 0, "cache_read": 1},
        OWN | {"output": float("nan")},
    ],
)  # fmt: skip
def test_a_price_that_is_none_is_said_to_be_none(wrong: object) -> None:
    with pytest.raises(ConfigError, match="price of 'm'"):
        prices_with({"m": wrong})
