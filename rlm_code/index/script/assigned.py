"""Members that assignments make: `this.x = …`, `f.x = …`, and `F.prototype.x = …` in any file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rlm_code.index.script.syntax import CLASSES, FUNCTIONS, Decl, Source, ancestors
from rlm_code.index.script.values import Hit, Type, Types, union

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.script.checker import Checker

_MOST_TRIED = 40


class Assigned:
    """Finds assigned members."""

    def __init__(self, checker: Checker) -> None:
        self._c = checker

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

    def on_this(self, source: Source, owner: Node, name: str) -> Iterator[int]:
        """The first `this.name = …` in a class or a function used as one."""
        for start in source.assigned.get("this", {}).get(name, ()):
            if owner.start_byte <= start < owner.end_byte:
                leaf = source.name(start)
                if leaf is not None and self._this_owner(leaf) == owner:
                    yield start
                    return

    def on_this_of_methods(self, source: Source, function: Node, name: str) -> list[int]:
        """The first `this.name = …` in a method that stands elsewhere in the file of a function that makes objects."""
        for start in source.assigned.get("this", {}).get(name, ())[:_MOST_TRIED]:
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

    def prototypes(self, source: Source, own: Decl) -> Types:
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

    def on_prototype(self, kind: Type, name: str) -> list[Hit]:
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
