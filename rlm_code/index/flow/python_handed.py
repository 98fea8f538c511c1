"""Functions that are handed to built-ins which call them there and then: `map(f, xs)`, `sorted(xs, key=f)`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rlm_code.index.flow.expressions import Argument, Call, Item, Member, Name, Opaque
from rlm_code.index.flow.python_expressions import last_name

if TYPE_CHECKING:
    from rlm_code.parse.scopes import Locals

_FIRST = frozenset({"map", "filter", "reduce"})
_KEYED = frozenset({"sorted", "min", "max", "sort"})


def handed(call: Call, names: Locals) -> Iterator[Call]:
    """The calls that a built-in makes of the functions handed to it, each at the name of the function."""
    if not _is_built_in(call, names):
        return
    sources = [argument.value for argument in call.arguments if argument.name is None]
    if call.name in _FIRST and len(sources) > 1:
        function, *sources = sources
    else:
        keys = [argument.value for argument in call.arguments if argument.name == "key"]
        if call.name in _FIRST or not keys:
            return
        function = keys[0]
        sources = sources or ([call.callee.of] if isinstance(call.callee, Member) else [])
    elements = [Item(of.start, of.end, of, Opaque(of.start, of.start)) for of in sources]
    given = (elements[:1] * 2) if call.name == "reduce" else elements
    at, name = last_name(function)
    yield Call(function.start, call.end, function, tuple(Argument(element) for element in given), at, name)


def _is_built_in(call: Call, names: Locals) -> bool:
    """Whether a call is of a name that only the language gives, or of a method or module's member by such a name."""
    if call.name not in _FIRST | _KEYED:
        return False
    if isinstance(call.callee, Name):
        binding = names.lookup(call.name, call.callee.start)
        return binding is None or (call.name == "reduce" and binding.kind == "import")
    return isinstance(call.callee, Member) and call.name in ("sort", "reduce")
