"""Trying again: what may pass, how long to wait, when to stop. Knows nothing of any provider.

A provider raises LMError for one attempt; whether another may help is that error's `retryable`. Waits grow
exponentially with jitter, never undercut what the provider asked for, and are announced before they begin.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TypeVar

from rlm_code.errors import LMError
from rlm_code.lm.protocol import Listener, Waiting

T = TypeVar("T")

_RETRYABLE_STATUSES = frozenset({408, 409, 429})


class MalformedReplyError(LMError):
    """What came back is no reply at all: not the provider's format, or not the whole of it.

    It may be bad luck or a broken proxy, so it is tried again, but not often.
    """


class UnreachableError(LMError):
    """No connection came about. A cable may be out for a moment; whoever is offline wants to know soon."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How often and how long to try. `wait_s` bounds all waits of one call together, `longest_s` a single
    wait of our own making; `malformed` and `unreachable` are how many failures of that kind are put up with."""

    attempts: int = 10
    wait_s: float = 300.0
    first_s: float = 1.0
    longest_s: float = 60.0
    malformed: int = 2
    unreachable: int = 5

    def is_over(self, failures: Sequence[LMError]) -> bool:
        """Whether these failures of one call, the newest last, are reason enough to give up."""
        return (
            not failures[-1].retryable
            or len(failures) >= self.attempts
            or sum(isinstance(failure, MalformedReplyError) for failure in failures) > self.malformed
            or sum(isinstance(failure, UnreachableError) for failure in failures) > self.unreachable
        )


async def with_retries(attempt: Callable[[], Awaitable[T]], listener: Listener, patience: Patience) -> T:
    """What `attempt` returns at its first success. Raises its last LMError when there is no point in going on."""
    failures: list[LMError] = []
    waited = 0.0
    while True:
        try:
            return await attempt()
        except LMError as error:
            failures.append(error)
            if patience.is_over(failures):
                raise
            seconds = _delay(error, len(failures), patience)
            if waited + seconds > patience.wait_s:
                raise _out_of_patience(error, seconds, patience) from error
        waited += seconds
        listener.on_wait(Waiting(attempt=len(failures), seconds=seconds, reason=failures[-1].message))
        await asyncio.sleep(seconds)


def is_retryable_status(status: int) -> bool:
    """Whether a request that was answered with this HTTP status may succeed later."""
    return status in _RETRYABLE_STATUSES or status >= 500


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """The seconds that a response asks to wait, never negative; None where it does not say.

    `Retry-After` holds seconds or an HTTP date; `retry-after-ms` is the finer form some providers add.
    """
    for name, unit_s in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        seconds = _number(headers.get(name))
        if seconds is not None:
            return max(0.0, seconds * unit_s)
    try:
        date_s = parsedate_to_datetime(headers.get("retry-after") or "").timestamp()
    except (ValueError, OverflowError):
        return None
    return max(0.0, date_s - time.time())


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if number == number and abs(number) != float("inf") else None  # noqa: PLR0124 - NaN


def _delay(error: LMError, number: int, patience: Patience) -> float:
    backoff = min(patience.longest_s, patience.first_s * 2.0 ** (number - 1))
    if not error.retry_after_s:
        return backoff * random.uniform(0.5, 1.0)  # noqa: S311 - spreads load, guards nothing
    # Many sub-calls are often told the same second: they must not all come back in it.
    return error.retry_after_s + random.uniform(0.0, min(backoff, 0.1 * error.retry_after_s))  # noqa: S311


def _out_of_patience(error: LMError, seconds: float, patience: Patience) -> LMError:
    final = LMError(
        f"{error.message}; the next attempt would be in {seconds:.0f} s, later than the {patience.wait_s:.0f} s "
        "that one call may wait",
        provider=error.provider,
        retryable=True,
        request_id=error.request_id,
        hint=error.hint or "try again later",
    )
    final.retry_after_s = error.retry_after_s
    return final
