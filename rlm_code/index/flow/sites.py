"""Where a function that is passed on is called: its value followed forwards, each call found checked backwards.

Forwards it follows too much rather than too little, within a limit of places.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from rlm_code.index.flow.expressions import Call, Implicit, Name
from rlm_code.index.flow.fields import fields_of
from rlm_code.index.flow.python_consumers import Consumer, consumers
from rlm_code.index.flow.python_expressions import last_name
from rlm_code.index.flow.python_file import CallSite
from rlm_code.index.flow.values import (
    Bound,
    Descriptor,
    Function,
    Object,
    Outer,
    Partial,
    Value,
    functions_in,
)
from rlm_code.index.values import Target

if TYPE_CHECKING:
    from rlm_code.index.flow.evaluate import Evaluator

_MOST_PLACES = 120
_MOST_FILES = 8
_MOST_USES = 30
_MOST_NESTED = 3
_MOST_CALLED = 5
_METHODS_OF_WAYS = {
    "each": ("__iter__", "__next__"),
    "async each": ("__aiter__", "__anext__"),
    "enter": ("__enter__", "__exit__"),
    "async enter": ("__aenter__", "__aexit__"),
}
_OF_OBJECTS = frozenset({"__call__", *(name for names in _METHODS_OF_WAYS.values() for name in names)})
_IMPLICIT = _OF_OBJECTS | {"__init__", "__new__", "__post_init__"}
_NAMING = ("getattr", "globals")


class Found(NamedTuple):
    """The sites that call a function, each with the value that it calls; `whole` if no limit was reached."""

    found: tuple[tuple[CallSite, Value], ...]
    whole: bool


class _Trail:
    """The places that a search has been at, and the calls it came by."""

    def __init__(self) -> None:
        self.seen: set[object] = set()
        self.calls: dict[tuple[str, int, int, str], CallSite] = {}
        self.ahead: list[tuple[str, int, int]] = []
        self.whole = True

    def enter(self, place: object) -> bool:
        """Whether a place is new and may be looked at."""
        if place in self.seen:
            return False
        if len(self.seen) >= _MOST_PLACES:
            self.whole = False
            return False
        self.seen.add(place)
        return True

    def add(self, site: CallSite) -> None:
        """Notes a call."""
        call = site.call
        end = call.end if isinstance(call, Call) else call.at
        start = call.start if isinstance(call, Call) else call.value.start
        self.calls[site.path, start, end, call.way if isinstance(call, Implicit) else ""] = site


class Sites:
    """Call sites in one snapshot."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._index = evaluator.index
        self._kept: dict[tuple[str, int], Found] = {}
        self._drafts: dict[tuple[str, int], Found] = {}
        self._open: set[tuple[str, int]] = set()

    def of(self, function: Function) -> Found:
        """The sites that call a function or lambda."""
        key = (function.path, function.at)
        known = self._kept.get(key)
        if known is not None:
            return known
        if key in self._drafts:
            return self._drafts[key]
        if key in self._open or len(self._open) >= _MOST_NESTED or not self._evaluator.work.may_search():
            return Found((), key in self._open)
        self._open.add(key)
        try:
            found = self._search(function, calls=True)
        finally:
            self._open.discard(key)
        if not self._evaluator.work.spent and not self._open:
            self._kept[key] = found
        self._drafts[key] = found
        return found

    def begin(self) -> None:
        """Starts a question: what was found in part within the one before is searched anew."""
        self._drafts.clear()

    def escaped(self, function: Function) -> Found:
        """The sites that call a function after its value was passed on; plain calls by its name are not looked for."""
        return self._search(function, calls=False)

    def making(self, owner: Target) -> Found:
        """The sites that make an object of a class."""
        key = (owner.path, -1 - owner.at)
        if key not in self._drafts:
            self._drafts[key] = Found((), True)
            trail = _Trail()
            self._from_names(owner, trail)
            self._drafts[key] = self._checked(trail, lambda value: value == owner)
        return self._drafts[key]

    def escaped_class(self, owner: Target) -> Found:
        """The sites that make an object of a class after the class was passed on."""
        definition = self._index.view(owner.path).definitions[owner.at]
        trail = _Trail()
        self._from_names(owner, trail, calls=False)
        self._from_definition(owner.path, definition.name_start, trail)
        self._self_of(owner, trail)
        return self._checked(trail, lambda value: value == owner)

    def _search(self, function: Function, *, calls: bool) -> Found:
        trail = _Trail()
        at = self._index.view(function.path).by_name_start.get(function.at)
        file = self._evaluator.file(function.path)
        if file is None:
            return Found((), False)
        if at is None:
            node = file.functions.get(function.at)
            if node is not None:
                self._follow(function.path, node.start_byte, node.end_byte, trail)
        else:
            self._from_function(Target(function.path, at), function, trail, calls)
        return self._checked(trail, lambda value: _is_of(value, function))

    def _from_function(self, target: Target, function: Function, trail: _Trail, calls: bool) -> None:
        file = self._evaluator.file(target.path)
        name = self._index.view(target.path).definitions[target.at].name
        around = file.class_around(function.at) if file else None
        self._from_definition(target.path, function.at, trail)
        if around is None:
            self._from_names(target, trail, calls=calls)
            self._member(name, trail)
            return
        at = self._index.view(target.path).by_name_start.get(around)
        if name in _IMPLICIT and at is not None:
            self._from_class(Target(target.path, at), name, trail)
        else:
            self._member(name, trail)

    def _from_class(self, owner: Target, name: str, trail: _Trail) -> None:
        """Calls that a class's method with a fixed name answers."""
        below = self._evaluator.hierarchy.subclasses(owner)
        if len(below) > _MOST_USES:
            trail.whole = False
            below = []
        for one in (owner, *below):
            self._from_names(one, trail)
            definition = self._index.view(one.path).definitions[one.at]
            self._from_definition(one.path, definition.name_start, trail)
            for use in self._index.view(one.path).uses.of(name):
                self._follow(one.path, use.start, use.start + len(name.encode()), trail)
        if name in _OF_OBJECTS:
            self._walk(trail)
            for site in list(trail.calls.values()):
                self._given_by(site, trail)
        for one in (owner, *below):
            self._self_of(one, trail)

    def _self_of(self, owner: Target, trail: _Trail) -> None:
        """The methods of a class, and those that it inherits, are given its objects or the class."""
        for one in self._evaluator.members.order(owner):
            file = self._evaluator.file(one.path)
            definitions = self._index.view(one.path).definitions
            for at in (
                at for several in self._index.view(one.path).children.get(one.at, {}).values() for at in several
            ):
                start = definitions[at].name_start
                parameters = file.parameters(start)[:1] if file and start in file.functions else ()
                for parameter in parameters:
                    self._variable(one.path, parameter.start, parameter.name, trail)

    def _from_names(self, target: Target, trail: _Trail, *, calls: bool = True) -> None:
        """Follows a definition where its name is used; in its own file alone where very many use the name."""
        definition = self._index.view(target.path).definitions[target.at]
        users = self._index.using(definition.name)
        if not self._evaluator.uses.is_known(target):
            if len(users) > _MOST_FILES or users == [target.path]:
                trail.whole = trail.whole and users == [target.path]
                self._variable(target.path, definition.name_start, definition.name, trail)
                return
            if not self._evaluator.may_visit(users):
                trail.whole = False
                return
        uses = [use for use in self._evaluator.uses.named(target) if calls or use.role != "call"]
        if len({use.path for use in uses}) > _MOST_FILES:
            trail.whole = False
            uses = [use for use in uses if use.path == target.path]
        for use in uses:
            self._follow(use.path, use.start, use.end, trail)

    def _from_definition(self, path: str, name_start: int, trail: _Trail) -> None:
        """What a function goes through before its name stands for it: decorators."""
        file = self._evaluator.file(path)
        for call in file.decorators(name_start) if file else ():
            site = CallSite(path, call, file.owner(call.start) if file else None)
            self._consume(path, Consumer("passed", call.arguments[0].value.start, site=site), trail)
            trail.add(site)

    def _follow(self, path: str, start: int, end: int, trail: _Trail) -> None:
        """Notes the expression between two offsets as one whose value is to be followed."""
        if trail.enter((path, start, end)):
            trail.ahead.append((path, start, end))

    def _walk(self, trail: _Trail) -> None:
        """Follows the values that are noted, and those that they lead to."""
        while trail.ahead:
            path, start, end = trail.ahead.pop()
            file = self._evaluator.file(path) if self._evaluator.work.may_step() else None
            if file is None:
                trail.whole = False
                continue
            for consumer in consumers(file, start, end):
                self._consume(path, consumer, trail)

    def _consume(self, path: str, consumer: Consumer, trail: _Trail) -> None:
        if consumer.kind == "variable":
            self._variable(path, consumer.at, consumer.name, trail)
        elif consumer.kind == "held":
            self._variable(path, consumer.at, consumer.name, trail)
            self._held(path, consumer.at, consumer.name, trail)
        elif consumer.kind == "member":
            self._member(consumer.name, trail)
        elif consumer.kind == "returned":
            self._returned(Function(path, consumer.at), trail)
        elif consumer.site is not None and consumer.kind == "called":
            trail.add(consumer.site)
        elif consumer.site is not None:
            self._passed(consumer.site, consumer.at, trail)

    def _variable(self, path: str, start: int, name: str, trail: _Trail) -> None:
        """Follows all uses of the variable that is bound or used at an offset."""
        file = self._evaluator.file(path)
        binding = file.locals.lookup(name, start) if file else None
        if file is None or binding is None or not trail.enter(("variable", path, binding.scope, name)):
            return
        scope = file.locals.scopes[binding.scope]
        for use in self._index.view(path).uses.of(name):
            if scope.start <= use.start < scope.end or scope.kind == "module":
                seen = file.locals.lookup(name, use.start)
                if seen is not None and (seen.scope, seen.start) == (binding.scope, binding.start):
                    self._follow(path, use.start, use.start + len(name.encode()), trail)
        if scope.kind == "class":
            self._member(name, trail)
        if scope.kind == "module":
            for at in self._index.view(path).children.get(-1, {}).get(name, ()):
                self._from_names(Target(path, at), trail)

    def _held(self, path: str, start: int, name: str, trail: _Trail) -> None:
        """Follows what callers gave as a parameter that was put something into."""
        file = self._evaluator.file(path)
        binding = file.locals.lookup(name, start) if file else None
        function = file.function_of(binding.scope) if file and binding and binding.kind == "parameter" else None
        if function is None or binding is None or not trail.enter(("held", path, binding.start)):
            return
        for site, _ in self.of(Function(path, function)).found:
            for argument in site.call.arguments if isinstance(site.call, Call) else ():
                at, held = last_name(argument.value)
                if held and isinstance(argument.value, Name):
                    self._consume(site.path, Consumer("held", at, held), trail)
                elif held:
                    self._member(held, trail)

    def _member(self, name: str, trail: _Trail) -> None:
        """Follows all uses of a name as a member."""
        if not trail.enter(("member", name)):
            return
        paths = [path for path in self._index.using(name) if self._index.family(path).name == "python"]
        uses = [
            (path, use)
            for path in paths[: _MOST_FILES + 1]
            for use in self._index.view(path).uses.of(name)
            if use.role in ("call", "read")
        ]
        if len(paths) > _MOST_FILES or len(uses) > _MOST_USES:
            trail.whole = False
            uses = [(path, use) for path, use in uses if use.role == "read"][:_MOST_USES]
        for path, use in uses:
            self._follow(path, use.start, use.start + len(name.encode()), trail)
        self._from_strings(name, trail)

    def naming(self) -> list[str] | None:
        """The files in which strings may name what is called; None if they are too many to be followed."""
        users = dict.fromkeys(path for word in _NAMING for path in self._index.using(word))
        paths = [path for path in users if self._index.family(path).name == "python"]
        return paths if len(paths) <= _MOST_FILES else None

    def _from_strings(self, name: str, trail: _Trail) -> None:
        """Follows the strings that spell a name where `getattr` may be given them."""
        paths = self.naming()
        if paths is None:
            trail.whole = False
            return
        quoted = re.compile(rb"[\"']" + re.escape(name.encode()) + rb"[\"']")
        for path in paths:
            for match in quoted.finditer(self._index.data(path)):
                self._follow(path, match.start(), match.end(), trail)

    def _returned(self, function: Function, trail: _Trail) -> None:
        """Follows what the calls of a function give."""
        if not trail.enter(("returned", function.path, function.at)):
            return
        self._from_reads(function, trail)
        found = self.of(function)
        trail.whole = trail.whole and found.whole
        for site, _ in found.found:
            self._given_by(site, trail)

    def _given_by(self, site: CallSite, trail: _Trail) -> None:
        """Follows what a call gives."""
        file = self._evaluator.file(site.path)
        call = site.call
        if isinstance(call, Implicit):
            self._follow(site.path, call.value.start, call.value.end, trail)
            return
        if file is None:
            return
        if file.is_decorator(call.start, call.end):
            self._decorated(site, trail)
        else:
            self._follow(site.path, call.start, call.end, trail)

    def _from_reads(self, function: Function, trail: _Trail) -> None:
        """Follows a function where it is passed on: what it is passed to may give what it returns."""
        at = self._index.view(function.path).by_name_start.get(function.at)
        file = self._evaluator.file(function.path)
        if at is not None:
            self._from_names(Target(function.path, at), trail, calls=False)
            name = self._index.view(function.path).definitions[at].name
            around = file.class_around(function.at) if file is not None else None
            owner = self._index.view(function.path).by_name_start.get(around) if around is not None else None
            if owner is not None:
                self._member(name, trail)
            if owner is not None and name.startswith("__"):
                self._objects_of(Target(function.path, owner), trail)
        elif file is not None and function.at in file.functions:
            node = file.functions[function.at]
            self._follow(function.path, node.start_byte, node.end_byte, trail)

    def _objects_of(self, owner: Target, trail: _Trail) -> None:
        """Follows the objects of a class: syntax calls its methods by their fixed names."""
        if trail.enter(("objects", owner)):
            for site, _ in self.making(owner).found:
                self._given_by(site, trail)

    def _decorated(self, site: CallSite, trail: _Trail) -> None:
        """Follows what a decorator makes: it goes to the next one above, and to the name."""
        call = site.call
        file = self._evaluator.file(site.path)
        if file is None or not isinstance(call, Call):
            return
        start = call.arguments[0].value.start
        name = file.root.descendant_for_byte_range(start, start + 1)
        for above in file.decorators(start):
            if above.start < call.start:
                upper = CallSite(site.path, above, site.owner)
                self._consume(site.path, Consumer("passed", start, site=upper), trail)
        if name is not None:
            self._variable(site.path, start, (name.text or b"").decode(), trail)

    def _passed(self, site: CallSite, at: int, trail: _Trail) -> None:
        """Follows a value into the parameters that an argument goes to."""
        call = site.call
        if not isinstance(call, Call) or not trail.enter(("passed", site.path, call.start, call.end, at)):
            return
        run = self.runs(site)
        for value in run:
            for field in fields_of(self._evaluator, value) if isinstance(value, Target) else ():
                if self._takes(site, at, field.name, field.kind):
                    self._member(field.name, trail)
        functions = functions_in(frozenset(run))
        if Outer("functools.partial") in self._evaluator.values(site.path, call.callee, None) and call.arguments:
            functions += functions_in(self._evaluator.values(site.path, call.arguments[0].value, None))
        for function in functions:
            file = self._evaluator.file(function.path)
            for parameter in file.parameters(function.at) if file and function.at in file.functions else ():
                if self._takes(site, at, parameter.name, parameter.kind):
                    self._variable(function.path, parameter.start, parameter.name, trail)

    @staticmethod
    def _takes(site: CallSite, at: int, name: str, kind: str) -> bool:
        """Whether a parameter may be given the argument that spans an offset."""
        call = site.call
        for argument in call.arguments if isinstance(call, Call) else ():
            if argument.value.start <= at < max(argument.value.end, argument.value.start + 1):
                return argument.name is None or argument.name == name or kind == "**"
        return True

    def runs(self, site: CallSite) -> list[Value]:
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
        for name, receiver in (("__init__", Object(of)), ("__new__", of), ("__post_init__", Object(of))):
            for maker in self._evaluator.members.in_order(self._evaluator.members.order(of), name):
                if isinstance(maker, Function):
                    yield Bound(maker, receiver)

    def _implied(self, path: str, call: Implicit) -> list[Value]:
        first, second = _METHODS_OF_WAYS[call.way]
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

    def _checked(self, trail: _Trail, wanted: Callable[[Value], bool]) -> Found:
        """The calls that a trail leads to and that do call what is wanted."""
        self._walk(trail)
        found = [(site, value) for site in trail.calls.values() for value in self.runs(site) if wanted(value)]
        return Found(tuple(found), trail.whole and not self._evaluator.work.spent)


def _is_of(value: Value, function: Function) -> bool:
    inner = value.function if isinstance(value, Bound) else value
    return isinstance(inner, Function) and (inner.path, inner.at) == (function.path, function.at)
