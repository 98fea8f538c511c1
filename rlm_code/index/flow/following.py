"""A value followed forwards: through names, members, arguments, results and decorators, to the calls it comes by.

It follows too much rather than too little, within a limit of places; what is found is checked from the other end.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rlm_code.index.flow.callees import MAKERS, METHODS_OF_WAYS
from rlm_code.index.flow.expressions import Call, Implicit, Name
from rlm_code.index.flow.fields import fields_of
from rlm_code.index.flow.python_consumers import Consumer, consumers
from rlm_code.index.flow.python_expressions import last_name
from rlm_code.index.flow.python_file import CallSite
from rlm_code.index.flow.trail import Trail
from rlm_code.index.flow.values import Function, Outer, functions_in
from rlm_code.index.values import Target

if TYPE_CHECKING:
    from rlm_code.index.flow.evaluate import Evaluator
    from rlm_code.index.snapshot_index import SnapshotIndex

_MOST_FILES = 8
_MOST_USES = 30
_OF_OBJECTS = frozenset({"__call__", *(name for names in METHODS_OF_WAYS.values() for name in names)})
_IMPLICIT = _OF_OBJECTS.union(MAKERS)
_NAMING = ("getattr", "globals")


class Following:
    """Follows values in the files of one snapshot."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._index = evaluator.index

    def from_function(self, target: Target, function: Function, trail: Trail, calls: bool) -> None:
        """Follows a function from where it is defined; `calls`: also where it is called by its own name."""
        file = self._evaluator.file(target.path)
        name = self._index.view(target.path).definitions[target.at].name
        around = file.class_around(function.at) if file else None
        self.from_definition(target.path, function.at, trail)
        if around is None:
            self.from_names(target, trail, calls=calls)
            self._member(name, trail)
            return
        at = self._index.view(target.path).by_name_start.get(around)
        if name in _IMPLICIT and at is not None:
            self._from_class(Target(target.path, at), name, trail)
        else:
            self._member(name, trail)

    def _from_class(self, owner: Target, name: str, trail: Trail) -> None:
        """Calls that a class's method with a fixed name answers."""
        below = self._evaluator.hierarchy.subclasses(owner)
        if len(below) > _MOST_USES:
            trail.whole = False
            below = []
        for one in (owner, *below):
            self.from_names(one, trail)
            definition = self._index.view(one.path).definitions[one.at]
            self.from_definition(one.path, definition.name_start, trail)
            for use in self._index.view(one.path).uses.of(name):
                trail.follow(one.path, use.start, use.start + len(name.encode()))
        if name in _OF_OBJECTS:
            self.walk(trail)
            for site in list(trail.calls.values()):
                self._given_by(site, trail)
        for one in (owner, *below):
            self.from_methods(one, trail)

    def from_methods(self, owner: Target, trail: Trail) -> None:
        """The methods of a class, and those that it inherits, are given its objects or the class."""
        for one in self._evaluator.classes.order(owner):
            file = self._evaluator.file(one.path)
            definitions = self._index.view(one.path).definitions
            for at in (
                at for several in self._index.view(one.path).children.get(one.at, {}).values() for at in several
            ):
                start = definitions[at].name_start
                parameters = file.parameters(start)[:1] if file and start in file.functions else ()
                for parameter in parameters:
                    self._variable(one.path, parameter.start, parameter.name, trail)

    def from_names(self, target: Target, trail: Trail, *, calls: bool = True) -> None:
        """Follows a definition where its name is used; in its own file alone where very many use the name."""
        definition = self._index.view(target.path).definitions[target.at]
        users = self._index.using(definition.name)
        if target != trail.asked:
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
            trail.follow(use.path, use.start, use.end)

    def from_definition(self, path: str, name_start: int, trail: Trail) -> None:
        """What a function goes through before its name stands for it: decorators."""
        file = self._evaluator.file(path)
        for call in file.decorators(name_start) if file else ():
            site = CallSite(path, call, file.owner(call.start) if file else None)
            self._consume(path, Consumer("passed", call.arguments[0].value.start, site=site), trail)
            trail.add(site)

    def walk(self, trail: Trail) -> None:
        """Follows the values that are noted, and those that they lead to."""
        while trail.ahead:
            path, start, end = trail.ahead.pop()
            file = self._evaluator.file(path) if self._evaluator.work.may_step() else None
            if file is None:
                trail.whole = False
                continue
            for consumer in consumers(file, start, end):
                self._consume(path, consumer, trail)

    def _consume(self, path: str, consumer: Consumer, trail: Trail) -> None:
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

    def _variable(self, path: str, start: int, name: str, trail: Trail) -> None:
        """Follows all uses of the variable that is bound or used at an offset."""
        file = self._evaluator.file(path)
        binding = file.locals.lookup(name, start) if file else None
        if file is None or binding is None or not trail.enter(("variable", path, binding.scope, name)):
            return
        scope = file.locals.scopes[binding.scope]
        for use in file.uses_of(binding, self._index.view(path).uses):
            trail.follow(path, use, use + len(name.encode()))
        if scope.kind == "class":
            self._member(name, trail)
        if scope.kind == "module":
            for at in self._index.view(path).children.get(-1, {}).get(name, ()):
                self.from_names(Target(path, at), trail)

    def _held(self, path: str, start: int, name: str, trail: Trail) -> None:
        """Follows what callers gave as a parameter that was put something into."""
        file = self._evaluator.file(path)
        binding = file.locals.lookup(name, start) if file else None
        function = file.function_of(binding.scope) if file and binding and binding.kind == "parameter" else None
        if function is None or binding is None or not trail.enter(("held", path, binding.start)):
            return
        for site, _ in self._evaluator.sites.of(Function(path, function)).found:
            for argument in site.call.arguments if isinstance(site.call, Call) else ():
                at, held = last_name(argument.value)
                if held and isinstance(argument.value, Name):
                    self._consume(site.path, Consumer("held", at, held), trail)
                elif held:
                    self._member(held, trail)

    def _member(self, name: str, trail: Trail) -> None:
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
            trail.follow(path, use.start, use.start + len(name.encode()))
        self._from_strings(name, trail)

    def _from_strings(self, name: str, trail: Trail) -> None:
        """Follows the strings that spell a name where `getattr` may be given them."""
        paths = files_naming(self._index)
        if paths is None:
            trail.whole = False
            return
        quoted = re.compile(rb"[\"']" + re.escape(name.encode()) + rb"[\"']")
        for path in paths:
            for match in quoted.finditer(self._index.data(path)):
                trail.follow(path, match.start(), match.end())

    def _returned(self, function: Function, trail: Trail) -> None:
        """Follows what the calls of a function give."""
        if not trail.enter(("returned", function.path, function.at)):
            return
        self._from_reads(function, trail)
        found = self._evaluator.sites.of(function)
        trail.whole = trail.whole and found.whole
        for site, _ in found.found:
            self._given_by(site, trail)

    def _given_by(self, site: CallSite, trail: Trail) -> None:
        """Follows what a call gives."""
        file = self._evaluator.file(site.path)
        call = site.call
        if isinstance(call, Implicit):
            trail.follow(site.path, call.value.start, call.value.end)
            return
        if file is None:
            return
        if file.is_decorator(call.start, call.end):
            self._decorated(site, trail)
        else:
            trail.follow(site.path, call.start, call.end)

    def _from_reads(self, function: Function, trail: Trail) -> None:
        """Follows a function where it is passed on: what it is passed to may give what it returns."""
        at = self._index.view(function.path).by_name_start.get(function.at)
        file = self._evaluator.file(function.path)
        if at is not None:
            self.from_names(Target(function.path, at), trail, calls=False)
            name = self._index.view(function.path).definitions[at].name
            around = file.class_around(function.at) if file is not None else None
            owner = self._index.view(function.path).by_name_start.get(around) if around is not None else None
            if owner is not None:
                self._member(name, trail)
            if owner is not None and name.startswith("__"):
                self._objects_of(Target(function.path, owner), trail)
        elif file is not None and function.at in file.functions:
            node = file.functions[function.at]
            trail.follow(function.path, node.start_byte, node.end_byte)

    def _objects_of(self, owner: Target, trail: Trail) -> None:
        """Follows the objects of a class: syntax calls its methods by their fixed names."""
        if trail.enter(("objects", owner)):
            for site, _ in self._evaluator.sites.making(owner).found:
                self._given_by(site, trail)

    def _decorated(self, site: CallSite, trail: Trail) -> None:
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

    def _passed(self, site: CallSite, at: int, trail: Trail) -> None:
        """Follows a value into the parameters that an argument goes to."""
        call = site.call
        if not isinstance(call, Call) or not trail.enter(("passed", site.path, call.start, call.end, at)):
            return
        run = self._evaluator.callees.of(site)
        for value in run:
            for field in fields_of(self._evaluator, value) if isinstance(value, Target) else ():
                if self._takes(site, at, field.name, field.kind):
                    self._member(field.name, trail)
        functions = functions_in(run)
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


def files_naming(index: SnapshotIndex) -> list[str] | None:
    """The files in which strings may name what is called; None if they are too many to be followed."""
    users = dict.fromkeys(path for word in _NAMING for path in index.using(word))
    paths = [path for path in users if index.family(path).name == "python"]
    return paths if len(paths) <= _MOST_FILES else None
