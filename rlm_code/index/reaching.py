"""Which of the places that bind a name its use may see: what runs before it and is not bound anew in between."""

from __future__ import annotations

from collections.abc import Sequence

from rlm_code.parse.scopes import Binding, Locals


def reaching(names: Locals, bindings: Sequence[Binding], offset: int) -> list[Binding]:
    """The bindings of one variable that a use at `offset` may see, the last to run first; of another function, all."""
    if len(bindings) < 2:
        return list(bindings)
    if names.frame_of(names.scope_at(offset)) != bindings[0].scope:
        return list(reversed(bindings))
    before = [binding for binding in bindings if _effective(binding) <= offset]
    certain = [binding for binding in before if _reigns(names, binding, offset)]
    last = certain[-1] if certain else None
    found = [b for b in reversed(before) if (last is None or b.start >= last.start)]
    found = [b for b in found if not names.exclusive(b.start, offset)]
    later = [b for b in bindings if b.start > offset and names.loops_back(b.start, offset, last.start if last else -1)]
    return [*found, *later] or list(reversed(bindings))


def _effective(binding: Binding) -> int:
    """Where a binding has happened: after the value that follows the name."""
    if binding.kind == "parameter":
        return 0
    return max(binding.end, binding.value[1]) if binding.value and binding.value[0] > binding.start else binding.end


def _reigns(names: Locals, binding: Binding, offset: int) -> bool:
    """Whether a binding has happened for certain where an offset after it is reached."""
    start, end = names.block_around(binding.start, binding.scope)
    return start <= offset < end
