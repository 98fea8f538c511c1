"""What a cell may call on the host: one table for a session, made of the repository's and the run's methods.

The sandbox checks each call against the annotations here before it makes it.
"""

from __future__ import annotations

import functools
import json
import logging
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from rlm_code.codebase.methods import BrokenLookUp, host_methods
from rlm_code.codebase.narrow import OUTSIDE, part_of
from rlm_code.codebase.queries import ReferencePage, SearchPage
from rlm_code.errors import RlmCodeError
from rlm_code.rlm.coverage import Reading
from rlm_code.sandbox.protocol import HostMethod, Json, Namespace

if TYPE_CHECKING:
    from rlm_code.codebase.narrow import HostView

MOST_PROMPTS = 1_000
_TELL_NO_CODE = ("repo.overview", "repo.files")


def namespace(queries: HostView, reading: Reading, methods: Mapping[str, HostMethod]) -> Namespace:
    """What the cells of a session see: the repository, and the session's own `methods`."""
    return Namespace(
        entry="rlm_code.environment:build",
        methods={**_repository_methods(queries, reading), **methods},
        # The bound method itself: sandboxes over equal callables share one mapping.
        shared=queries.corpus,
    )


def batch_method(ask: Callable[[list[str]], Json]) -> HostMethod:
    """A method that takes a list of prompts, during which the cell's clock stands still."""

    def batched(prompts: list[str]) -> Json:
        _check_count(prompts)
        return ask(prompts)

    return HostMethod(batched, stops_clock=True)


def children_method(ask: Callable[[list[str], list[list[str] | None]], Json]) -> HostMethod:
    """A method that takes tasks and for each the part of the repository that its child is shown; otherwise as
    `batch_method`."""

    def batched(tasks: list[str], within: list[list[str] | None]) -> Json:
        _check_count(tasks)
        if len(within) != len(tasks):
            raise ValueError(f"{len(tasks)} tasks, and {len(within)} parts to give them")
        return ask(tasks, within)

    return HostMethod(batched, stops_clock=True)


def _check_count(prompts: list[str]) -> None:
    if len(prompts) > MOST_PROMPTS:
        raise ValueError(f"{len(prompts)} at once are too many: send at most {MOST_PROMPTS}, each with more in it")


def function_methods(functions: Mapping[str, Callable[..., Any]]) -> dict[str, HostMethod]:
    """The methods behind the user's own `functions`. What one raises, or returns that is no JSON, is an error in the
    cell."""

    def guarded(name: str, function: Callable[..., Any]) -> Callable[..., Json]:
        @functools.wraps(function)
        def method(*arguments: Json) -> Json:
            try:
                return json.loads(json.dumps(function(*arguments)))
            except Exception as error:  # code of the user's: whatever it raises is for the cell to see
                logging.getLogger(__name__).info("function %s failed", name, exc_info=True)
                raise RlmCodeError(f"{name} failed: {type(error).__name__}: {error}") from error

        return method

    return {
        f"function.{name}": HostMethod(guarded(name, function), stops_clock=True)
        for name, function in functions.items()
    }


def _repository_methods(queries: HostView, reading: Reading) -> dict[str, HostMethod]:
    """The methods behind `repo`. What they cannot see, and what workers report, goes into the coverage."""

    part = part_of(queries)

    def noted(function: Callable[..., Json]) -> Callable[..., Json]:
        def method(*arguments: Json) -> Json:
            try:
                result = function(*arguments)
            except BrokenLookUp as broken:
                reading.broke(broken.message)
                raise
            reading.looked = True
            if isinstance(result, (ReferencePage, SearchPage)):
                reading.cannot_see(spot for spot in result.blind_spots if not spot.endswith(OUTSIDE))
            found = result.rows if isinstance(result, (ReferencePage, SearchPage)) else result
            if found == []:
                reading.found_nothing(part)
            return result

        return method

    @functools.cache
    def shown() -> frozenset[str]:
        return frozenset(row.path for row in queries.files())

    def evidence(touched: list[str], matched: list[str]) -> None:
        # A worker is believed for the files that it is shown, and for no others.
        if not touched and not matched:
            reading.found_nothing(part)
        known = shown()
        reading.report([path for path in touched if path in known], [path for path in matched if path in known])

    methods = {
        name: HostMethod(function if name in _TELL_NO_CODE else noted(function))
        for name, function in host_methods(queries).items()
    }
    return methods | {"evidence": HostMethod(evidence)}
