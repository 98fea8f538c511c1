"""What an expression stands for, as far as syntax shows: classes, objects of classes, modules, functions.

Names are resolved by scope and imports; objects get their class from annotations, from `x = Class()`, from the
results that functions declare. What is not shown is not guessed: then there are no values.
"""

from __future__ import annotations

import re

from rlm_code.index import type_text
from rlm_code.index.expressions import Step, expression
from rlm_code.index.fileview import CLASSES, FUNCTIONS
from rlm_code.index.fixtures import fixture_for
from rlm_code.index.links import Links
from rlm_code.index.memo import Memo
from rlm_code.index.values import EXTERNAL, LOCAL, Container, Elsewhere, Instance, Local, Module, Target, Value
from rlm_code.parse.facts import Definition

Values = tuple[Value, ...]

_ASSIGNED = re.compile(rb"\s*(?::=|=(?![=>]))\s*")
_FIRST_OF_SEVERAL = re.compile(rb"\s*,\s*\w+\s*(?::=|=(?!=))\s*")
_WITH = re.compile(rb"\bwith\s+([^\n:]*?)\s+as\s+$")
_EXCEPT = re.compile(rb"\bexcept\s+([\w.]+)\s+as\s+$")
_RETURN = re.compile(rb"\breturn\s+")
_YIELD = re.compile(rb"\byield\s+")
_PROPERTY = re.compile(rb"@(?:[\w.]*\.)?(?:cached_)?property\b|@\w+\.getter\b|\bget\s+$")
_CONSTANTS = frozenset({"None", "True", "False", "null", "undefined", "nil", "true", "false"})
_BUILT_IN_CLASSES = frozenset(
    {"dict", "list", "set", "tuple", "str", "int", "float", "bytes", "bytearray", "frozenset", "open", "range"}
)
_MOST_DEEP = 12
_LONGEST_STATEMENT = 300
_NAMESPACES = CLASSES | {"namespace", "module", "constant", "variable", "property"}


