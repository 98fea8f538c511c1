"""One engine for languages of classes, namespaces and typed declarations: what a name refers to.

A language says in tables what its grammar's nodes are (`Grammar`), and in a few methods what its namespaces, imports
and members are. What the tables do not say is not guessed.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rlm_code.index.fileview import FUNCTIONS
from rlm_code.index.links import Links
from rlm_code.index.typed.model import NOTHING, Found, Module, Target, Types, Variable
from rlm_code.index.typed.object_generics import Generics
from rlm_code.index.typed.object_grammar import Grammar, Reach, first_part, part_of
from rlm_code.index.typed.object_types import MOST_DEEP
from rlm_code.index.typed.object_values import ObjectValues
from rlm_code.index.typed.tree import child, text_of
from rlm_code.index.values import EXTERNAL, Local, Value

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.parse.facts import Import
    from rlm_code.parse.scopes import Binding

__all__ = ["Grammar", "ObjectNaming", "Reach"]

_MOST_BASES = 100
_MOST_KEPT = 100_000


class ObjectNaming(ObjectValues):
    """Resolves identifiers in the files of one snapshot; a language is a subclass."""

    members_in_scope = True

    def __init__(self, links: Links) -> None:
        super().__init__(links)
        self.generics = Generics(self, links)
        self._finds: dict[tuple[str, int], Found] = {}
        self._open: set[tuple[str, int]] = set()

    # -- What a language says

    @abstractmethod
    def top(self, path: str, leaf: Node, name: str) -> Found:
        """What a name means outside of all classes: by the namespace around, imports, other files."""

    @abstractmethod
    def inside(self, path: str, module: Module, name: str) -> Found:
        """What a namespace has under a name."""

    @abstractmethod
    def imported(self, path: str, row: Import) -> tuple[Value, ...]:
        """See `Naming`."""

    def special(self, path: str, leaf: Node, node: Node, parent: Node) -> Found | None:
        """What a name means that stands where only this language has names; None for all others."""
        return None

    def parts_of(self, owner: Target) -> list[Target]:
        """All definitions that make up a class."""
        return [owner]

    def own_members(self, owner: Target, name: str) -> list[Target]:
        """The members that a class declares itself."""
        return self.directly_in(self.parts_of(owner), name)

    def directly_in(self, parts: list[Target], name: str) -> list[Target]:
        """The definitions called `name` directly in some others, which may be hundreds."""
        if len(parts) > 1:
            defining = frozenset(self._index.defining(name))
            parts = [part for part in parts if part.path in defining]
        return [
            Target(part.path, at) for part in parts for at in self.view(part.path).definitions.called_in(part.at, name)
        ]

    # -- What a name refers to

    def resolve(self, path: str, start: int) -> Found:
        """See `Naming`. A name whose meaning depends on itself means nothing."""
        key = (path, start)
        if key in self._finds:
            return self._finds[key]
        if key in self._open or len(self._open) > MOST_DEEP:
            return NOTHING
        self._open.add(key)
        try:
            found = self._resolve(path, start)
        finally:
            self._open.discard(key)
        if not self._open:
            if len(self._finds) > _MOST_KEPT:
                self._finds.clear()
            self._finds[key] = found
        return found

    def _resolve(self, path: str, start: int) -> Found:
        leaf = self.leaf_at(path, start)
        if leaf is None:
            return NOTHING
        node = self._wrapped(leaf)
        parent = node.parent
        if parent is None:
            return NOTHING
        special = self.special(path, leaf, node, parent)
        if special is not None:
            return special
        reach = self.grammar.members.get(parent.type)
        if reach and part_of(parent, reach.name) == node:
            return self._member(path, parent, part_of(parent, reach.object), text_of(leaf))
        return self.bare(path, leaf)

    def _wrapped(self, leaf: Node) -> Node:
        """The node around a name that stands for it."""
        node = leaf
        while node.parent is not None and node.parent.type in self.grammar.wrappers and child(node.parent, 0) == node:
            node = node.parent
        return node

    def bare(self, path: str, leaf: Node) -> Found:
        """What a name means that nothing is written before."""
        name = text_of(leaf)
        binding = self.binding(path, leaf)
        nested = self._in_functions(path, leaf, name, binding.start if binding else -1)
        if nested:
            return Found((nested,))
        for owner in self.classes_around(path, leaf.start_byte):
            if binding and binding.start > self.definition(owner).start:
                break
            found = self.of_class(path, leaf, owner, name) if self.members_in_scope else None
            if found:
                return found
        if binding:
            return Found((Local(path, binding.start, binding.name),))
        return self.top(path, leaf, name)

    def _in_functions(self, path: str, leaf: Node, name: str, after: int) -> Target | None:
        """What a function around declares itself under a name, nearer than a local name bound `after`."""
        view = self.view(path)
        at = view.enclosing(leaf.start_byte) if name in view.by_name else -1
        while at >= 0 and view.definitions[at].start > after:
            inner = view.children.get(at, {}).get(name, ()) if view.definitions[at].kind in FUNCTIONS else ()
            if inner:
                return Target(path, inner[0])
            at = view.outer[at]
        return None

    def of_class(self, path: str, leaf: Node, owner: Target, name: str) -> Found | None:
        """The members of a class around a place that a bare name means."""
        targets, inherited = self.members(owner, name)
        if not targets:
            return None
        chosen = self.fitting(targets, leaf)
        return Found(tuple(chosen), exact=not inherited and len(targets) == 1)

    def binding(self, path: str, leaf: Node) -> Binding | None:
        """The local name that a name means."""
        names = self.locals(path)
        binding = names.lookup(text_of(leaf), leaf.start_byte) if names else None
        return binding if binding and binding.kind not in ("definition", "import", "label") else None

    # -- Members

    def _member(self, path: str, parent: Node, owner: Node | None, name: str) -> Found:
        if owner is None:
            return NOTHING
        return self.member(path, self.of(path, owner), name, parent)

    def member(self, path: str, types: Types, name: str, use: Node | None) -> Found:
        """What these have under a name, used at a node."""
        values: list[Value] = []
        exact, known_class = True, False
        for known in types:
            if isinstance(known, Module):
                inner = self.inside(path, known, name)
                values += [value for value in inner.values if not isinstance(value, Target)]
                values += self.fitting([value for value in inner.values if isinstance(value, Target)], use)
                exact = exact and inner.exact
            elif isinstance(known.of, Target):
                known_class = True
                targets, inherited = self.members(known.of, name)
                values += self.fitting(targets, use)
                exact = exact and known.static and not inherited and len(targets) == 1
            elif isinstance(known.of, Variable):
                values += self.member(path, self.generics.bounds(known.of), name, use).values
                exact = False
            elif known.of:
                values.append(EXTERNAL)
        if values:
            found = tuple(dict.fromkeys(values))
            return Found(found, exact and len(types) == 1)
        if known_class and not self.open_world:
            return Found((EXTERNAL,), exact=False)
        return NOTHING

    def members(self, owner: Target, name: str) -> tuple[list[Target], bool]:
        """The nearest members called `name` of a class and whether they are inherited."""
        for current in self.lineage(owner):
            found = [t for t in self.own_members(current, name) if self.definition(t).kind != "constructor"]
            if found:
                return found, current != owner
        return [], False

    def parameter(self, path: str, function: Node, name: str) -> Found:
        """The parameter called `name` of what a name at a place calls."""
        for value in self.resolve(path, function.start_byte).values:
            node = self.declaration(value) if isinstance(value, Target) else None
            names = self.locals(value.path) if isinstance(value, Target) else None
            if not isinstance(value, Target) or names is None or node is None:
                continue
            for binding in names.bindings:
                if binding.name == name and node.start_byte <= binding.start < node.end_byte:
                    at = self.view(value.path).by_name_start.get(binding.start)
                    own = Local(value.path, binding.start, name) if at is None else Target(value.path, at)
                    return Found((own,), exact=False)
        return NOTHING

    def lineage(self, owner: Target) -> Iterator[Target]:
        """A class and its bases, nearest first."""
        queue = [owner]
        seen: set[Target] = set()
        while queue and len(seen) < _MOST_BASES:
            current = queue.pop(0)
            if current not in seen:
                seen.add(current)
                yield current
                queue += self._links.bases(current)

    def bases(self, owner: Target) -> tuple[Target, ...]:
        """See `Naming`."""
        parts = self.parts_of(owner)
        found = [
            target
            for part in parts
            for _, start in self._links.base_names(part)
            for target in self.resolve(part.path, start).values
            if isinstance(target, Target) and self.is_class(target)
        ]
        return tuple(target for target in dict.fromkeys(found) if target not in parts)

    def fitting(self, targets: list[Target], use: Node | None) -> list[Target]:
        """Of several functions those that take as many arguments as a use gives."""
        count = self.argument_count(use) if len(targets) > 1 and use is not None else None
        if count is None:
            return targets
        return [target for target in targets if self.takes(target, count)] or targets

    def argument_count(self, use: Node) -> int | None:
        """How many arguments stand behind a use; None if it is no call."""
        node: Node | None = use
        for _ in range(3):
            arguments = first_part(node, self.grammar.arguments) if node is not None else None
            if arguments is not None:
                return sum(1 for inner in arguments.named_children if "comment" not in inner.type)
            node = node.parent if node is not None else None
        return None

    def takes(self, target: Target, count: int) -> bool:
        """Whether a function can be called with so many arguments."""
        node = self.declaration(target)
        parameters = first_part(node, self.grammar.parameters) if node is not None else None
        if parameters is None:
            return True
        inner = [n for n in parameters.named_children if "comment" not in n.type and "attribute" not in n.type]
        if any("params" in text_of(n)[:7] or "..." in text_of(n) or "vararg" in text_of(n)[:8] for n in inner):
            return True
        needed = sum("=" not in text_of(n) for n in inner)
        return needed <= count <= len(inner)
