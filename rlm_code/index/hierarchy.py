"""Subclasses, implementers and overrides: the bases that lookups follow, read the other way, and Go's interfaces,
which nothing names."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from rlm_code.index.fileview import CLASSES, FUNCTIONS, FileView
from rlm_code.index.links import Links
from rlm_code.index.values import Target


class Hierarchy:
    """Answers over one snapshot."""

    def __init__(self, links: Links) -> None:
        self._links = links
        self._index = links.index
        self._naming: dict[str, _Naming] = {}
        self._unnamed: dict[Target, list[Target]] = {}

    def subclasses(self, owner: Target) -> list[Target]:
        """Direct and indirect subclasses or implementers, nearest first."""
        return list(self.below(owner))

    def below(self, owner: Target) -> Iterator[Target]:
        """The same one by one: who needs the first alone does not wait for all of a class with thousands."""
        found = {owner}
        queue = deque([owner])
        while queue:
            for target in self._directly_below(queue.popleft()):
                if target not in found:
                    found.add(target)
                    queue.append(target)
                    yield target

    def overrides(self, member: Target) -> list[Target]:
        """The members of subclasses that have the name of a member."""
        impls = self._links.typed.impls(member.path)
        if impls:
            return impls.overrides(member)
        owner = self.owner(member)
        return self._members([] if owner is None else self.subclasses(owner), member)

    def overridden(self, member: Target) -> list[Target]:
        """The members of bases and of implemented interfaces that have the name of a member."""
        impls = self._links.typed.impls(member.path)
        if impls:
            return impls.overridden(member)
        owner = self.owner(member)
        return self._members([] if owner is None else self._above(owner, member), member)

    def bases_beside(self, owner: Target) -> list[tuple[str, int]]:
        """Where the bases of a class are named apart from its header: path and offset of each. That is in its body
        (PHP's `use`, Ruby's `include`) or in impl blocks."""
        definition = self._index.view(owner.path).definitions[owner.at]
        impls = self._links.typed.impls(owner.path)
        if definition.kind in FUNCTIONS or impls:
            return impls.bases_beside(owner) if impls else []
        return [(owner.path, start) for _, start in self._links.base_names(owner) if start >= definition.header_end]

    def owner(self, member: Target) -> Target | None:
        """The class that a definition is a member of."""
        view = self._index.view(member.path)
        definition = view.definitions[member.at]
        if definition.scope:
            return self._links.scope_owner(member.path, definition)
        parent = definition.parent
        is_member = parent >= 0 and (view.definitions[parent].kind in CLASSES or _is_mixed_in(view, member.at))
        return Target(member.path, parent) if is_member else None

    def _members(self, owners: list[Target], member: Target) -> list[Target]:
        name = self._index.view(member.path).definitions[member.at].name
        return [found for owner in owners for found in self._links.own_members(owner, name) if found != member]

    def _above(self, owner: Target, member: Target) -> list[Target]:
        return [*self._ancestors(owner), *self._implicit_interfaces(owner, member)]

    def _ancestors(self, owner: Target) -> list[Target]:
        """Direct and indirect bases, nearest first."""
        found: dict[Target, None] = {}
        queue = [owner]
        while queue:
            for base in self._links.bases(queue.pop(0)):
                if base not in found and base != owner:
                    found[base] = None
                    queue.append(base)
        return list(found)

    def _directly_below(self, owner: Target) -> Iterator[Target]:
        """The classes that name another as a base; of a Go interface also the types that have its methods."""
        impls = self._links.typed.impls(owner.path)
        definition = self._index.view(owner.path).definitions[owner.at]
        if not impls:
            if definition.name not in self._naming:
                self._naming[definition.name] = _Naming(self._links, definition.name)
            yield from self._naming[definition.name].by_base(owner)
        if impls or definition.kind == "interface":
            if owner not in self._unnamed:
                self._unnamed[owner] = impls.implementers(owner) if impls else self._implicit_implementers(owner)
            yield from self._unnamed[owner]

    def _implicit_interfaces(self, owner: Target, member: Target) -> list[Target]:
        """The interfaces that a Go type satisfies by its methods and that have the name of `member`."""
        if self._index.family(owner.path).name != "go":
            return []
        name = self._index.view(member.path).definitions[member.at].name
        return [interface for interface in self._interfaces_with(name) if self._satisfies(owner, interface)]

    def _interfaces_with(self, name: str) -> list[Target]:
        found = []
        for path in self._index.defining(name):
            view = self._index.view(path)
            for at in view.by_name[name]:
                parent = view.definitions[at].parent
                if parent >= 0 and view.definitions[parent].kind == "interface" and view.row.language == "go":
                    found.append(Target(path, parent))
        return found

    def _implicit_implementers(self, interface: Target) -> list[Target]:
        """The Go types whose methods satisfy an interface."""
        names = self._method_names(interface)
        if not names or self._index.family(interface.path).name != "go":
            return []
        rarest = min(names, key=lambda name: len(self._index.defining(name)))
        owners = [
            self.owner(Target(path, at))
            for path in self._index.defining(rarest)
            for at in self._index.view(path).by_name[rarest]
            if self._index.view(path).definitions[at].scope
        ]
        return [owner for owner in dict.fromkeys(owners) if owner and self._satisfies(owner, interface)]

    def _method_names(self, interface: Target) -> list[str]:
        """The methods of an interface and of those it embeds."""
        return [
            name
            for target in (interface, *self._ancestors(interface))
            for name in self._index.view(target.path).children.get(target.at, {})
        ]

    def _satisfies(self, owner: Target, interface: Target) -> bool:
        names = self._method_names(interface)
        return owner != interface and bool(names) and all(self._links.class_members(owner, name)[0] for name in names)


def _is_mixed_in(view: FileView, at: int) -> bool:
    """Whether a definition is a method of a module, which Ruby's classes include."""
    definition = view.definitions[at]
    return definition.kind == "method" and view.definitions[definition.parent].kind == "module"


class _Naming:
    """The classes that name a base by one name, each found once for all that are called so: what it builds on is
    looked up when somebody gets that far."""

    def __init__(self, links: Links, name: str) -> None:
        self._links = links
        self._places = iter(links.index.base_names.of(name))
        self._found: dict[Target, list[Target]] = {}

    def by_base(self, base: Target) -> Iterator[Target]:
        """Those that build on one class, in order of path and offset."""
        at = 0
        while True:
            found = self._found.get(base, [])
            while at < len(found):
                yield found[at]
                at += 1
            place = next(self._places, None)
            if place is None:
                return
            self._file(*place)

    def _file(self, path: str, start: int) -> None:
        at = self._links.index.view(path).enclosing(start)
        named = Target(path, at)
        for base in self._links.bases(named) if at >= 0 else ():
            self._found.setdefault(base, []).append(named)
