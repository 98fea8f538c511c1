"""Names of scripts: what a bare or dotted name means at a place, and what an import stands for.

It follows imports through the snapshot by syntax, and knows no types.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.memo import Memo
from rlm_code.index.script.entities import OUTSIDE, Entities, Entity, ModuleRef, Outside
from rlm_code.index.script.module_names import ModuleNames
from rlm_code.index.script.namespaces import Namespaces
from rlm_code.index.script.syntax import NAMESPACES, Decl, Source, Sources, ancestors, key_of, required, string_of
from rlm_code.index.script.tables import Tables

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.modules import Modules
    from rlm_code.index.snapshot_index import SnapshotIndex
    from rlm_code.parse.scopes import Binding

_MOST_DEEP = 25
_LONGEST_PATH = 120
_MOST_GLOBALS = 20


_MEANINGS = {
    "class_declaration": "vt",
    "abstract_class_declaration": "vt",
    "enum_declaration": "vtn",
    "interface_declaration": "t",
    "type_alias_declaration": "t",
    "internal_module": "vn",
    "module": "vn",
    "import_alias": "vtn",
}
_KIND_MEANINGS = {"import": "vtn", "type": "t", "class": "vt", "namespace": "vn", "label": ""}


class Names:
    """The names of one snapshot's scripts."""

    def __init__(self, index: SnapshotIndex, sources: Sources, modules: Modules) -> None:
        self._index = index
        self._sources = sources
        self.tables = Tables()
        self.namespaces = Namespaces(sources, self)
        self._followed: Memo[Entities] = Memo((), _MOST_DEEP)
        self.modules = ModuleNames(index, sources, modules, self)

    def lookup(self, source: Source, name: str, offset: int, meaning: str = "vtn") -> tuple[Decl, ...]:
        """The declarations that a bare name at an offset sees, imports not followed. `meaning`: as a value (v), a
        type (t), a namespace (n), or any of several."""
        scopes = source.locals.scopes
        scope = source.locals.scope_at(offset)
        while scope >= 0:
            found = source.bound.get((scope, name))
            if found and any(letter in self._meanings(source, binding) for binding in found for letter in meaning):
                return tuple(Decl(source.path, binding.start) for binding in found if binding.kind != "label")
            if scopes[scope].kind == "module" and scopes[scope].parent >= 0:
                merged = self._in_merged(source, scopes[scope].start, scopes[scope].end, name)
                if merged:
                    return merged
            scope = scopes[scope].parent
        return self._globals(source, name)

    def _meanings(self, source: Source, binding: Binding) -> str:
        if binding.kind != "definition":
            return _KIND_MEANINGS.get(binding.kind, "v")
        node = source.name(binding.start)
        return _MEANINGS.get(node.parent.type, "v") if node is not None and node.parent is not None else "v"

    def _in_merged(self, source: Source, start: int, end: int, name: str) -> tuple[Decl, ...]:
        """What another block of the same namespace exports under a name."""
        node = source.node(start, end)
        if node is None or node.type not in NAMESPACES:
            return ()
        found = [
            e for other in self.merged(source, node) for e in self.namespaces.member(Decl(source.path, other), name)
        ]
        return tuple(entity for entity in found if isinstance(entity, Decl))

    def merged(self, source: Source, node: Node) -> list[int]:
        """The offsets of the names of all declarations in a file that are one with the one at a node."""
        name = node.child_by_field_name("name")
        while name is not None and name.type == "nested_identifier":
            name = name.child_by_field_name("object")
        binding = source.locals.at(name.start_byte) if name is not None else None
        if binding is None:
            return [name.start_byte] if name is not None else []
        return [other.start for other in source.bound[binding.scope, binding.name] if other.kind != "label"]

    def _globals(self, source: Source, name: str) -> tuple[Decl, ...]:
        """What scripts that are no modules declare at their top for all."""
        found: list[Decl] = []
        for path in self.defining(name):
            other = self._sources.of(path) if path != source.path else None
            if other is not None and self._is_global(other):
                found += [Decl(path, binding.start) for binding in other.bound.get((0, name), ())]
        return tuple(found)

    def defining(self, name: str) -> list[str]:
        """The files that define a name, if these are few."""
        paths = self._index.defining(name)
        return paths if len(paths) <= _MOST_GLOBALS else []

    def _is_global(self, source: Source) -> bool:
        table = self.tables.of(source)
        return not (table.has_syntax or table.assigned or table.names) and b"require(" not in source.data

    def outside(self) -> Entities:
        """What a name that nothing binds stands for."""
        return (OUTSIDE,)

    def follow(self, decl: Decl) -> Entities:
        """What a declaration stands for: itself, or for an import what is imported."""
        return self._followed.get(decl, lambda: self._follow(decl))

    def follow_all(self, decls: tuple[Decl, ...]) -> Entities:
        """What declarations stand for."""
        return tuple(dict.fromkeys(entity for decl in decls for entity in self.follow(decl)))

    def _follow(self, decl: Decl) -> Entities:
        source = self._sources.of(decl.path)
        node = source.name(decl.start) if source else None
        if source is None or node is None or node.parent is None:
            return (decl,)
        binding = source.locals.at(decl.start)
        if binding is not None and binding.kind == "import":
            return self._imported(source, node, node.parent)
        if binding is not None and binding.value and binding.kind == "variable":
            return self._required(source, binding) or (decl,)
        return (decl,)

    def _imported(self, source: Source, node: Node, parent: Node) -> Entities:
        if parent.type == "import_alias":
            target = parent.named_children[-1]
            return self.qualified(source, target)
        statement = next(
            (a for a in ancestors(node) if a.type in ("import_statement", "import_require_clause")), parent
        )
        module = string_of(source, statement.child_by_field_name("source")) or ""
        if parent.type == "import_specifier":
            name = key_of(source, parent.child_by_field_name("name")) or ""
            return self.modules.member(source.path, module, name)
        if parent.type == "namespace_import":
            return self.modules.whole(source.path, module, namespace=True)
        if parent.type == "import_clause":
            return self.modules.member(source.path, module, "default")
        return self.modules.whole(source.path, module)

    def _required(self, source: Source, binding: Binding) -> Entities:
        """What `const x = require("…")`, or one key of it, stands for; () where it is from outside."""
        value = source.node(*binding.value) if binding.value else None
        module = required(source, value)
        if module is None:
            return self._member_of_required(source, value) if not binding.taken else ()
        taken = [step for step in binding.taken if step != "default"]
        if not taken:
            found = self.modules.whole(source.path, module)
        elif len(taken) == 1 and str(taken[0]).startswith("."):
            found = self.modules.member(source.path, module, str(taken[0])[1:])
        else:
            return ()
        return tuple(entity for entity in found if not isinstance(entity, Outside))

    def _member_of_required(self, source: Source, value: Node | None) -> Entities:
        """What `require("…").name` stands for."""
        owner = value.child_by_field_name("object") if value is not None and value.type == "member_expression" else None
        if value is None or required(source, owner) is None:
            return ()
        return tuple(entity for entity in self.qualified(source, value) if not isinstance(entity, Outside))

    def qualified(self, source: Source, node: Node, meaning: str = "vtn") -> Entities:
        """What a name or a dotted path of names stands for."""
        if node.type in ("identifier", "type_identifier"):
            return self.follow_all(self.lookup(source, source.text(node), node.start_byte, meaning)) or ()
        parts = node.named_children
        if node.descendant_count > _LONGEST_PATH:
            return ()
        if node.type not in ("nested_identifier", "nested_type_identifier", "member_expression") or len(parts) != 2:
            return ()
        module = required(source, parts[0])
        if module is not None:
            return self.modules.member(source.path, module, source.text(parts[1]))
        found: list[Entity] = []
        for entity in self.qualified(source, parts[0], "vn"):
            found += self.member(entity, source.text(parts[1]), source.path)
        return tuple(dict.fromkeys(found))

    def member(self, entity: Entity, name: str, importer: str) -> Entities:
        """What a module or a namespace has under a name."""
        if isinstance(entity, ModuleRef):
            return self.modules.exported(entity.path, name)
        if isinstance(entity, Outside):
            return (entity,)
        return self.namespaces.member(entity, name) if isinstance(entity, Decl) else ()
