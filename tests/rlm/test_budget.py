"""The ledger: nothing beyond a limit is admitted, and what is spent is what was used."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlm_code.errors import LimitReached
from rlm_code.lm.prices import price_of
from rlm_code.lm.protocol import Usage
from rlm_code.rlm.budget import Admission, Estimate, Ledger, estimate, tokens_in
from rlm_code.rlm.task import Limits

PRICE = price_of("claude-sonnet-5")


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@st.composite
def calls(draw: st.DrawFn) -> list[tuple[str, int, int, float]]:
    return draw(
        st.lists(
            st.tuples(
                st.sampled_from(["admit", "admit", "settle"]),
                st.integers(0, 5_000),
                st.integers(0, 3_000),
                st.floats(0, 1),
            ),
            max_size=60,
        )
    )


@given(calls(), st.integers(1, 40_000), st.integers(1, 12))
def test_whatever_is_admitted_stays_within_the_limits(
    steps: list[tuple[str, int, int, float]], tokens: int, most_calls: int
) -> None:
    """As long as no call uses more than its estimate, spent and reserved never pass a limit."""
    limits = Limits(tokens=tokens, calls=most_calls, cost_usd=0.05)
    ledger = Ledger(limits)
    open_calls: list[tuple[Admission, int, int]] = []
    admitted = 0
    for kind, used_in, used_out, share in steps:
        if kind == "admit":
            try:
                open_calls.append((ledger.admit(estimate(used_in, used_out, PRICE), PRICE), used_in, used_out))
                admitted += 1
            except LimitReached as reached:
                assert reached.limit in ("tokens", "calls", "cost_usd")
        elif kind == "settle" and open_calls:
            admission, most_in, most_out = open_calls.pop()
            ledger.settle(admission, Usage(input_tokens=int(most_in * share), output_tokens=int(most_out * share)))
    assert ledger.calls == admitted <= most_calls
    for admission, most_in, most_out in open_calls:
        ledger.settle(admission, Usage(cache_write_tokens=most_in, output_tokens=most_out))
    spent = ledger.left()
    assert spent["tokens"]["spent"] <= tokens  # type: ignore[operator]
    assert ledger.cost_usd is not None
    assert ledger.cost_usd <= 0.05 + 1e-9


def test_one_turn_is_held_back_for_the_end() -> None:
    ledger = Ledger(Limits(tokens=1_000, calls=2))
    ledger.hold(Estimate(400, 0.0))
    ledger.settle(ledger.admit(Estimate(600, 0.0), PRICE), Usage(input_tokens=600))
    with pytest.raises(LimitReached, match="calls"):
        ledger.admit(Estimate(1, 0.0), PRICE)
    ledger.settle(ledger.admit(Estimate(400, 0.0), PRICE, last=True), Usage(input_tokens=400))
    with pytest.raises(LimitReached):
        ledger.admit(Estimate(1, 0.0), PRICE, last=True)


def test_time_is_held_back_for_the_end_too() -> None:
    clock = Clock()
    ledger = Ledger(Limits(seconds=100.0), clock)
    assert (ledger.seconds_left(), ledger.seconds_left(last=True)) == (90.0, 100.0)
    clock.now += 95
    assert (ledger.seconds_left(), ledger.seconds_left(last=True)) == (0.0, 5.0)
    with pytest.raises(LimitReached, match="seconds"):
        ledger.admit(Estimate(1, 0.0), PRICE)
    ledger.admit(Estimate(1, 0.0), PRICE, last=True)


def test_a_call_is_settled_once() -> None:
    ledger = Ledger(Limits())
    admission = ledger.admit(Estimate(10, 0.0), PRICE)
    ledger.settle(admission, Usage(input_tokens=1))
    with pytest.raises(ValueError, match="settled"):
        ledger.settle(admission, Usage(input_tokens=1))


def test_what_a_dropped_request_used_is_spent() -> None:
    ledger = Ledger(Limits())
    assert ledger.charge(Usage(input_tokens=1_000_000), PRICE) == 2.0
    assert (ledger.usage.input_tokens, ledger.cost_usd, ledger.calls) == (1_000_000, 2.0, 0)


def test_one_unknown_price_makes_the_cost_unknown() -> None:
    ledger = Ledger(Limits())
    ledger.charge(Usage(input_tokens=1), PRICE)
    assert ledger.charge(Usage(input_tokens=1), price_of("nobody-knows")) is None
    assert ledger.cost_usd is None


def test_an_estimate_takes_the_dearest_rate_and_the_long_prompts_price() -> None:
    assert estimate(1_000_000, 0, price_of("claude-sonnet-5")).cost_usd == pytest.approx(2.5)  # as cache writes
    assert estimate(200_000, 0, price_of("claude-haiku-5-5")).cost_usd == pytest.approx(0.2 * 0.5 * 1.25)


def test_threads_share_it() -> None:
    ledger = Ledger(Limits(tokens=None, calls=10_000))

    def spend() -> None:
        for _ in range(200):
            ledger.settle(ledger.admit(Estimate(10, 0.001), PRICE), Usage(input_tokens=3, output_tokens=1))

    threads = [threading.Thread(target=spend) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (ledger.calls, ledger.usage) == (1600, Usage(4800, 1600))
    assert not ledger.waiting


@pytest.mark.parametrize("text", ["", "x = 1\n", "def f():\n    return 1\n" * 50, "名前" * 40, "\ud800", "😀" * 10])
def test_tokens_are_never_fewer_than_a_third_of_the_bytes(text: str) -> None:
    assert tokens_in(text) >= len(text.encode("utf-8", "surrogatepass")) / 3
