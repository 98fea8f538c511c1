"""What an identifier in Ruby refers to: local names, constants by nesting, methods of the class around and its mixins,
of objects made in sight, instance variables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.fileview import CLASSES, FUNCTIONS
from rlm_code.index.typed.model import NOTHING, Found, Module, Target, Type, Types, as_objects
from rlm_code.index.typed.objects import Grammar, ObjectNaming, Reach
from rlm_code.index.typed.tree import text_of
from rlm_code.index.values import EXTERNAL, Local, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from rlm_code.index.links import Links
    from rlm_code.parse.facts import Import
    from rlm_code.parse.scopes import Binding

_GRAMMAR = Grammar(
    identifiers=frozenset({"identifier", "constant", "instance_variable", "class_variable"}),
    members={"call": Reach("receiver", "method"), "scope_resolution": Reach("scope", "name")},
    calls={},
    made={},
    same={"parenthesized_statements": 0, "assignment": "left"},
    elements={},
    casts={},
    wrappers=frozenset(),
    types=frozenset(),
    arrays=frozenset(),
    generics=frozenset(),
    results=(),
    declared=(),
    values={"assignment": "right"},
    this=frozenset({"self"}),
    literals={"string": "String", "integer": "Integer", "array": "Array", "hash": "Hash"},
)


class RubyNaming(ObjectNaming):
    """Resolves identifiers in the Ruby files of one snapshot."""

    grammar = _GRAMMAR
    open_world = True
    class_kinds = CLASSES | {"module"}

    def __init__(self, links: Links) -> None:
        super().__init__(links)
        self._namespaces: dict[str, dict[str, list[Target]]] = {}

    # -- Classes and modules, which may be opened again anywhere

    def full_name(self, target: Target) -> str:
        """A class's name with those around it."""
        view = self.view(target.path)
        parts = [view.definitions[at] for at in [target.at, *view.parents(target.at)]]
        names = [".".join(part for part in (d.scope, d.name) if part) for d in parts if d.kind in self.class_kinds]
        return ".".join(reversed(names))

    def namespaces(self, full: str) -> list[Target]:
        """The classes and modules of a full name, everywhere."""
        name = full.rpartition(".")[2]
        if name not in self._namespaces:
            found = self._namespaces[name] = {}
            for target in self.called(name, "ruby"):
                if self.is_class(target):
                    found.setdefault(self.full_name(target), []).append(target)
        return self._namespaces[name].get(full, [])

    def parts_of(self, owner: Target) -> list[Target]:
        """See `ObjectNaming`."""
        parts = self.namespaces(self.full_name(owner))
        return [owner, *(part for part in parts if part != owner)]

    def classes_around(self, path: str, offset: int) -> Iterator[Target]:
        """See `ObjectNaming`: modules too."""
        view = self.view(path)
        at = view.enclosing(offset)
        while at >= 0:
            if view.definitions[at].kind in self.class_kinds and offset >= view.definitions[at].header_end:
                yield Target(path, at)
            at = view.outer[at]

    # -- Names

    def bare(self, path: str, leaf: Node) -> Found:
        """See `ObjectNaming`."""
        name = text_of(leaf)
        if leaf.type == "constant":
            return self._constant(path, leaf, name)
        if leaf.type in ("instance_variable", "class_variable"):
            return self._variable(path, leaf, name)
        binding = self._seen(path, leaf)
        if binding:
            return Found((binding,))
        owner = next(self.classes_around(path, leaf.start_byte), None)
        targets, inherited = self.members(owner, name) if owner else ([], False)
        if targets:
            return Found(tuple(targets), exact=not inherited and len(targets) == 1)
        return self.top(path, leaf, name)

    def _seen(self, path: str, leaf: Node) -> Local | None:
        """The local variable or parameter that a name means, none from outside of the method around."""
        names = self.locals(path)
        binding = names.lookup(text_of(leaf), leaf.start_byte) if names else None
        if names is None or binding is None:
            return None
        scope = names.scope_at(leaf.start_byte)
        while scope > binding.scope:
            if names.scopes[scope].kind == "function":
                return None
            scope = names.scopes[scope].parent
        return self._seen_outside(path, leaf, binding) or Local(path, binding.start, binding.name)

    def _seen_outside(self, path: str, leaf: Node, binding: Binding) -> Local | None:
        """The variable around a block that an assignment in the block gives another value."""
        names = self.locals(path)
        scope = names.scopes[binding.scope] if names else None
        if names is None or scope is None or scope.kind != "block" or binding.kind != "variable":
            return None
        outer = names.lookup(binding.name, scope.start - 1)
        at = scope.parent
        while outer and at > outer.scope:
            if names.scopes[at].kind == "function":
                return None
            at = names.scopes[at].parent
        return Local(path, outer.start, outer.name) if outer and at == outer.scope else None

    def _constant(self, path: str, leaf: Node, name: str) -> Found:
        """A constant of the namespaces around, innermost first, of their bases, else of the top."""
        for owner in self.classes_around(path, leaf.start_byte):
            found = self._constants_in(self.full_name(owner), name)
            if found:
                return Found(tuple(found))
        around = next(self.classes_around(path, leaf.start_byte), None)
        inherited = self.members(around, name)[0] if around and not self._is_included(path, leaf, around) else []
        found = inherited or self._constants_in("", name)
        return Found(tuple(found), exact=not inherited) if found else Found((EXTERNAL,))

    def _is_included(self, path: str, leaf: Node, owner: Target) -> bool:
        """Whether a class includes what is named here: its bases, not yet known, cannot say what that is."""
        view = self.view(path)
        is_base = any(use.start == leaf.start_byte for use in view.inherits)
        return is_base and view.enclosing(leaf.start_byte) == owner.at

    def _constants_in(self, full: str, name: str) -> list[Target]:
        """The class, module or constant called `name` directly in a namespace."""
        wanted = f"{full}.{name}" if full else name
        found = self.namespaces(wanted)
        if found:
            return found
        if not full:
            return [t for t in self._at_top(name) if self.kind(t) == "constant"]
        return self.directly_in(self.namespaces(full), name)

    def _variable(self, path: str, leaf: Node, name: str) -> Found:
        """An instance variable: the accessor that is declared for it, else where the class assigns it first."""
        owner = next(self.classes_around(path, leaf.start_byte), None)
        if owner is None:
            return NOTHING
        start = self._assigned_at(owner, name)
        return Found((Local(owner.path, start, name),)) if start is not None else NOTHING

    def _assigned_at(self, owner: Target, name: str) -> int | None:
        definition = self.definition(owner)
        uses = self.view(owner.path).uses.of(name)
        inside = [use.start for use in uses if definition.start <= use.start < definition.end and use.role == "write"]
        return inside[0] if inside else None

    def top(self, path: str, leaf: Node, name: str) -> Found:
        """See `ObjectNaming`: a method that a file defines outside of all classes."""
        found = [t for t in self._at_top(name) if self.kind(t) in FUNCTIONS]
        same = [target for target in found if target.path == path]
        return Found(tuple(same or found), exact=bool(same)) if found else NOTHING

    def _at_top(self, name: str) -> Iterator[Target]:
        """What stands outside of all classes and modules under a name."""
        found = ((target, self.definition(target)) for target in self.called(name, "ruby"))
        return (target for target, definition in found if definition.parent < 0 and not definition.scope)

    def inside(self, path: str, module: Module, name: str) -> Found:
        """See `ObjectNaming`: namespaces are classes here."""
        return NOTHING

    def imported(self, path: str, row: Import) -> tuple[Value, ...]:
        """See `Naming`: the file that is required."""
        return (self._links.modules.of(path).locate(path, row.module) or EXTERNAL,)

    # -- Members and expressions

    def member(self, path: str, types: Types, name: str, use: Node | None) -> Found:
        """See `ObjectNaming`; constants of a class are looked for in it, `new` leads to the class."""
        values: list[Value] = []
        for known in types:
            if isinstance(known, Type) and isinstance(known.of, Target):
                if use is not None and use.type == "scope_resolution":
                    values += self._constants_in(self.full_name(known.of), name)
                elif known.static and name == "new":
                    values += self._initializers(known.of)
                else:
                    values += self.members(known.of, name)[0]
            elif isinstance(known, Type) and known.of:
                values.append(EXTERNAL)
        return Found(tuple(dict.fromkeys(values)), exact=False) if values else NOTHING

    def _initializers(self, owner: Target) -> list[Target]:
        for current in self.lineage(owner):
            found = self.own_members(current, "initialize")
            if found:
                return found
        return []

    def _member(self, path: str, parent: Node, owner: Node | None, name: str) -> Found:
        if owner is not None:
            return super()._member(path, parent, owner, name)
        leaf = parent.child_by_field_name("method") or parent.child_by_field_name("name")
        return self.bare(path, leaf) if leaf is not None else NOTHING

    def _of_member(self, path: str, node: Node) -> Types:
        method, owner = node.child_by_field_name("method"), node.child_by_field_name("receiver")
        if method is not None and text_of(method) == "new":
            types = self.of(path, owner) if owner is not None else self._receiver(path, node, is_base=False)
            return as_objects(types)
        return super()._of_member(path, node)

    def given(self, target: Target, *, called: bool) -> Types:
        """See `ObjectNaming`."""
        if self.is_class(target):
            return (Type(target, static=True),)
        return super().given(target, called=True)

    def _held(self, target: Target) -> Types:
        definition = self.definition(target)
        if definition.kind != "property" or definition.parent < 0:
            return super()._held(target)
        owner = Target(target.path, definition.parent)
        return self._of_variable(owner.path, self._assigned_at(owner, f"@{definition.name}"))

    def _local(self, path: str, local: Local) -> Types:
        if local.name.startswith("@"):
            return self._of_variable(path, local.start)
        return super()._local(path, local)

    def _of_variable(self, path: str, start: int | None) -> Types:
        leaf = self.leaf_at(path, start) if start is not None else None
        parent = leaf.parent if leaf is not None else None
        if parent is None or parent.type not in ("assignment", "operator_assignment"):
            return ()
        return self.of(path, parent.child_by_field_name("right"))

    def returned(self, target: Target, node: Node | None) -> Types:
        """See `ObjectNaming`: what the last expression of a method is."""
        at = self.leaf_at(target.path, self.definition(target).name_start)
        while at is not None and at.type not in ("method", "singleton_method"):
            at = at.parent
        body = at.child_by_field_name("body") if at is not None else None
        if body is None:
            return ()
        last = body.named_children[-1] if body.type == "body_statement" and body.named_child_count else body
        if text_of(last) == "new":
            return as_objects(self._receiver(target.path, last, is_base=False))
        return self.of(target.path, last)
