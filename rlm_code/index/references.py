"""References between definitions, answered by resolving the uses of a name when someone asks.

It speaks of definitions as targets and of uses as offsets; rows for people are made elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from rlm_code.index.crowds import Crowds
from rlm_code.index.fileview import CLASSES, FUNCTIONS
from rlm_code.index.import_graph import ImportGraph
from rlm_code.index.keywords import Keywords
from rlm_code.index.module_uses import module_meant, uses_of_module
from rlm_code.index.resolve import Resolver
from rlm_code.index.values import Certainty, Local, ModuleFile, Named, Reference, Target
from rlm_code.parse.facts import ROLES, Definition, Occurrence

if TYPE_CHECKING:
    from rlm_code.index.flow.merge import MergedCalls


class _Sought(NamedTuple):
    """A definition whose uses are sought, and `group`, all that is one with it. Calls of what it overrides may reach
    it; `reachable`: by name alone too, if it is not `crowded` by others of its name, `within` a stretch of its file;
    `member`: of another definition; `paths`: the files of all these."""

    target: Target
    group: frozenset[Target]
    name: str
    overridden: frozenset[Target]
    reachable: bool
    member: bool
    crowded: bool
    within: tuple[int, int] | None
    paths: frozenset[str]


_LONGEST_NAME = 1000
_NOT_IMPORTS = frozenset(ROLES) - {"import"}
_CALLS = frozenset({"call"})
_RUNNING = FUNCTIONS | CLASSES


class References:
    """Answers over one snapshot."""

    def __init__(self, resolver: Resolver) -> None:
        self.resolver = resolver
        self.links = resolver.links
        self.hierarchy = resolver.hierarchy
        self._index = resolver.links.index
        self._crowds = Crowds(self._index, self.hierarchy)

    @cached_property
    def graph(self) -> ImportGraph:
        """Who imports whom."""
        return ImportGraph(self.links)

    @cached_property
    def _calls(self) -> MergedCalls:
        from rlm_code.index.flow.merge import MergedCalls

        return MergedCalls(self)

    def to(self, target: Named, roles: frozenset[str] | None, *, sure: bool) -> list[Reference]:
        """The uses of a definition, a local variable, a parameter or a module, in order of path and offset; without
        those by name alone if `sure`. Where only calls are asked for, those through other names are among them."""
        if isinstance(target, ModuleFile):
            found = uses_of_module(self.resolver, target)
            ordered = [self._reference(path, use, certainty, (target,)) for path, use, certainty in found]
        elif isinstance(target, Local):
            ordered = self._to_local(target)
        elif roles == _CALLS:
            ordered = self._calls.to(target, self._to_definition(target, sure=False))
            ordered = [row for row in ordered if not (sure and row.certainty == "name")]
        else:
            ordered = self._to_definition(target, sure=sure)
        return ordered if roles is None else [row for row in ordered if row.use.role in roles]

    def named(self, target: Target) -> list[Reference]:
        """The uses of a definition by name, those by name alone left out."""
        return self._to_definition(target, sure=True)

    def _to_local(self, target: Local) -> list[Reference]:
        """The uses of a local name; of what binds it again, too; of a parameter, the arguments that name it; of a
        member that is no definition, those in other files."""
        paths = [target.path]
        if self.links.typed.is_member(target):
            paths += [path for path in self._index.using(target.name) if path != target.path]
        places = [(path, use) for path in paths for use in self._index.view(path).uses.of(target.name)]
        found: dict[tuple[str, int], Reference] = {}
        for path, use in dict.fromkeys([*places, *Keywords(self).naming(target)]):
            if (path, use.start) != (target.path, target.start):
                resolution = self.resolver.resolve(path, use)
                if target in resolution.values:
                    found[path, use.start] = self._reference(path, use, resolution.certainty, (target,))
        return [found[place] for place in sorted(found)]

    def _to_definition(self, target: Target, *, sure: bool) -> list[Reference]:
        made = self._made_by(target)
        if made is not None:
            found_of_class = self._to_definition(made, sure=sure)
            return [row._replace(targets=(target,)) for row in found_of_class if row.use.role == "call"]
        name = self._definition(target).name
        overridden = frozenset(self.hierarchy.overridden(target))
        member = self._definition(target).parent >= 0 or bool(self._definition(target).scope)
        group = self.links.typed.declarations(target)
        reachable = self._is_reachable(target)
        sought = _Sought(
            target,
            group,
            name,
            overridden,
            reachable,
            member,
            not sure and self._crowds.hide(target),
            self._within(target),
            frozenset(one.path for one in (target, *group, *overridden)),
        )
        found: dict[tuple[str, int], Reference] = {}
        for path, searched in dict.fromkeys(self.places(target, name)):
            for use in self._index.view(path).uses.of(searched):
                reference = self._match(path, use, sought)
                if reference and not (sure and reference.certainty == "name"):
                    found[path, use.start] = reference
        return [found[place] for place in sorted(found)]

    def _made_by(self, target: Target) -> Target | None:
        """The class that a script's constructor makes objects of; None for anything else."""
        definition = self._definition(target)
        is_constructor = definition.kind == "constructor" and definition.parent >= 0
        return Target(target.path, definition.parent) if is_constructor and self._is_script(target) else None

    def _is_script(self, target: Target) -> bool:
        return self._index.family(target.path).name == "script"

    def places(self, target: Target, name: str) -> Iterator[tuple[str, str]]:
        """The files that may use a definition, each with a name under which it does."""
        naming = self.links.typed.merging(target.path)
        if naming:
            yield from naming.places(target, lambda: self.graph)
            return
        names = [name, *self._exported_names(target, name)]
        for searched in names:  # grows as files are found that know it by another name
            for path in self._users(target, searched):
                names += [alias for alias in self._aliases(path, searched, target) if alias not in names]
                yield path, searched

    def inside(self, path: str, start: int, end: int, roles: frozenset[str] | None) -> Iterator[Reference]:
        """The uses written between two offsets of a file, with their targets, in order. Where only calls are asked
        for, each is told with what it runs, as far as values show that, once for each target."""
        found = self._named_inside(path, start, end, roles)
        if roles == _CALLS:
            merged = self._calls.inside(path, start, end, list(found))
            found = (row for row in merged if row.use.role == "call")
        return found

    def may_miss_calls(self, target: Named) -> bool:
        """Whether a Python function is passed on to more places than were followed."""
        return isinstance(target, Target) and self._calls.is_cut_short(target)

    def callees(self, target: Target) -> list[Reference]:
        """The calls that run in a definition; those in functions inside it, which run when these are called, are not
        among those of a Python function."""
        definition = self._definition(target)
        found = list(self.inside(target.path, definition.start, definition.end, _CALLS))
        if self._index.family(target.path).name != "python" or definition.kind not in FUNCTIONS:
            return found
        return [row for row in found if row.inside == target.at]

    def runs_in(self, path: str, offset: int) -> int:
        """The definition in which a call at an offset runs, -1 for the file. Of a decorator or a default in Python that
        is what is around the function."""
        view = self._index.view(path)
        at = view.inside(offset)
        if self._index.family(path).name != "python":
            return at
        while at >= 0 and (view.definitions[at].kind not in _RUNNING or offset < view.definitions[at].header_end):
            at = view.outer[at]
        return at

    def _named_inside(self, path: str, start: int, end: int, roles: frozenset[str] | None) -> Iterator[Reference]:
        for use in self._index.view(path).uses_within(start, end):
            if roles is None or use.role in roles:
                yield self._leading(path, use)

    def _leading(self, path: str, use: Occurrence) -> Reference:
        """A use with the definitions and local names that it leads to."""
        resolution = self.resolver.resolve(path, use)
        targets = resolution.named if resolution.values else self._only_member(path, use.name)
        return self._reference(path, use, resolution.certainty, targets)

    def inside_of(self, target: Target) -> Iterator[Reference]:
        """The uses written inside a definition, imports left out."""
        definition = self._definition(target)
        return self.inside(target.path, definition.start, definition.end, _NOT_IMPORTS)

    def at(self, path: str, offset: int) -> Reference | None:
        """The use that covers an offset of a file, with what it leads to: a module where that is all it names."""
        near = self._index.view(path).uses_within(max(0, offset - _LONGEST_NAME), offset + 1)
        use = _covering(near, offset) or _covering(self.links.typed.specifiers(path), offset)
        if use is None:
            return None
        modules = module_meant(self.links, self.resolver.resolve(path, use))
        found = self._leading(path, use)
        return found._replace(targets=modules) if modules else found

    def _users(self, target: Target, name: str) -> list[str]:
        """The files in the language family of a definition that use a name, or import its file whole for `default`."""
        family = self._index.family(target.path)
        paths = (
            self._index.using(name) if name != "default" else [edge.importer for edge in self.graph.into(target.path)]
        )
        return [path for path in dict.fromkeys(paths) if self._index.family(path) == family]

    def _exported_names(self, target: Target, name: str) -> list[str]:
        """The names other than its own under which a script's module exports a definition."""
        if not self._is_script(target):
            return []
        return [exported for exported, own in self.links.exports(target.path).items() if own == name]

    def _aliases(self, path: str, name: str, target: Target) -> list[str]:
        """The other names under which a file imports a definition that it imports as `name`."""
        return [
            row.alias
            for row in self._index.view(path).imports
            if row.alias and row.name == name and row.alias != name and target in self.links.imported(path, row)
        ]

    def _is_reachable(self, target: Target) -> bool:
        """Whether a definition can be reached from places that do not name its scope: not if it is local to a
        function, nor, in Go, if it is no member."""
        view = self._index.view(target.path)
        definition = view.definitions[target.at]
        outer = view.outer[target.at]
        if definition.parent == outer >= 0 and view.definitions[outer].kind in FUNCTIONS:
            return False
        return self._index.family(target.path).name != "go" or bool(definition.scope) or definition.parent >= 0

    def _match(self, path: str, use: Occurrence, sought: _Sought) -> Reference | None:
        if path not in sought.paths and self.resolver.stays_in_file(path, use):
            return None
        resolution = self.resolver.resolve(path, use)
        targets = resolution.targets
        if not sought.group.isdisjoint(targets):
            return self._reference(path, use, resolution.certainty, targets)
        if resolution.values:
            may_dispatch = not sought.overridden.isdisjoint(targets) and self.resolver.dispatches(path, use)
            return self._reference(path, use, "name", (sought.target,)) if may_dispatch else None
        if use.name != sought.name or not self._may_be(path, use, sought):
            return None
        if not self.resolver.may_mean(path, use, member=sought.member):
            return None
        return self._reference(path, use, "name", (sought.target,))

    def _may_be(self, path: str, use: Occurrence, sought: _Sought) -> bool:
        """Whether a use about which nothing is known may mean a definition by its name."""
        if not sought.reachable or sought.crowded:
            return False
        return sought.within is None or (
            path == sought.target.path and sought.within[0] <= use.start < sought.within[1]
        )

    def unlisted(self, target: Named) -> str | None:
        """What is left out of the uses of a member because its name alone says too little; None if nothing."""
        if not isinstance(target, Target) or not self._crowds.hide(target):
            return None
        name = self._definition(target).name
        count = sum(
            self.resolver.may_mean(path, use, member=True) and not self.resolver.resolve(path, use).values
            for path in self._users(target, name)
            for use in self._index.view(path).uses.of(name)
        )
        if not count:
            return None
        uses = "1 use" if count == 1 else f"{count:,} uses"
        return (
            f"{uses} of .{name} on objects whose class syntax does not show are not listed, since the name alone does "
            f"not say whose it is; uses_of_name({name!r}) has them"
        )

    def _within(self, target: Target) -> tuple[int, int] | None:
        """The outermost Python function in which a definition lies: a class there is seldom met elsewhere."""
        if self._index.family(target.path).name != "python":
            return None
        view = self._index.view(target.path)
        at, outermost = view.outer[target.at], -1
        while at >= 0:
            if view.definitions[at].kind in FUNCTIONS:
                outermost = at
            at = view.outer[at]
        held = outermost >= 0 and not self._is_field_of_class(target)
        return (view.definitions[outermost].start, view.definitions[outermost].end) if held else None

    def _is_field_of_class(self, target: Target) -> bool:
        """Whether a definition is a field that a method assigns, of a class that no function holds."""
        view = self._index.view(target.path)
        parent = view.definitions[target.at].parent
        at = parent
        while at >= 0 and view.definitions[at].kind not in FUNCTIONS:
            at = view.outer[at]
        return parent >= 0 and at < 0

    def _reference(self, path: str, use: Occurrence, certainty: Certainty, targets: tuple[Named, ...]) -> Reference:
        inside = self.runs_in(path, use.start) if use.role == "call" else self._index.view(path).inside(use.start)
        return Reference(path, use, certainty, inside, targets)

    def _only_member(self, path: str, name: str) -> tuple[Target, ...]:
        """The one definition that a member called `name` can mean, if only one has the name."""
        if self._crowds.is_common(path, name):
            return ()
        found: list[Target] = []
        for other in self._index.defining(name):
            if self._index.family(other) == self._index.family(path):
                found += [Target(other, at) for at in self._index.view(other).definitions.called(name)]
                if len(found) > 1:
                    return ()
        return tuple(found) if found and self._is_reachable(found[0]) else ()

    def _definition(self, target: Target) -> Definition:
        return self._index.view(target.path).definitions[target.at]


def _covering(uses: Iterable[Occurrence], offset: int) -> Occurrence | None:
    """The first use that an offset is in or behind."""
    return next((use for use in uses if use.start <= offset <= use.start + len(use.name.encode())), None)
