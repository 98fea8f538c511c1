"""What a dotted Python expression stands for where text and facts tell: names, members, calls whatever they are given.

Most objects are made by `x = Class()` or `x = self.make()` in the function that uses them. To read that needs no tree,
and a tree with its local names takes ten times as long. What is not certain is left to the tree.
"""

from __future__ import annotations

import re
from keyword import iskeyword
from typing import TYPE_CHECKING

from rlm_code.index.expressions import Step, expression
from rlm_code.index.fileview import CLASSES, FUNCTIONS
from rlm_code.index.python import tables
from rlm_code.index.python.built_ins import passes_through
from rlm_code.index.python.calls import MOST_CALLEES, are_standard, of_containers
from rlm_code.index.python.narrowing import NARROWING
from rlm_code.index.python.overloads import is_overload
from rlm_code.index.python.single import binds, only_binding, only_parameter
from rlm_code.index.python.type_variables import named_by_result
from rlm_code.index.values import EXTERNAL, Instance, Module, Target, Value

if TYPE_CHECKING:
    from rlm_code.index.python.types import PythonTypes, Values
    from rlm_code.index.scope import Scope
    from rlm_code.index.syntax import Span

_ASSIGNED = re.compile(rb"[ \t]*=[ \t]*(?=[A-Za-z_])")
_END = re.compile(rb"[ \t]*(?:#[^\n]*)?(?:\r?\n|\Z)")
_HARD = re.compile(rb"\"\"\"|'''|#|\\")
_FIRST = re.compile(rb"\s*\(\s*self\s*[,)]")
_LONGEST_VALUE = 2000


