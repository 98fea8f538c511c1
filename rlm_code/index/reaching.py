"""Which of the places that bind a name its use may see: what runs before it and is not bound anew in between.

Code of an inner function may run at any time after it is defined, so it also sees what is bound later.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from rlm_code.parse.control_flow import Range
from rlm_code.parse.scopes import Binding, Locals

_NONE: frozenset[int] = frozenset()


def reaching(
    names: Locals, bindings: Sequence[Binding], offset: int, adding: Set[int] = _NONE, *, settled: bool = False
) -> list[Binding]:
    """The bindings of one variable that a use at `offset` may see, the last to run first; all if none seems to.

    An offset where the variable's scope ends asks what is left in it. What is bound at the places `adding` does not
    replace what was there. `settled`: of what is bound after an inner function, that counts which is left in the end.
    """
    if len(bindings) < 2:
        return list(bindings)
    scope = bindings[0].scope
    frames = {one.start: names.frame_binding(one) for one in bindings}
    home = [one for one in bindings if frames[one.start] == scope]
    frame = scope if offset >= names.scopes[scope].end else names.frame_at(offset)
    if frame == scope:
        found, _ = _seen(names, home, offset, adding)
    else:
        found, decided = _seen(names, [one for one in bindings if frames[one.start] == frame], offset, adding)
        if decided:
            return found
        inner = _inner_start(names, scope, offset)
        left = _seen(names, home, names.scopes[scope].end, adding)[0] if settled else reversed(home)
        found += [one for one in left if _effective(one) > inner]
        found += _seen(names, home, inner, adding)[0]
    elsewhere = [one for one in reversed(bindings) if frames[one.start] not in (scope, frame)]
    return [*found, *elsewhere] or list(reversed(bindings))


def _seen(names: Locals, bindings: list[Binding], offset: int, adding: Set[int]) -> tuple[list[Binding], bool]:
    """Those of a frame's bindings that code at an offset in it may see, and whether one of them has run for certain."""
    flow = names.flow
    before = [one for one in bindings if _effective(one) <= offset]
    last = max((one.start for one in before if one.start not in adding and _reigns(names, one, offset)), default=-1)
    from_start = max(last, _covered(names, before, offset))
    found = [one for one in before if one.start >= from_start]
    found = [one for one in found if not flow.exclusive(one.start, offset)]
    if bindings and offset < names.scopes[bindings[0].scope].end:  # whoever leaves a function comes to its end
        found = [one for one in found if not flow.left(one.start, offset)]
    later = [one for one in bindings if _effective(one) > offset and flow.loops_back(one.start, offset, last)]
    return [*reversed(found), *later], from_start >= 0


def _inner_start(names: Locals, scope: int, offset: int) -> int:
    """Where the outermost function within a scope starts whose code stands at an offset."""
    at, start = names.scope_at(offset), offset
    while at >= 0 and at != scope:
        if names.scopes[at].kind in ("function", "class"):
            start = names.scopes[at].start
        at = names.scopes[at].parent
    return start


def _effective(binding: Binding) -> int:
    """Where a binding has happened: after the value that follows the name."""
    if binding.kind == "parameter":
        return 0
    return max(binding.end, binding.value[1]) if binding.value and binding.value[0] > binding.start else binding.end


def _reigns(names: Locals, binding: Binding, offset: int) -> bool:
    """Whether a binding has happened for certain where an offset after it is reached."""
    start, end = _block_of(names, binding)
    return start <= offset < end or offset >= names.scopes[binding.scope].end == end


def _block_of(names: Locals, binding: Binding) -> Range:
    frame = names.scopes[names.frame_binding(binding)]
    return names.flow.block_around((binding.start, binding.end), (frame.start, frame.end))


def _covered(names: Locals, before: list[Binding], offset: int) -> int:
    """Where the last statement starts before an offset each of whose blocks binds the name or is left; -1 if none."""
    flow = names.flow
    blocks = [_block_of(names, one) for one in before]
    for statement in reversed(flow.covering):
        if statement[1] <= offset and any(statement[0] <= start < statement[1] for start, _ in blocks):
            frame = names.scopes[names.frame_at(statement[0])]
            around = flow.block_around(statement, (frame.start, frame.end))
            arms = flow.arms(statement)
            if around[0] <= offset <= around[1] and all(arm in blocks or flow.is_left(arm) for arm in arms):
                return statement[0]
    return -1