class Types:
    """Evaluates expressions in the files of one snapshot. What was found once is kept."""

    def __init__(self, links: Links) -> None:
        self.links = links
        self._index = links.index
        self._memo: Memo[Values] = Memo((), _MOST_DEEP)

    def evaluate(self, path: str, steps: list[Step]) -> tuple[Values, bool]:
        """What an expression in a file stands for, and whether types had to be followed to know."""
        first, *rest = steps
        values, typed = self._first(path, first)
        if first.name == "super" and rest and rest[0].kind == "call":
            del rest[0]
        for at, step in enumerate(rest):
            if not values:
                break
            called = at + 1 < len(rest) and rest[at + 1].kind == "call"
            if step.kind == "member":
                values, through = self.members(path, values, step.name)
                typed = typed or through
                if not called:
                    values = self._objects(values, properties=True)
            elif step.kind == "call":
                typed = True
                values = self._called(values, steps[at].name)
            else:
                values = ()
        return values, typed

    def members(self, path: str, values: Values, name: str) -> tuple[Values, bool]:
        """What these values have under a name, and whether that took knowing an object's class or bases."""
        found: list[Value] = []
        typed = False
        for value in self._objects(values, properties=False):
            if isinstance(value, Module):
                found += self.links.member(value, name, path) or (EXTERNAL,)
            elif isinstance(value, Elsewhere | Local | Container):
                found += [EXTERNAL] if value == EXTERNAL else []
            else:
                owner = value.of if isinstance(value, Instance) else value
                members, inherited = self._own(owner, name)
                found += members
                typed = typed or inherited or isinstance(value, Instance)
        return tuple(dict.fromkeys(found)), typed

    def _own(self, owner: Target, name: str) -> tuple[list[Target], bool]:
        if self._definition(owner).kind not in _NAMESPACES:
            return [], False
        return self.links.class_members(owner, name)

    def _first(self, path: str, step: Step) -> tuple[Values, bool]:
        family = self._index.family(path)
        if step.name in _CONSTANTS or (family.name == "go" and step.name in ("new", "make")):
            return (), False
        if step.name in family.receivers or step.name == "super":
            owner = self.links.class_around(path, step.offset)
            if owner is None:
                return (), True
            if step.name == "super":
                return tuple(Instance(base) for base in self.links.bases(owner)), True
            return (owner if step.name == "cls" else Instance(owner),), True
        binding = self.links.scope(path).lookup(step.name, step.offset)
        if binding and binding.local:
            return self._local(path, step.name, binding.function), True
        return self.links.bare(path, step.name, step.offset).values, False

    def _objects(self, values: Values, *, properties: bool) -> Values:
        """Values with variables replaced by what they hold, and, if asked, properties by what they give."""
        if not any(isinstance(value, Target) for value in values):
            return values
        found: list[Value] = []
        for value in values:
            kind = self._definition(value).kind if isinstance(value, Target) else ""
            if not isinstance(value, Target) or kind in CLASSES:
                found.append(value)
            elif kind not in FUNCTIONS:
                found += self._held(value) or ((value,) if kind in _NAMESPACES else ())
            elif properties and self._is_property(value):
                found += self._result(value)
            else:
                found.append(value)
        return tuple(dict.fromkeys(found))

    def _called(self, values: Values, name: str) -> Values:
        """What calling these values gives. From outside, a class gives its object; a function, who knows."""
        found: list[Value] = []
        for value in self._objects(values, properties=False):
            if isinstance(value, Target):
                is_class = self._definition(value).kind in CLASSES
                found += (Instance(value),) if is_class else self._result(value)
            elif value == EXTERNAL and (name[:1].isupper() or name in _BUILT_IN_CLASSES):
                found.append(EXTERNAL)
        return tuple(dict.fromkeys(found))

    def _held(self, target: Target) -> Values:
        """The objects that a variable, constant, field or property holds."""
        definition = self._definition(target)
        place = (target.path, definition.name, definition.name_start, definition.end)
        return self._memo.get(("held", target), lambda: self._bound_at(*place))

    def _local(self, path: str, name: str, function: int) -> Values:
        """The objects that a local variable or parameter holds: of all its bindings, those that are understood."""
        return self._memo.get(("local", path, function, name), lambda: self._bound_locally(path, name, function))

    def _bound_locally(self, path: str, name: str, function: int) -> Values:
        header_end = self._index.view(path).definitions[function].header_end if function >= 0 else 0
        found: list[Value] = []
        open_ended = False
        for offset in self.links.scope(path).local_bindings(name, function):
            values = self._bound_at(path, name, offset, len(self._index.data(path)))
            if not values and offset < header_end:
                values = self._given(path, name)
            open_ended = open_ended or not values or offset < header_end
            found += values
        return tuple(dict.fromkeys(value for value in found if value != EXTERNAL or not open_ended)) or (LOCAL,)

    def _given(self, path: str, name: str) -> Values:
        """What pytest passes for a parameter of a test."""
        fixture = fixture_for(self._index, path, name)
        if fixture is None:
            return ()
        definition = self._definition(fixture)
        return self._result(fixture) or self._returned(fixture, definition, self._index.data(fixture.path), _YIELD)

    def _bound_at(self, path: str, name: str, start: int, limit: int) -> Values:
        """What is bound to the name that stands at `start`: by its annotation, else by the value assigned."""
        data = self._index.data(path)
        end = start + len(name.encode())
        family = self._index.family(path).name
        names = type_text.declared(family, data, start, end)
        if names:
            return self._objects_of(path, names)
        assigned = _ASSIGNED.match(data, end, limit) or _FIRST_OF_SEVERAL.match(data, end, limit)
        if assigned:
            return self._assigned(path, assigned.end(), limit)
        return self._bound_by_statement(path, data, start)

    def _bound_by_statement(self, path: str, data: bytes, start: int) -> Values:
        line_start = max(data.rfind(b"\n", 0, start) + 1, start - _LONGEST_STATEMENT)
        caught = _EXCEPT.search(data, line_start, start)
        if caught:
            return self._objects_of(path, [type_text.TypeName(caught[1].decode(), caught.start(1))])
        entered = _WITH.search(data, line_start, start)
        return self._assigned(path, entered.start(1), entered.end(1)) if entered else ()

    def _assigned(self, path: str, start: int, limit: int) -> Values:
        """What the expression at `start` stands for, if it is one that ends its line."""
        data = self._index.data(path)
        read = expression(data, start, limit)
        if read is None:
            return ()
        steps, end = read
        rest = data[end : min(limit, end + 40)].split(b"\n", 1)[0].strip()
        if rest and rest[:1] not in (b"#", b";", b",", b"/", b")", b":", b"}"):
            return ()
        return self._objects(self.evaluate(path, steps)[0], properties=True)

    def _objects_of(self, path: str, names: list[type_text.TypeName]) -> Values:
        found: list[Value] = []
        for name in names:
            found += [Instance(t) if not name.is_class else t for t in self._classes(path, name)]
        return tuple(dict.fromkeys(found))

    def _classes(self, path: str, name: type_text.TypeName) -> list[Target]:
        """The classes of this snapshot that a type's name means."""
        if name.dotted in ("Self", "self", "static"):
            owner = self.links.class_around(path, name.offset)
            return [owner] if owner else []
        first, *rest = name.dotted.replace("::", ".").split(".")
        values: Values = self.links.bare(path, first, name.offset).values
        for part in rest:
            values, _ = self.members(path, values, part)
        return [value for value in values if isinstance(value, Target) and self._definition(value).kind in CLASSES]

    def _result(self, target: Target) -> Values:
        """The objects that calling a function gives: by its annotation, else by what it returns."""
        return self._memo.get(("result", target), lambda: self._declared_result(target))

    def _declared_result(self, target: Target) -> Values:
        definition = self._definition(target)
        data = self._index.data(target.path)
        family = self._index.family(target.path).name
        names = type_text.returned(family, data, definition.name_start, definition.name_end, definition.header_end)
        return self._objects_of(target.path, names) if names else self._returned(target, definition, data)

    def _returned(
        self, target: Target, definition: Definition, data: bytes, statement: re.Pattern[bytes] = _RETURN
    ) -> Values:
        found: list[Value] = []
        for match in statement.finditer(data, definition.header_end, definition.end):
            if self._index.view(target.path).enclosing(match.start()) == target.at:
                found += self._assigned(target.path, match.end(), definition.end)
        return tuple(dict.fromkeys(value for value in found if isinstance(value, Instance | Target)))

    def _is_property(self, target: Target) -> bool:
        definition = self._definition(target)
        return bool(_PROPERTY.search(self._index.data(target.path), definition.start, definition.name_start))

    def _definition(self, target: Target) -> Definition:
        return self._index.view(target.path).definitions[target.at]
