"""Names of scripts: what a bare name means at a place, what an import stands for, what a module has under a name.

It follows imports and exports through the snapshot by syntax, and knows no types.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.memo import Memo
from rlm_code.index.script.entities import OUTSIDE, Entities, Entity, Expr, ModuleRef, Outside
from rlm_code.index.script.namespaces import Namespaces
from rlm_code.index.script.syntax import NAMESPACES, Decl, Source, Sources, ancestors, key_of, required, string_of
from rlm_code.index.script.tables import Item, Tables

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
        self._modules = modules
        self.tables = Tables()
        self.namespaces = Namespaces(sources, self)
        self._followed: Memo[Entities] = Memo((), _MOST_DEEP)
        self._exported: Memo[Entities] = Memo((), _MOST_DEEP)

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
            return self.of_module(source.path, module, name)
        if parent.type == "namespace_import":
            return self.module(source.path, module, whole=True)
        if parent.type == "import_clause":
            return self.of_module(source.path, module, "default")
        return self.module(source.path, module)

    def _required(self, source: Source, binding: Binding) -> Entities:
        """What `const x = require("…")`, or one key of it, stands for; () where it is from outside."""
        value = source.node(*binding.value) if binding.value else None
        module = required(source, value)
        if module is None:
            return self._member_of_required(source, value) if not binding.taken else ()
        taken = [step for step in binding.taken if step != "default"]
        if not taken:
            found = self.module(source.path, module)
        elif len(taken) == 1 and str(taken[0]).startswith("."):
            found = self.of_module(source.path, module, str(taken[0])[1:])
        else:
            return ()
        return tuple(entity for entity in found if not isinstance(entity, Outside))

    def _member_of_required(self, source: Source, value: Node | None) -> Entities:
        """What `require("…").name` stands for."""
        owner = value.child_by_field_name("object") if value is not None and value.type == "member_expression" else None
        if value is None or required(source, owner) is None:
            return ()
        return tuple(entity for entity in self.qualified(source, value) if not isinstance(entity, Outside))

    def is_module(self, entity: Entity) -> bool:
        """Whether an entity is a module as a whole: a file, what `declare module "…"` describes, or what is exported
        as one and is no definition."""
        if isinstance(entity, Decl):
            source = self._sources.of(entity.path)
            leaf = source.name(entity.start) if source is not None else None
            return leaf is not None and leaf.type == "string_fragment"
        if isinstance(entity, Expr):
            return entity.at not in self._index.view(entity.path).by_name_start
        return isinstance(entity, ModuleRef)

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
            return self.of_module(source.path, module, source.text(parts[1]))
        found: list[Entity] = []
        for entity in self.qualified(source, parts[0], "vn"):
            found += self.member(entity, source.text(parts[1]), source.path)
        return tuple(dict.fromkeys(found))

    def member(self, entity: Entity, name: str, importer: str) -> Entities:
        """What a module or a namespace has under a name."""
        if isinstance(entity, ModuleRef):
            return self.exported(entity.path, name)
        if isinstance(entity, Outside):
            return (entity,)
        return self.namespaces.member(entity, name) if isinstance(entity, Decl) else ()

    def module(self, importer: str, module: str, *, whole: bool = False) -> Entities:
        """What a module stands for when it is imported itself; `whole`: as `import * as` sees it."""
        found = self._modules.locate(importer, module)
        if found is None:
            return self._ambient(module) or (OUTSIDE,)
        path = found.paths[0]
        source = self._sources.of(path)
        assigned = self.tables.of(source).assigned if source else []
        if not assigned or source is None or (whole and source.typed and not path.endswith(".d.ts")):
            return (ModuleRef(path),)
        return self._followed.get(("assigned", path), lambda: self.items(source, assigned)) or (ModuleRef(path),)

    def of_module(self, importer: str, module: str, name: str) -> Entities:
        """What a module offers under a name."""
        found = self._modules.locate(importer, module)
        if found is None:
            ambient = self._ambient(module)
            return tuple(e for entity in ambient for e in self.member(entity, name, importer)) or (OUTSIDE,)
        return self.exported(found.paths[0], name)

    def exported(self, path: str, name: str) -> Entities:
        """What the module that a file is exports under a name."""
        return self._exported.get((path, name), lambda: self._find_exported(path, name))

    def _find_exported(self, path: str, name: str) -> Entities:
        source = self._sources.of(path)
        if source is None:
            return ()
        table = self.tables.of(source)
        if name in table.names:
            return self.items(source, table.names[name])
        if table.assigned and name == "default":
            return self.items(source, table.assigned)
        if name == "default":
            return () if table.has_syntax else (ModuleRef(path),)
        found: list[Entity] = []
        for item in table.assigned:
            found += self._member_of_whole(source, item, name)
        for star in table.stars:
            found += [e for e in self.of_module(path, star, name) if not isinstance(e, Outside)]
        return tuple(dict.fromkeys(found))

    def _member_of_whole(self, source: Source, item: Item, name: str) -> list[Entity]:
        """A member of what `module.exports` or `export =` holds, where syntax shows it at once."""
        if item.kind == "name":
            decls = self.lookup(source, item.name, item.start)
            found = [e for entity in self.follow_all(decls) for e in self.member(entity, name, source.path)]
            if found:
                return found
            values = [source.locals.at(decl.start) for decl in decls if decl.path == source.path]
            ranges = [binding.value for binding in values if binding is not None and binding.value]
        else:
            ranges = [(item.start, item.end)]
        nodes = [source.node(*place) for place in ranges]
        return [e for node in nodes if node is not None for e in self._key(source, node, name)]

    def _key(self, source: Source, node: Node, name: str) -> list[Entity]:
        module = required(source, node)
        if module is not None:
            return list(self.of_module(source.path, module, name))
        if node.type != "object":
            return []
        found: list[Entity] = []
        for child in node.named_children:
            key = child.child_by_field_name("key" if child.type == "pair" else "name")
            if child.type == "shorthand_property_identifier" and source.text(child) == name:
                found += self.follow_all(self.lookup(source, name, child.start_byte, "v"))
            elif key is not None and key_of(source, key) == name:
                value = child.child_by_field_name("value")
                named = value is not None and value.type in ("identifier", "member_expression")
                followed = self.qualified(source, value, "v") if named and value is not None else ()
                found += followed or (Decl(source.path, key.start_byte),)
            elif child.type == "spread_element" and child.named_children:
                found += self._key(source, child.named_children[0], name)
        return found

    def items(self, source: Source, items: list[Item]) -> Entities:
        """What exported items lead to."""
        found: list[Entity] = []
        for item in items:
            if item.kind in ("declaration", "property"):
                found += self.follow(Decl(source.path, item.start))
            elif item.kind == "name":
                decls = self.lookup(source, item.name, item.start)
                found += self.follow_all(decls) if decls else (OUTSIDE,)
            elif item.kind == "from":
                found += self.of_module(source.path, item.module, item.name)
            elif item.kind == "module":
                found += self.module(source.path, item.module, whole=True)
            else:
                found += self._expression(source, item)
        return tuple(dict.fromkeys(found))

    def _expression(self, source: Source, item: Item) -> Entities:
        node = source.node(item.start, item.end)
        module = required(source, node)
        if module is not None:
            return self.module(source.path, module)
        found = self.qualified(source, node) if node is not None and node.type == "member_expression" else ()
        return tuple(e for e in found if not isinstance(e, Outside)) or (
            Expr(source.path, item.start, item.end, item.at),
        )

    def _ambient(self, module: str) -> Entities:
        """A module that `declare module "…"` describes."""
        found: list[Entity] = []
        for path in self._index.defining(module)[:_MOST_GLOBALS]:
            view = self._index.view(path)
            named = [view.definitions[at] for at in view.by_name[module]] if self._sources.of(path) else []
            found += [Decl(path, definition.name_start) for definition in named if definition.kind == "module"]
        return tuple(found)
