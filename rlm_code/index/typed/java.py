"""What an identifier in Java refers to, by where it stands in the tree."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from rlm_code.index.links import Links
from rlm_code.index.typed.java_names import JavaNames
from rlm_code.index.typed.java_overloads import JavaOverloads
from rlm_code.index.typed.java_values import JavaValues
from rlm_code.index.typed.model import (
    ELSEWHERE,
    NOTHING,
    Class,
    Found,
    Known,
    Local,
    Member,
    Module,
    Target,
    Type,
    Types,
    Variable,
    simple,
)
from rlm_code.index.typed.tree import child, identifier_at, is_field, text_of
from rlm_code.index.values import EXTERNAL, Value

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.parse.facts import Import


class JavaNaming:
    """Resolves identifiers in the Java files of one snapshot."""

    def __init__(self, links: Links) -> None:
        self._index = links.index
        self._names = JavaNames(links)
        self._classes = self._names.classes
        self._overloads = JavaOverloads(self._classes)
        self._values = JavaValues(self._names, self._overloads)
        self._by_parent: dict[str, Callable[[str, Node, Node], Found]] = {
            "method_invocation": self._in_call,
            "field_access": self._in_field_access,
            "scoped_type_identifier": self._in_scoped_type,
            "scoped_identifier": self._in_scoped_name,
            "import_declaration": self._in_import,
            "package_declaration": lambda _p, _n, _o: ELSEWHERE,
            "method_reference": self._in_method_reference,
            "element_value_pair": self._in_annotation,
            "marker_annotation": self._type_name,
            "annotation": self._type_name,
            "record_pattern": self._type_name,
            "switch_label": self._in_switch_label,
            "labeled_statement": self._label,
            "break_statement": self._label,
            "continue_statement": self._label,
            "object_creation_expression": self._in_new,
        }

    def resolve(self, path: str, start: int) -> Found:
        """What the identifier at an offset refers to."""
        root = self._classes.root(path)
        node = identifier_at(root, start) if root else None
        if node is None or node.parent is None:
            return NOTHING
        how = self._by_parent.get(node.parent.type)
        if how:
            return how(path, node, node.parent)
        if node.type == "type_identifier":
            return self._type_name(path, node, node.parent)
        return self._name(path, node)

    def imported(self, path: str, row: Import) -> tuple[Value, ...]:
        """See `Naming`: a class, static members, or the files of a package."""
        full = f"{row.module}.{row.name}" if row.name and row.name != "*" else row.module
        found = self._classes.qualified(full, path)
        if found:
            return (found,)
        if row.name == "*":
            paths = self._classes.files_of_package(row.module)
            return (Module(row.module, tuple(paths)),) if paths else (EXTERNAL,)
        return tuple(m.target for m in self._names.members_of_import(path, row, row.name or "")) or (EXTERNAL,)

    def bases(self, owner: Target) -> tuple[Target, ...]:
        """See `Naming`."""
        found = self._classes.supertypes(Type(owner))
        return tuple(dict.fromkeys(t.of for t in found if isinstance(t, Type) and isinstance(t.of, Target)))

    # -- Simple names

    def _name(self, path: str, node: Node) -> Found:
        local = self._index.syntax(path).locals
        binding = local.at(node.start_byte) if local else None
        if binding:
            return Found((Local(path, binding.start, binding.name),))
        found = self._names.variable(path, node)
        if isinstance(found, Member):
            return self._member(path, node, found)
        if found is not None:
            return Found((Local(path, found.start, found.name),))
        return self._types(self._names.type_or_package(path, node))

    def _type_name(self, path: str, node: Node, parent: Node) -> Found:
        if (
            node.type == "identifier"
            and not is_field(node, "name")
            and parent.type in ("annotation", "marker_annotation")
        ):
            return self._name(path, node)
        return self._class(self._classes.named(path, node, text_of(node)))

    def _member(self, path: str, node: Node, member: Member) -> Found:
        """A member named bare: exact if a class around declares it itself or an import names it."""
        owners = [owner for _, owner in self._classes.around(path, node)]
        exact = member.owner.of in owners or member.owner.static
        return Found((member.target,), exact)

    def _types(self, types: Types, *, exact: bool = True) -> Found:
        values: list[Value] = []
        for known in types:
            if isinstance(known, Module):
                values.append(EXTERNAL)
            else:
                values += self._class(known.of).values
        return Found(tuple(dict.fromkeys(values)), exact) if values else NOTHING

    def _class(self, found: Class) -> Found:
        if isinstance(found, Target):
            return Found((found,))
        if isinstance(found, Variable):
            return Found((Local(found.path, found.start, self._classes.name_of(found)),))
        return ELSEWHERE

    # -- Members

    def _in_call(self, path: str, node: Node, call: Node) -> Found:
        if not is_field(node, "name"):
            return self._name(path, node)
        members, types = self._values.calls.called(path, call)
        owner = call.child_by_field_name("object")
        if owner is None:
            if not members:
                return self._any_of(self._names.methods(path, node, text_of(node)))
            every = self._names.methods(path, node, text_of(node))
            plain = self._overloads.is_plain(every, len(self._values.calls.arguments(path, call)))
            return Found(_targets(members), plain and self._member(path, node, members[0]).exact)
        every = self._values.methods(types, text_of(node))
        found = self._members(members or self._closed(every), types)
        return found._replace(
            exact=found.exact and self._overloads.is_plain(every, len(self._values.calls.arguments(path, call)))
        )

    def _members(self, members: list[Member], types: Types) -> Found:
        if members:
            static = all(
                isinstance(t, Type) and t.static and member.owner.of == t.of for t in types for member in members
            )
            return Found(_targets(members), static and bool(types))
        return Found((EXTERNAL,), exact=False) if types and not all(map(_is_anything, types)) else NOTHING

    def _any_of(self, members: list[Member]) -> Found:
        """Methods of which none takes the arguments: whichever, unless a base from elsewhere may have the right one."""
        members = self._closed(members)
        return Found(_targets(members), exact=False) if members else ELSEWHERE

    def _closed(self, members: list[Member]) -> list[Member]:
        lineages = (self._classes.lineage(member.owner) for member in members)
        is_open = any(isinstance(base.of, str) and not _is_root(base.of) for bases in lineages for base in bases)
        return [] if is_open else members

    def _in_field_access(self, path: str, node: Node, access: Node) -> Found:
        if not is_field(node, "field"):
            return self._name(path, node)
        types = self._values.of(path, access.child_by_field_name("object"))
        fields = self._values.fields(types, text_of(node))
        if fields:
            return self._members(fields, types)
        inner = self._values.member(path, types, text_of(node))
        return self._types(inner) if inner else self._members([], types)

    def _in_method_reference(self, path: str, node: Node, reference: Node) -> Found:
        owner = child(reference, 0)
        if owner is None or node == owner:
            return self._name(path, node)
        types = self._values.of(path, owner)
        members = self._values.methods(types, text_of(node))
        found = self._members(self._values.functions.referred(path, reference, members), types)
        return found._replace(exact=found.exact and len(members) == 1)

    def _in_annotation(self, path: str, node: Node, pair: Node) -> Found:
        if not is_field(node, "key"):
            return self._name(path, node)
        annotation = pair.parent.parent if pair.parent else None
        name = annotation.child_by_field_name("name") if annotation else None
        if name is None:
            return NOTHING
        last = name.child_by_field_name("name") or name
        owner = self.resolve(path, last.start_byte).values
        targets = [t for o in owner if isinstance(o, Target) for t in self._classes.own_members(o, text_of(node))]
        return Found(tuple(targets)) if targets else ELSEWHERE

    def _in_switch_label(self, path: str, node: Node, label: Node) -> Found:
        at: Node | None = label
        while at is not None and at.type != "switch_expression":
            at = at.parent
        types = self._values.of(path, at.child_by_field_name("condition") if at else None)
        fields = [
            field
            for field in self._values.fields(types, text_of(node))
            if self._classes.kind(field.target) == "enum_member"
        ]
        return Found(_targets(fields), exact=False) if fields else self._name(path, node)

    # -- Types and packages

    def _in_new(self, path: str, node: Node, made: Node) -> Found:
        outer = child(made, 0)
        if node.type != "type_identifier" or outer is None or outer == node or outer.type == "type_arguments":
            return self._type_name(path, node, made) if node.type == "type_identifier" else self._name(path, node)
        return self._types(self._names.made_inside(self._values.of(path, outer), text_of(node)), exact=False)

    def _in_scoped_type(self, path: str, node: Node, scoped: Node) -> Found:
        first = child(scoped, 0)
        if node == first:
            return self._first_of_scoped(path, node, scoped)
        return self._types(self._classes.read(path, scoped))

    def _first_of_scoped(self, path: str, node: Node, scoped: Node) -> Found:
        found = self._classes.named(path, node, text_of(node))
        return self._class(found)

    def _in_scoped_name(self, path: str, node: Node, scoped: Node) -> Found:
        top = scoped
        while top.parent is not None and top.parent.type == "scoped_identifier":
            top = top.parent
        written = _dotted_until(scoped, node)
        if top.parent is not None and top.parent.type == "import_declaration":
            return self._imported(path, top.parent, written, is_last=node.end_byte == top.end_byte)
        if top.parent is not None and top.parent.type == "package_declaration":
            return ELSEWHERE
        return self._qualified(path, node, written)

    def _qualified(self, path: str, node: Node, written: str) -> Found:
        """A part of a dotted name of an annotation."""
        first, *rest = written.split(".")
        owner: Class = self._classes.named(path, node, first)
        for name in rest:
            owner = (
                self._classes.member_class(owner, name) if not isinstance(owner, str) else None
            ) or f"{owner}.{name}"
        return self._class(self._classes.qualified(written, path) or owner if isinstance(owner, str) else owner)

    def _in_import(self, path: str, node: Node, declaration: Node) -> Found:
        return self._imported(path, declaration, text_of(node), is_last=True)

    def _imported(self, path: str, declaration: Node, written: str, *, is_last: bool) -> Found:
        static = any(inner.type == "static" for inner in declaration.children)
        on_demand = any(inner.type == "asterisk" for inner in declaration.children)
        if static and is_last and not on_demand:
            module, _, name = written.rpartition(".")
            owner = self._classes.qualified(module, path)
            members = list(self._classes.members(Type(owner, static=True), name)) if owner else []
            return Found(tuple(member.target for member in members)) if members else ELSEWHERE
        found = self._classes.qualified(written, path)
        return Found((found,)) if found else ELSEWHERE

    # -- Labels

    def _label(self, path: str, node: Node, parent: Node) -> Found:
        if parent.type == "labeled_statement" and child(parent, 0) != node:
            return self._name(path, node)
        at: Node | None = parent
        while at is not None:
            first = child(at, 0) if at.type == "labeled_statement" else None
            if first is not None and text_of(first) == text_of(node):
                return Found((Local(path, first.start_byte, text_of(first)),))
            at = at.parent
        return NOTHING


def _is_anything(known: Known) -> bool:
    """Whether an object may be anything, as far as its type says."""
    return isinstance(known, Type) and known.of in ("Object", "java.lang.Object") and not known.static


def _is_root(name: str) -> bool:
    return simple(name) in ("Object", "Enum", "Record")


def _targets(members: Iterable[Member]) -> tuple[Target, ...]:
    return tuple(dict.fromkeys(member.target for member in members))


def _dotted_until(scoped: Node, node: Node) -> str:
    """A dotted name up to one of its parts."""
    start = scoped
    while start.type == "scoped_identifier" and start.child_by_field_name("scope") is not None:
        start = start.child_by_field_name("scope") or start
    full = (scoped.text or b"")[: node.end_byte - scoped.start_byte]
    return "".join(full.decode("utf-8", "replace").split())
