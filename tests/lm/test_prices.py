"""Prices: to the cent where they are known, and None where they are not."""

from __future__ import annotations

import pytest

from rlm_code.lm.prices import PRICES, cost_usd, price_of
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