class Plain:
    """Reads expressions in the Python files of one snapshot."""

    def __init__(self, types: PythonTypes) -> None:
        self._types = types
        self._links = types.links
        self._index = types.index

    def receiver(self, path: str, steps: list[Step], offset: int) -> tuple[Values, bool] | None:
        """What an expression of names, members and calls before the name at `offset` stands for, and whether that took
        names alone; None if a tree must tell."""
        first, scope = steps[0], self._links.scope(path)
        span, data = scope.function_span(offset), self._index.data(path)
        if span and data.find(b"isinstance", *span) >= 0:
            return None
        if any(step.kind == "call" for step in steps):
            given = self._called(path, steps, offset, span, scope)
            return None if given is None else (given, False)
        if first.name == "self" and span:
            owner = self._object_around(path, offset)
            values: Values = (Instance(owner),) if owner else ()
            return self._reached(path, values, steps, exact=False) if values else None
        if binds(scope, first.name, offset):
            local = self._local(path, first, scope)
            return None if local is None else (self._members(path, local, steps), False)
        bound = scope.lookup(first.name, first.offset)
        if bound and bound.bindings:
            return None
        values = self._links.bare(path, first.name, first.offset).values
        exact = all(isinstance(value, Module) or self._is_class(value) or value == EXTERNAL for value in values)
        return self._reached(path, self._types.held(values), steps, exact=exact)

    def _called(self, path: str, steps: list[Step], offset: int, span: Span | None, scope: Scope) -> Values | None:
        """What an expression with calls before the name at `offset` stands for; None if a tree must tell."""
        data, start = self._index.data(path), steps[0].offset
        read = expression(data, start, offset - 1)
        if read is None or read[0] != steps or not _is_plain(data, steps, start, offset):
            return None
        around = span or (0, len(data))
        if data[read[1] : offset].strip() != b"." or any(data.find(word, *around) >= 0 for word in NARROWING):
            return None
        return self._value(path, steps, scope)

    def _reached(self, path: str, values: Values, steps: list[Step], *, exact: bool) -> tuple[Values, bool] | None:
        for step in steps[1:]:
            members, typed = self._types.member(path, values, step.name)
            exact = exact and not typed and all(isinstance(v, Module) or self._is_class(v) for v in members)
            values = tuple(dict.fromkeys(held for v in values for held in self._types.attribute(path, v, step.name)))
        return (values, exact) if values or steps[0].name != "self" else None

    def _members(self, path: str, values: Values, steps: list[Step]) -> Values:
        for step in steps[1:]:
            values = self._types.held(self._under(path, values, step.name))
        return values

    def _under(self, path: str, values: Values, name: str) -> Values:
        return tuple(dict.fromkeys(found for value in values for found in self._types.attribute(path, value, name)))

    def _object_around(self, path: str, offset: int) -> Target | None:
        """The class whose method is the innermost one around an offset."""
        view = self._index.view(path)
        at = view.enclosing(offset)
        while at >= 0 and view.definitions.kind(at) not in FUNCTIONS:
            at = view.outer[at]
        while at >= 0 and view.definitions.kind(at) not in CLASSES:
            at = view.outer[at]
        return Target(path, at) if at >= 0 else None

    def _is_class(self, value: Value) -> bool:
        return isinstance(value, Target) and self._types.definition(value).kind in CLASSES

    # -- Local names

    def _local(self, path: str, name: Step, scope: Scope) -> Values | None:
        """What a name that its function binds at one place holds; None if a tree must tell."""
        view = self._index.view(path)
        start = only_binding(scope, view, self._index.data(path), name.name, name.offset)
        if start is None:
            return None
        at = view.by_name_start.get(start)
        if at is not None:
            known = view.definitions.kind(at) in FUNCTIONS | CLASSES
            return self._types.held((Target(path, at),)) if known else None
        assigned = self._assigned(path, name.name, start)
        if assigned is None:
            return None
        values = self._types.memo.get(("bound", path, start), lambda: self._given(path, start, assigned, scope))
        return self._types.held(values)

    def _assigned(self, path: str, name: str, start: int) -> list[Step] | None:
        """The expression that a statement of its own line gives the name at an offset."""
        data = self._index.data(path)
        line = data.rfind(b"\n", 0, start) + 1
        before = data[max(0, line - 3) : line]
        if data[line:start].strip(b" \t") or b"\\" in before:
            return None
        equals = _ASSIGNED.match(data, start + len(name.encode()))
        read = expression(data, equals.end(), equals.end() + _LONGEST_VALUE) if equals else None
        if equals is None or read is None or not _END.match(data, read[1]):
            return None
        steps, end = read
        return steps if steps[0].offset == equals.end() and _is_plain(data, steps, equals.end(), end) else None

    def _given(self, path: str, start: int, steps: list[Step], scope: Scope) -> Values:
        values = self._value(path, steps, scope)
        if values is not None:
            return values
        names = scope.locals_at(start)
        binding = names.at(start) if names else None
        return self._types.variables.read(path, binding) if binding else ()

    def _value(self, path: str, steps: list[Step], scope: Scope) -> Values | None:
        """What an expression stands for; None if a tree must tell."""
        if steps[0].name == "super":
            values, rest = self._super(path, steps), 2
        else:
            values, rest = self._first(path, steps[0], scope), 1
        on: Values = ()
        called: dict[Value, Value | None] = dict.fromkeys(values or ())
        for at, step in enumerate(steps[rest:], rest):
            if values is None:
                return None
            if step.kind == "member":
                on = values
                called = {one: of for of in on for one in self._types.attribute(path, of, step.name)}
                values = self._types.held(tuple(called))
            else:
                name = steps[at - 1].name
                root = None if any(before.kind == "call" for before in steps[:at]) else steps[0]
                values = self._result(path, name, on, called, root, scope) if name else None
                values = None if values is None else self._types.held(values)
                on, called = (), {}
        return values

    def _super(self, path: str, steps: list[Step]) -> Values | None:
        """What `super()` gives."""
        called = len(steps) > 1 and steps[1].kind == "call"
        return self._types.held(self._types.calls.super_at(path, steps[0].offset)) if called else None

    def _first(self, path: str, name: Step, scope: Scope) -> Values | None:
        if not binds(scope, name.name, name.offset):
            bound = scope.lookup(name.name, name.offset)
            if bound and bound.bindings:
                return None
            return self._types.held(self._types.held(self._links.bare(path, name.name, name.offset).values))
        return self._receiver(path, name, scope) if name.name == "self" else self._local(path, name, scope)

    def _receiver(self, path: str, name: Step, scope: Scope) -> Values | None:
        """What `self` is in a method that is in no other function and has none inside with one of its own."""
        view, data = self._index.view(path), self._index.data(path)
        method = only_parameter(scope, view, data, name.name, name.offset)
        if method is None or not _FIRST.match(data, view.definitions[method].name_end):
            return None
        return self._types.variables.receiver(path, method) or None

    # -- Calls

    def _result(
        self, path: str, name: str, on: Values, called: dict[Value, Value | None], root: Step | None, scope: Scope
    ) -> Values | None:
        """What a call gives whatever it is given; None if that depends on its arguments."""
        types = self._types
        if name in tables.MAKING or any(self._has_keys(one) for one in on if name in tables.VALUE_METHODS):
            return None
        known = of_containers(types.containers.as_containers(on, name), name)
        if known:
            return known
        if EXTERNAL in called:
            return None if passes_through(name) else self._outside(name, root, scope)
        found: list[Value] = []
        for value, receiver in list(called.items())[:MOST_CALLEES]:
            if isinstance(value, Target) and not self._is_simple(value):
                return None
            found += types.calls.given_by(path, value, receiver)
        return tuple(dict.fromkeys(found))

    def _has_keys(self, value: Value) -> bool:
        return isinstance(value, Instance) and self._types.classes.naming_base(value.of, "TypedDict") is not None

    def _is_simple(self, value: Target) -> bool:
        """Whether what a function or class gives does not depend on arguments."""
        if self._is_class(value):
            return not self._types.generics.parameters(value)
        return not is_overload(self._types, value) and not named_by_result(self._types, value)

    def _outside(self, name: str, root: Step | None, scope: Scope) -> Values:
        """What a function from outside gives, `root` being the first of the names that lead to it."""
        known = root is not None and not binds(scope, root.name, root.offset)
        bound = scope.lookup(root.name, root.offset) if root is not None and known else None
        standard = are_standard(bound)
        return (EXTERNAL,) if standard or name in tables.PLAIN_FUNCTIONS or name[:1].isupper() else ()


def _is_plain(data: bytes, steps: list[Step], start: int, end: int) -> bool:
    """Whether steps are what the text between two offsets says: nothing in it that may hide a bracket."""
    simple = not iskeyword(steps[0].name) and all(step.kind != "index" for step in steps)
    return simple and not _HARD.search(data, start, end)
