"""What Go's expressions give: the types of variables, calls and selections, as far as the tree shows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rlm_code.index.memo import Memo
from rlm_code.index.typed.go_calls import GoCalls
from rlm_code.index.typed.go_packages import GoPackages
from rlm_code.index.typed.go_types import CHANNEL, FUNCTION, MAP, GoTypes, Part
from rlm_code.index.typed.model import (
    ARRAY,
    Module,
    Substitution,
    Target,
    Type,
    Types,
    Variable,
    as_objects,
    substitute,
)
from rlm_code.index.typed.tree import child, children_of_type, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.parse.scopes import Binding

_MOST_DEEP = 60
_LITERALS = {
    "interpreted_string_literal": "string", "raw_string_literal": "string", "int_literal": "int",
    "float_literal": "float64", "rune_literal": "rune", "true": "bool", "false": "bool",
}  # fmt: skip
_BUILT_IN = frozenset({ARRAY, CHANNEL, MAP, FUNCTION, "int", "bool", "any", "comparable"})
_SAME = ("parenthesized_expression", "slice_expression")


class GoValues:
    """Evaluates expressions in the files of one snapshot. What was found once is kept."""

    def __init__(self, types: GoTypes, packages: GoPackages) -> None:
        self._types = types
        self._packages = packages
        self._memo: Memo[Types] = Memo((), _MOST_DEEP)
        self.calls = GoCalls(self, types, packages)
        self._how: dict[str, Callable[[str, Node], Types]] = {
            "identifier": self._name,
            "selector_expression": self._selected,
            "call_expression": self.calls.given_by,
            "composite_literal": lambda path, node: types.read(path, node.child_by_field_name("type")),
            "unary_expression": self._unary,
            "index_expression": self._indexed,
            "type_assertion_expression": lambda path, node: types.read(path, node.child_by_field_name("type")),
            "type_conversion_expression": self.calls.converted,
            "func_literal": lambda path, node: (types.function(path, node),),
            "binary_expression": self._first,
            "type_instantiation_expression": self._first_type,
            "literal_value": self._literal,
            **dict.fromkeys(_SAME, self._first),
        }

    def of(self, path: str, node: Node | None) -> Types:
        """What an expression may be; () if nothing is known."""
        if node is None:
            return ()
        if node.type in _LITERALS:
            return (Type(_LITERALS[node.type]),)
        how = self._how.get(node.type)
        key = (path, node.start_byte, node.end_byte, node.type)
        return self._memo.get(key, lambda: how(path, node)) if how else self._types.read(path, node)

    # -- Names

    def binding(self, path: str, node: Node) -> Binding | None:
        """The local name that an identifier means."""
        names = self._types.locals(path)
        binding = names.lookup(text_of(node), node.start_byte) if names else None
        return binding if binding and binding.scope > 0 else None

    def _name(self, path: str, node: Node) -> Types:
        binding = self.binding(path, node)
        if binding:
            return (
                (Type(Variable(path, binding.start), static=True),)
                if binding.kind == "type"
                else self.local(path, binding, node)
            )
        inner = self._types.local_type(path, node, text_of(node))
        if inner:
            return (Type(inner, static=True),)
        return self.package(path, text_of(node)) or self._of_targets(self.declared(path, text_of(node)))

    def declared(self, path: str, name: str) -> list[Target]:
        """What the package of a file, or one that it dot-imports, declares under a name."""
        return self._packages.declared(path, name) or self._packages.dot_imported(path, name)[0]

    def package(self, path: str, name: str) -> Types:
        """The package that a file imports under a name."""
        row = self._packages.import_named(path, name)
        if row is None:
            return ()
        return (self._packages.located(path, row) or Type(row.module, static=True),)

    def _of_targets(self, targets: list[Target]) -> Types:
        return tuple(dict.fromkeys(t for target in targets for t in self.held(target)))

    def held(self, target: Target) -> Types:
        """What a declaration stands for: a type, a function, what a variable holds."""
        return self._memo.get(("held", target), lambda: self._held(target))

    def _held(self, target: Target) -> Types:
        node = self._types.declaring(target)
        if node is None:
            return ()
        if self._types.is_class(target):
            return tuple(t._replace(static=True) if isinstance(t, Type) else t for t in self._types.aliased(target))
        if node.type in ("function_declaration", "method_declaration", "method_elem"):
            return (self._types.function(target.path, node),)
        name = self._types.definition(target).name_start
        names = [inner.start_byte for inner in node.children_by_field_name("name")]
        return self._declared_value(target.path, node, names.index(name) if name in names else 0, len(names))

    def _declared_value(self, path: str, node: Node, at: int, count: int) -> Types:
        written = node.child_by_field_name("type")
        if written is not None:
            return self._types.read(path, written)
        return self._value_at(path, node.child_by_field_name("value"), at, count)

    def _value_at(self, path: str, values: Node | None, at: int, count: int) -> Types:
        """The `at`-th of the values that a list gives to `count` names."""
        if values is None:
            return ()
        expressions = values.named_children if values.type == "expression_list" else [values]
        if len(expressions) >= count > at:
            return self.of(path, expressions[at])
        if len(expressions) == 1:
            return self._several(path, expressions[0], at)
        return ()

    def _several(self, path: str, node: Node, at: int) -> Types:
        """The `at`-th of what one expression gives: a call, or a value with a flag."""
        if node.type == "call_expression":
            results = self.calls.results(path, node)
            return results[at] if at < len(results) else ()
        return self.of(path, node) if at == 0 else (Type("bool"),)

    def local(self, path: str, binding: Binding, use: Node | None = None) -> Types:
        """What a local variable or parameter holds, seen from `use`."""
        if binding.taken[:1] == ("case",) and use is not None:
            return self._in_case(path, binding, use)
        return self._memo.get(("local", path, binding.start), lambda: self._local(path, binding))

    def _local(self, path: str, binding: Binding) -> Types:
        root = self._types.root(path)
        name = root.descendant_for_byte_range(binding.start, binding.end) if root else None
        if root is None or name is None or name.parent is None:
            return ()
        if name.parent.type == "variadic_parameter_declaration":
            return (Type(ARRAY, (self._types.read(path, name.parent.child_by_field_name("type")),)),)
        if binding.annotation:
            return self._types.read(path, root.named_descendant_for_byte_range(*binding.annotation))
        if name.parent.type in ("var_spec", "const_spec"):
            names = [inner.start_byte for inner in name.parent.children_by_field_name("name")]
            return self._declared_value(path, name.parent, names.index(name.start_byte), len(names))
        value = root.named_descendant_for_byte_range(*binding.value) if binding.value else None
        at = next((step for step in binding.taken if isinstance(step, int)), 0)
        if binding.taken[:1] == ("each",):
            return self._each(path, value, at)
        return self._value_at(path, value, at, name.parent.named_child_count)

    def _each(self, path: str, value: Node | None, at: int) -> Types:
        """What a loop takes from a value: its keys or its elements."""
        found: Types = ()
        for known in self._made_of(self.of(path, value)):
            if isinstance(known, Type) and known.of == MAP:
                found += known.args[at] if at < len(known.args) else ()
            elif isinstance(known, Type) and known.of == CHANNEL:
                found += known.args[0]
            elif isinstance(known, Type) and known.of == ARRAY:
                found += known.args[0] if at == 1 else (Type("int"),)
        return found

    def _in_case(self, path: str, binding: Binding, use: Node) -> Types:
        """What the variable of a type switch is in the clause around a use."""
        at: Node | None = use
        while at is not None and at.type not in ("type_case", "type_switch_statement"):
            at = at.parent
        written = at.children_by_field_name("type") if at is not None and at.type == "type_case" else []
        if len(written) == 1:
            return self._types.read(path, written[0])
        root = self._types.root(path)
        value = root.named_descendant_for_byte_range(*binding.value) if root and binding.value else None
        return self.of(path, value)

    def _made_of(self, types: Types) -> Types:
        return tuple(u for t in types if isinstance(t, Type) for u in self._types.underlying(t))

    # -- Selections

    def parts(self, types: Types, name: str) -> list[Part]:
        """The fields and methods called `name` of these types."""
        return [part for known in types if isinstance(known, Type) for part in self._types.parts(known, name)]

    def _selected(self, path: str, node: Node) -> Types:
        name = node.child_by_field_name("field")
        owner = self.of(path, node.child_by_field_name("operand"))
        if name is None:
            return ()
        return self.member(path, owner, text_of(name))

    def member(self, path: str, types: Types, name: str) -> Types:
        """What these have under a name."""
        found: list[Type | Module] = []
        for known in types:
            if isinstance(known, Module):
                found += self._of_targets(self._packages.exported(known, name, path))
            elif isinstance(known.of, str) and known.of not in _BUILT_IN:
                found.append(Type(f"{known.of}.{name}"))
            else:
                parts = self._types.parts(known, name)
                found += [t for part in parts for t in self.part_type(part)]
                found += self._types.embedded_named(known, name) if not parts else ()
        return tuple(dict.fromkeys(found))

    def part_type(self, part: Part) -> Types:
        """What a field holds, or the type of a method."""
        mapping = self._types.arguments(part.owner)
        if part.node.type == "field_declaration":
            return substitute(self._types.read(part.path, part.node.child_by_field_name("type")), mapping)
        if part.node.type == "method_declaration":
            mapping = self._receiver_arguments(part)
        return substitute((self._types.function(part.path, part.node),), mapping)

    def _receiver_arguments(self, part: Part) -> Substitution:
        """What stands for the type parameters that a method's receiver names."""
        receiver = part.node.child_by_field_name("receiver")
        names = _type_arguments(receiver) if receiver and part.owner.args else []
        return {Variable(part.path, n.start_byte): arg for n, arg in zip(names, part.owner.args, strict=False)}

    # -- The rest

    def _unary(self, path: str, node: Node) -> Types:
        operator, operand = node.child_by_field_name("operator"), node.child_by_field_name("operand")
        types = self.of(path, operand)
        if operator is not None and text_of(operator) == "<-":
            return tuple(
                t for known in self._made_of(types) if isinstance(known, Type) and known.args for t in known.args[0]
            )
        return types

    def _indexed(self, path: str, node: Node) -> Types:
        types = self.of(path, node.child_by_field_name("operand"))
        found: Types = ()
        for known in types:
            if isinstance(known, Type) and (known.static or known.of == FUNCTION):
                found += (self._instantiated(path, known, node),)
        for known in self._made_of(tuple(t for t in types if isinstance(t, Type) and not t.static)):
            if isinstance(known, Type) and known.of in (ARRAY, MAP) and known.args:
                found += known.args[-1]
        return found

    def _instantiated(self, path: str, known: Type, node: Node) -> Type:
        if known.of == FUNCTION:
            return known
        given = [
            self._types.read(path, n) or as_objects(self.of(path, n)) for n in node.children_by_field_name("index")
        ]
        return known._replace(args=tuple(given))

    def _first(self, path: str, node: Node) -> Types:
        return self.of(path, child(node, 0))

    def _first_type(self, path: str, node: Node) -> Types:
        return self._types.read(path, child(node, 0))

    def _literal(self, path: str, node: Node) -> Types:
        """The type of the braces of a literal, also of those inside that leave it out."""
        parent = node.parent
        if parent is None:
            return ()
        if parent.type == "composite_literal":
            return self._types.read(path, parent.child_by_field_name("type"))
        at: Node | None = parent
        while at is not None and at.type != "literal_value":
            at = at.parent
        found: Types = ()
        for known in self._made_of(self.of(path, at)):
            if isinstance(known, Type) and known.of in (ARRAY, MAP) and known.args:
                found += known.args[-1]
        return found


def _type_arguments(node: Node) -> list[Node]:
    """The names in the brackets of a receiver's type."""
    found: list[Node] = []
    queue = [node]
    while queue:
        at = queue.pop(0)
        if at.type == "type_arguments":
            found += [leaf for inner in at.named_children for leaf in children_of_type(inner, "type_identifier")]
        queue += at.named_children
    return found
