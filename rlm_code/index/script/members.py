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
from rlm_code.index.script.syntax import CLASSES, FUNCTIONS, Decl, Source, ancestors, has_word, key_of
from rlm_code.index.script.values import OUTSIDE_TYPE, Hit, Type, Types, env_of, union

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.script.checker import Checker

Table = dict[tuple[bool, str], list[int]]

_SIGNATURES = frozenset(
    {"property_signature", "method_signature", "abstract_method_signature", "public_field_definition",
     "field_definition", "method_definition", "pair"}
)  # fmt: skip
_BODIES = frozenset({"class_body", "interface_body", "object_type", "object"})
_MOST_BASES = 40
_MOST_DEEP = 60


class Members:
    """Looks up members."""

    def __init__(self, checker: Checker) -> None:
        self._c = checker
        self._tables: dict[tuple[str, int, int], Table] = {}
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
            yield from (Hit(entity) for entity in self._c.names.exported(kind.path, name))
        elif kind.kind in ("namespace", "expando"):
            decl = Decl(kind.path, kind.start)
            if kind.kind == "namespace":
                yield from (Hit(entity) for entity in self._c.names.namespaces.member(decl, name))
            yield from (Hit(found) for found in self.assigned_to(decl, "", name))
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
                found = list(self._own(current, name)) or self._on_prototype(current, name)
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
                hits += [Hit(Decl(source.path, at), env) for at in self.table(source, around).get((static, name), ())]
        if not hits and node.type in CLASSES:
            hits = [Hit(found) for found in self._assigned_beside(source, node, name, static=static)]
        yield from hits

    def _assigned_beside(self, source: Source, node: Node, name: str, *, static: bool) -> Iterator[Decl]:
        """What is assigned to members of a class elsewhere in its file, or on `this` in it."""
        own = node.child_by_field_name("name")
        if not static and not source.typed:
            yield from (Decl(source.path, start) for start in self._on_this(source, node, name))
        if own is not None:
            decl = Decl(source.path, own.start_byte)
            yield from self.assigned_to(decl, "" if static else ".prototype", name)
            if static:
                yield from (e for e in self._c.names.namespaces.member(decl, name) if isinstance(e, Decl))

    def _on_prototype(self, kind: Type, name: str) -> list[Hit]:
        """What any file assigns to a class's prototype, also under another name: `const p = C.prototype; p.m = …`."""
        source = self._c.sources.of(kind.path)
        if kind.kind != "instance" or source is None or source.typed:
            return []
        found: list[Hit] = []
        for path in self._c.names.defining(name):
            other = self._c.sources.of(path)
            for owner in other.assigned if other is not None else ():
                if other is not None and name in other.assigned[owner] and owner in other.prototypes:
                    leaf = other.name(other.assigned[owner][name][0])
                    around = leaf.parent.child_by_field_name("object") if leaf is not None and leaf.parent else None
                    if leaf is not None and any(k[:4] == kind[:4] for k in self._c.expressions.of(other, around)):
                        found.append(Hit(Decl(path, leaf.start_byte)))
        return found

    def _of_constructor(self, source: Source, node: Node, name: str) -> Iterator[Hit]:
        """Members of an object that a function makes."""
        found = list(self._on_this(source, node, name)) or self._on_this_of_methods(source, node, name)
        yield from (Hit(Decl(source.path, start)) for start in found)
        own = self._c.receivers.name_of_function(source, node)
        if own is not None:
            yield from (Hit(found) for found in self.assigned_to(own, ".prototype", name))
            for shape in self._prototypes(source, own):
                yield from self.of(shape, name)

    def _prototypes(self, source: Source, own: Decl) -> Types:
        """The object literals assigned to `F.prototype`."""
        leaf = source.name(own.start)
        table = source.assigned.get(source.text(leaf), {}) if leaf is not None else {}
        found: list[Types] = []
        for start in table.get("prototype", ()):
            name = source.name(start)
            assignment = name.parent.parent if name is not None and name.parent is not None else None
            value = assignment.child_by_field_name("right") if assignment is not None else None
            if value is not None:
                found.append(self._c.expressions.of(source, value))
        return union(*found)

    def _of_function(self, kind: Type, name: str) -> Iterator[Hit]:
        source = self._c.sources.of(kind.path)
        node = source.node(kind.start, kind.end) if source else None
        own = self._c.receivers.name_of_function(source, node) if source and node else None
        if own is not None:
            found = [e for e in self._c.names.namespaces.member(own, name) if isinstance(e, Decl)]
            found += self.assigned_to(own, "", name)
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
        found = self.table(source, node).get((False, name), [])
        yield from (Hit(Decl(kind.path, start), env_of(kind)) for start in found)
        if found or node.type != "object":
            return
        if not source.typed:
            yield from (Hit(Decl(kind.path, start)) for start in self._on_this(source, node, name))
        for child in node.named_children:
            if child.type == "spread_element" and child.named_children:
                for spread in self._c.expressions.of(source, child.named_children[0]):
                    yield from self.of(spread, name)

    def table(self, source: Source, node: Node) -> Table:
        """The members that the body of a class, interface or object declares, by whether they are static and name."""
        key = (source.path, node.start_byte, node.end_byte)
        if key not in self._tables:
            table: Table = {}
            body = node.child_by_field_name("body") or node
            for member in body.named_children:
                self._enter(source, member, table)
            self._tables[key] = table
        return self._tables[key]

    def overloads(self, source: Source, start: int) -> list[int]:
        """The members that are one with the one whose name starts at an offset: of its name, in its body."""
        leaf = source.name(start)
        member = leaf.parent if leaf is not None else None
        body = member.parent if member is not None else None
        if leaf is None or body is None or body.type not in _BODIES:
            return [start]
        table = self.table(source, body)
        return next((starts for starts in table.values() if start in starts), [start])

    def _enter(self, source: Source, member: Node, table: Table) -> None:
        if member.type == "shorthand_property_identifier":
            table.setdefault((False, source.text(member)), []).append(member.start_byte)
        if member.type not in _SIGNATURES:
            return
        field = {"pair": "key", "field_definition": "property"}.get(member.type, "name")
        name = member.child_by_field_name(field)
        key = key_of(source, name)
        if name is not None and key is not None:
            at = name.start_byte + (name.type == "string")
            table.setdefault((has_word(member, "static"), key), []).append(at)
        if key == "constructor" and source.typed:
            self._enter_parameters(source, member, table)

    def _enter_parameters(self, source: Source, constructor: Node, table: Table) -> None:
        parameters = constructor.child_by_field_name("parameters")
        for parameter in parameters.named_children if parameters is not None else ():
            marked = any(
                child.type in ("accessibility_modifier", "readonly", "override_modifier")
                for child in parameter.children
            )
            name = parameter.child_by_field_name("pattern")
            if marked and name is not None:
                table.setdefault((False, source.text(name)), []).append(name.start_byte)

    def assigned_to(self, decl: Decl, path: str, name: str) -> list[Decl]:
        """The assignments `x.name = …` (`x.prototype.name = …` with a path) in the file of a declaration `x`."""
        source = self._c.sources.of(decl.path)
        leaf = source.name(decl.start) if source else None
        if source is None or leaf is None:
            return []
        own = source.text(leaf)
        starts = source.assigned.get(own + path, {}).get(name, ())
        return [Decl(decl.path, start) for start in starts if self._sees(source, own, start, decl)][:1]

    def _sees(self, source: Source, own: str, start: int, decl: Decl) -> bool:
        leaf = source.name(decl.start)
        if leaf is not None and leaf.type == "property_identifier":
            return True
        return decl in self._c.names.lookup(source, own, start, "v")

    def _on_this(self, source: Source, owner: Node, name: str) -> Iterator[int]:
        """The first `this.name = …` in a class or a function used as one."""
        for start in source.assigned.get("this", {}).get(name, ()):
            if owner.start_byte <= start < owner.end_byte:
                leaf = source.name(start)
                if leaf is not None and self._this_owner(leaf) == owner:
                    yield start
                    return

    def _on_this_of_methods(self, source: Source, function: Node, name: str) -> list[int]:
        """The first `this.name = …` in a method that stands elsewhere in the file of a function that makes objects."""
        for start in source.assigned.get("this", {}).get(name, ())[:_MOST_BASES]:
            leaf = source.name(start)
            kinds = self._c.receivers.at(source, leaf) if leaf is not None else ()
            if any(kind[:4] == ("instance", source.path, *function.byte_range) for kind in kinds):
                return [start]
        return []

    def _this_owner(self, node: Node) -> Node | None:
        for around in ancestors(node):
            if around.type in CLASSES:
                return around
            if around.type not in FUNCTIONS or around.type == "arrow_function" or around.parent is None:
                continue
            holder = around.parent.parent if around.parent.type == "pair" else around.parent
            if holder is not None and holder.type == "object":
                return holder
            if around.type != "method_definition":
                return around
        return None

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
