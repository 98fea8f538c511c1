"""What scripts' types have: members by name, elements, awaited values.

Members are found where they are declared: in bodies of classes and interfaces, object literals, assignments to members.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rlm_code.index.memo import Memo
from rlm_code.index.script import library as lib
from rlm_code.index.script.entities import OUTSIDE, Outside
from rlm_code.index.script.jsdoc import described_members
from rlm_code.index.script.syntax import CLASSES, FUNCTIONS, Decl, Source
from rlm_code.index.script.values import OUTSIDE_TYPE, Hit, Type, Types, env_of, union

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.script.checker import Checker

_MOST_BASES = 40
_MOST_DEEP = 60


class Members:
    """Looks up members."""

    def __init__(self, checker: Checker) -> None:
        self._c = checker
        self._hits: Memo[tuple[Hit, ...]] = Memo((), _MOST_DEEP)

    def of(self, kind: Type, name: str) -> list[Hit]:
        """What a type has under a name: the nearest declarations of it."""
        return list(self._hits.get((kind, name), lambda: tuple(dict.fromkeys(self._find(kind, name)))))

    def all(self, types: Types, name: str) -> list[Hit]:
        """What any of some types has under a name."""
        declared = [hit for kind in types if kind.kind != "expando" for hit in self.of(kind, name)]
        return list(dict.fromkeys(declared or (hit for kind in types for hit in self.of(kind, name))))

    def types(self, types: Types, name: str) -> Types:
        """What reading a member of some types gives."""
        found: list[Types] = []
        for kind in types:
            found += [self._value(kind, name, hit) for hit in self.of(kind, name)]
            if kind.kind == "library" and kind.path == "Record":
                found.append(lib.at(kind, None))
            elif kind.kind in ("instance", "shape"):
                found.append(self._indexed(kind) if not self.of(kind, name) else ())
        return union(*found)

    def _value(self, kind: Type, name: str, hit: Hit) -> Types:
        if isinstance(hit.entity, Outside):
            if kind.kind == "library" and kind != OUTSIDE_TYPE:
                return (Type("method", f"{kind.path}.{name}", args=(kind,)),)
            return (OUTSIDE_TYPE,)
        return self._c.expressions.of_entity(hit.entity, hit.env)

    def _find(self, kind: Type, name: str) -> Iterator[Hit]:
        if kind.kind == "module":
            yield from (Hit(entity) for entity in self._c.names.modules.exported(kind.path, name))
        elif kind.kind in ("namespace", "expando"):
            decl = Decl(kind.path, kind.start)
            if kind.kind == "namespace":
                yield from (Hit(entity) for entity in self._c.names.namespaces.member(decl, name))
            yield from (Hit(found) for found in self._c.assigned.assigned_to(decl, "", name))
        elif kind.kind in ("instance", "class"):
            yield from self._inherited(kind, name)
        elif kind.kind == "shape":
            yield from self._in_shape(kind, name)
        elif kind.kind == "function":
            yield from self._of_function(kind, name)
        elif kind.kind in ("library", "method") and (kind.kind == "method" or lib.is_known(kind)):
            yield Hit(OUTSIDE)

    def _inherited(self, kind: Type, name: str) -> Iterator[Hit]:
        seen: set[Type] = set()
        queue = [kind]
        while queue and len(seen) < _MOST_BASES:
            current = queue.pop(0)
            if current in seen:
                continue
            seen.add(current)
            if current.kind not in ("instance", "class"):
                found = self.of(current, name)
            else:
                found = list(self._own(current, name)) or self._c.assigned.on_prototype(current, name)
            if found:
                yield from found
                return
            if current.kind not in ("instance", "class"):
                continue
            bases = self._c.written.heritage(current)
            if current.kind == "class":
                bases = union(*(self._statics(base) for base in bases))
            queue += [base._replace(path="?") if base.kind == "library" else base for base in bases]

    def _statics(self, base: Type) -> Types:
        return (base._replace(kind="class", args=()),) if base.kind == "instance" else ()

    def _own(self, kind: Type, name: str) -> Iterator[Hit]:
        source = self._c.sources.of(kind.path)
        node = source.node(kind.start, kind.end) if source else None
        if source is None or node is None:
            return
        static = kind.kind == "class"
        env = env_of(kind)
        if node.type in FUNCTIONS:
            yield from self._of_constructor(source, node, name)
            return
        hits = []
        for start in self._c.names.merged(source, node) or [node.start_byte]:
            leaf = source.name(start)
            around = leaf.parent if leaf is not None and leaf.start_byte != node.start_byte else node
            if around is not None and (around.type in CLASSES or around.type == "interface_declaration"):
                hits += [
                    Hit(Decl(source.path, at), env)
                    for at in self._c.bodies.table(source, around).get((static, name), ())
                ]
        if not hits and node.type in CLASSES:
            hits = [Hit(found) for found in self._assigned_beside(source, node, name, static=static)]
        yield from hits

    def _assigned_beside(self, source: Source, node: Node, name: str, *, static: bool) -> Iterator[Decl]:
        """What is assigned to members of a class elsewhere in its file, or on `this` in it."""
        own = node.child_by_field_name("name")
        if not static and not source.typed:
            yield from (Decl(source.path, start) for start in self._c.assigned.on_this(source, node, name))
        if own is not None:
            decl = Decl(source.path, own.start_byte)
            yield from self._c.assigned.assigned_to(decl, "" if static else ".prototype", name)
            if static:
                yield from (e for e in self._c.names.namespaces.member(decl, name) if isinstance(e, Decl))

    def _of_constructor(self, source: Source, node: Node, name: str) -> Iterator[Hit]:
        """Members of an object that a function makes."""
        found = list(self._c.assigned.on_this(source, node, name)) or self._c.assigned.on_this_of_methods(
            source, node, name
        )
        yield from (Hit(Decl(source.path, start)) for start in found)
        own = self._c.receivers.name_of_function(source, node)
        if own is not None:
            yield from (Hit(found) for found in self._c.assigned.assigned_to(own, ".prototype", name))
            for shape in self._c.assigned.prototypes(source, own):
                yield from self.of(shape, name)

    def _of_function(self, kind: Type, name: str) -> Iterator[Hit]:
        source = self._c.sources.of(kind.path)
        node = source.node(kind.start, kind.end) if source else None
        own = self._c.receivers.name_of_function(source, node) if source and node else None
        if own is not None:
            found = [e for e in self._c.names.namespaces.member(own, name) if isinstance(e, Decl)]
            found += self._c.assigned.assigned_to(own, "", name)
            yield from (Hit(decl) for decl in dict.fromkeys(found))
            if found:
                return
        if name in ("call", "apply", "bind", "length", "name", "toString"):
            yield Hit(OUTSIDE)

    def _in_shape(self, kind: Type, name: str) -> Iterator[Hit]:
        source = self._c.sources.of(kind.path)
        node = source.node(kind.start, kind.end) if source else None
        if source is None or node is None:
            return
        if node.type == "comment":
            described = source.data[kind.start : kind.end].decode("utf-8", "replace")
            owner = "" if b"@typedef" in source.data[max(0, kind.start - 40) : kind.start] else described
            yield from (Hit(Decl(kind.path, start)) for start in described_members(source, node, owner, name))
            return
        found = self._c.bodies.table(source, node).get((False, name), [])
        yield from (Hit(Decl(kind.path, start), env_of(kind)) for start in found)
        if found or node.type != "object":
            return
        if not source.typed:
            yield from (Hit(Decl(kind.path, start)) for start in self._c.assigned.on_this(source, node, name))
        for child in node.named_children:
            if child.type == "spread_element" and child.named_children:
                for spread in self._c.expressions.of(source, child.named_children[0]):
                    yield from self.of(spread, name)

    def _indexed(self, kind: Type) -> Types:
        """What any index of an interface or object type gives, by its index signature."""
        source = self._c.sources.of(kind.path)
        node = source.node(kind.start, kind.end) if source else None
        body = (node.child_by_field_name("body") or node) if node is not None else None
        for child in body.named_children if body is not None and source is not None else ():
            if child.type == "index_signature" and source is not None:
                return self._c.written.of(source, child.child_by_field_name("type"), env_of(kind))
        return ()

    def at(self, kind: Type, index: int | None) -> Types:
        """What stands at an index of a type."""
        if kind.kind == "library":
            return lib.at(kind, index)
        if kind.kind == "instance":
            for base in self._c.written.heritage(kind):
                if base.kind == "library":
                    return lib.at(base, index)
        return self._indexed(kind) if kind.kind in ("instance", "shape") else ()

    def element(self, kind: Type) -> Types:
        """What iterating over a type gives."""
        if kind.kind == "library":
            return lib.element(kind)
        if kind.kind != "instance":
            return ()
        for hit in self.of(kind, "[Symbol.iterator]"):
            for returned in self._c.calls.results(self._c.expressions.of_entity(hit.entity, hit.env)):
                return self.element(returned)
        return union(*(lib.element(base) for base in self._c.written.heritage(kind) if base.kind == "library"))

    def awaited(self, kind: Type) -> Types:
        """What awaiting a type gives."""
        return lib.awaited(kind) if kind.kind == "library" else (kind,)
