"""What Python expressions stand for, as far as syntax shows: read from the tree of the function around them.

Objects get their class from annotations, constructor calls, what functions return and what containers hold. What is not
shown is not guessed: then there are no values. EXTERNAL stands for what is known to come from elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from rlm_code.index.fileview import CLASSES, FUNCTIONS
from rlm_code.index.fixtures import fixture_for
from rlm_code.index.links import Links
from rlm_code.index.memo import Memo
from rlm_code.index.python import tables
from rlm_code.index.python.annotations import Annotations
from rlm_code.index.python.calls import Calls
from rlm_code.index.python.narrowing import narrowed_to
from rlm_code.index.python.tree import (
    decorators_of,
    descend,
    enclosing_function,
    first_parameter,
    node_at,
    text_of,
)
from rlm_code.index.reaching import reaching
from rlm_code.index.values import EXTERNAL, Container, Elsewhere, Instance, Local, Module, Target, Value
from rlm_code.parse.facts import Definition

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.scope import Bound
    from rlm_code.parse.scopes import Binding

Values = tuple[Value, ...]

_MOST_DEEP = 12
_MOST_VALUES = 24
_MOST_NESTED = 40
_LITERALS = frozenset(
    {"string", "concatenated_string", "integer", "float", "true", "false", "comparison_operator", "not_operator",
     "unary_operator", "format_string"}
)  # fmt: skip


class PythonTypes:
    """Evaluates expressions in the Python files of one snapshot. What was found once is kept."""

    def __init__(self, links: Links) -> None:
        self.links = links
        self.index = links.index
        self.annotations = Annotations(self)
        self.calls = Calls(self)
        self._depth = 0
        self.memo: Memo[Values] = Memo((), _MOST_DEEP)
        self._by_type: dict[str, Callable[[str, Node], Values]] = {
            "identifier": self._identifier,
            "attribute": self._attribute,
            "call": self.calls.call,
            "subscript": self._subscript,
            "await": self._first_child,
            "parenthesized_expression": self._first_child,
            "type": self._first_child,
            "expression_statement": self._first_child,
            "named_expression": lambda path, node: self._field(path, node, "value"),
            "assignment": lambda path, node: self._field(path, node, "right"),
            "conditional_expression": self._conditional,
            "boolean_operator": self._either,
            "binary_operator": self._operator,
            "list": self._list,
            "set": self._list,
            "tuple": self._tuple,
            "expression_list": self._tuple,
            "dictionary": self._dictionary,
            "list_comprehension": self._comprehension,
            "set_comprehension": self._comprehension,
            "generator_expression": self._comprehension,
            "dictionary_comprehension": self._dictionary_comprehension,
            "lambda": self._lambda,
        }

    # -- What an expression stands for

    def evaluate(self, path: str, node: Node | None) -> Values:
        """The objects, classes, functions and modules that an expression may be; () if nobody knows."""
        if node is None:
            return ()
        if node.type in _LITERALS:
            return (EXTERNAL,)
        how = self._by_type.get(node.type)
        if how is None or self._depth >= _MOST_NESTED:
            return ()
        self._depth += 1
        try:
            return how(path, node)
        finally:
            self._depth -= 1

    def objects(self, path: str, node: Node | None) -> Values:
        """The same with variables and properties replaced by what they hold."""
        return self.held(self.evaluate(path, node))

    def member(self, path: str, values: Values, name: str) -> tuple[Values, bool]:
        """What values have under a name, and whether that took knowing the class of an object or its bases."""
        found: list[Value] = []
        typed = False
        for value in values:
            if isinstance(value, Module):
                found += self.links.member(value, name, path) or (EXTERNAL,)
            elif isinstance(value, Container) or value == EXTERNAL:
                found.append(EXTERNAL)
            elif isinstance(value, Instance | Target):
                members, inherited = self._of_class(value, name)
                found += members
                typed = typed or inherited or isinstance(value, Instance)
        return tuple(dict.fromkeys(found)), typed

    def _of_class(self, value: Instance | Target, name: str) -> tuple[Values, bool]:
        owner = value.of if isinstance(value, Instance) else value
        if self.definition(owner).kind not in CLASSES:
            return ((EXTERNAL,) if self.definition(owner).kind in FUNCTIONS else ()), False
        found, inherited = self.links.class_members(owner, name)
        if found:
            return tuple(found), inherited
        return self.calls.without_member(value, name), True

    def held(self, values: Values, receiver: Value | None = None) -> Values:
        """Values with variables replaced by what they hold, and properties by what they give."""
        found: list[Value] = []
        for value in values[:_MOST_VALUES]:
            if not isinstance(value, Target) or self.definition(value).kind in CLASSES:
                found.append(value)
            elif self.definition(value).kind not in FUNCTIONS:
                found += self.memo.get(("held", value), lambda target=value: self._in_variable(target))  # type: ignore[misc]
            elif self.is_property(value):
                found += self.calls.result(value, receiver)
            else:
                found.append(value)
        return tuple(dict.fromkeys(found))

    def definition(self, target: Target) -> Definition:
        """The definition of a target."""
        return self.index.view(target.path).definitions[target.at]

    def node_of(self, target: Target) -> Node | None:
        """The node of a definition of a function or class; of a variable, the one its name stands in."""
        definition = self.definition(target)
        name = self.node(target.path, definition.name_start, definition.name_end)
        return name.parent if name else None

    def node(self, path: str, start: int, end: int) -> Node | None:
        """The node between two offsets of a file, of the tree of the function around it."""
        return node_at(self.links.scope(path).syntax_at(start).tree, start, end)

    def is_property(self, target: Target) -> bool:
        """Whether a function is read like a field."""
        definition = self.definition(target)
        if definition.start == definition.name_start:
            return False
        head = self.index.data(target.path)[definition.start : definition.name_start]
        return any(name.endswith(("property", ".getter")) for name in decorators_of(head))

    # -- Names

    def _identifier(self, path: str, node: Node) -> Values:
        name, offset = text_of(node), node.start_byte
        bound = self.links.scope(path).lookup(name, offset)
        if bound is None or not bound.bindings:
            values = self.held(self.links.bare(path, name, offset).values)
        else:
            values = self._local(path, bound, offset)
        return narrowed_to(self, path, node) or values

    def _local(self, path: str, bound: Bound, offset: int) -> Values:
        """What a name that a function binds holds at an offset."""
        names = self.links.scope(path).locals_at(offset)
        found: list[Value] = []
        held = [one for one in bound.bindings if one.kind not in ("augmented", "deletion")]
        for binding in reaching(names, held, offset) if names else held:
            found += self.bound(path, binding)
        return tuple(dict.fromkeys(found))

    def bound(self, path: str, binding: Binding) -> Values:
        """What one place that binds a name gives it."""
        return self.memo.get(("bound", path, binding.start), lambda: self._bound(path, binding))

    def _bound(self, path: str, binding: Binding) -> Values:
        at = self.index.view(path).by_name_start.get(binding.start)
        if at is not None:
            target = Target(path, at)
            return self.held((target,)) if self.definition(target).kind not in FUNCTIONS else (target,)
        if binding.kind == "import":
            rows = [r for r in self.index.view(path).bound_imports.get(binding.name, ()) if r.start <= binding.start]
            return self.held(self.links.imported(path, rows[-1])) if rows else ()
        if binding.annotation:
            return self._annotated(path, binding)
        if binding.kind == "parameter":
            return self._parameter(path, binding)
        if binding.value is None:
            return ()
        return self._taken(path, self.node(path, *binding.value), binding.taken)

    def _annotated(self, path: str, binding: Binding) -> Values:
        place = binding.annotation or (0, 0)
        values = self.annotations.values(path, self.node(path, *place))
        if binding.kind == "parameter" and "*" in binding.taken:
            name = self.node(path, binding.start, binding.end)
            double = bool(name and name.parent and name.parent.type == "dictionary_splat_pattern")
            return (Container("dict", ((EXTERNAL,), values)) if double else Container("list", (values,)),)
        return values

    def _parameter(self, path: str, binding: Binding) -> Values:
        """What a parameter without an annotation is given: the object or class of a method, a fixture, its default."""
        name = self.node(path, binding.start, binding.end)
        function = enclosing_function(name)
        if "*" in binding.taken:
            return (EXTERNAL,)
        receiver = self._receiver(path, function) if function and first_parameter(function) == name else ()
        if receiver:
            return receiver
        fixture = fixture_for(self.index, path, binding.name)
        if fixture:
            return self._given(fixture)
        if binding.value is None:
            return ()
        values = self.objects(path, self.node(path, *binding.value))
        return tuple(value for value in values if isinstance(value, Instance))

    def _given(self, fixture: Target) -> Values:
        """What pytest passes for a fixture: what it gives or yields."""
        values = self.calls.result(fixture)
        return tuple(
            part
            for value in values
            for part in (value.parts[0] if isinstance(value, Container) and value.kind == "list" else (value,))
        )

    def _receiver(self, path: str, function: Node) -> Values:
        """What a method's first parameter is given; () for a function that is none."""
        name = function.child_by_field_name("name")
        at = self.index.view(path).by_name_start.get(name.start_byte) if name else None
        if at is None or name is None:
            return ()
        view = self.index.view(path)
        owner = view.definitions[at].parent
        if owner < 0 or view.definitions[owner].kind not in CLASSES or view.outer[at] != owner:
            return ()
        head = self.index.data(path)[view.definitions[at].start : name.start_byte]
        decorators = decorators_of(head)
        if "staticmethod" in decorators:
            return ()
        target = Target(path, owner)
        of_class = "classmethod" in decorators or text_of(name) in tables.CLASS_METHODS
        return (target if of_class else Instance(target),)

    # -- What variables hold

    def _in_variable(self, target: Target) -> Values:
        """What a variable, constant or field holds: by its annotation, else by all that is assigned to it."""
        definition = self.definition(target)
        if definition.kind == "type":
            return ()
        starts = [definition.name_start, *self._other_writes(target)]
        found: list[Value] = []
        for start in starts:
            declared, values = self._assigned(target.path, definition, start)
            if declared:
                return values
            found += values
        return tuple(dict.fromkeys(found))

    def _other_writes(self, target: Target) -> Iterator[int]:
        """Where else a field is assigned in the methods of its class."""
        view = self.index.view(target.path)
        definition = view.definitions[target.at]
        parent = definition.parent
        if parent < 0 or view.definitions[parent].kind not in CLASSES:
            return
        data = self.index.data(target.path)
        owner = view.definitions[parent]
        for use in view.uses.of(definition.name):
            inside = use.role == "write" and owner.start < use.start < owner.end
            if inside and data[max(0, use.start - 5) : use.start] == b"self.":
                yield use.start

    def _assigned(self, path: str, definition: Definition, start: int) -> tuple[bool, Values]:
        """Whether an annotation stands at one place where a variable is assigned, and what it is given there."""
        name = self._written(path, definition, start)
        assignment, steps = descend(name)
        if assignment is None:
            return False, self._bound_elsewhere(path, start)
        annotation = assignment.child_by_field_name("type")
        if annotation is not None:
            values = self.annotations.values(path, annotation)
            if values or assignment.child_by_field_name("right") is None:
                return True, values
        right = assignment.child_by_field_name("right")
        return False, self._taken(path, right, steps) if right else ()

    def _written(self, path: str, definition: Definition, start: int) -> Node | None:
        """The name at an offset that a statement assigns, in the smallest tree that shows the statement."""
        end = start + len(definition.name.encode())
        if self.links.scope(path).function_span(start) is None and definition.start <= start < definition.end:
            found = node_at(self.index.syntax(path, (definition.start, definition.end)).tree, start, end)
            if found:
                return found
        return self.node(path, start, end)

    def _bound_elsewhere(self, path: str, start: int) -> Values:
        """What is given to a name that no assignment binds: the target of a loop at the top of a file."""
        names = self.index.syntax(path).locals
        binding = names.at(start) if names else None
        if binding is None or binding.value is None or binding.start in self.index.view(path).by_name_start:
            return ()
        return self._taken(path, node_at(self.index.syntax(path).tree, *binding.value), binding.taken)

    def _taken(self, path: str, node: Node | None, taken: tuple[str | int, ...]) -> Values:
        """What is left of an expression's value after the steps by which a pattern takes it apart."""
        if node is None:
            return ()
        if taken and taken[0] == "caught":
            return self._objects_of_classes(path, node)
        values = self.objects(path, node)
        for step in taken:
            values = self._step(path, values, step)
        return values

    def _step(self, path: str, values: Values, step: str | int) -> Values:
        if step == "each":
            return self.elements(path, values)
        if step == "enter":
            return self.calls.entered(path, values)
        if step == "object":
            return tuple(Instance(value) for value in values if isinstance(value, Target))
        if isinstance(step, int):
            return self.item(path, values, step)
        if step == "*":
            return (Container("list", (self.elements(path, values),)),)
        return values if step == "default" else ()

    def _objects_of_classes(self, path: str, node: Node) -> Values:
        """The exceptions that a clause catches."""
        nodes = node.named_children if node.type == "tuple" else [node]
        values = [value for one in nodes for value in self.objects(path, one)]
        return tuple(Instance(value) if isinstance(value, Target) else value for value in values)

    # -- Expressions

    def _attribute(self, path: str, node: Node) -> Values:
        name = node.child_by_field_name("attribute")
        narrowed = narrowed_to(self, path, node)
        if narrowed or name is None:
            return narrowed
        found: list[Value] = []
        for value in self.objects(path, node.child_by_field_name("object")):
            values, _ = self.member(path, (value,), text_of(name))
            found += self.held(values, value)
        return tuple(dict.fromkeys(found))

    def _field(self, path: str, node: Node, field: str) -> Values:
        return self.evaluate(path, node.child_by_field_name(field))

    def _first_child(self, path: str, node: Node) -> Values:
        return self.evaluate(path, node.named_children[0]) if node.named_children else ()

    def _conditional(self, path: str, node: Node) -> Values:
        children = node.named_children
        found = [*self.objects(path, children[0]), *self.objects(path, children[-1])] if len(children) > 2 else []
        return tuple(dict.fromkeys(found))

    def _either(self, path: str, node: Node) -> Values:
        left, right = (self.objects(path, node.child_by_field_name(side)) for side in ("left", "right"))
        return tuple(dict.fromkeys((*left, *right)))

    def _operator(self, path: str, node: Node) -> Values:
        sign = node.child_by_field_name("operator")
        method = tables.OPERATORS.get(text_of(sign)) if sign else None
        left = self.objects(path, node.child_by_field_name("left"))
        if method is None or not left:
            return ()
        found: list[Value] = []
        for value in left:
            if isinstance(value, Instance):
                found += self.calls.of_method(path, value, method)
            elif not isinstance(value, Target):
                found.append(value)
        return tuple(dict.fromkeys(found))

    def _list(self, path: str, node: Node) -> Values:
        values = [value for child in node.named_children[:8] for value in self.objects(path, child)]
        return (Container("list", (tuple(dict.fromkeys(values)),)),)

    def _tuple(self, path: str, node: Node) -> Values:
        parts = tuple(self.objects(path, child) for child in node.named_children[:20] if child.type != "comment")
        return (Container("tuple", parts),) if parts else (EXTERNAL,)

    def _dictionary(self, path: str, node: Node) -> Values:
        pairs = [child for child in node.named_children[:8] if child.type == "pair"]
        keys, values = (
            tuple(dict.fromkeys(v for pair in pairs for v in self.objects(path, pair.child_by_field_name(side))))
            for side in ("key", "value")
        )
        return (Container("dict", (keys, values)),)

    def _comprehension(self, path: str, node: Node) -> Values:
        return (Container("list", (self.objects(path, node.child_by_field_name("body")),)),)

    def _dictionary_comprehension(self, path: str, node: Node) -> Values:
        body = node.child_by_field_name("body")
        parts = tuple(self.objects(path, body.child_by_field_name(side) if body else None) for side in ("key", "value"))
        return (Container("dict", parts),)

    def _lambda(self, path: str, node: Node) -> Values:
        return (Container("callable", (self.objects(path, node.child_by_field_name("body")),)),)

    def _subscript(self, path: str, node: Node) -> Values:
        values = self.objects(path, node.child_by_field_name("value"))
        key = node.child_by_field_name("subscript")
        number = int(text_of(key)) if key and key.type == "integer" and text_of(key).isdecimal() else None
        if key and key.type == "slice":
            return tuple(value for value in values if isinstance(value, Container) or value == EXTERNAL)
        return self.item(path, values, number)

    # -- What containers hold

    def item(self, path: str, values: Values, number: int | None) -> Values:
        """What `values[number]` is, `number` None for a key that is no number."""
        found: list[Value] = []
        for value in values:
            if isinstance(value, Target) or value == EXTERNAL:
                found.append(value)  # a generic class with its arguments; what strings and the like hold
            elif isinstance(value, Instance):
                found += self.calls.of_method(path, value, "__getitem__")
            elif isinstance(value, Container):
                found += _item_of(value, number)
        return tuple(dict.fromkeys(found))

    def elements(self, path: str, values: Values) -> Values:
        """What iterating over values gives."""
        found: list[Value] = []
        for value in values:
            if isinstance(value, Target) and self.definition(value).kind in CLASSES:
                found.append(Instance(value))  # the members of an enumeration
            elif isinstance(value, Instance):
                given = self.calls.of_method(path, value, "__iter__") or self.calls.of_method(path, value, "__aiter__")
                found += self.elements(path, tuple(one for one in given if one != value))
                found += self.calls.of_method(path, value, "__next__") if value in given else ()
            elif isinstance(value, Container):
                found += _elements_of(value)
        return tuple(dict.fromkeys(found))


def _item_of(container: Container, number: int | None) -> Values:
    if container.kind == "dict":
        return container.parts[1]
    if container.kind == "list":
        return container.parts[0]
    if container.kind == "tuple":
        if number is not None and number < len(container.parts):
            return container.parts[number]
        return _elements_of(container)
    return ()


def _elements_of(container: Container) -> Values:
    if container.kind == "tuple":
        return tuple(dict.fromkeys(value for part in container.parts for value in part))
    return container.parts[0] if container.kind in ("list", "dict") else ()


def is_known(values: Values) -> bool:
    """Whether anything is known: a local name whose object nobody knows is nothing."""
    return any(not isinstance(value, Local | Elsewhere) or value == EXTERNAL for value in values)
