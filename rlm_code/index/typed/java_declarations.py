"""What Java's declarations hold, as the tree shows it: bodies of classes, the members of each, type parameters.

It knows where things stand, and no meaning of a name.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from rlm_code.index.links import Links
from rlm_code.index.typed.model import Body, Class, Target, Type, Variable
from rlm_code.index.typed.tree import text_of
from rlm_code.index.typed.trees import Trees

if TYPE_CHECKING:
    import tree_sitter
    from tree_sitter import Node

BODIES = frozenset({"class_body", "interface_body", "enum_body", "annotation_type_body"})


class _Bodies(NamedTuple):
    """The bodies of a file's classes in order: where each starts and ends, whose it is, which is around it (-1: none).

    They are kept since climbing from node to parent takes the square of the depth: each parent is sought from the root.
    """

    starts: list[int]
    ends: list[int]
    owners: list[Class | None]
    outer: list[int]


class JavaDeclarations(Trees):
    """The declarations of one snapshot."""

    def __init__(self, links: Links) -> None:
        super().__init__(links)
        self._bodies: dict[str, _Bodies] = {}

    # -- Classes around a place

    def around(self, path: str, node: Node) -> Iterator[tuple[int, Class]]:
        """Where the bodies of classes around a node start, with their classes, innermost first."""
        if path not in self._bodies:
            self._bodies[path] = self._bodies_in(path)
        bodies = self._bodies[path]
        at = bisect_right(bodies.starts, node.start_byte) - 1
        while at >= 0:
            owner = bodies.owners[at]
            if owner is not None and bodies.ends[at] >= node.end_byte:
                yield bodies.starts[at], owner
            at = bodies.outer[at]

    def _bodies_in(self, path: str) -> _Bodies:
        from tree_sitter import QueryCursor

        tree = self._index.syntax(path).tree
        captured = QueryCursor(_all_bodies(tree.language)).captures(tree.root_node).get("body", []) if tree else []
        found = _Bodies([], [], [], [])
        for body in sorted(captured, key=lambda node: (node.start_byte, -node.end_byte)):
            outer = len(found.starts) - 1
            while outer >= 0 and found.ends[outer] < body.end_byte:
                outer = found.outer[outer]
            found.starts.append(body.start_byte)
            found.ends.append(body.end_byte)
            found.owners.append(self.class_of_body(path, body))
            found.outer.append(outer)
        return found

    def class_of_body(self, path: str, body: Node) -> Class | None:
        """The class that a body belongs to."""
        name = body.parent.child_by_field_name("name") if body.parent else None
        if body.parent is None or body.parent.type in ("object_creation_expression", "enum_constant"):
            return Body(path, body.start_byte)
        at = self.view(path).by_name_start.get(name.start_byte) if name else None
        return None if at is None else Target(path, at)

    def body_at(self, of: Body) -> Node | None:
        """The body of a class without a name."""
        root = self.root(of.path)
        node = root.descendant_for_byte_range(of.start, of.start + 1) if root else None
        while node is not None and node.type not in BODIES:
            node = node.parent
        return node

    def is_local_around(self, path: str, at: int, node: Node) -> bool:
        """Whether a class is declared in a block around a node."""
        declared = self.declaring(Target(path, at))
        block = declared.parent if declared is not None else None
        if block is None or block.type in BODIES | {"program"}:
            return False
        return block.start_byte <= node.start_byte < block.end_byte

    # -- Members

    def own_members(self, of: Class, name: str) -> list[Target]:
        """The members that a class itself declares under a name."""
        if isinstance(of, Target):
            return [Target(of.path, at) for at in self.view(of.path).children.get(of.at, {}).get(name, ())]
        if not isinstance(of, Body):
            return []
        body, view = self.body_at(of), self.view(of.path)
        inside = [
            at
            for at in view.by_name.get(name, ())
            if body and body.start_byte < view.definitions[at].start < body.end_byte
        ]
        return [Target(of.path, at) for at in inside if self._directly_in(of, at)]

    def methods_without_body(self, of: Class) -> list[Target]:
        """The methods that an interface leaves open."""
        if not isinstance(of, Target):
            return []
        inner = self.view(of.path).children.get(of.at, {})
        methods = [Target(of.path, at) for ats in inner.values() for at in ats]
        nodes = [(target, self.declaring(target)) for target in methods if self.kind(target) == "method"]
        return [target for target, node in nodes if node is not None and node.child_by_field_name("body") is None]

    def is_component(self, target: Target) -> bool:
        """Whether a definition is a component of a record."""
        node = self.declaring(target)
        at = node.parent if node and node.type == "variable_declarator" else node
        return bool(at and at.parent and at.parent.parent and at.parent.parent.type == "record_declaration")

    def _directly_in(self, of: Body, at: int) -> bool:
        node = self.declaring(Target(of.path, at))
        while node is not None and node.type not in BODIES:
            node = node.parent
        return node is not None and node.start_byte == of.start

    # -- Type parameters

    def self_type(self, owner: Class) -> Type:
        """The type of `this` in a class."""
        if not isinstance(owner, Target):
            return Type(owner)
        return Type(owner, tuple((Type(own),) for own in self.variables(owner.path, self.declaring(owner))))

    def name_of(self, of: Variable) -> str:
        """The name of a type parameter."""
        node = self.leaf_at(of.path, of.start)
        return text_of(node) if node else ""

    def is_of_method(self, of: Variable) -> bool:
        """Whether a type parameter is a method's, which each call chooses anew."""
        node = self.leaf_at(of.path, of.start)
        for _ in range(3):
            node = node.parent if node else None
        return node is not None and node.type in ("method_declaration", "constructor_declaration")


@cache
def _all_bodies(grammar: tree_sitter.Language) -> tree_sitter.Query:
    import tree_sitter

    return tree_sitter.Query(grammar, "[" + " ".join(f"({kind})" for kind in sorted(BODIES)) + "] @body")
