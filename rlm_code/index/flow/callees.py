"""What a call site runs: functions, bound where they are methods of an object, and classes that it calls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rlm_code.index.flow.expressions import Implicit
from rlm_code.index.flow.values import Bound, Descriptor, Function, Object, Partial, Value
from rlm_code.index.values import Target

if TYPE_CHECKING:
    from rlm_code.index.flow.evaluate import Evaluator
    from rlm_code.index.flow.python_file import CallSite

_MOST_CALLED = 5
METHODS_OF_WAYS = {
    "each": ("__iter__", "__next__"),
    "async each": ("__aiter__", "__anext__"),
    "enter": ("__enter__", "__exit__"),
    "async enter": ("__aenter__", "__aexit__"),
}
"""The methods that statements call by fixed names."""

MAKERS = ("__init__", "__new__", "__post_init__")
"""The methods that making an object runs."""


class Callees:
    """Answers over one snapshot."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator

    def of(self, site: CallSite) -> list[Value]:
        """The functions that a call site runs, bound where they are methods of an object, and the classes it calls."""
        call = site.call
        if isinstance(call, Implicit):
            return self._implied(site.path, call)
        found: dict[Value, None] = {}
        for value in self._evaluator.values(site.path, call.callee, None):
            found |= dict.fromkeys(self._run_by(value, 0))
        return list(found)

    def _run_by(self, value: Value, depth: int) -> Iterator[Value]:
        inner: Iterable[Value] = ()
        if isinstance(value, Function | Bound):
            yield value
        elif isinstance(value, Target):
            yield from self._run_by_making(value)
        elif isinstance(value, Object):
            inner = self._evaluator.members.of(value, "__call__")
        elif isinstance(value, Descriptor):
            inner = [value.function]
        elif isinstance(value, Partial):
            inner = self._evaluator.running.partial_function(value)
        if depth < _MOST_CALLED:
            for one in inner:
                yield from self._run_by(one, depth + 1)

    def _run_by_making(self, of: Target) -> Iterator[Value]:
        yield of
        for name in MAKERS:
            for maker in self._evaluator.classes.in_order(self._evaluator.classes.order(of), name):
                if isinstance(maker, Function):
                    yield Bound(maker, of if name == "__new__" else Object(of))

    def _implied(self, path: str, call: Implicit) -> list[Value]:
        first, second = METHODS_OF_WAYS[call.way]
        found: dict[Value, None] = {}
        for value in self._evaluator.values(path, call.value, None):
            if not isinstance(value, Object):
                continue
            methods = [m for m in self._evaluator.members.of(value, first) if isinstance(m, Bound)]
            found |= dict.fromkeys(methods)
            others = [value]
            if call.way.endswith("each"):
                given = self._evaluator.containers.result_of(value, first)
                others = [one for one in given if isinstance(one, Object)]
            for other in others:
                seconds = self._evaluator.members.of(other, second)
                found |= dict.fromkeys(method for method in seconds if isinstance(method, Bound))
        return list(found)
