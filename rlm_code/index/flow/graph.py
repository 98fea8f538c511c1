"""The calls of one snapshot, as far as following values tells: from a call to what it runs, and back.

This is the way into value flow. It speaks of definitions as targets and of calls by where their callee's name stands.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from rlm_code.index.flow.classes import is_plain
from rlm_code.index.flow.evaluate import Evaluator
from rlm_code.index.flow.expressions import Call, Member, Name
from rlm_code.index.flow.files import PythonFiles
from rlm_code.index.flow.following import files_naming
from rlm_code.index.flow.python_file import CallSite
from rlm_code.index.flow.values import UNKNOWN, Bound, Function, Outer, Value
from rlm_code.index.flow.work import MOST_BYTES_OF_SEARCH, Work
from rlm_code.index.values import Target

if TYPE_CHECKING:
    from rlm_code.index.flow.names import NamedUses
    from rlm_code.index.hierarchy import Hierarchy
    from rlm_code.index.links import Links

_MOST_KEPT = 20_000


class FlowCall(NamedTuple):
    """A call in the file at `path` whose callee's `name` stands at `at`, and what it runs. `whole` if it runs nothing
    else; `plain` if the callee is that name or a member by that name."""

    path: str
    name: str
    at: int
    targets: tuple[Target, ...]
    whole: bool
    plain: bool


class CallGraph:
    """Answers over one snapshot. What was found once is kept; each call is asked by itself, from whichever side."""

    def __init__(self, links: Links, hierarchy: Hierarchy, uses: NamedUses) -> None:
        self._index = links.index
        self._links = links
        self._hierarchy = hierarchy
        self._uses = uses
        self._files = PythonFiles(links.index)
        self._answers: dict[tuple[str, int, int, str], FlowCall] = {}
        self._of: dict[Target, list[FlowCall]] = {}
        self._cut_short: set[Target] = set()

    @contextmanager
    def _question(self, work: Work | None = None) -> Iterator[Evaluator]:
        evaluator = Evaluator(self._links, self._hierarchy, self._uses, self._files, work or Work())
        try:
            yield evaluator
        finally:
            evaluator.end()

    def calls_within(self, path: str, start: int, end: int, settled: Container[int]) -> list[FlowCall]:
        """The calls that stand between two offsets of a file, in order, plain ones of the names at offsets that are
        `settled` left out; [] for a file that is not read."""
        file = self._files.of(path)
        sites = sorted(file.calls(start, end), key=lambda site: site.call.at) if file else []
        asked = (site for site in sites if not (site.call.at in settled and _is_plain_call(site)))
        return [self._answer(site) for site in asked if start <= site.call.at < end]

    def calls_of(self, target: Target) -> list[FlowCall]:
        """The calls that run a function or make an object of a class after its value was passed on, each with that
        target alone. Calls by its own name are left out where nothing but the name is needed to find them."""
        known = self._of.get(target)
        if known is None:
            if len(self._of) >= _MOST_KEPT:
                self._of.clear()
                self._cut_short.clear()
            known = self._of[target] = self._find_calls_of(target)
        return known

    def _find_calls_of(self, target: Target) -> list[FlowCall]:
        definition = self._index.view(target.path).definitions[target.at]
        work = Work(MOST_BYTES_OF_SEARCH)
        function = Function(target.path, definition.name_start)
        with self._question(work) as asked:
            is_class = definition.kind == "class"
            trail = asked.sites.escaped_class(target) if is_class else asked.sites.escaped(function)
        if not trail.whole or work.spent:
            self._cut_short.add(target)
        calls = (self._answer(site) for site in trail.calls.values())
        return [call._replace(targets=(target,)) for call in calls if target in call.targets]

    def is_cut_short(self, target: Target) -> bool:
        """Whether a limit was reached when the calls of a function or class were sought."""
        self.calls_of(target)
        return target in self._cut_short

    def calls_at(self, path: str, at: int) -> list[FlowCall]:
        """The calls whose callee's name stands at an offset."""
        file = self._files.of(path)
        return [self._answer(site) for site in file.calls_at(at)] if file else []

    def is_plain(self, target: Target) -> bool:
        """Whether a function or class is what its name stands for: not decorated, and the only one of its name."""
        return is_plain(self._index, target)

    def may_be_named_by_strings(self) -> bool:
        """Whether so few files reach names by strings that those are followed."""
        return bool(files_naming(self._index))

    def makes(self, owner: Target, maker: Target) -> bool:
        """Whether making an object of a class runs a constructor."""
        name = self._index.view(maker.path).definitions[maker.at].name
        with self._question() as asked:
            found = (self._target(value) for value in asked.classes.in_order(asked.classes.order(owner), name))
            return maker in found

    def wraps(self, wrapper: Target) -> bool:
        """Whether a function says that it stands for another one (`functools.wraps`, `update_wrapper`)."""
        definition = self._index.view(wrapper.path).definitions[wrapper.at]
        file = self._files.of(wrapper.path)
        if file is None:
            return False
        decorators = file.decorators(definition.name_start)
        with self._question() as asked:
            callees = (value for call in decorators for value in asked.values(wrapper.path, call.callee, None))
            return Outer("wraps()") in callees or file.is_updated(definition.name_start)

    def _answer(self, site: CallSite) -> FlowCall:
        call = site.call
        place = (call.start, call.end, "") if isinstance(call, Call) else (call.value.start, call.at, call.way)
        key = (site.path, *place)
        if key not in self._answers:
            if len(self._answers) >= _MOST_KEPT:
                self._answers.clear()
            self._answers[key] = self._find(site)
        return self._answers[key]

    def _find(self, site: CallSite) -> FlowCall:
        with self._question() as asked:
            targets = [target for value in asked.callees.of(site) if (target := self._target(value))]
            whole = True
            if isinstance(site.call, Call):
                whole = UNKNOWN not in asked.values(site.path, site.call.callee, None)
            whole = whole and not asked.work.spent
        found = tuple(dict.fromkeys(targets))
        return FlowCall(site.path, site.call.name, site.call.at, found, whole, _is_plain_call(site))

    def _target(self, value: Value) -> Target | None:
        if isinstance(value, Target):
            return value
        function = value.function if isinstance(value, Bound) else value
        if not isinstance(function, Function):
            return None
        at = self._index.view(function.path).by_name_start.get(function.at)
        return None if at is None else Target(function.path, at)


def _is_plain_call(site: CallSite) -> bool:
    return isinstance(site.call, Call) and isinstance(site.call.callee, Name | Member)
