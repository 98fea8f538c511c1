"""What a use of a name in a script refers to: by scope, imports and exports, else by the types that syntax shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rlm_code.index.script.entities import OUTSIDE, Entities, Entity, Expr, Found, ModuleRef, Outside
from rlm_code.index.script.specifiers import specified
from rlm_code.index.script.syntax import (
    CLASSES,
    FUNCTIONS,
    NAMESPACES,
    Decl,
    Source,
    ancestors,
    key_of,
    string_of,
)
from rlm_code.index.script.values import Types

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.script.checker import Checker

_NOTHING: Found = ((), "name")
_CLOSED = frozenset({"instance", "class", "function", "module", "namespace"})
_BY_NAME = frozenset({"class", "namespace", "module"})
_NAMES = frozenset({"identifier", "type_identifier"})
_QUALIFIED = frozenset({"nested_identifier", "nested_type_identifier"})
_DECLARES = FUNCTIONS | CLASSES | NAMESPACES | {
    "interface_declaration", "type_alias_declaration", "enum_declaration", "property_signature",
    "public_field_definition", "field_definition", "enum_body", "enum_assignment",
}  # fmt: skip
_ANY = frozenset({"export_specifier", "export_statement", "import_alias"})
_TYPES = frozenset({"type_query", "index_type_query"})
_KEYED = frozenset({"pair", "method_definition"})
_TAKING = frozenset({"variable", "parameter", "import"})


class Uses:
    """Resolves uses."""

    def __init__(self, checker: Checker) -> None:
        self._c = checker
        self._properties: dict[str, Callable[[Source, Node, Node], Found]] = {
            **dict.fromkeys(_QUALIFIED, self._qualified),
            "member_expression": self._member,
            "subscript_expression": self._subscript,
            "pair": checker.keys.key,
            "pair_pattern": checker.keys.pattern_key,
            "jsx_attribute": self._attribute,
        }

    def find(self, source: Source, start: int) -> Found | None:
        """What the name at an offset refers to, and how that is known; None where there is no name."""
        leaf = source.name(start)
        if leaf is None or leaf.start_byte != start or source.is_deep(start) or leaf.parent is None:
            return None
        around = leaf.parent
        if leaf.type == "statement_identifier":
            return self._label(source, leaf)
        if leaf.type in ("property_identifier", "private_property_identifier", "string_fragment"):
            return self._property(source, leaf, around)
        if leaf.type == "shorthand_property_identifier":
            return self._c.keys.shorthand(source, leaf, around)
        if leaf.type == "shorthand_property_identifier_pattern":
            return self._c.keys.taken(source, leaf)
        return self._name(source, leaf, around) if leaf.type in _NAMES else None

    def taken(self, source: Source, offset: int) -> Entities:
        """What the name at an offset is taken from, if it is bound there; of any other what an unnamed export is, or
        the module that a variable holds."""
        leaf = source.name(offset)
        if leaf is None or source.is_deep(offset):
            return ()
        if leaf.type == "default" and leaf.parent is not None and leaf.parent.type.endswith("_specifier"):
            return self._specifier(source, leaf, leaf.parent)[0]
        found, _ = self.find(source, leaf.start_byte) or _NOTHING
        binding = source.locals.at(leaf.start_byte)
        if binding is None and leaf.parent is not None and leaf.parent.type in _KEYED:
            return found
        if binding is None or binding.kind not in _TAKING:
            held = (Expr, ModuleRef) if self._holds_module(source, found) else (Expr,)
            return tuple(entity for entity in found if isinstance(entity, held))
        own = {Decl(source.path, other.start) for other in source.bound[binding.scope, binding.name]}
        return self._c.overloads.meant(source, leaf.start_byte, tuple(entity for entity in found if entity not in own))

    def _holds_module(self, source: Source, entities: Entities) -> bool:
        """Whether a name stands for a variable that may hold a module: with types, `require` is a call like any."""
        places = [entity.start for entity in entities if isinstance(entity, Decl) and entity.path == source.path]
        bindings = [] if source.typed else [source.locals.at(start) for start in places]
        return any(binding is not None and binding.kind == "variable" for binding in bindings)

    def _label(self, source: Source, leaf: Node) -> Found:
        name = source.text(leaf)
        for around in ancestors(leaf):
            label = around.child_by_field_name("label") if around.type == "labeled_statement" else None
            if label is not None and source.text(label) == name:
                return (Decl(source.path, label.start_byte),), "exact"
        return _NOTHING

    def _property(self, source: Source, leaf: Node, around: Node) -> Found:
        module = specified(source, leaf)
        if module is not None:
            return self._c.names.modules.file(source.path, module), "exact"
        if around.type in ("string", "computed_property_name") and around.parent is not None:
            leaf, around = around, around.parent
        if around.type in _DECLARES:
            return self._declared(source, leaf, around)
        find = self._properties.get(around.type)
        return find(source, leaf, around) if find is not None else _NOTHING

    def _attribute(self, source: Source, leaf: Node, around: Node) -> Found:
        if around.parent is None:
            return _NOTHING
        return self.of_types(self._c.context.properties(source, around.parent), source.text(leaf))

    def _declared(self, source: Source, leaf: Node, around: Node) -> Found:
        own = Decl(source.path, leaf.start_byte + (leaf.type == "string"))
        if around.type == "method_definition" and around.parent is not None and around.parent.type == "object":
            return self._c.keys.with_expected(source, leaf, around.parent, own)
        return (own,), "exact"

    def _member(self, source: Source, _: Node, node: Node) -> Found:
        name, owner = node.child_by_field_name("property"), node.child_by_field_name("object")
        if name is None or owner is None:
            return _NOTHING
        if owner.type == "call_expression" and node.parent is not None and node.parent.type in _TYPES:
            return self.import_type(source, node), "exact"
        if owner.type in ("identifier", "member_expression"):
            entities = self._c.names.qualified(source, node, "v")
            if entities:
                return entities, "exact"
        types = self._c.expressions.of(source, owner)
        entities, certainty = self.of_types(types, source.text(name))
        if not entities and self._lacks(source, types, source.text(name)):
            return (OUTSIDE,), "inferred"
        plain = owner.type in ("identifier", "member_expression") and all(kind.kind in _BY_NAME for kind in types)
        return entities, "exact" if plain and entities and self._own_statics(types, entities) else certainty

    def _lacks(self, source: Source, types: Types, name: str) -> bool:
        """Whether a member is certainly none of ours: one that all objects have, or that a known type lacks."""
        if name == "constructor":
            return True
        return source.typed and bool(types) and all(kind.kind in _CLOSED and self._is_read(kind.path) for kind in types)

    def _is_read(self, path: str) -> bool:
        """Whether a file could be parsed as a whole."""
        source = self._c.sources.of(path)
        return source is not None and not source.root.has_error

    def _own_statics(self, types: Types, entities: Entities) -> bool:
        """Whether members are those of the classes themselves, not inherited ones."""
        spans = [(kind.path, kind.start, kind.end) for kind in types if kind.kind == "class"]
        return all(
            isinstance(entity, Decl)
            and (not spans or any(path == entity.path and start <= entity.start < end for path, start, end in spans))
            for entity in entities
        )

    def of_types(self, types: Types, name: str) -> Found:
        """What some types have under a name."""
        hits = self._c.members.all(types, name)
        return (tuple(dict.fromkeys(hit.entity for hit in hits)), "inferred") if hits else _NOTHING

    def _subscript(self, source: Source, leaf: Node, around: Node) -> Found:
        name = string_of(source, leaf)
        owner = around.child_by_field_name("object")
        return self.of_types(self._c.expressions.of(source, owner), name) if name is not None else _NOTHING

    def _qualified(self, source: Source, leaf: Node, around: Node) -> Found:
        if around.parent is not None and around.parent.type in NAMESPACES:
            return (Decl(source.path, leaf.start_byte),), "exact"
        meaning = "t" if around.type == "nested_type_identifier" else "vtn"
        found = self._c.names.qualified(source, around, meaning)
        if not found and self._c.names.qualified(source, around.named_children[0], "vn"):
            return (OUTSIDE,), "exact"  # what is before the dot is known, and is more than this repository tells
        return found, "exact"

    def import_type(self, source: Source, node: Node) -> Entities:
        """What `import("module").a.b` stands for in a type."""
        owner, name = node.named_children[0], source.text(node.named_children[-1])
        if owner.type == "call_expression":
            arguments = owner.child_by_field_name("arguments")
            module = string_of(source, arguments.named_children[0]) if arguments and arguments.named_children else None
            return self._c.names.modules.member(source.path, module, name) if module is not None else ()
        found = [
            e for entity in self.import_type(source, owner) for e in self._c.names.member(entity, name, source.path)
        ]
        return tuple(dict.fromkeys(found))

    def _name(self, source: Source, leaf: Node, around: Node) -> Found:
        if around.type in ("import_specifier", "export_specifier"):
            return self._specifier(source, leaf, around)
        if around.type == "namespace_export" and around.parent is not None:
            module = string_of(source, around.parent.child_by_field_name("source")) or ""
            return self._c.names.modules.whole(source.path, module, namespace=True), "exact"
        if around.type in _QUALIFIED:
            if around.named_children[-1] == leaf:
                return self._qualified(source, leaf, around)
            return self._look_up(source, leaf, "vn")
        if source.locals.at(leaf.start_byte) is not None or (around.type in _DECLARES and _names(around, leaf)):
            return self._own(source, leaf)
        return self._look_up(source, leaf, self._meaning(leaf, around))

    def _own(self, source: Source, leaf: Node) -> Found:
        """A name where it is bound."""
        own = Decl(source.path, leaf.start_byte)
        binding = source.locals.at(leaf.start_byte)
        if binding is None:
            return (own,), "exact"
        same = [other for other in source.bound[binding.scope, binding.name] if other.kind != "label"]
        return self._followed(tuple(Decl(source.path, other.start) for other in same)) or (own,), "exact"

    def _followed(self, decls: tuple[Decl, ...]) -> Entities:
        """What declarations stand for; an import of a whole module, or from outside, also for itself."""
        found: list[Entity] = []
        for decl in decls:
            entities = self._c.names.follow(decl)
            ours = [e for e in entities if not isinstance(e, Outside) and not self._c.names.modules.is_module(e)]
            found += ours if ours and len(ours) == len(entities) else [decl, *ours]
            found += [entity for entity in entities if isinstance(entity, ModuleRef | Expr)]
        return tuple(dict.fromkeys(found))

    def _meaning(self, leaf: Node, around: Node) -> str:
        if leaf.type == "type_identifier":
            return "t"
        return "vtn" if around.type in _ANY else "v"

    def _look_up(self, source: Source, leaf: Node, meaning: str) -> Found:
        name = source.text(leaf)
        lookup = self._c.names.lookup
        decls = lookup(source, name, leaf.start_byte, meaning) or lookup(source, name, leaf.start_byte)
        if not decls:
            return self._c.names.outside(), "exact"
        local = all(decl.path == source.path for decl in decls)
        return self._followed(decls), "exact" if local else "inferred"

    def _specifier(self, source: Source, leaf: Node, specifier: Node) -> Found:
        statement = next((a for a in ancestors(specifier) if a.type in ("import_statement", "export_statement")), None)
        module = string_of(source, statement.child_by_field_name("source")) if statement is not None else None
        name = specifier.child_by_field_name("name")
        if name is None:
            return _NOTHING
        if module is not None:
            found = self._c.names.modules.member(source.path, module, key_of(source, name) or "")
            bound = source.locals.at((specifier.child_by_field_name("alias") or name).start_byte)
            if bound is not None and any(isinstance(entity, ModuleRef | Outside) for entity in found):
                found = (Decl(source.path, bound.start), *(e for e in found if not isinstance(e, Outside)))
            return found, "exact"
        return self._look_up(source, name, "vtn")


def _names(around: Node, leaf: Node) -> bool:
    return around.child_by_field_name("name") == leaf
