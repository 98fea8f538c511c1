"""One engine for languages of classes, namespaces and typed declarations: what a name refers to, what an expression is.

A language says in tables what its grammar's nodes are (`Grammar`), and in a few methods what its namespaces, imports
and members are. What the tables do not say is not guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from rlm_code.index.fileview import CLASSES, FUNCTIONS
from rlm_code.index.links import Links
from rlm_code.index.memo import Memo
from rlm_code.index.typed.model import NOTHING, Found, Module, Target, Type, Types
from rlm_code.index.typed.tree import child, children_of_type, identifier_at, text_of
from rlm_code.index.values import EXTERNAL, Elsewhere, Local, Value

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.fileview import FileView
    from rlm_code.parse.facts import Definition, Import
    from rlm_code.parse.scopes import Binding, Locals

ELSEWHERE = Found((EXTERNAL,))
_MOST_DEEP = 40
_MOST_BASES = 100
_DATA = frozenset({"field", "property", "constant", "variable", "enum_member"})


Part = str | int
"""Where something stands in a node: a field, a named child by number, or `@type` for the last child of a type."""


class Reach(NamedTuple):
    """A node that reaches a member: where the object and where the name stand in it."""

    object: Part
    name: Part


class Grammar(NamedTuple):
    """What the nodes of a grammar are.

    `members` reach a member and, where they hold arguments too, call it; `calls` call what stands in a part of them;
    `made` make an object of the type there, `casts` say the type; `same` are what stands there; `elements` take one of
    many. `wrappers` are put around a name (`$x`, `f<T>`). `types` are written types that are what they hold, `arrays`
    many of it, `generics` a class with arguments. `results` and `declared` are where the type of a function and of
    anything else stands; `values`, by node, where what it starts as.
    """

    identifiers: frozenset[str]
    members: dict[str, Reach]
    calls: dict[str, Part]
    made: dict[str, Part]
    same: dict[str, Part]
    elements: dict[str, Part]
    casts: dict[str, Part]
    wrappers: frozenset[str]
    types: frozenset[str]
    arrays: frozenset[str]
    generics: frozenset[str]
    results: tuple[Part, ...]
    declared: tuple[Part, ...]
    values: dict[str, Part]
    arguments: tuple[Part, ...] = ("arguments",)
    parameters: tuple[Part, ...] = ("parameters",)
    this: frozenset[str] = frozenset({"this"})
    base: frozenset[str] = frozenset({"super"})
    literals: dict[str, str] = {}  # noqa: RUF012 - never changed


class ObjectNaming:
    """Resolves identifiers in the files of one snapshot; a language is a subclass."""

    grammar: Grammar
    members_in_scope = True
    open_world = False
    """Whether an object may have members that its class does not declare."""

    def __init__(self, links: Links) -> None:
        self._links = links
        self._index = links.index
        self._memo: Memo[Types] = Memo((), _MOST_DEEP)
        self._finds: dict[tuple[str, int], Found] = {}
        self._open: set[tuple[str, int]] = set()

    # -- What a language says

    def top(self, path: str, leaf: Node, name: str) -> Found:
        """What a name means outside of all classes: by the namespace around, imports, other files."""
        raise NotImplementedError

    def inside(self, path: str, module: Module, name: str) -> Found:
        """What a namespace has under a name."""
        raise NotImplementedError

    def imported(self, path: str, row: Import) -> tuple[Value, ...]:
        """See `Naming`."""
        raise NotImplementedError

    def special(self, path: str, leaf: Node, node: Node, parent: Node) -> Found | None:
        """What a name means that stands where only this language has names; None for all others."""
        return None

    def parts_of(self, owner: Target) -> list[Target]:
        """All definitions that make up a class."""
        return [owner]

    def own_members(self, owner: Target, name: str) -> list[Target]:
        """The members that a class declares itself."""
        return [
            Target(part.path, at)
            for part in self.parts_of(owner)
            for at in self.view(part.path).children.get(part.at, {}).get(name, ())
        ]

    # -- Facts and trees

    def view(self, path: str) -> FileView:
        """The facts of a file."""
        return self._index.view(path)

    def definition(self, target: Target) -> Definition:
        """The facts of a definition."""
        return self.view(target.path).definitions[target.at]

    def root(self, path: str) -> Node | None:
        """The root of a file's tree."""
        tree = self._index.syntax(path).tree
        return tree.root_node if tree else None

    def locals(self, path: str) -> Locals | None:
        """The local names of a file."""
        return self._index.syntax(path).locals

    def leaf_at(self, path: str, start: int) -> Node | None:
        """The leaf that starts at an offset."""
        root = self.root(path)
        return identifier_at(root, start) if root else None

    # -- What a name refers to

    def resolve(self, path: str, start: int) -> Found:
        """See `Naming`. A name whose meaning depends on itself means nothing."""
        key = (path, start)
        if key in self._finds:
            return self._finds[key]
        if key in self._open or len(self._open) > _MOST_DEEP:
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

    def classes_around(self, path: str, offset: int) -> Iterator[Target]:
        """The classes around an offset, innermost first; also those that a definition's name is written with."""
        view = self.view(path)
        at = view.enclosing(offset)
        while at >= 0:
            definition = view.definitions[at]
            if definition.kind in CLASSES and offset >= definition.header_end:
                yield Target(path, at)
            elif definition.scope:
                owner = self.owner_by_scope(path, definition)
                if owner:
                    yield owner
            at = view.outer[at]

    def owner_by_scope(self, path: str, definition: Definition) -> Target | None:
        """The class whose name is written before the name of a definition."""
        name = definition.scope.rsplit(".", 1)[-1]
        found = [
            Target(other, at)
            for other in self._index.defining(name)
            if self._index.row(other).language == self._index.row(path).language
            for at in self.view(other).by_name.get(name, ())
            if self.view(other).definitions[at].kind in CLASSES
        ]
        same = [target for target in found if target.path == path]
        return next(iter(same or found), None)

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
                values += self.inside(path, known, name).values
            elif isinstance(known.of, Target):
                known_class = True
                targets, inherited = self.members(known.of, name)
                values += self.fitting(targets, use)
                exact = exact and known.static and not inherited and len(targets) == 1
            elif known.of:
                values.append(EXTERNAL)
        if values:
            return Found(tuple(dict.fromkeys(values)), exact)
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
        found = [
            target
            for part in self.parts_of(owner)
            for _, start in self._links.base_names(part)
            for target in self.resolve(part.path, start).values
            if isinstance(target, Target) and self.definition(target).kind in CLASSES
        ]
        return tuple(target for target in dict.fromkeys(found) if target not in self.parts_of(owner))

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

    # -- What an expression is

    def of(self, path: str, node: Node | None) -> Types:
        """What an expression may be; () if nothing is known."""
        if node is None:
            return ()
        key = (path, node.start_byte, node.end_byte, node.type)
        return self._memo.get(key, lambda: self._of(path, node))

    def _of(self, path: str, node: Node) -> Types:
        grammar, kind = self.grammar, node.type
        if kind in grammar.this or kind in grammar.base:
            return self._receiver(path, node, is_base=kind in grammar.base)
        if kind in grammar.identifiers or kind in grammar.wrappers:
            return self._of_leaf(path, _first_leaf(node), called=False)
        if kind in grammar.members:
            return self._of_member(path, node)
        if kind in grammar.calls:
            return self._of_call(path, part_of(node, grammar.calls[kind]))
        if kind in grammar.made or kind in grammar.casts:
            return self.read(path, part_of(node, grammar.made[kind] if kind in grammar.made else grammar.casts[kind]))
        return self._of_rest(path, node)

    def _of_rest(self, path: str, node: Node) -> Types:
        grammar, kind = self.grammar, node.type
        if kind in grammar.same:
            return self.of(path, part_of(node, grammar.same[kind]))
        if kind in grammar.elements:
            return self.element(self.of(path, part_of(node, grammar.elements[kind])))
        return (Type(grammar.literals[kind]),) if kind in grammar.literals else ()

    def _receiver(self, path: str, node: Node, *, is_base: bool) -> Types:
        owner = next(self.classes_around(path, node.start_byte), None)
        if owner is None:
            return ()
        return tuple(Type(base) for base in self._links.bases(owner)) if is_base else (Type(owner),)

    def _of_member(self, path: str, node: Node) -> Types:
        reach = self.grammar.members[node.type]
        name = part_of(node, reach.name)
        called = first_part(node, self.grammar.arguments) is not None
        return self._of_leaf(path, _first_leaf(name), called=called) if name is not None else ()

    def _of_call(self, path: str, function: Node | None) -> Types:
        if function is None:
            return ()
        reach = self.grammar.members.get(function.type)
        name = part_of(function, reach.name) if reach else function
        return self._of_leaf(path, _first_leaf(name), called=True) if name is not None else ()

    def _of_leaf(self, path: str, leaf: Node | None, *, called: bool) -> Types:
        """What a name stands for, or what calling it gives."""
        if leaf is None:
            return ()
        if text_of(leaf) in self.grammar.this | self.grammar.base:
            return self._receiver(path, leaf, is_base=text_of(leaf) in self.grammar.base)
        found: Types = ()
        for value in self.resolve(path, leaf.start_byte).values:
            found += self._of_value(path, value, text_of(leaf), leaf, called=called)
        return tuple(dict.fromkeys(found))

    def _of_value(self, path: str, value: Value, name: str, leaf: Node, *, called: bool) -> Types:
        if isinstance(value, Module):
            return (value,)
        if isinstance(value, Local):
            return () if called else self.local(path, value, leaf)
        if isinstance(value, Elsewhere):
            return (Type(name, static=name[:1].isupper() and not called),)
        return self.given(value, called=called) if isinstance(value, Target) else ()

    def given(self, target: Target, *, called: bool) -> Types:
        """What a definition stands for, or what calling it gives."""
        kind = self.definition(target).kind
        if kind == "constructor":
            owner = self._class_of(target)
            return (Type(owner),) if owner else ()
        if kind in CLASSES:
            return self.aliased(target) if kind == "type" else (Type(target, static=not called),)
        if kind in FUNCTIONS:
            return self.result(target) if called or self.open_world else ()
        return self.held(target)

    def aliased(self, target: Target) -> Types:
        """The class that a type is another name of."""
        return self._memo.get(("aliased", target), lambda: self._aliased(target)) or (Type(target, static=True),)

    def _aliased(self, target: Target) -> Types:
        node = self.declaration(target)
        written = first_part(node, ("type", "value", *self.grammar.declared)) if node is not None else None
        return tuple(known for known in self.read(target.path, written) if known != Type(target))

    def _class_of(self, target: Target) -> Target | None:
        parent = self.definition(target).parent
        if parent >= 0:
            return Target(target.path, parent)
        return self.owner_by_scope(target.path, self.definition(target)) if self.definition(target).scope else None

    def declaration(self, target: Target) -> Node | None:
        """The node that declares a definition."""
        definition = self.definition(target)
        node = self.leaf_at(target.path, definition.name_start)
        while node is not None and node.parent is not None and not self._declares(node, definition):
            node = node.parent
        return node

    def _declares(self, node: Node, definition: Definition) -> bool:
        places = (*self.grammar.results, *self.grammar.declared, *self.grammar.parameters)
        if node.end_byte >= definition.end or node.start_byte < definition.start:
            return True
        return first_part(node, places) is not None

    def result(self, target: Target) -> Types:
        """What calling a function gives, as far as it says."""
        return self._memo.get(("result", target), lambda: self._result(target))

    def _result(self, target: Target) -> Types:
        node = self.declaration(target)
        written = first_part(node, self.grammar.results) if node is not None else None
        return self.instances(self.read(target.path, written), target) or self.returned(target, node)

    def returned(self, target: Target, node: Node | None) -> Types:
        """What a function gives that does not say it."""
        return ()

    def instances(self, types: Types, target: Target) -> Types:
        """Types of objects; a type that names its own class is the class that holds the definition."""
        return tuple(t._replace(static=False) if isinstance(t, Type) else t for t in types)

    def held(self, target: Target) -> Types:
        """What a field, property, variable or constant holds."""
        return self._memo.get(("held", target), lambda: self._held(target))

    def _held(self, target: Target) -> Types:
        definition = self.definition(target)
        if definition.kind == "enum_member" and definition.parent >= 0:
            return (Type(Target(target.path, definition.parent)),)
        node: Node | None = self.leaf_at(target.path, definition.name_start)
        while node is not None and node.start_byte >= definition.start and node.end_byte <= definition.end:
            types = self._told(target.path, node, definition.name_start)
            if types:
                return types
            node = node.parent
        return ()

    def _told(self, path: str, node: Node, name_start: int) -> Types:
        """What a node says of the name in it: the type in one of its fields, else the value."""
        for place in self.grammar.declared:
            written = part_of(node, place)
            if written is not None and written.start_byte != name_start:
                types = self.read(path, written)
                if types:
                    return self.objects(types)
        where = self.grammar.values.get(node.type)
        value = part_of(node, where) if where is not None else None
        return self.of(path, value) if value is not None and value.start_byte > name_start else ()

    def objects(self, types: Types) -> Types:
        """Types as those of objects."""
        return tuple(t._replace(static=False) if isinstance(t, Type) else t for t in types)

    def local(self, path: str, local: Local, use: Node | None) -> Types:
        """What a local variable or parameter holds."""
        return self._memo.get(("local", path, local.start), lambda: self._local(path, local))

    def _local(self, path: str, local: Local) -> Types:
        names, root = self.locals(path), self.root(path)
        binding = names.at(local.start) if names else None
        if binding is None or root is None or binding.kind == "type":
            return ()
        if binding.annotation:
            types = self.objects(self.read(path, root.named_descendant_for_byte_range(*binding.annotation)))
            if types:
                return types
        if not binding.value:
            return self.unannotated(path, binding)
        types = self.of(path, root.named_descendant_for_byte_range(*binding.value))
        if "each" in binding.taken:
            return self.element(types)
        return types if all(step in ("default",) for step in binding.taken) else ()

    def unannotated(self, path: str, binding: Binding) -> Types:
        """What a local name holds that says neither type nor value."""
        return ()

    def element(self, types: Types) -> Types:
        """What is taken out of arrays and collections."""
        found: Types = ()
        for known in types:
            if isinstance(known, Type) and known.args:
                found += known.args[-1]
        return found

    # -- Types as written

    def read(self, path: str, node: Node | None) -> Types:
        """The types that a written type names."""
        if node is None:
            return ()
        grammar, kind = self.grammar, node.type
        if kind in grammar.identifiers:
            return self._read_leaf(path, node)
        if kind in grammar.members:
            return self.read(path, part_of(node, grammar.members[kind].name))
        if kind in grammar.arrays:
            return (Type("[]", (self.read(path, child(node, 0)),)),)
        if kind in grammar.generics:
            return self._read_generic(path, node)
        inner = node.named_children if kind in grammar.types or kind in grammar.wrappers else []
        return tuple(t for one in inner for t in self.read(path, one))

    def _read_generic(self, path: str, node: Node) -> Types:
        first = child(node, 0)
        last = child(node, -1)
        args = [self.read(path, inner) for inner in last.named_children] if last is not None and last != first else []
        types = self.read(path, first)
        return tuple(t._replace(args=tuple(args)) if isinstance(t, Type) else t for t in types)

    def _read_leaf(self, path: str, leaf: Node) -> Types:
        found: list[Type] = []
        for value in self.resolve(path, leaf.start_byte).values:
            if isinstance(value, Target) and self.definition(value).kind == "type":
                found += [t for t in self.aliased(value) if isinstance(t, Type)]
            elif isinstance(value, Target) and self.definition(value).kind in CLASSES:
                found.append(Type(value))
            elif isinstance(value, Target) and self.definition(value).kind == "constructor":
                owner = self._class_of(value)
                found += [Type(owner)] if owner else []
            elif value == EXTERNAL:
                found.append(Type(text_of(leaf)))
        return tuple(found)


_MOST_KEPT = 100_000


def part_of(node: Node, part: Part) -> Node | None:
    """What stands in a node where a grammar says."""
    if isinstance(part, int):
        return child(node, part)
    if part.startswith("@"):
        found = children_of_type(node, part[1:])
        return found[-1] if found else None
    return node.child_by_field_name(part)


def first_part(node: Node, parts: tuple[Part, ...]) -> Node | None:
    """The first of several places in a node where something stands."""
    return next((found for part in parts if (found := part_of(node, part)) is not None), None)


def _first_leaf(node: Node | None) -> Node | None:
    while node is not None and node.named_child_count:
        node = child(node, 0)
    return node
