"""Trying again: how long, how often, and that nothing waits in vain."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlm_code.errors import LMError
from rlm_code.lm.protocol import Listener, Waiting
from rlm_code.lm.retry import Patience, is_retryable_status, retry_after_s, with_retries


def test_retry_after_is_seconds_or_a_date() -> None:
    assert retry_after_s({}) is None
    assert retry_after_s({"retry-after": "7"}) == 7
    assert retry_after_s({"retry-after": "1.5"}) == 1.5
    assert retry_after_s({"retry-after": "7", "retry-after-ms": "250"}) == 0.25
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    assert retry_after_s({"retry-after": soon}) == pytest.approx(90, abs=3)
    past = format_datetime(datetime.now(UTC) - timedelta(days=1), usegmt=True)
    assert retry_after_s({"retry-after": past}) == 0


@given(st.text() | st.datetimes().map(lambda date: f"{date:%a, %d %b %Y %H:%M:%S} -0000"))
def test_retry_after_never_fails_and_is_never_negative(text: str) -> None:
    seconds = retry_after_s({"retry-after": text})
    assert seconds is None or 0 <= seconds < float("inf")


@given(st.integers(100, 599))
def test_what_is_our_own_fault_is_not_tried_again(status: int) -> None:
    assert is_retryable_status(status) is (status in (408, 409, 429) or status >= 500)


def waits_of(retry_after: float | None, patience: Patience) -> tuple[list[Waiting], LMError]:
    """The waits of a call that never succeeds, none of them really waited."""
    waits: list[Waiting] = []

    async def attempt() -> None:
        error = LMError("busy", provider="test", retryable=True)
        error.retry_after_s = retry_after
        raise error

    async def call() -> None:
        await with_retries(attempt, Listener(on_wait=waits.append), patience)

    async def no_sleep(seconds: float) -> None: ...

    with pytest.MonkeyPatch.context() as patch, pytest.raises(LMError) as caught:
        patch.setattr(asyncio, "sleep", no_sleep)
        asyncio.run(call())
    return waits, caught.value


@given(
    st.none() | st.floats(0, 1000),
    st.builds(Patience, attempts=st.integers(1, 12), wait_s=st.floats(0, 500), first_s=st.floats(0.01, 10)),
)
def test_waits_are_announced_bounded_and_never_shorter_than_asked(
    retry_after: float | None, patience: Patience
) -> None:
    waits, error = waits_of(retry_after, patience)
    assert error.provider == "test"
    assert [wait.attempt for wait in waits] == list(range(1, len(waits) + 1))
    assert len(waits) < patience.attempts
    assert sum(wait.seconds for wait in waits) <= patience.wait_s
    for wait in waits:
        assert wait.seconds >= (retry_after or 0)
        assert wait.seconds <= max(patience.longest_s, 1.1 * (retry_after or 0))


def test_waits_grow_twofold_and_are_spread() -> None:
    waits, _ = waits_of(None, Patience(attempts=6, first_s=1))
    for number, wait in enumerate(waits):
        assert 0.5 * 2**number <= wait.seconds <= 2**number


def test_the_default_survives_six_refusals_and_ends_within_minutes() -> None:
    waits, error = waits_of(None, Patience())
    assert len(waits) >= 6
    assert sum(wait.seconds for wait in waits) <= 300
    assert error.message.startswith("busy")
