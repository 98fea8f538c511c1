"""What a benchmark comes to: one figure, what it stands against, and the goal that it has to meet.

A ratio within one run says more than seconds: a goal in seconds holds for a machine like the one that is named
beside the results.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

TIMES = "\N{MULTIPLICATION SIGN}"
"""The unit of ratios."""


class Figure(NamedTuple):
    """One measured value. `goal` is the most that it may be, the least where `at_least`; `against` says what a ratio
    is to, or under which conditions it was measured."""

    room: str
    what: str
    value: float
    unit: str
    against: str = ""
    goal: float | None = None
    at_least: bool = False

    @property
    def meets_goal(self) -> bool | None:
        """Whether the goal is met; None where there is none."""
        if self.goal is None:
            return None
        return self.value >= self.goal if self.at_least else self.value <= self.goal

    def __str__(self) -> str:
        goal = "" if self.goal is None else f"   goal {'≥' if self.at_least else '≤'} {number(self.goal)}"
        verdict = {None: "", True: "", False: ", missed"}[self.meets_goal]
        beside = f"  ({self.against})" if self.against else ""
        return f"{self.room:10} {self.what:44} {number(self.value):>8} {self.unit:5}{goal}{verdict}{beside}"


def number(value: float) -> str:
    """A value to three digits, as people write it."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.3g}"


def shown(figures: Iterable[Figure]) -> Iterator[Figure]:
    """The figures, each printed as soon as it is there."""
    for figure in figures:
        print(figure, flush=True)
        yield figure


def median_seconds(times: int, work: Callable[[], Any]) -> float:
    """The median of the seconds that `work` takes on the clock."""
    return statistics.median(seconds(work) for _ in range(times))


def seconds(work: Callable[[], Any]) -> float:
    """The seconds that `work` takes on the clock."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def noise(times: int = 15) -> float:
    """How unsteady the machine is now: the spread of one fixed piece of work, as a share of its quickest run."""
    taken = [seconds(lambda: sum(range(1_000_000))) for _ in range(times)]
    return statistics.quantiles(taken, n=10)[-1] / min(taken) - 1
