"""What an identifier in Go refers to, by where it stands in the tree."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rlm_code.index.links import Links
from rlm_code.index.typed.go_packages import GoPackages
from rlm_code.index.typed.go_types import MAP, GoTypes
from rlm_code.index.typed.go_values import GoValues
from rlm_code.index.typed.model import ARRAY, ELSEWHERE, NOTHING, Found, Module, Target, Type, Types, Variable
from rlm_code.index.typed.tree import identifier_at, is_field, text_of
from rlm_code.index.values import EXTERNAL, Local, Value

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.parse.facts import Import


class GoNaming:
    """Resolves identifiers in the Go files of one snapshot."""

    def __init__(self, links: Links) -> None:
        self._links = links
        self._packages = GoPackages(links)
        self._types = GoTypes(links, self._packages)
        self._values = GoValues(self._types, self._packages)
        self._by_parent: dict[str, Callable[[str, Node, Node], Found]] = {
            "selector_expression": self._in_selector,
            "qualified_type": self._in_qualified_type,
            "literal_element": self._in_element,
            "import_spec": self._in_import,
        }

    def resolve(self, path: str, start: int) -> Found:
        """What the identifier at an offset refers to."""
        root = self._types.root(path)
        node = identifier_at(root, start) if root else None
        if node is None or node.parent is None:
            return NOTHING
        how = self._by_parent.get(node.parent.type)
        if how:
            return how(path, node, node.parent)
        if node.type == "label_name":
            return self._label(path, node)
        if node.type == "field_identifier":  # of a struct or an interface: it names nothing but itself
            return Found((self._types.declared_by(path, node),))
        return self._type_name(path, node) if node.type == "type_identifier" else self._name(path, node)

    def _label(self, path: str, node: Node) -> Found:
        """The label of a statement around, else the nearest of the file: `goto` may jump elsewhere."""
        at, name = node.parent, text_of(node)
        while at is not None:
            label = at.child_by_field_name("label") if at.type == "labeled_statement" else None
            if label is not None and text_of(label) == name:
                return Found((Local(path, label.start_byte, name),))
            at = at.parent
        names = self._types.locals(path)
        labels = [b for b in names.bindings if b.kind == "label" and b.name == name] if names else []
        nearest = min(labels, key=lambda binding: abs(binding.start - node.start_byte), default=None)
        return Found((Local(path, nearest.start, name),)) if nearest else NOTHING

    def imported(self, path: str, row: Import) -> tuple[Value, ...]:
        """See `Naming`: the package."""
        return (self._packages.located(path, row) or EXTERNAL,)

    def bases(self, owner: Target) -> tuple[Target, ...]:
        """See `Naming`: what a struct or interface embeds."""
        found = self._types.embedded(Type(owner))
        return tuple(dict.fromkeys(t.of for t in found if isinstance(t, Type) and isinstance(t.of, Target)))

    # -- Names

    def _name(self, path: str, node: Node) -> Found:
        binding = self._values.binding(path, node)
        if binding:
            return Found((Local(path, binding.start, binding.name),))
        name = text_of(node)
        inner = self._types.local_type(path, node, name)
        if inner:
            return Found((inner,))
        package = self._values.package(path, name)
        if package:
            return Found(tuple(p if isinstance(p, Module) else EXTERNAL for p in package))
        found = self._values.declared(path, name)
        return Found(tuple(found)) if found else ELSEWHERE

    def _type_name(self, path: str, node: Node) -> Found:
        found = self._types.named(path, node)
        if isinstance(found, Variable):
            return Found((Local(path, found.start, text_of(node)),))
        return Found((found,)) if isinstance(found, Target) else self._name(path, node)

    def _in_import(self, path: str, node: Node, spec: Node) -> Found:
        for row in self._links.index.view(path).imports:
            if spec.start_byte <= row.start < spec.end_byte:
                return Found(self.imported(path, row))
        return ELSEWHERE

    # -- Members

    def _in_selector(self, path: str, node: Node, selector: Node) -> Found:
        if not is_field(node, "field"):
            return self._name(path, node)
        types = self._values.of(path, selector.child_by_field_name("operand"))
        return self._member(path, types, text_of(node))

    def _member(self, path: str, types: Types, name: str) -> Found:
        modules = [known for known in types if isinstance(known, Module)]
        if modules:
            targets = [target for module in modules for target in self._packages.exported(module, name, path)]
            return Found(tuple(targets)) if targets else ELSEWHERE
        parts = self._values.parts(types, name)
        if parts:
            return Found(tuple(dict.fromkeys(part.target for part in parts)), exact=False)
        embedded = [t for known in types if isinstance(known, Type) for t in self._types.embedded_named(known, name)]
        targets = [t.of for t in embedded if isinstance(t, Type) and isinstance(t.of, Target)]
        if targets:
            return Found(tuple(targets), exact=False)
        if all(isinstance(t, Type) and self._types.is_anything(t) for t in types):
            return NOTHING
        return Found((EXTERNAL,), exact=False)

    def _in_qualified_type(self, path: str, node: Node, qualified: Node) -> Found:
        if is_field(node, "package"):
            return self._name(path, node)
        package = qualified.child_by_field_name("package")
        known = self._values.package(path, text_of(package)) if package else ()
        return self._member(path, known, text_of(node))

    def _in_element(self, path: str, node: Node, element: Node) -> Found:
        """A key of a literal is a field where the literal is of a struct."""
        keyed = element.parent
        if keyed is None or keyed.type != "keyed_element" or keyed.child_by_field_name("key") != element:
            return self._name(path, node)
        types = self._values.of(path, keyed.parent)
        if not types:
            return NOTHING
        made = [u for t in types if isinstance(t, Type) for u in self._types.underlying(t)]
        if any(isinstance(t, Type) and t.of in (ARRAY, MAP) for t in made):
            return self._name(path, node)
        return self._member(path, types, text_of(node))
