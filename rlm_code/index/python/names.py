"""What an identifier in Python refers to: a bare name, a member of what stands before a dot, a keyword of a call.

Text decides where it can; only where objects must be known is the function around the name read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING

from rlm_code.index.expressions import Step, dot_before, receiver
from rlm_code.index.fileview import CLASSES, FUNCTIONS
from rlm_code.index.hierarchy import Hierarchy
from rlm_code.index.links import Links
from rlm_code.index.python.imports import module_up_to
from rlm_code.index.python.tree import text_of
from rlm_code.index.python.types import PythonTypes, Values
from rlm_code.index.values import EXTERNAL, UNKNOWN, Instance, Local, Module, Resolution, Target, Value
from rlm_code.parse.facts import Occurrence

if TYPE_CHECKING:
    from tree_sitter import Node

_KEYWORD_ARGUMENT = re.compile(rb"\s*=(?!=)")
_ACCESSORS = frozenset({"setter", "getter", "deleter"})
_MOST_SUBCLASSES = 200
_MOST_BLANK = 200
_PARTIALS = frozenset({"partial", "partialmethod"})
_OF_FIRST = _PARTIALS | {"replace", "evolve", "_replace"}
"""Functions from outside whose named arguments are those of another call."""

_ELSEWHERE = Resolution((EXTERNAL,), "exact")


class PythonNames:
    """Resolves uses of names in the Python files of one snapshot."""

    def __init__(self, links: Links, hierarchy: Hierarchy) -> None:
        self.types = PythonTypes(links)
        self._links = links
        self._hierarchy = hierarchy
        self._index = links.index

    def resolve(self, path: str, use: Occurrence) -> Resolution:
        """What a use of a name, no import, refers to."""
        data = self._index.data(path)
        if dot_before(data, use.start) is not None:
            return self._attribute(path, use, data)
        if self._names_argument(data, use):
            return self._keyword(path, use)
        return self._links.bare(path, use.name, use.start)

    def module(self, path: str, use: Occurrence) -> Resolution | None:
        """The module that a part of a dotted name in an import names; None if it names none."""
        name = module_up_to(self._index.view(path), self._index.data(path), use)
        if name is None:
            return None
        found = self._links.modules.of(path).locate(path, name)
        return _ELSEWHERE if found is None else Resolution((found,), "exact")

    def stays_in_file(self, path: str, use: Occurrence) -> bool:
        """Whether a use is known to mean nothing of another file: a bare name that its file does not import."""
        view = self._index.view(path)
        if use.role == "import" or view.star_imports or use.name in view.bound_imports:
            return False
        data = self._index.data(path)
        return dot_before(data, use.start) is None and not self._names_argument(data, use)

    def _names_argument(self, data: bytes, use: Occurrence) -> bool:
        """Whether a name may stand before `=` in a call, which may stand in a type: `Annotated[int, field(name=1)]`."""
        if use.role not in ("read", "type") or not _KEYWORD_ARGUMENT.match(data, use.start + len(use.name.encode())):
            return False
        return use.role == "read" or data[max(0, use.start - _MOST_BLANK) : use.start].rstrip().endswith((b"(", b","))

    def may_mean(self, path: str, use: Occurrence, *, member: bool) -> bool:
        """Whether a use about which nothing is known may mean a member of a class, or what is none."""
        return member == (dot_before(self._index.data(path), use.start) is not None)

    # -- Members

    def _attribute(self, path: str, use: Occurrence, data: bytes) -> Resolution:
        if (
            use.name in _ACCESSORS
            and use.role == "call"
            and data[data.rfind(b"\n", 0, use.start) + 1 :].lstrip()[:1] == b"@"
        ):
            return _ELSEWHERE
        steps = receiver(data, use.start)
        plain = steps is not None and all(step.kind in ("name", "member") for step in steps)
        quick = self._quickly(path, steps, use.start, data) if steps and plain else None
        values, exact = quick or self._from_tree(path, use)
        if not values:
            return UNKNOWN
        found, typed = self.types.member(path, values, use.name)
        if not found:
            return self._missing(values, use.name)
        return Resolution(found, "exact" if exact and not typed else "inferred")

    def _quickly(self, path: str, steps: list[Step], offset: int, data: bytes) -> tuple[Values, bool] | None:
        """What a dotted name stands for, and whether that took names alone; None if a function's tree must tell."""
        first = steps[0]
        scope = self._links.scope(path)
        span = scope.function_span(offset)
        if span and data.find(b"isinstance", *span) >= 0:
            return None
        if first.name == "self" and span:
            owner = self._object_around(path, offset)
            values: Values = (Instance(owner),) if owner else ()
            exact = False
        else:
            bound = scope.lookup(first.name, first.offset)
            if bound and bound.bindings:
                return None
            values = self._links.bare(path, first.name, first.offset).values
            exact = all(isinstance(value, Module) or self._is_class(value) or value == EXTERNAL for value in values)
            values = self.types.held(values)
        for step in steps[1:]:
            members, typed = self.types.member(path, values, step.name)
            exact = exact and not typed and all(isinstance(v, Module) or self._is_class(v) for v in members)
            values = tuple(dict.fromkeys(held for v in values for held in self.types.attribute(path, v, step.name)))
        return (values, exact) if values or first.name != "self" else None

    def _object_around(self, path: str, offset: int) -> Target | None:
        """The class whose method is the innermost one around an offset."""
        view = self._index.view(path)
        at = view.enclosing(offset)
        while at >= 0 and view.definitions[at].kind not in FUNCTIONS:
            at = view.outer[at]
        while at >= 0 and view.definitions[at].kind not in CLASSES:
            at = view.outer[at]
        return Target(path, at) if at >= 0 else None

    def _is_class(self, value: Value) -> bool:
        return isinstance(value, Target) and self.types.definition(value).kind in CLASSES

    def _from_tree(self, path: str, use: Occurrence) -> tuple[Values, bool]:
        name = self.types.node(path, use.start, use.start + len(use.name.encode()))
        attribute = name.parent if name else None
        if attribute is None or attribute.type != "attribute":
            return (), False
        return self.types.objects(path, attribute.child_by_field_name("object")), False

    def _missing(self, values: Values, name: str) -> Resolution:
        """What a member can be that the classes of an object do not have: one of a subclass."""
        found: dict[Value, None] = {}
        for value in values:
            if isinstance(value, Instance | Target):
                owner = value.of if isinstance(value, Instance) else value
                for below in islice(self._hierarchy.below(owner), _MOST_SUBCLASSES):
                    found |= dict.fromkeys(self._links.class_members(below, name)[0])
        return Resolution(tuple(found), "name") if found else Resolution((EXTERNAL,), "inferred")

    # -- Keywords

    def _keyword(self, path: str, use: Occurrence) -> Resolution:
        """What a name before `=` refers to: the parameter that an argument binds, or a field that a class makes one;
        a field in a pattern; in `{name=}`, the name itself."""
        name = self.types.node(path, use.start, use.start + len(use.name.encode()))
        around = name.parent if name else None
        if name is None or around is None or around.named_children[0] != name:
            return self._links.bare(path, use.name, use.start)
        found: Sequence[Target | Local] = []
        if around.type == "keyword_argument" and around.parent and around.parent.parent:
            found = self._bound_by_argument(path, around.parent, around.parent.parent, use.name)
        elif around.type == "keyword_pattern" and around.parent and around.parent.parent:
            values = self.types.objects(path, around.parent.parent.named_children[0])
            members = (self._links.class_members(value, use.name)[0] for value in values if isinstance(value, Target))
            found = [one for several in members for one in several]
        elif around.type not in ("keyword_argument", "keyword_pattern"):
            return self._links.bare(path, use.name, use.start)
        return Resolution(tuple(dict.fromkeys(found)), "inferred") if found else _ELSEWHERE

    def _bound_by_argument(self, path: str, arguments: Node, call: Node, name: str) -> list[Target | Local]:
        """What a keyword argument binds in a call or in the header of a class."""
        if call.type == "class_definition":
            makers = self.types.classes.made_with(path, call)
            return [one for maker in makers for one in self._parameter(maker, name)]
        return [one for value in self._called(path, call) for one in self._parameters(path, value, name)]

    def _called(self, path: str, call: Node) -> Values:
        """What a call calls; of one that makes a partial, what that will call; of one that makes a changed copy, the
        class of what is copied."""
        function, arguments = call.child_by_field_name("function"), call.child_by_field_name("arguments")
        if call.type != "call" or function is None or arguments is None:
            return ()
        values = self.types.objects(path, function)
        name = text_of(function).rpartition(".")[2]
        if EXTERNAL not in values or name not in _OF_FIRST:
            return values
        first = function.child_by_field_name("object") if name == "_replace" else arguments.named_child(0)
        given = self.types.objects(path, first)
        return given if name in _PARTIALS else tuple(value.of for value in given if isinstance(value, Instance))

    def _parameters(self, path: str, value: Value, name: str) -> Sequence[Target | Local]:
        if isinstance(value, Instance):
            called, _ = self._links.class_members(value.of, "__call__")
            return [one for target in called for one in self._parameter(target, name)]
        if not isinstance(value, Target):
            return []
        if not self._is_class(value):
            return self._parameter(value, name)
        for constructor in ("__init__", "__new__"):
            made, _ = self._links.class_members(value, constructor)
            if made:
                return [one for target in made for one in self._parameter(target, name)]
        return self._links.class_members(value, name)[0]

    def _parameter(self, function: Target, name: str) -> list[Local]:
        """The parameter of a function that has a name."""
        definition = self.types.definition(function)
        names = self._links.scope(function.path).locals_at(definition.name_start)
        bindings = names.bindings if names and definition.kind in FUNCTIONS else []
        return [
            Local(function.path, binding.start, name)
            for binding in bindings
            if binding.name == name
            and binding.kind == "parameter"
            and definition.name_end < binding.start < definition.header_end
            and "*" not in binding.taken
        ][:1]
