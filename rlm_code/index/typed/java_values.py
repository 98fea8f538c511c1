"""What Java's expressions give: the types of variables, calls and members, as far as the tree shows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rlm_code.index.memo import Memo
from rlm_code.index.typed import java_library as library
from rlm_code.index.typed.java_calls import JavaCalls
from rlm_code.index.typed.java_classes import JavaClasses
from rlm_code.index.typed.java_names import JavaNames
from rlm_code.index.typed.java_overloads import JavaOverloads, type_of_parameter
from rlm_code.index.typed.model import (
    ARRAY,
    Known,
    Member,
    Module,
    Target,
    Type,
    Types,
    substitute,
)
from rlm_code.index.typed.tree import child, children_of_type, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.parse.scopes import Binding

_MOST_DEEP = 60
_BOOLEAN_OPERATORS = frozenset({"==", "!=", "<", ">", "<=", ">=", "&&", "||"})
_NUMBERS = {"decimal_integer_literal": "int", "hex_integer_literal": "int", "decimal_floating_point_literal": "double"}


class JavaValues:
    """Evaluates expressions in the files of one snapshot. What was found once is kept."""

    def __init__(self, names: JavaNames, overloads: JavaOverloads) -> None:
        self._names = names
        self._classes: JavaClasses = names.classes
        self.calls = JavaCalls(self, names, overloads)
        self.functions = self.calls.functions
        self._memo: Memo[Types] = Memo((), _MOST_DEEP)
        self._how: dict[str, Callable[[str, Node], Types]] = {
            "identifier": self._name,
            "this": self.this,
            "super": self._super,
            "field_access": self._field,
            "method_invocation": self.calls.given_by,
            "object_creation_expression": self._made,
            "cast_expression": self._cast,
            "parenthesized_expression": self._first,
            "assignment_expression": self._first,
            "array_access": self._element,
            "array_creation_expression": self._made_array,
            "ternary_expression": self._either,
            "switch_expression": self._switch,
            "class_literal": self._class_literal,
            "binary_expression": self._binary,
            "unary_expression": self._first,
            "update_expression": self._first,
            "instanceof_expression": lambda _p, _n: (Type("boolean"),),
            "string_literal": lambda _p, _n: (library.STRING,),
            "character_literal": lambda _p, _n: (Type("char"),),
            "true": lambda _p, _n: (Type("boolean"),),
            "false": lambda _p, _n: (Type("boolean"),),
        }

    def of(self, path: str, node: Node | None) -> Types:
        """What an expression may be; () if nothing is known."""
        if node is None:
            return ()
        if node.type in _NUMBERS:
            return (Type(_number(node)),)
        how = self._how.get(node.type)
        return self._memo.get((path, node.start_byte, node.end_byte, node.type), lambda: how(path, node)) if how else ()

    # -- Names

    def _name(self, path: str, node: Node) -> Types:
        found = self._names.variable(path, node)
        if found is None:
            return self._names.type_or_package(path, node)
        if isinstance(found, Member):
            return self.held(found)
        return self.local(path, found)

    def local(self, path: str, binding: Binding) -> Types:
        """What a local variable or parameter holds."""
        return self._memo.get(("local", path, binding.start), lambda: self._local(path, binding))

    def _local(self, path: str, binding: Binding) -> Types:
        root = self._classes.root(path)
        if root is None:
            return ()
        name = root.descendant_for_byte_range(binding.start, binding.end)
        if name is None or name.parent is None:
            return ()
        written = root.named_descendant_for_byte_range(*binding.annotation) if binding.annotation else None
        if (
            name.parent.type == "variable_declarator"
            and name.parent.parent
            and name.parent.parent.type == "spread_parameter"
        ):
            return (Type(ARRAY, (self._classes.read(path, type_of_parameter(name.parent.parent)),)),)
        if written is not None and text_of(written) != "var":
            types = self._classes.read(path, written)
            return _arrays(types, name)
        if binding.value:
            value = root.named_descendant_for_byte_range(*binding.value)
            types = self.of(path, value)
            return self._each(types) if binding.taken[:1] == ("each",) else types
        return self.functions.parameter(path, name)

    def _each(self, types: Types) -> Types:
        """What a loop takes from these."""
        found = library.element(types)
        for known in types:
            if isinstance(known, Type) and not isinstance(known.of, str):
                for base in self._classes.lineage(known):
                    if isinstance(base.of, str) and base.args:
                        found += base.args[0]
                        break
        return found

    def held(self, member: Member) -> Types:
        """What a field, constant or component holds."""
        mapping = self._classes.arguments(member.owner)
        return substitute(self._memo.get(("held", member.target), lambda: self._held(member.target)), mapping)

    def _held(self, target: Target) -> Types:
        node = self._classes.declaring(target)
        if node is None or node.parent is None:
            return ()
        if node.type == "enum_constant":
            owner = self._names.owner(target)
            return (Type(owner),) if owner else ()
        written = node.child_by_field_name("type") or node.parent.child_by_field_name("type")
        if node.type == "spread_parameter" or node.parent.type == "spread_parameter":
            return (Type(ARRAY, (self._classes.read(target.path, type_of_parameter(node)),)),)
        name = node.child_by_field_name("name")
        return _arrays(self._classes.read(target.path, written), name) if name else ()

    # -- Members

    def fields(self, types: Types, name: str) -> list[Member]:
        """The nearest fields called `name` of these types."""
        found: list[Member] = []
        for known in types:
            if isinstance(known, Type):
                fields = (m for m in self._classes.members(known, name) if self._names.is_data(m.target))
                found += list(fields)[:1]
        return found

    def methods(self, types: Types, name: str) -> list[Member]:
        """The methods called `name` of these types; of a record's component, the component."""
        return [m for known in types if isinstance(known, Type) for m in self._classes.methods(known, name)]

    def _field(self, path: str, node: Node) -> Types:
        name, owner = node.child_by_field_name("field"), node.child_by_field_name("object")
        if name is None or owner is None:
            return ()
        if name.type == "this":
            return tuple(t._replace(static=False) for t in self.of(path, owner) if isinstance(t, Type))
        if name.type == "super":
            return self.bases(self.of(path, owner))
        return self.member(path, self.of(path, owner), text_of(name))

    def member(self, path: str, types: Types, name: str) -> Types:
        """What these have under a name: the field's object, a class in it, a part of a package."""
        fields = self.fields(types, name)
        if fields:
            return tuple(dict.fromkeys(t for field in fields for t in self.held(field)))
        found: list[Known] = []
        for known in types:
            if isinstance(known, Module):
                found.append(self._names.in_package(path, known, name))
            elif known.static and not isinstance(known.of, str):
                inner = self._classes.member_class(known.of, name)
                found += [Type(inner, static=True)] if inner else []
            elif known.static:
                found += library.constant(known, name) or (Type(f"{known.of}.{name}", static=True),)
            elif known.of == ARRAY and name == "length":
                found.append(Type("int"))
        return tuple(found)

    # -- The rest

    def this(self, path: str, node: Node) -> Types:
        """The object around a place."""
        around = next(self._classes.around(path, node), None)
        return (self._classes.self_type(around[1]),) if around else ()

    def _super(self, path: str, node: Node) -> Types:
        previous = node.prev_named_sibling
        if previous is not None and node.parent and node.parent.type in ("method_invocation", "field_access"):
            return self.bases(self.of(path, previous))
        return self.bases(self.this(path, node))

    def bases(self, types: Types) -> Types:
        """What classes name as their bases."""
        found = [t for known in types if isinstance(known, Type) for t in self._classes.supertypes(known)]
        return tuple(found) or (Type("Object"),)

    def _made(self, path: str, node: Node) -> Types:
        body = children_of_type(node, "class_body")
        if body:
            owner = self._classes.class_of_body(path, body[0])
            return (Type(owner),) if owner else ()
        written = node.child_by_field_name("type")
        outer = child(node, 0)
        if outer is not None and written is not None and outer != written and outer.type != "type_arguments":
            return self._names.made_inside(self.of(path, outer), text_of(written))
        types = self._classes.read(path, written)
        is_open = written is not None and written.type == "generic_type" and text_of(written).endswith("<>")
        args = self._made_with(path, node) if is_open else ()
        return tuple(t._replace(args=args) if args and isinstance(t, Type) else t for t in types)

    def _made_with(self, path: str, node: Node) -> tuple[Types, ...]:
        """What stands for `<>`: what the place wants, else what a collection holds that the new one is made of."""
        wanted = [t for t in self.functions.wanted(path, node) if isinstance(t, Type) and t.args]
        if wanted:
            return wanted[0].args
        arguments = self.calls.arguments(path, node)
        held = library.element(arguments[0].types) if len(arguments) == 1 else ()
        return (held,) if held else ()

    def _cast(self, path: str, node: Node) -> Types:
        return self._classes.read(path, node.child_by_field_name("type"))

    def _first(self, path: str, node: Node) -> Types:
        return self.of(path, child(node, 0))

    def _element(self, path: str, node: Node) -> Types:
        return library.element(self.of(path, node.child_by_field_name("array")))

    def _made_array(self, path: str, node: Node) -> Types:
        types = self._classes.read(path, node.child_by_field_name("type"))
        for inner in children_of_type(node, "dimensions_expr", "dimensions"):
            for _ in range(text_of(inner).count("[") if inner.type == "dimensions" else 1):
                types = (Type(ARRAY, (types,)),)
        return types

    def _either(self, path: str, node: Node) -> Types:
        sides = (self.of(path, node.child_by_field_name(field)) for field in ("consequence", "alternative"))
        return tuple(dict.fromkeys(t for side in sides for t in side))

    def _switch(self, path: str, node: Node) -> Types:
        body = node.child_by_field_name("body")
        found: Types = ()
        for rule in children_of_type(body, "switch_rule") if body else []:
            last = child(rule, -1)
            if last is not None and last.type == "expression_statement":
                found += self.of(path, child(last, 0))
        return tuple(dict.fromkeys(found))

    def _class_literal(self, path: str, node: Node) -> Types:
        return (Type("Class", (self._classes.read(path, child(node, 0)),)),)

    def _binary(self, path: str, node: Node) -> Types:
        operator = node.child_by_field_name("operator")
        if operator is not None and text_of(operator) in _BOOLEAN_OPERATORS:
            return (Type("boolean"),)
        left = self.of(path, node.child_by_field_name("left"))
        right = self.of(path, node.child_by_field_name("right"))
        return max((left, right), key=_width) if left and right else ()


def _width(types: Types) -> int:
    order = ["byte", "short", "char", "int", "long", "float", "double", "String"]
    return max((order.index(str(t.of)) for t in types if isinstance(t, Type) and t.of in order), default=-1)


def _number(node: Node) -> str:
    last = text_of(node)[-1:].lower()
    if node.type == "hex_integer_literal":
        return "long" if last == "l" else "int"
    return {"l": "long", "f": "float", "d": "double"}.get(last, _NUMBERS[node.type])


def _arrays(types: Types, name: Node) -> Types:
    """Types with the brackets that stand behind a name."""
    after = name.next_sibling
    for _ in range(text_of(after).count("[") if after is not None and after.type == "dimensions" else 0):
        types = (Type(ARRAY, (types,)),)
    return types
