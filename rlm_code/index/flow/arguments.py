"""Which arguments of a call a parameter is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rlm_code.index.flow.expressions import Argument, Call, Parameter
from rlm_code.index.flow.values import ANYTHING, Frame, Literal, Row, Values

if TYPE_CHECKING:
    from rlm_code.index.flow.evaluate import Evaluator


class Given(NamedTuple):
    """A call of a function made in a run. `bound`: its first parameter is given already."""

    path: str
    call: Call
    frame: Frame | None
    bound: bool


def given_for(evaluator: Evaluator, given: Given, parameters: list[Parameter], at: int) -> Values | None:
    """What a call gives the `at`-th parameter; None where it leaves it to the default."""
    parameter = parameters[at]
    if parameter.kind == "**":
        return _rest_by_name(evaluator, given, parameters)
    place = sum(other.kind in ("plain", "positional") for other in parameters[:at]) - given.bound
    if parameter.kind == "*":
        return _rest(evaluator, given, place)
    if parameter.kind != "positional":
        named = [argument for argument in given.call.arguments if argument.name == parameter.name]
        if named:
            return evaluator.values(given.path, named[0].value, given.frame)
    found = _positional(evaluator, given, place) if parameter.kind in ("plain", "positional") and place >= 0 else None
    return found if found is not None else _spread_by_name(evaluator, given, parameter.name)


def _positional(evaluator: Evaluator, given: Given, place: int) -> Values | None:
    passed = 0
    for argument in given.call.arguments:
        if argument.spread == "*":
            spread = evaluator.values(given.path, argument.value, given.frame)
            listed = evaluator.containers.listed(spread)
            if listed is not None and place - passed >= len(listed):
                passed += len(listed)
                continue
            return evaluator.containers.items(spread, Values([Literal(place - passed)]))
        if argument.name is None and not argument.spread:
            if passed == place:
                return evaluator.values(given.path, argument.value, given.frame)
            passed += 1
    return None


def _spread_by_name(evaluator: Evaluator, given: Given, name: str) -> Values | None:
    spread = [argument for argument in given.call.arguments if argument.spread == "**"]
    found = [
        evaluator.containers.items(evaluator.values(given.path, argument.value, given.frame), Values([Literal(name)]))
        for argument in spread
    ]
    return evaluator.union(found) or None


def _rest(evaluator: Evaluator, given: Given, place: int) -> Values:
    """The arguments by position from the `place`-th on."""
    items: list[Values] = []
    for argument in given.call.arguments:
        if argument.spread == "*":
            spread = evaluator.values(given.path, argument.value, given.frame)
            listed = evaluator.containers.listed(spread)
            items += [evaluator.containers.each(spread)] if listed is None else listed
        elif argument.name is None and not argument.spread:
            items.append(evaluator.values(given.path, argument.value, given.frame))
    return Values([Row(tuple(items[max(place, 0) :]))])


def _rest_by_name(evaluator: Evaluator, given: Given, parameters: list[Parameter]) -> Values:
    taken = {parameter.name for parameter in parameters if parameter.kind not in ("positional", "*", "**")}
    named: list[Argument] = [argument for argument in given.call.arguments if argument.name]
    rest = [argument for argument in named if argument.name not in taken]
    keys = tuple(argument.name or "" for argument in rest)
    items = tuple(evaluator.values(given.path, argument.value, given.frame) for argument in rest)
    spread = [argument for argument in given.call.arguments if argument.spread == "**"]
    passed_on = evaluator.union(evaluator.values(given.path, argument.value, given.frame) for argument in spread)
    return Values([Row(items, keys)]) | passed_on if keys or spread else ANYTHING
