"""Rust's impl blocks: which type each is of, and what it gives that type of a trait.

A block for what no definition here stands for (a tuple, an array, a type parameter, a type of another crate, `dyn
Trait`) has methods and no implementer.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rlm_code.index.links import Links
from rlm_code.index.typed.model import Target, Type
from rlm_code.index.typed.objects import ObjectNaming
from rlm_code.index.typed.tree import text_of

if TYPE_CHECKING:
    from tree_sitter import Node

_NAMED_BY = {
    "generic_type": "type",
    "reference_type": "type",
    "pointer_type": "type",
    "dynamic_type": "trait",
    "scoped_type_identifier": "name",
}
"""The part of a written type that names it."""


class RustImpls(ObjectNaming):
    """What impl blocks say of the types and traits of one snapshot."""

    def __init__(self, links: Links) -> None:
        super().__init__(links)
        self._traits: dict[Target, tuple[Target, ...]] = {}

    # -- Traits of a type, types of a trait

    def bases(self, owner: Target) -> tuple[Target, ...]:
        """See `Naming`: also the traits that a type implements."""
        if owner not in self._traits:
            self._traits[owner] = ()
            named = (value for place in self.bases_beside(owner) for value in self.resolve(*place).values)
            traits = (value for value in named if isinstance(value, Target) and self.is_class(value))
            self._traits[owner] = (*super().bases(owner), *dict.fromkeys(traits))
        return self._traits[owner]

    def bases_beside(self, owner: Target) -> list[tuple[str, int]]:
        """See `Impls`."""
        found = []
        for path, names in self._users(owner):
            for use in self.view(path).inherits:
                leaf = type_name_of(self._block(path, use.start))
                if leaf is not None and text_of(leaf) in names and self._is(path, leaf, owner):
                    found.append((path, use.start))
        return found

    def implementers(self, owner: Target) -> list[Target]:
        """See `Impls`."""
        heirs = [self._heir(path, start) for path, start in self._places(owner)]
        return [heir for heir in dict.fromkeys(heirs) if heir is not None and heir != owner]

    def _heir(self, path: str, start: int) -> Target | None:
        """The type or trait that builds on the trait named at an offset."""
        block = self._block(path, start)
        if block is None:
            return Target(path, self.view(path).enclosing(start))
        owner = self._owner_of(path, block)
        return owner if owner is not None and self.definition(owner).kind != "trait" else None

    def _places(self, trait: Target) -> Iterator[tuple[str, int]]:
        """Where a trait is named to be implemented or built on."""
        for path, names in self._users(trait):
            for use in self.view(path).inherits:
                if use.name in names and trait in self.resolve(path, use.start).values:
                    yield path, use.start

    def _users(self, target: Target) -> Iterator[tuple[str, frozenset[str]]]:
        """The files that may name a definition, each with the names it may know it by."""
        name = self.definition(target).name
        for path in dict.fromkeys([target.path, *self._index.using(name)]):
            if self._index.row(path).language == "rust":
                rows = self.view(path).imports
                yield path, frozenset({name, *(row.alias for row in rows if row.alias and row.name == name)})

    # -- Members

    def overrides(self, member: Target) -> list[Target]:
        """See `Impls`."""
        trait = self._trait_around(member)
        name = self.definition(member).name
        return [
            Target(path, at)
            for path, start in (self._places(trait) if trait else ())
            for at in self.view(path).by_name.get(name, ())
            if (block := self._block(path, start)) is not None and self._block_of(Target(path, at)) == block
        ]

    def overridden(self, member: Target) -> list[Target]:
        """See `Impls`."""
        block = self._block_of(member)
        leaf = _last_name(block.child_by_field_name("trait")) if block is not None else None
        values = self.resolve(member.path, leaf.start_byte).values if leaf is not None else ()
        name = self.definition(member).name
        return [
            Target(trait.path, at)
            for trait in values
            if isinstance(trait, Target)
            for at in self.view(trait.path).children.get(trait.at, {}).get(name, ())
        ]

    def _trait_around(self, member: Target) -> Target | None:
        parent = self.definition(member).parent
        is_of_trait = parent >= 0 and self.view(member.path).definitions[parent].kind == "trait"
        return Target(member.path, parent) if is_of_trait else None

    def _block_of(self, member: Target) -> Node | None:
        """The impl block that a definition is directly in."""
        leaf = self.leaf_at(member.path, self.definition(member).name_start)
        body = leaf.parent.parent if leaf is not None and leaf.parent is not None else None
        block = body.parent if body is not None else None
        return block if block is not None and block.type == "impl_item" else None

    # -- Blocks

    def owner_by_scope(self, path: str, definition: object) -> Target | None:
        """See `ObjectNaming`: the type that the impl block is of."""
        block = self._block(path, getattr(definition, "start", 0))
        return self._owner_of(path, block) if block is not None else None

    def is_beside(self, path: str, offset: int, owner: Target) -> bool:
        """Whether the impl block around an offset is of a type."""
        leaf = type_name_of(self._block(path, offset))
        return leaf is None or self._is(path, leaf, owner)

    def _block(self, path: str, offset: int) -> Node | None:
        """The impl block around an offset, if no trait is nearer."""
        root = self.root(path)
        node = root.descendant_for_byte_range(offset, offset + 1) if root else None
        while node is not None and node.type not in ("impl_item", "trait_item"):
            node = node.parent
        return node if node is not None and node.type == "impl_item" else None

    def _owner_of(self, path: str, block: Node) -> Target | None:
        leaf = type_name_of(block)
        values = self.resolve(path, leaf.start_byte).values if leaf is not None else ()
        classes = [value for value in values if isinstance(value, Target) and self.is_class(value)]
        return self._meant(classes[0]) if classes else None

    def _meant(self, target: Target) -> Target:
        """The type that a type is another name of; else itself."""
        if self.definition(target).kind != "type":
            return target
        types = (known.of for known in self.aliased(target) if isinstance(known, Type))
        return next((of for of in types if isinstance(of, Target)), target)

    def _is(self, path: str, leaf: Node, owner: Target) -> bool:
        return owner in self.resolve(path, leaf.start_byte).values


def type_name_of(block: Node | None) -> Node | None:
    """The name of the type that an impl block is of; None for a tuple and other types without one."""
    return _last_name(block.child_by_field_name("type")) if block is not None else None


def _last_name(written: Node | None) -> Node | None:
    """The name that stands for a written type."""
    while written is not None and written.type in _NAMED_BY:
        written = written.child_by_field_name(_NAMED_BY[written.type])
    return written if written is not None and written.type in ("type_identifier", "primitive_type") else None
