"""Bare names within one file: which definition, import or local binding a name at a place stands for.

It follows enclosing definitions outwards and knows nothing of other files.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from rlm_code.index.expressions import dot_before
from rlm_code.index.family import Family
from rlm_code.index.fileview import CLASSES, FUNCTIONS, FileView
from rlm_code.parse.facts import Definition, Import


class Binding(NamedTuple):
    """What a name is bound to in its file: definitions (their indices), imports, or a local variable."""

    definitions: list[int]
    imports: list[Import]
    local: bool = False
    function: int = -1


class Scope:
    """The bindings of one file. `data` gives its bytes, when they are needed."""

    def __init__(self, view: FileView, family: Family, data: Callable[[], bytes]) -> None:
        self._view = view
        self._family = family
        self._data = data
        self._locals: dict[str, dict[int, list[int]]] = {}

    def lookup(self, name: str, offset: int, *, binds: bool = False) -> Binding | None:
        """What a bare `name` at `offset` stands for; None if nothing in the file binds it (star imports aside).

        `binds`: the place is a binding itself (a parameter, the left of an assignment).
        """
        view = self._view
        at = view.enclosing(offset)
        inner = True
        while at >= 0:
            definition = view.definitions[at]
            if self._sees_inside(definition, offset, binds):
                binding = self._inside(at, definition, name, inner)
                if binding:
                    return binding
                inner = inner and definition.kind not in FUNCTIONS
            at = view.outer[at]
        return self._top(name)

    def local_bindings(self, name: str, function: int) -> list[int]:
        """The offsets at which a function (-1: the top of the file) binds `name` as a variable or parameter."""
        return self._bindings(name).get(function, [])

    def _sees_inside(self, definition: Definition, offset: int, binds: bool) -> bool:
        """Whether code at `offset` runs within the scope of the definition around it, not in its header."""
        if offset >= definition.header_end or definition.header_end == definition.end:
            return offset >= definition.name_end
        return binds and offset >= definition.name_end

    def _inside(self, at: int, definition: Definition, name: str, inner: bool) -> Binding | None:
        view = self._view
        if definition.kind in FUNCTIONS:
            return self._in_function(at, name)
        if definition.kind in CLASSES and not (inner or self._family.members_in_scope):
            return None
        found = view.children.get(at, {}).get(name)
        if found:
            return Binding(found, [])
        imports = [row for row in view.bound_imports.get(name, ()) if row.parent == at]
        return Binding([], imports) if imports else None

    def _in_function(self, at: int, name: str) -> Binding | None:
        view = self._view
        nested = view.children.get(at, {}).get(name, [])
        imports = [row for row in view.bound_imports.get(name, ()) if row.parent == at]
        local = bool(self.local_bindings(name, at))
        if nested or imports:
            return Binding(nested, imports)
        return Binding([], [], local=True, function=at) if local else None

    def _top(self, name: str) -> Binding | None:
        view = self._view
        definitions = view.children.get(-1, {}).get(name, [])
        imports = [row for row in view.bound_imports.get(name, ()) if row.parent == -1]
        if definitions or imports:
            return Binding([at for at in definitions if not view.definitions[at].scope], imports)
        return Binding([], [], local=True) if self.local_bindings(name, -1) else None

    def _bindings(self, name: str) -> dict[int, list[int]]:
        """Offsets of the variables called `name` by the function that binds them."""
        if name not in self._locals:
            found: dict[int, list[int]] = {}
            for use in self._view.uses.of(name):
                if use.role == "write" and dot_before(self._data(), use.start, self._family.joints) is None:
                    found.setdefault(self._function_of(use.start), []).append(use.start)
            self._locals[name] = found
        return self._locals[name]

    def _function_of(self, offset: int) -> int:
        at = self._view.enclosing(offset)
        while at >= 0 and self._view.definitions[at].kind not in FUNCTIONS:
            at = self._view.outer[at]
        return at
