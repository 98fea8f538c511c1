"""Calls: what they give, and what a function's parameters are given, by one call or by all that are found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.flow.arguments import Given, given_for
from rlm_code.index.flow.expressions import Argument, Call, Constant, Opaque, Parameter
from rlm_code.index.flow.python_builtins import call_outer
from rlm_code.index.flow.values import (
    ANYTHING,
    NOTHING,
    Bound,
    Descriptor,
    Frame,
    Function,
    Generator,
    Method,
    Object,
    Outer,
    Partial,
    Value,
    Values,
)
from rlm_code.index.values import Target

if TYPE_CHECKING:
    from rlm_code.index.flow.evaluate import Evaluator
    from rlm_code.index.flow.python_file import PythonFile
    from rlm_code.parse.scopes import Binding

_MOST_RUNS = 3


class Running:
    """Runs of functions in one snapshot."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._calls: dict[tuple[str, int, int], Call] = {}
        self._names: dict[str, int] = {}

    def call_of(self, frame: Frame | Partial) -> Call | None:
        """The call that a run is made by."""
        return self._calls.get((frame.path, frame.start, frame.end))

    def result(self, path: str, call: Call, frame: Frame | None) -> Values:
        """What a call gives."""
        self._calls[path, call.start, call.end] = call
        callees = self._evaluator.values(path, call.callee, frame)
        return self._evaluator.union(self._given_by(value, path, call, frame) for value in callees)

    def decorated(self, path: str, call: Call, frame: Frame | None) -> Values:
        """What a decorator makes of what is below it; what is not known to replace it, leaves it as it is."""
        self._calls[path, call.start, call.end] = call
        below = self._evaluator.values(path, call.arguments[0].value, frame)
        found = NOTHING
        for value in self._evaluator.values(path, call.callee, frame):
            if isinstance(value, Outer):
                found |= self._by_outer(value, below)
            elif isinstance(value, Function | Bound | Target | Object | Partial):
                found |= self._given_by(value, path, call, frame)
            else:
                found |= below
        return found or below

    @staticmethod
    def _by_outer(decorator: Outer, below: Values) -> Values:
        name = decorator.dotted.rpartition(".")[2]
        if name in ("staticmethod", "classmethod"):
            return Values(Descriptor(name, value) for value in below)
        if name in ("property", "cached_property"):
            return Values(Descriptor("property", value) for value in below)
        return below

    def _given_by(self, value: Value, path: str, call: Call, frame: Frame | None) -> Values:  # noqa: PLR0911
        """What calling one value gives."""
        if isinstance(value, Function):
            return self.run(value, None, (path, call), frame)
        if isinstance(value, Bound):
            return self.run(value.function, value.receiver, (path, call), frame)
        if isinstance(value, Target):
            return self._made(value, path, call, frame)
        if isinstance(value, Object):
            callers = self._evaluator.members.of(value, "__call__")
            return self._evaluator.union(self._given_by(c, path, call, frame) for c in callers if c != value)
        if isinstance(value, Descriptor):
            return self._given_by(value.function, path, call, frame)
        if isinstance(value, Outer):
            return call_outer(self._evaluator, value.dotted, path, call, frame)
        if isinstance(value, Method):
            return self._evaluator.containers.called(value, path, call, frame)
        if isinstance(value, Partial):
            merged = self._merged(value, path, call)
            return self._evaluator.union(
                self._given_by(one, value.path, merged, value.frame) for one in self.partial_function(value)
            )
        return ANYTHING

    def _made(self, of: Target, path: str, call: Call, frame: Frame | None) -> Values:
        """The object that calling a class makes; for a class of classes, or with `__new__`, what that returns."""
        if self._evaluator.index.view(of.path).definitions[of.at].kind != "class":
            return ANYTHING
        makers = self._evaluator.classes.in_order(self._evaluator.classes.order(of), "__new__")
        made = self._evaluator.union(
            self.run(maker, of, (path, call), frame) for maker in makers if isinstance(maker, Function)
        )
        objects = Values(value for value in made if isinstance(value, Object))
        return objects or Values([Object(of)])

    def partial_function(self, value: Partial) -> Values:
        """What a partial calls."""
        call = self.call_of(value)
        if call is None or not call.arguments:
            return ANYTHING
        return self._evaluator.values(value.path, call.arguments[0].value, value.frame)

    def _merged(self, value: Partial, path: str, call: Call) -> Call:
        """The call that calling a partial makes, with the arguments of both where they stand in one file."""
        first = self.call_of(value)
        if first is None:
            return call
        rest = call.arguments if path == value.path else ()
        end = -1 - call.start  # told apart from both calls, which it is none of
        merged = first._replace(end=end, arguments=(*first.arguments[1:], *rest))
        self._calls[value.path, merged.start, merged.end] = merged
        return merged

    def run(
        self,
        function: Function,
        receiver: Value | None,
        by: tuple[str, Call] | None = None,
        caller: Frame | None = None,
    ) -> Values:
        """What a function returns, run by a call or by any."""
        frame = self.frame(function, receiver, by, caller)
        file = self._evaluator.file(function.path)
        if file is None or function.at not in file.functions:
            return ANYTHING
        if file.is_generator(function.at):
            return Values([Generator(frame)])
        returned = file.returns(function.at)
        found = self._evaluator.union(self._evaluator.values(function.path, of, frame) for of in returned)
        return found or self._promised(file, function.at)

    def _promised(self, file: PythonFile, at: int) -> Values:
        """The objects that a function's header says it returns."""
        written = file.functions[at].child_by_field_name("return_type")
        return self.annotated(file.path, written.byte_range) if written else NOTHING

    def annotated(self, path: str, place: tuple[int, int]) -> Values:
        """The objects of the classes that a type names; nothing if it names none of the snapshot's."""
        file = self._evaluator.file(path)
        if file is None:
            return NOTHING
        values = self._evaluator.values(path, file.written_type(*place), None)
        return Values(Object(value, open=True) for value in values if isinstance(value, Target))

    def given_name(self, function: Function, receiver: Object, name: str) -> Values:
        """What a `__getattr__` gives when it is asked for a name."""
        place = -1 - self._names.setdefault(name, len(self._names))  # a call that stands nowhere
        asked = Argument(Constant(place, place, name))
        call = Call(place, place, Opaque(place, place), (asked,), place, name)
        return self.run(function, receiver, (function.path, call))

    def frame(
        self, function: Function, receiver: Value | None, by: tuple[str, Call] | None, caller: Frame | None
    ) -> Frame:
        """The run of a function by a call; of runs within runs, only a few are told apart."""
        depth, around = 0, caller
        while around is not None:
            depth, around = depth + 1, around.caller
        if by is None or depth >= _MOST_RUNS:
            return Frame(function, receiver, outer=function.outer)
        path, call = by
        self._calls[path, call.start, call.end] = call
        return Frame(function, receiver, path, call.start, call.end, caller, function.outer)

    def parameter(self, file: PythonFile, function: int, binding: Binding, frame: Frame | None) -> Values:
        """What a parameter is given."""
        frame = self._evaluator.frame_of(file, function, frame)
        parameters = file.parameters(function)
        at = next((at for at, parameter in enumerate(parameters) if parameter.start == binding.start), None)
        if at is None:
            return ANYTHING
        if frame is not None and frame.receiver is not None and at == 0:
            return Values([frame.receiver])
        call = self.call_of(frame) if frame is not None and frame.path else None
        if frame is not None and call is not None:
            given = Given(frame.path, call, frame.caller, frame.receiver is not None)
            return self._given(given, parameters, at, file.path)
        receiver = self._evaluator.members.receiver(file.path, function) if at == 0 else NOTHING
        return receiver or self._by_any_call(file, function, parameters, at, binding)

    def _by_any_call(
        self, file: PythonFile, function: int, parameters: list[Parameter], at: int, binding: Binding
    ) -> Values:
        """What a parameter is given by any call that is found; what its type promises where that tells nothing."""
        sites = self._evaluator.sites.of(Function(file.path, function))
        found = NOTHING
        for site, value in sites.found:
            if isinstance(site.call, Call):
                for given in self._givens(site.path, site.call, value):
                    found |= self._given(given, parameters, at, file.path)
        promised = self._evaluator.members.declared(file.path, binding)
        if promised and all(isinstance(value, Object) or value in ANYTHING for value in found):
            return promised
        default = parameters[at].default
        if default is not None and not sites.found:
            found |= self._evaluator.values(file.path, default, None)
        return found if sites.whole and sites.found else found | ANYTHING

    def _givens(self, path: str, call: Call, value: Value) -> list[Given]:
        """How a call gives its arguments to what it runs: directly, or with those that partials add."""
        bound = isinstance(value, Bound)
        callees = self._evaluator.values(path, call.callee, None)
        partials = [one for one in callees if isinstance(one, Partial) and value in self.partial_function(one)]
        direct = [] if partials and value not in callees else [Given(path, call, None, bound)]
        return direct + [Given(one.path, self._merged(one, path, call), one.frame, bound) for one in partials]

    def _given(self, given: Given, parameters: list[Parameter], at: int, path: str) -> Values:
        matched = given_for(self._evaluator, given, parameters, at)
        if matched is not None:
            return matched
        default = parameters[at].default
        return NOTHING if default is None else self._evaluator.values(path, default, None)
