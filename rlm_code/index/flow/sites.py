"""Where a function that is passed on is called: its value followed forwards, each call found checked backwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from rlm_code.index.flow.following import Following
from rlm_code.index.flow.python_file import CallSite
from rlm_code.index.flow.trail import Trail
from rlm_code.index.flow.values import Bound, Function, Value
from rlm_code.index.values import Target

if TYPE_CHECKING:
    from rlm_code.index.flow.evaluate import Evaluator

_MOST_NESTED = 3


class Found(NamedTuple):
    """The sites that call a function, each with the value that it calls; `whole` if no limit was reached."""

    found: tuple[tuple[CallSite, Value], ...]
    whole: bool


class Sites:
    """Call sites in one snapshot."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._index = evaluator.index
        self.following = Following(evaluator)
        self._kept: dict[tuple[str, int], Found] = {}
        self._open: set[tuple[str, int]] = set()

    def of(self, function: Function) -> Found:
        """The sites that call a function or lambda."""
        key = (function.path, function.at)
        known = self._kept.get(key)
        if known is not None:
            return known
        if key in self._open or len(self._open) >= _MOST_NESTED or not self._evaluator.work.may_search():
            return Found((), key in self._open)
        self._open.add(key)
        try:
            found = self._kept[key] = self._search(function)
        finally:
            self._open.discard(key)
        return found

    def escaped(self, function: Function) -> Trail:
        """The way of a function whose value is passed on, with the sites that may call it; plain calls by its name are
        not looked for."""
        trail = self._trail_of(function, escaped=True)
        self.following.walk(trail)
        return trail

    def making(self, owner: Target) -> Found:
        """The sites that make an object of a class."""
        key = (owner.path, -1 - owner.at)
        if key not in self._kept:
            self._kept[key] = Found((), True)
            trail = Trail()
            self.following.from_names(owner, trail)
            self._kept[key] = self._checked(trail, lambda value: value == owner)
        return self._kept[key]

    def escaped_class(self, owner: Target) -> Trail:
        """The way of a class that is passed on, with the sites that may make an object of it."""
        definition = self._index.view(owner.path).definitions[owner.at]
        trail = Trail(asked=owner)
        self.following.from_names(owner, trail, calls=False)
        self.following.from_definition(owner.path, definition.name_start, trail)
        self.following.from_methods(owner, trail)
        self.following.walk(trail)
        return trail

    def _search(self, function: Function) -> Found:
        return self._checked(self._trail_of(function, escaped=False), lambda value: _is_of(value, function))

    def _trail_of(self, function: Function, *, escaped: bool) -> Trail:
        at = self._index.view(function.path).by_name_start.get(function.at)
        trail = Trail(asked=Target(function.path, at) if escaped and at is not None else None)
        file = self._evaluator.file(function.path)
        if file is None:
            trail.whole = False
        elif at is not None:
            self.following.from_function(Target(function.path, at), function, trail, not escaped)
        elif function.at in file.functions:
            node = file.functions[function.at]
            trail.follow(function.path, node.start_byte, node.end_byte)
        return trail

    def _checked(self, trail: Trail, wanted: Callable[[Value], bool]) -> Found:
        """The calls that a trail leads to and that do call what is wanted."""
        self.following.walk(trail)
        found = [
            (site, value)
            for site in trail.calls.values()
            for value in self._evaluator.callees.of(site)
            if wanted(value)
        ]
        return Found(tuple(found), trail.whole and not self._evaluator.work.spent)


def _is_of(value: Value, function: Function) -> bool:
    inner = value.function if isinstance(value, Bound) else value
    return isinstance(inner, Function) and (inner.path, inner.at) == (function.path, function.at)
