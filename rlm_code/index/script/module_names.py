"""What modules of scripts offer: by their exports followed through the snapshot, by what is assigned to
`module.exports`, by `declare module`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.memo import Memo
from rlm_code.index.script.entities import OUTSIDE, Entities, Entity, Expr, ModuleRef, Outside
from rlm_code.index.script.syntax import Decl, Source, Sources, key_of, required
from rlm_code.index.script.tables import Item

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.modules import Modules
    from rlm_code.index.script.names import Names
    from rlm_code.index.snapshot_index import SnapshotIndex

_MOST_DEEP = 25
_MOST_AMBIENT = 20


class ModuleNames:
    """The names of one snapshot's modules. `located` knows where modules lie, `names` what is declared in them."""

    def __init__(self, index: SnapshotIndex, sources: Sources, located: Modules, names: Names) -> None:
        self._index = index
        self._sources = sources
        self._located = located
        self._names = names
        self._exported: Memo[Entities] = Memo((), _MOST_DEEP)
        self._assigned: Memo[Entities] = Memo((), _MOST_DEEP)

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

    def file(self, importer: str, module: str) -> Entities:
        """The file that a module is, whatever it exports as a whole."""
        found = self._located.locate(importer, module)
        return (ModuleRef(found.paths[0]),) if found is not None else self._ambient(module) or (OUTSIDE,)

    def whole(self, importer: str, module: str, *, namespace: bool = False) -> Entities:
        """What a module stands for when it is imported itself; `namespace`: as `import * as` sees it."""
        found = self._located.locate(importer, module)
        if found is None:
            return self._ambient(module) or (OUTSIDE,)
        path = found.paths[0]
        source = self._sources.of(path)
        assigned = self._names.tables.of(source).assigned if source else []
        if not assigned or source is None or (namespace and source.typed and not path.endswith(".d.ts")):
            return (ModuleRef(path),)
        return self._assigned.get(path, lambda: self.items(source, assigned)) or (ModuleRef(path),)

    def member(self, importer: str, module: str, name: str) -> Entities:
        """What a module offers under a name."""
        found = self._located.locate(importer, module)
        if found is None:
            ambient = self._ambient(module)
            return tuple(e for entity in ambient for e in self._names.member(entity, name, importer)) or (OUTSIDE,)
        return self.exported(found.paths[0], name)

    def exported(self, path: str, name: str) -> Entities:
        """What the module that a file is exports under a name."""
        return self._exported.get((path, name), lambda: self._find_exported(path, name))

    def _find_exported(self, path: str, name: str) -> Entities:
        source = self._sources.of(path)
        if source is None:
            return ()
        table = self._names.tables.of(source)
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
            found += [e for e in self.member(path, star, name) if not isinstance(e, Outside)]
        return tuple(dict.fromkeys(found))

    def _member_of_whole(self, source: Source, item: Item, name: str) -> list[Entity]:
        """A member of what `module.exports` or `export =` holds, where syntax shows it at once."""
        if item.kind == "name":
            decls = self._names.lookup(source, item.name, item.start)
            found = [
                e for entity in self._names.follow_all(decls) for e in self._names.member(entity, name, source.path)
            ]
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
            return list(self.member(source.path, module, name))
        if node.type != "object":
            return []
        found: list[Entity] = []
        for child in node.named_children:
            key = child.child_by_field_name("key" if child.type == "pair" else "name")
            if child.type == "shorthand_property_identifier" and source.text(child) == name:
                found += self._names.follow_all(self._names.lookup(source, name, child.start_byte, "v"))
            elif key is not None and key_of(source, key) == name:
                value = child.child_by_field_name("value")
                named = value is not None and value.type in ("identifier", "member_expression")
                followed = self._names.qualified(source, value, "v") if named and value is not None else ()
                found += followed or (Decl(source.path, key.start_byte),)
            elif child.type == "spread_element" and child.named_children:
                found += self._key(source, child.named_children[0], name)
        return found

    def items(self, source: Source, items: list[Item]) -> Entities:
        """What exported items lead to."""
        found: list[Entity] = []
        for item in items:
            if item.kind in ("declaration", "property"):
                found += self._names.follow(Decl(source.path, item.start))
            elif item.kind == "name":
                decls = self._names.lookup(source, item.name, item.start)
                found += self._names.follow_all(decls) if decls else (OUTSIDE,)
            elif item.kind == "from":
                found += self.member(source.path, item.module, item.name)
            elif item.kind == "module":
                found += self.whole(source.path, item.module, namespace=True)
            else:
                found += self._expression(source, item)
        return tuple(dict.fromkeys(found))

    def _expression(self, source: Source, item: Item) -> Entities:
        node = source.node(item.start, item.end)
        module = required(source, node)
        if module is not None:
            return self.whole(source.path, module)
        found = self._names.qualified(source, node) if node is not None and node.type == "member_expression" else ()
        return tuple(e for e in found if not isinstance(e, Outside)) or (
            Expr(source.path, item.start, item.end, item.at),
        )

    def _ambient(self, module: str) -> Entities:
        """A module that `declare module "…"` describes."""
        found: list[Entity] = []
        for path in self._index.defining(module)[:_MOST_AMBIENT]:
            view = self._index.view(path)
            named = [view.definitions[at] for at in view.by_name[module]] if self._sources.of(path) else []
            found += [Decl(path, definition.name_start) for definition in named if definition.kind == "module"]
        return tuple(found)
