"""The scopes of one file and the names bound in them, and which of them a use of a name sees.

It knows neither trees nor languages; `locals.py` reads both.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from rlm_code.parse.control_flow import Flow, Range


class Scope(NamedTuple):
    """A stretch of the file in which names are bound; `parent` is the index of the scope around it, -1 for the file."""

    start: int
    end: int
    parent: int
    kind: str


class Binding(NamedTuple):
    """One place that binds a name. It is visible in its scope from `visible_from`.

    `taken` says how the name's object comes out of `value`, outermost step first: a way ("each", "enter", …), an
    element's number, "*" for the rest of the elements, ".key" of a keyed pattern.
    """

    name: str
    start: int
    end: int
    scope: int
    kind: str
    visible_from: int
    annotation: Range | None = None
    value: Range | None = None
    taken: tuple[str | int, ...] = ()
    joins: bool = False


class Locals:
    """The scopes and bindings of one file, each in order of `start`."""

    def __init__(
        self,
        scopes: list[Scope],
        bindings: list[Binding],
        outer: list[Range],
        redirects: dict[tuple[int, str], str],
        flow: Flow,
    ) -> None:
        self.flow = flow
        self.scopes = scopes
        self.bindings = bindings
        self._redirects = redirects
        self._pieces = Pieces(scopes, outer)
        self._by_start = {binding.start: binding for binding in bindings}
        self._named: dict[tuple[int, str], list[Binding]] = {}
        for binding in bindings:
            self._named.setdefault((binding.scope, binding.name), []).append(binding)

    def scope_at(self, offset: int) -> int:
        """The scope in which code at an offset runs."""
        return self._pieces.scope_at(offset)

    def at(self, start: int) -> Binding | None:
        """The binding whose name starts at an offset."""
        return self._by_start.get(start)

    def lookup(self, name: str, offset: int) -> Binding | None:
        """The binding that a use of `name` at `offset` sees; of a variable bound several times, the first."""
        binding = self._by_start.get(offset)
        if binding and binding.name == name:
            return self.bindings_of(binding)[0]
        first = scope = self.scope_at(offset)
        while scope >= 0:
            redirect = self._redirects.get((scope, name))
            if redirect:
                return self._redirected(name, scope, redirect)
            if self.scopes[scope].kind != "class" or scope == first:
                seen = [b for b in self._named.get((scope, name), ()) if b.visible_from <= offset]
                if seen:
                    return self.bindings_of(seen[-1])[0]
            scope = self.scopes[scope].parent
        return None

    def bindings_of(self, binding: Binding) -> list[Binding]:
        """All places that bind the variable which `binding` binds, in order."""
        same = self._named[binding.scope, binding.name]
        start = self.scopes[binding.scope].start
        if binding.visible_from <= start and not binding.joins:
            return [b for b in same if b.visible_from <= start or b.joins]
        at = first = same.index(binding)
        while first and same[first].joins:
            first -= 1
        last = at + 1
        while last < len(same) and same[last].joins:
            last += 1
        return same[first:last]

    def frame_of(self, scope: int) -> int:
        """The function, class or module in which the code of a scope runs."""
        while scope > 0 and self.scopes[scope].kind not in ("function", "class", "module"):
            scope = self.scopes[scope].parent
        return scope

    def frame_at(self, offset: int) -> int:
        """The function, class or module in which code at an offset runs."""
        return self.frame_of(self.scope_at(offset))

    def frame_binding(self, binding: Binding) -> int:
        """The function, class or module whose running binds a name: not the scope of the name where that is
        redirected."""
        scope = self.scope_at(binding.start)
        if binding.kind == "definition":  # the name stands in the node that opens the definition's own scope
            while scope > 0 and self.scopes[scope].start <= binding.start and scope != binding.scope:
                scope = self.scopes[scope].parent
                if self.scopes[scope].kind in ("function", "class", "module"):
                    break
        return self.frame_of(scope)

    def _redirected(self, name: str, scope: int, redirect: str) -> Binding | None:
        target = self._target_of(name, scope, redirect)
        found = self._named.get((target, name))
        return found[0] if found else None

    def _target_of(self, name: str, scope: int, redirect: str) -> int:
        return redirect_target(self.scopes, {key for key in self._named if key[1] == name}, name, scope, redirect)


def redirect_target(scopes: list[Scope], bound: set[tuple[int, str]], name: str, scope: int, redirect: str) -> int:
    """The scope that binds what `scope` takes from elsewhere under `name`."""
    around = scopes[scope].parent
    while around >= 0:
        kind = scopes[around].kind
        if kind == redirect and (redirect == "module" or (around, name) in bound):
            return around
        around = scopes[around].parent
    return 0


class Pieces:
    """Stretches of the file, nested, and the scope in which the code of each runs."""

    def __init__(self, scopes: list[Scope], outer: list[Range]) -> None:
        marked = [(scope.start, -scope.end, 1, at) for at, scope in enumerate(scopes)]
        marked += [(start, -end, 0, -1) for start, end in set(outer)]  # a scope of its own may be what runs outside
        marked.sort()
        self._starts = [mark[0] for mark in marked]
        self._ends = [-mark[1] for mark in marked]
        self._around: list[int] = []
        self._scopes: list[int] = []
        stack: list[int] = []
        for at, (start, _, is_scope, scope) in enumerate(marked):
            while stack and self._ends[stack[-1]] <= start:
                stack.pop()
            self._around.append(stack[-1] if stack else -1)
            inside = self._scopes[stack[-1]] if stack else -1
            self._scopes.append(scope if is_scope else scopes[inside].parent if inside >= 0 else -1)
            stack.append(at)

    def scope_at(self, offset: int) -> int:
        """The scope in which code at an offset runs."""
        at = bisect_right(self._starts, offset) - 1
        while at >= 0 and self._ends[at] <= offset:
            at = self._around[at]
        return self._scopes[at] if at >= 0 else (0 if self._scopes else -1)
