"""Which of several overloads a call in a script means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.script import library as lib
from rlm_code.index.script.calls import Call, is_rest
from rlm_code.index.script.entities import Entities
from rlm_code.index.script.syntax import CLASSES, FUNCTIONS, Decl, Source, callee_of, has_word
from rlm_code.index.script.values import Type, Types

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.script.checker import Checker

_PLAIN = frozenset({"String", "Number", "Boolean", "RegExp", "Enum", "JSX"})


class Overloads:
    """Chooses overloads."""

    def __init__(self, checker: Checker) -> None:
        self._c = checker

    def meant(self, source: Source, start: int, entities: Entities) -> Entities:
        """Of overloads the one that a call means, and elsewhere the one that has a body, or the last."""
        functions = {entity: self._function(entity) for entity in entities if isinstance(entity, Decl)}
        kinds = {kind: entity for entity, kind in functions.items() if kind is not None}
        call = self._call_of(source, start) if kinds else None
        if call is not None and len(functions) > len(kinds):
            entities = tuple(kinds.values())
        if len(kinds) < 2:
            return entities
        kept = self.chosen(tuple(kinds), call) if call else self.implementing(tuple(kinds))
        return tuple(e for e in entities if not isinstance(e, Decl) or functions.get(e) is None or functions[e] in kept)

    def _function(self, decl: Decl) -> Type | None:
        """The function that a declaration names, if it is one."""
        source = self._c.sources.of(decl.path)
        name = source.name(decl.start) if source else None
        node = name.parent if name is not None else None
        if node is None or node.type not in FUNCTIONS or has_word(node, "get") or has_word(node, "set"):
            return None
        return Type("function", decl.path, node.start_byte, node.end_byte)

    def _call_of(self, source: Source, start: int) -> Call | None:
        """The call whose function the name at an offset is."""
        node = source.name(start)
        around = node.parent if node is not None else None
        if node is not None and around is not None and around.type == "member_expression":
            node, around = around, around.parent
        if around is not None and around.type in ("await_expression", "unary_expression"):
            around = around.parent
        if node is None or around is None or around.type != "call_expression":
            return None
        return self._c.calls.call(source, around) if callee_of(around) == node else None

    def chosen(self, types: Types, call: Call) -> Types:
        """Some types with, of each set of overloads, the one that a call means: the first that its arguments fit."""
        groups: dict[object, list[Type]] = {}
        for kind in types:
            groups.setdefault(self._overloaded(kind), []).append(kind)
        return tuple(kind for group in groups.values() for kind in self._first_fitting(group, call))

    def implementing(self, types: Types) -> Types:
        """Some types with, of each set of overloads, those that have a body, else the last."""
        groups: dict[object, list[Type]] = {}
        for kind in types:
            groups.setdefault(self._overloaded(kind), []).append(kind)
        return tuple(
            kind
            for group in groups.values()
            for kind in [each for each in group if self._is_hidden(each)] or group[-1:]
        )

    def _overloaded(self, kind: Type) -> object:
        """What the overloads of one function have in common."""
        if kind.kind != "function":
            return kind
        source, node = self._c.calls.node(kind)
        name = node.child_by_field_name("name") if node is not None else None
        around = node.parent if node is not None else None
        if around is not None and around.type == "export_statement":
            around = around.parent
        if source is None or name is None or around is None:
            return kind
        return source.path, around.start_byte, source.text(name)

    def _first_fitting(self, group: list[Type], call: Call) -> list[Type]:
        if len(group) < 2:
            return group
        open_ones = [kind for kind in group if not self._is_hidden(kind)] or group
        by_count = [kind for kind in open_ones if self._takes(kind, len(call.arguments))] or open_ones
        return [next((kind for kind in by_count if self._fits(kind, call)), by_count[0])]

    def _is_hidden(self, kind: Type) -> bool:
        """Whether overloads hide a function: it has a body, they have none."""
        _, node = self._c.calls.node(kind)
        return node is not None and node.child_by_field_name("body") is not None

    def _fits(self, kind: Type, call: Call) -> bool:
        source, node = self._c.calls.node(kind)
        parameters = self._c.calls.parameters(source, node) if source and node else []
        for argument, parameter in zip(call.arguments, parameters, strict=False):
            written = parameter.child_by_field_name("type")
            if written is None or source is None or is_rest(parameter):
                continue
            if not self._accepts(source, written, call.source, argument):
                return False
        return True

    def _accepts(self, source: Source, written: Node, caller: Source, argument: Node) -> bool:
        """Whether an argument can be of a written type, as far as is known."""
        if written.named_children and written.named_children[0].type == "type_query":
            queried = self._c.names.qualified(source, written.named_children[0].named_children[0])
            return not queried or self._c.names.qualified(caller, argument) in ((), queried)
        text = caller.text(argument)
        wanted = [source.text(node) for node in _literals(written)]
        if wanted and argument.type == "string":
            return text[1:-1] in [each[1:-1] for each in wanted]
        expected, given = self._c.written.of(source, written), self._c.expressions.of(caller, argument)
        if not expected or not given:
            return True
        return any(self._is_a(one, other) for one in given for other in expected)

    def _is_a(self, given: Type, expected: Type) -> bool:
        if expected.kind == "library" and given.kind == "library":
            return expected.path == given.path or not {expected.path, given.path} <= _PLAIN
        if expected.kind == "library":
            return expected.path not in _PLAIN and (given.kind == "instance" or expected.path not in lib.ARRAYS)
        if given.kind == "library":
            return given.path not in _PLAIN | lib.ARRAYS or expected.kind == "parameter"
        if given.kind == "instance" and expected.kind == "instance":
            return self._inherits(given, expected)
        return not (given.kind == "function" and expected.kind == "instance" and self._is_class(expected))

    def _inherits(self, given: Type, expected: Type) -> bool:
        """Whether objects of one type are of another: certainly not where that is a class that it does not inherit."""
        seen = [given]
        for current in seen[:20]:
            if current.kind == "instance":
                seen += [base for base in self._c.written.heritage(current) if base not in seen]
        same = any(each[:4] == expected[:4] for each in seen)
        return same or not self._is_class(expected)

    def _is_class(self, kind: Type) -> bool:
        _, node = self._c.calls.node(kind)
        return node is not None and node.type in CLASSES

    def _takes(self, kind: Type, count: int) -> bool:
        source, node = self._c.calls.node(kind)
        parameters = self._c.calls.parameters(source, node) if source and node else []
        needed = sum(p.type == "required_parameter" and p.child_by_field_name("value") is None for p in parameters)
        rest = bool(parameters) and is_rest(parameters[-1])
        return needed - rest <= count and (rest or count <= len(parameters))


def _literals(written: Node) -> list[Node]:
    """The strings that a type allows, if it allows nothing else."""
    if written.type in ("type_annotation", "parenthesized_type") and written.named_children:
        return _literals(written.named_children[0])
    if written.type == "literal_type":
        return [child for child in written.named_children if child.type == "string"]
    if written.type == "union_type":
        parts = [_literals(child) for child in written.named_children]
        return [node for part in parts for node in part] if all(parts) else []
    return []
