"""References as names tell them, with what following values adds: calls through other names, and what they run.

One rule serves both directions. A call by a definition's own name stays what it is unless values show that something
else runs: then the name is read there, and the call is a reference to what runs. A wrapper that says that it stands
for the function (`functools.wraps`) leaves calls by the function's name what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rlm_code.index.fileview import CLASSES, FUNCTIONS
from rlm_code.index.flow.callees import MAKERS
from rlm_code.index.flow.graph import CallGraph, FlowCall
from rlm_code.index.flow.names import Use
from rlm_code.index.values import Named, Reference, Target
from rlm_code.parse.facts import Occurrence

if TYPE_CHECKING:
    from rlm_code.index.references import References

_MOST_DOUBTFUL = 12
_MOST_MADE = 8
_MOST_KEPT = 2000
_CALLED_RESULT = re.compile(rb"[\])}]\s*\(|\bfor\b|\bwith\b")


class MergedCalls:
    """Calls in both directions, over the references of one snapshot."""

    def __init__(self, references: References) -> None:
        self._references = references
        self._links = references.links
        self._index = references.links.index
        self._named: dict[Target, list[Use]] = {}
        self._passed_on: dict[Target, bool] = {}
        self.graph = CallGraph(references.links, references.hierarchy, self)

    def named(self, target: Target) -> list[Use]:
        """The uses that certainly mean a definition, imports left out."""
        if target not in self._named:
            self._keep(target, self._references.named(target))
        return self._named[target]

    def _keep(self, target: Target, rows: list[Reference]) -> None:
        if len(self._named) >= _MOST_KEPT:
            self._named.clear()
        self._named[target] = [
            Use(row.path, row.use.start, row.use.start + len(row.use.name.encode()), row.use.role)
            for row in rows
            if row.use.role != "import" and row.certainty != "name"
        ]

    def inside(self, path: str, start: int, end: int, rows: list[Reference]) -> list[Reference]:
        """The references between two offsets of a file, with those that following values adds, in order."""
        if self._index.family(path).name != "python" or not self._may_add(path, start, end, rows):
            return rows
        calls: dict[int, list[FlowCall]] = {}
        settled = {row.use.start for row in rows if row.use.role == "call" and self._is_settled(row)}
        for call in self.graph.calls_within(path, start, end, settled):
            calls.setdefault(call.at, []).append(call)
        found: list[Reference] = []
        for row in rows:
            direct = [call for call in calls.get(row.use.start, ()) if call.plain]
            refined = self._refined(row, direct) if row.use.role == "call" else [row]
            told = [one for one in refined if one.certainty != "name" or not one.targets]
            found += told or refined  # a doubt is told where there is nothing better
        known = {(row.use.start, target) for row in found if row.use.role == "call" for target in row.targets}
        for call in (call for several in calls.values() for call in several):
            found += [self._inferred(call, t) for t in call.targets if (call.at, t) not in known]
            known |= {(call.at, target) for target in call.targets}
        return sorted(found, key=lambda row: row.use.start)

    def to(self, target: Target, rows: list[Reference]) -> list[Reference]:
        """The references to a definition, with those that following values adds, in order of path and offset."""
        definition = self._index.view(target.path).definitions[target.at]
        if self._index.family(target.path).name != "python" or definition.kind not in FUNCTIONS | CLASSES:
            return rows
        self._keep(target, rows)
        doubtful = {(row.path, row.use.start) for row in rows if self._is_doubtful(row, target)}
        found = []
        for row in rows:
            if (row.path, row.use.start) in doubtful and len(doubtful) <= _MOST_DOUBTFUL:
                direct = [call for call in self.graph.calls_at(row.path, row.use.start) if call.plain]
                found += [one for one in self._refined(row, direct) if target in one.targets]
            else:
                found.append(row)
        places = {(row.path, row.use.start) for row in found if row.use.role == "call"}
        self._passed_on[target] = self._is_passed_on(target, rows)
        others = self.graph.calls_of(target) if self._passed_on[target] else ()
        for call in [*self._makers(target), *others]:
            if (call.path, call.at) not in places:
                places.add((call.path, call.at))
                found.append(self._inferred(call, target))
        return sorted(found, key=lambda row: (row.path, row.use.start))

    def is_cut_short(self, target: Target) -> bool:
        """Whether limits kept some calls of a Python function or class that is passed on from being found."""
        definition = self._index.view(target.path).definitions[target.at]
        is_read = self._index.family(target.path).name == "python" and definition.kind in FUNCTIONS | CLASSES
        return is_read and self._passed_on.get(target, True) and self.graph.is_cut_short(target)

    def _is_passed_on(self, target: Target, rows: list[Reference]) -> bool:
        """Whether anything but calls that are found by name may lead to a function or class."""
        name = self._index.view(target.path).definitions[target.at].name
        if name.startswith("__") or not self.graph.is_plain(target) or self.graph.may_be_named_by_strings():
            return True
        called = {(row.path, row.use.start) for row in rows if row.use.role == "call"}
        return any(
            use.role in ("call", "read") and (path, use.start) not in called
            for path in self._index.using(name)
            if self._index.family(path).name == "python"
            for use in self._index.view(path).uses.of(name)
        )

    def _is_doubtful(self, row: Reference, target: Target) -> bool:
        """Whether values may show that a call by name runs something else."""
        if row.use.role != "call" or self._index.family(row.path).name != "python":
            return False
        return row.certainty != "exact" or len(row.targets) > 1 or not self.graph.is_plain(target)

    def _makers(self, target: Target) -> Iterable[FlowCall]:
        """The calls by name of classes whose objects a constructor makes ready."""
        owner = self._references.hierarchy.owner(target)
        name = self._index.view(target.path).definitions[target.at].name
        if owner is None or name not in MAKERS:
            return
        below = self._references.hierarchy.subclasses(owner)
        for made in (owner, *(below if len(below) <= _MOST_MADE else ())):
            if self.graph.makes(made, target):
                for use in self.named(made):
                    if use.role == "call":
                        text = self._index.data(use.path)[use.start : use.end].decode("utf-8", "replace")
                        yield FlowCall(use.path, text, use.start, (target,), True, True)

    def _may_add(self, path: str, start: int, end: int, rows: list[Reference]) -> bool:
        """Whether following values may tell more than names."""
        if any(row.use.role == "call" and not self._is_settled(row) for row in rows):
            return True
        return bool(_CALLED_RESULT.search(self._index.data(path), start, end))

    def _is_settled(self, row: Reference) -> bool:
        return row.certainty == "exact" and len(row.targets) == 1 and self._is_plain_function(row.targets[0])

    def _is_plain_function(self, target: Named) -> bool:
        if not isinstance(target, Target):
            return False
        definition = self._index.view(target.path).definitions[target.at]
        return definition.kind in FUNCTIONS and self.graph.is_plain(target)

    def _refined(self, row: Reference, calls: list[FlowCall]) -> list[Reference]:
        """The references that a call by name comes to, one for each target."""
        reached = list(dict.fromkeys(target for call in calls for target in call.targets))
        whole = bool(calls) and all(call.whole for call in calls)
        alone = [row._replace(targets=(target,)) for target in row.targets] or [row]
        if not reached:
            return [row._replace(targets=())] if whole and row.certainty == "name" else alone
        found = []
        for one in alone:
            if one.targets and one.targets[0] in reached:
                found.append(one._replace(certainty="inferred") if one.certainty == "name" else one)
            elif one.targets:
                found.append(self._unreached(one, one.targets[0], reached, whole))
        known = {target for one in alone for target in one.targets}
        new = [target for target in reached if target not in known]
        return found + [row._replace(targets=(target,), certainty="inferred") for target in new]

    def _unreached(self, row: Reference, target: Named, reached: list[Target], whole: bool) -> Reference:
        """A call by the name of a definition where something else runs: the name is read.

        What stands for it by its own word, or may be more than is known, leaves it a call. Where what overrides it
        runs, since no object of its own class is made here, it is a call by name alone.
        """
        if not isinstance(target, Target) or not self._runs(target):
            return row._replace(use=row.use._replace(role="read"))
        if any(target in self._references.hierarchy.overridden(other) for other in reached):
            return row._replace(certainty="name")
        if row.certainty == "name" or (whole and not any(self.graph.wraps(other) for other in reached)):
            return row._replace(use=row.use._replace(role="read"))
        return row

    def _runs(self, target: Target) -> bool:
        kind = self._index.view(target.path).definitions[target.at].kind
        return kind in FUNCTIONS or kind in CLASSES

    def _inferred(self, call: FlowCall, target: Target) -> Reference:
        inside = self._references.runs_in(call.path, call.at)
        return Reference(call.path, Occurrence(call.name, call.at, "call"), "inferred", inside, (target,))
