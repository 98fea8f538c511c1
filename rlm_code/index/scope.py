"""Bare names within one file: which definition, import or local binding a name at a place stands for.

It follows enclosing definitions outwards and knows nothing of other files. Local names are read from the text of the
functions that bind them; only where a function binds a name is it parsed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

from rlm_code.index.expressions import dot_before
from rlm_code.index.family import Family
from rlm_code.index.fileview import CLASSES, FUNCTIONS, FileView
from rlm_code.index.syntax import Span, Syntax
from rlm_code.parse.facts import Definition, Import
from rlm_code.parse.scopes import Binding, Locals

_HOLDERS = FUNCTIONS | CLASSES
ReadSyntax = Callable[[Span | None], Syntax]


class Bound(NamedTuple):
    """What a name is bound to in its file: definitions (their indices), imports, or a local variable or parameter.

    Of a `local`, `bindings` are the places that bind it, where syntax tells them; `function` is the definition around.
    """

    definitions: list[int]
    imports: list[Import]
    local: bool = False
    function: int = -1
    bindings: tuple[Binding, ...] = ()


class Scope:
    """The bindings of one file. `view` gives its facts, `data` its bytes, `syntax` its tree or that of a part, whenever
    they are needed: it holds none of them."""

    def __init__(
        self, view: Callable[[], FileView], family: Family, data: Callable[[], bytes], syntax: ReadSyntax
    ) -> None:
        self._read_view = view
        self._family = family
        self._data = data
        self._syntax = syntax
        self._locals: dict[str, dict[int, list[int]]] = {}
        self._starts: dict[str, list[int]] = {}
        self._headers: dict[int, int] = {}
        self._spans: dict[int, Span | None] = {}
        self._of_file: dict[str, Bound | None] = {}

    @property
    def _view(self) -> FileView:
        return self._read_view()

    def lookup(self, name: str, offset: int, *, binds: bool = False) -> Bound | None:
        """What a bare `name` at `offset` stands for; None if nothing in the file binds it (star imports aside).

        `binds`: the place is a binding itself (a parameter, the left of an assignment).
        """
        if self._family.by_locals:
            return self._by_locals(name, offset)
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

    def locals_at(self, offset: int) -> Locals | None:
        """The local names that code at an offset may see, from the outermost function around it, else the file."""
        return self.syntax_at(offset).locals

    def syntax_at(self, offset: int) -> Syntax:
        """The syntax of the outermost function around an offset, of the file where none is or it needs the file."""
        span = self.function_span(offset)
        syntax = self._syntax(span)
        return self._syntax(None) if span and syntax.tree is None else syntax

    def function_span(self, offset: int) -> Span | None:
        """Where the outermost function around an offset starts, without decorators, and ends; None at the top."""
        if not self._family.by_locals:
            return None
        at = self._view.enclosing(offset)
        if at not in self._spans:
            self._spans[at] = self._span_around(at)
        span = self._spans[at]
        return span if span and span[0] <= offset else None

    def _span_around(self, at: int) -> Span | None:
        """That of the outermost function around a definition."""
        view = self._view
        outermost = -1
        while at >= 0:
            if view.definitions.kind(at) in FUNCTIONS:
                outermost = at
            at = view.outer[at]
        return (self.header_start(outermost), view.definitions.ends[outermost]) if outermost >= 0 else None

    def header_start(self, at: int) -> int:
        """Where a function's header starts, after its decorators."""
        if at not in self._headers:
            self._headers[at] = self._found_header(at)
        return self._headers[at]

    def _found_header(self, at: int) -> int:
        definition = self._view.definitions[at]
        data = self._data()
        start = data.rfind(b"def", definition.start, definition.name_start)
        asynchronous = data.rfind(b"async", definition.start, start)
        return asynchronous if asynchronous >= 0 and not data[asynchronous + 5 : start].strip() else start

    # Names of functions are read from the syntax of the outermost one, those around it from the facts.

    def _by_locals(self, name: str, offset: int) -> Bound | None:
        if name in self._type_parameters:
            names = self._syntax(None).locals
            binding = names.lookup(name, offset) if names else None
            if names and binding and binding.kind == "type":
                return self._bound(names, binding, offset)
        span = self.function_span(offset)
        if span:
            found, leaves = self._in_span(name, offset, span)
            if found:
                return found
            around = self._view.outer[self._view.enclosing(span[0])]
            return self._from_class(around, name, offset) if leaves else self._module(name)
        at = self._view.enclosing(offset)
        while at >= 0 and offset < self._view.definitions[at].header_end:  # bases and decorators stand outside
            at = self._view.outer[at]
        return self._unnamed_scope(name, offset) or self._from_class(at, name, offset)

    def _from_class(self, at: int, name: str, offset: int) -> Bound | None:
        """What a name is directly in a class (or at the top): the file's, as long as the class has not bound it."""
        own = self._in_class(at, name)
        ends = [self._view.definitions[one].end for one in own.definitions] if own else []
        if own and (not ends or own.imports or own.bindings or min(ends) <= offset):
            return own
        return self._module(name) or own

    @cached_property
    def _type_parameters(self) -> frozenset[str]:
        """The names of the type parameters of the file's classes and functions (`def f[T]`)."""
        data = self._data()
        if not any(data[end : end + 1] == b"[" for end in self._view.definitions.name_ends):
            return frozenset()
        names = self._syntax(None).locals
        return frozenset(binding.name for binding in names.bindings if binding.kind == "type") if names else frozenset()

    def _in_span(self, name: str, offset: int, span: Span) -> tuple[Bound | None, bool]:
        """What a function binds under a name, and whether code at the offset is evaluated outside of the function."""
        binds = self._may_bind(name, span)
        header_end = self._view.definitions[self._view.enclosing(span[0])].header_end
        if not binds and offset >= header_end:
            return None, False
        names = self.locals_at(offset)
        if names is None:
            return None, False
        binding = names.lookup(name, offset) if binds else None
        if binding and binding.scope > 0:
            return self._bound(names, binding, offset), False
        return None, names.scope_at(offset) == 0

    def _may_bind(self, name: str, span: Span) -> bool:
        """Whether anything between two offsets may bind a name: read from the facts, at little cost."""
        starts = self._starts.get(name)
        if starts is None:
            view = self._view
            written = view.uses.starts(name, "write")
            defined = [view.definitions.starts[at] for at in view.definitions.called(name)]
            starts = self._starts[name] = sorted(
                (*written, *defined, *(row.start for row in view.bound_imports.get(name, ())))
            )
        at = bisect_right(starts, span[0])
        return at < len(starts) and starts[at] < span[1]

    def _bound(self, names: Locals, binding: Binding, offset: int) -> Bound:
        """What a name that a function binds is: definitions, imports, a local; at a place that binds it, what it is
        bound to there."""
        bindings = names.bindings_of(binding)
        definitions, imports = [], []
        for one in bindings:
            at = self._view.by_name_start.get(one.start)
            if at is not None:
                definitions.append(at)
            elif one.kind == "import":
                imports += self._imports_at(one)
        rest: list[Binding] = []
        others: list[Binding] = []
        for one in bindings:
            named = one.kind == "import" or one.start in self._view.by_name_start
            (others if named else rest).append(one)
        inside = self._view.enclosing(binding.start)
        if any(one.start == offset for one in rest):
            return Bound([], [], local=True, function=inside, bindings=tuple(rest))
        return Bound(definitions, imports, bool(rest), inside, (*rest, *others))

    def _imports_at(self, binding: Binding) -> list[Import]:
        rows = [row for row in self._view.bound_imports.get(binding.name, ()) if row.start <= binding.start]
        return rows[-1:]

    def _in_class(self, at: int, name: str) -> Bound | None:
        """What the body of a class binds, seen from directly inside."""
        view = self._view
        if at < 0 or view.definitions[at].kind not in CLASSES:
            return None
        found = view.definitions.called_in(at, name)
        direct = [one for one in found if view.outer[one] == at]
        imports = [row for row in view.bound_imports.get(name, ()) if row.parent == at]
        return Bound(direct, imports) if direct or imports else self._unnamed_in_class(at, name)

    def _unnamed_in_class(self, at: int, name: str) -> Bound | None:
        """A variable that a class body binds without defining it: the target of a loop."""
        starts = [start for start in self.local_bindings(name, -1) if self._holder(start) == at]
        return self._from_file(name, starts[0]) if starts else None

    def _module(self, name: str) -> Bound | None:
        """What a name of the file's own is; kept, since a file may bind it thousands of times."""
        if name not in self._of_file:
            self._of_file[name] = self._found_in_module(name)
        return self._of_file[name]

    def _found_in_module(self, name: str) -> Bound | None:
        view = self._view
        definitions = [at for at in view.definitions.called_in(-1, name) if not view.definitions[at].scope]
        imports = [row for row in view.bound_imports.get(name, ()) if row.parent == -1]
        if definitions or imports:
            return Bound(definitions, imports)
        starts = [start for start in self.local_bindings(name, -1) if self._holder(start) == -1]
        for start in [*starts, *self._global_bindings(name)]:
            found = self._from_file(name, start, scope=0)
            if found:
                return found
        return None

    def _global_bindings(self, name: str) -> list[int]:
        """Where functions bind a name of the module that the module itself does not bind."""
        if b"global" not in self._data():
            return []
        return [start for starts in self._bindings(name).values() for start in starts]

    def _unnamed_scope(self, name: str, offset: int) -> Bound | None:
        """What a comprehension or lambda outside of all functions binds."""
        starts = self.local_bindings(name, -1)
        if not starts:
            return None
        names = self._syntax(None).locals
        binding = names.lookup(name, offset) if names else None
        if names is None or binding is None or names.scopes[binding.scope].kind in ("module", "class"):
            return None
        return self._bound(names, binding, offset)

    def _from_file(self, name: str, start: int, scope: int | None = None) -> Bound | None:
        names = self._syntax(None).locals
        binding = names.lookup(name, start) if names else None
        if names is None or binding is None or (scope is not None and binding.scope != scope):
            return None
        return self._bound(names, binding, start)

    # Other languages: names of functions by the text.

    def _sees_inside(self, definition: Definition, offset: int, binds: bool) -> bool:
        """Whether code at `offset` runs within the scope of the definition around it, not in its header."""
        if offset >= definition.header_end or definition.header_end == definition.end:
            return offset >= definition.name_end
        return binds and offset >= definition.name_end

    def _inside(self, at: int, definition: Definition, name: str, inner: bool) -> Bound | None:
        view = self._view
        if definition.kind in FUNCTIONS:
            return self._in_function(at, name)
        if definition.kind in CLASSES and not (inner or self._family.members_in_scope):
            return None
        found = view.definitions.called_in(at, name)
        if found:
            return Bound(found, [])
        imports = [row for row in view.bound_imports.get(name, ()) if row.parent == at]
        return Bound([], imports) if imports else None

    def _in_function(self, at: int, name: str) -> Bound | None:
        view = self._view
        nested = view.definitions.called_in(at, name)
        imports = [row for row in view.bound_imports.get(name, ()) if row.parent == at]
        local = bool(self.local_bindings(name, at))
        if nested or imports:
            return Bound(nested, imports)
        return Bound([], [], local=True, function=at) if local else None

    def _top(self, name: str) -> Bound | None:
        view = self._view
        definitions = view.definitions.called_in(-1, name)
        imports = [row for row in view.bound_imports.get(name, ()) if row.parent == -1]
        if definitions or imports:
            return Bound([at for at in definitions if not view.definitions[at].scope], imports)
        return Bound([], [], local=True) if self.local_bindings(name, -1) else None

    def _bindings(self, name: str) -> dict[int, list[int]]:
        """Offsets of the variables called `name` by the function that binds them."""
        if name not in self._locals:
            found: dict[int, list[int]] = {}
            for start in self._view.uses.starts(name, "write"):
                if dot_before(self._data(), start, self._family.joints) is None:
                    found.setdefault(self._function_of(start), []).append(start)
            self._locals[name] = found
        return self._locals[name]

    def _holder(self, offset: int) -> int:
        """The function or class around an offset, -1 for the file."""
        at = self._view.enclosing(offset)
        while at >= 0 and self._view.definitions[at].kind not in _HOLDERS:
            at = self._view.outer[at]
        return at

    def _function_of(self, offset: int) -> int:
        at = self._view.enclosing(offset)
        while at >= 0 and not (self._view.definitions[at].kind in FUNCTIONS and self._is_inside(at, offset)):
            at = self._view.outer[at]
        return at

    def _is_inside(self, at: int, offset: int) -> bool:
        """Whether an offset is not in the decorators of a function around it."""
        return not self._family.by_locals or self.header_start(at) <= offset
