"""Which of several methods a call means: by the number of its arguments, then by what is known of their types."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rlm_code.index.typed.java_classes import JavaClasses
from rlm_code.index.typed.java_library import BOXES, function_inputs
from rlm_code.index.typed.model import ARRAY, Member, Target, Type, Types, Variable, simple, substitute
from rlm_code.index.typed.tree import children_of_type

if TYPE_CHECKING:
    from tree_sitter import Node

_WIDER = {
    "byte": ("short", "int", "long", "float", "double"), "short": ("int", "long", "float", "double"),
    "char": ("int", "long", "float", "double"), "int": ("long", "float", "double"), "long": ("float", "double"),
    "float": ("double",),
}  # fmt: skip
_FINAL = frozenset({"String", *BOXES, *BOXES.values()})
_CLOSED = {
    "Class": frozenset({"Type", "Serializable", "GenericDeclaration", "AnnotatedElement", "Object"}),
    "String": frozenset({"CharSequence", "Comparable", "Serializable", "Object"}),
    "StringBuilder": frozenset({"CharSequence", "Comparable", "Serializable", "Appendable", "Object"}),
    "StringBuffer": frozenset({"CharSequence", "Comparable", "Serializable", "Appendable", "Object"}),
    "Method": frozenset(
        {"Member", "Executable", "AccessibleObject", "AnnotatedElement", "GenericDeclaration", "Object"}
    ),
    "Field": frozenset({"Member", "AccessibleObject", "AnnotatedElement", "Object"}),
}
_NUMBERS = frozenset({*BOXES.values(), "BigInteger", "BigDecimal", "AtomicInteger", "AtomicLong"}) - {
    "Boolean",
    "Character",
}
_MOST_COMPARED = 100
_MOST_SCORED = 500
_ANYTHING = frozenset({"Object", "Serializable", "Comparable", "CharSequence", "Number", "Constable"})


class Parameter(NamedTuple):
    """One parameter of a method: its types, as far as they are known."""

    types: Types
    variadic: bool


class Argument(NamedTuple):
    """One argument of a call: its types, or how many parameters the function that it is takes (-1: unknown)."""

    types: Types
    function: int | None = None
    null: bool = False


class JavaOverloads:
    """Chooses among methods."""

    def __init__(self, classes: JavaClasses) -> None:
        self._classes = classes
        self._parameters: dict[Target, list[Parameter] | None] = {}
        self._signatures: dict[tuple[Parameter, ...], int] = {}
        self._signature: dict[Target, int] = {}
        self._narrowest: dict[tuple[int, ...], frozenset[int]] = {}

    def choose(self, members: list[Member], arguments: list[Argument]) -> list[Member]:
        """The methods that a call with these arguments means; several only where nothing tells them apart, or where
        there are more than anyone writes."""
        if len(members) > _MOST_SCORED:
            return members
        fitting = [member for member in members if self.takes(member.target, len(arguments))]
        if len(fitting) < 2:
            return fitting
        scored = list(zip(self._scores(fitting, arguments), fitting, strict=True))
        best = max(score for score, _ in scored)
        chosen = [member for score, member in scored if score == best]
        return self._most_narrow([member for member in chosen if member.owner == chosen[0].owner])

    def _scores(self, members: list[Member], arguments: list[Argument]) -> list[int]:
        """How well the arguments fit each method; methods with the same parameters are looked at once."""
        known: dict[tuple[int, Type], int] = {}
        keys = [(self._signature_of(member.target), member.owner) for member in members]
        for key, member in zip(keys, members, strict=True):
            if key not in known:
                known[key] = self._score(member, arguments)
        return [known[key] for key in keys]

    def _most_narrow(self, members: list[Member]) -> list[Member]:
        """The methods than which no other is narrower; all where there are too many to compare."""
        different = {self._signature_of(member.target): member for member in members}
        if not 1 < len(different) <= _MOST_COMPARED:
            return members
        key = tuple(different)
        if key not in self._narrowest:
            rows = different.items()
            wide = {at for at, one in rows if any(self._narrower(other, one) for other in different.values())}
            self._narrowest[key] = frozenset(different) - wide
        return [member for member in members if self._signature_of(member.target) in self._narrowest[key]]

    def _signature_of(self, target: Target) -> int:
        """A number that methods with the same parameters share."""
        if target not in self._signature:
            parameters = tuple(self.parameters(target) or ())
            self._signature[target] = self._signatures.setdefault(parameters, len(self._signatures))
        return self._signature[target]

    def _narrower(self, one: Member, other: Member) -> bool:
        """Whether whatever one method takes the other takes too, but not the other way round."""
        return self._covers(other, one) and not self._covers(one, other)

    def _covers(self, wide: Member, narrow: Member) -> bool:
        pairs = zip(self.parameters(wide.target) or (), self.parameters(narrow.target) or (), strict=False)
        return all(
            any(
                self.compare(a, b) >= 3 or is_object(b)
                for a in one.types
                for b in other.types
                if isinstance(a, Type) and isinstance(b, Type)
            )
            for other, one in pairs
        )

    def parameters(self, target: Target) -> list[Parameter] | None:
        """The parameters of a method; None if it is none."""
        if target not in self._parameters:
            self._parameters[target] = self._read(target)
        return self._parameters[target]

    def is_plain(self, members: list[Member], count: int) -> bool:
        """Whether the number of arguments alone says which method is meant."""
        fitting = {member.target for member in members[:_MOST_SCORED] if self.takes(member.target, count)}
        return len(fitting) == 1 and len(members) <= _MOST_SCORED

    def takes(self, target: Target, count: int) -> bool:
        """Whether a method can be called with so many arguments."""
        parameters = self.parameters(target)
        if parameters is None:
            return count == 0
        if parameters and parameters[-1].variadic:
            return count >= len(parameters) - 1
        return count == len(parameters)

    def _read(self, target: Target) -> list[Parameter] | None:
        node = self._classes.declaring(target)
        written = node.child_by_field_name("parameters") if node else None
        if written is None:
            return None if node is None or node.type != "annotation_type_element_declaration" else []
        return [
            Parameter(self._classes.read(target.path, type_of_parameter(inner)), inner.type == "spread_parameter")
            for inner in children_of_type(written, "formal_parameter", "spread_parameter")
        ]

    def _score(self, member: Member, arguments: list[Argument]) -> int:
        parameters = self.parameters(member.target) or []
        mapping = self._classes.arguments(member.owner)
        spread = bool(parameters) and parameters[-1].variadic
        total = 0 if not spread else -3
        for at, argument in enumerate(arguments):
            parameter = parameters[min(at, len(parameters) - 1)]
            types = substitute(parameter.types, mapping)
            if parameter.variadic and len(arguments) == len(parameters):
                types = (*types, Type(ARRAY, (types,)))
            score = max((self._fits(argument, t) for t in types if isinstance(t, Type)), default=2)
            if score < 0:
                return -1000
            total += 4 * score
        return total + 1

    def _fits(self, argument: Argument, wanted: Type) -> int:
        if argument.function is not None:
            return self._fits_function(argument.function, wanted)
        if argument.null:
            return -1 if wanted.of in BOXES else 2
        unknown = 1 if isinstance(wanted.of, Target) else 2  # what is unknown is mostly from elsewhere
        return max((self.compare(t, wanted) for t in argument.types if isinstance(t, Type)), default=unknown)

    def _fits_function(self, count: int, wanted: Type) -> int:
        if isinstance(wanted.of, Target):
            method = self.functional_method(wanted)
            if method is None:
                return -1
            return 3 if count < 0 or self.takes(method.target, count) else -1
        if isinstance(wanted.of, str):
            inputs = function_inputs(wanted)
            if inputs is None:
                return -1 if simple(wanted.of) in _FINAL or wanted.of == ARRAY else 1
            return 3 if count < 0 or len(inputs) == count else -1
        return 1

    def functional_method(self, wanted: Type) -> Member | None:
        """The one method that a functional interface leaves open."""
        if not isinstance(wanted.of, Target) or self._classes.kind(wanted.of) != "interface":
            return None
        for current in self._classes.lineage(wanted):
            for target in self._classes.methods_without_body(current.of):
                return Member(target, current)
        return None

    def compare(self, known: Type, wanted: Type) -> int:
        """How well an object of one type fits where another is wanted: 4 the same, -1 never."""
        if isinstance(wanted.of, Variable) and self._classes.is_of_method(wanted.of):
            return min(2, self._compare_any((known,), self._classes.supertypes(wanted)))
        if known.of == wanted.of or same_name(known.of, wanted.of):
            return self._compare_arrays(known, wanted) if known.of == ARRAY else 4
        if isinstance(known.of, Variable):
            return self._compare_any(self._classes.supertypes(known) or (Type("Object"),), (wanted,))
        if isinstance(wanted.of, Variable):
            return self._compare_any((known,), self._classes.supertypes(wanted))
        if isinstance(known.of, str) and isinstance(wanted.of, str):
            return _compare_external(simple(known.of), simple(wanted.of))
        return self._compare_classes(known, wanted)

    def _compare_any(self, known: Types, wanted: Types) -> int:
        pairs = [(a, b) for a in known for b in wanted if isinstance(a, Type) and isinstance(b, Type)]
        return max((self.compare(a, b) for a, b in pairs), default=1)

    def _compare_classes(self, known: Type, wanted: Type) -> int:
        lineage = list(self._classes.lineage(known))
        if any(t.of == wanted.of or same_name(t.of, wanted.of) for t in lineage):
            return 3
        if not isinstance(wanted.of, str):
            return -1
        open_ended = any(isinstance(t.of, str) for t in lineage[1:]) and simple(wanted.of) not in _FINAL
        return 1 if is_object(wanted) or open_ended else -1

    def _compare_arrays(self, known: Type, wanted: Type) -> int:
        inner, outer = known.args[0] if known.args else (), wanted.args[0] if wanted.args else ()
        pairs = [(a, b) for a in inner for b in outer if isinstance(a, Type) and isinstance(b, Type)]
        if any((a.of in BOXES) != (b.of in BOXES) for a, b in pairs if not isinstance(b.of, Variable)):
            return -1
        scores = [self.compare(a, b) for a, b in pairs]
        if any(a.of in BOXES and a.of != b.of for a, b in pairs):
            return -1
        return max(scores, default=2)


def is_object(known: Type) -> bool:
    """Whether a type is the one above all."""
    return isinstance(known.of, str) and simple(known.of) == "Object"


def same_name(one: object, other: object) -> bool:
    """Whether two names from elsewhere are of one class: `String` and `java.lang.String`."""
    return isinstance(one, str) and isinstance(other, str) and simple(one) == simple(other)


def type_of_parameter(node: Node) -> Node | None:
    """The node of a parameter's type."""
    written = node.child_by_field_name("type")
    if written is not None:
        return written
    return next(
        (inner for inner in node.named_children if inner.type not in ("modifiers", "variable_declarator")), None
    )


def _compare_external(known: str, wanted: str) -> int:
    if known in BOXES:
        return (
            3 if wanted in _WIDER.get(known, ()) else 2 if wanted == BOXES[known] else 1 if wanted in _ANYTHING else -1
        )
    if wanted in BOXES:
        return 2 if BOXES[wanted] == known else -1
    if wanted == "Object":
        return 1
    if known in _CLOSED or (wanted == "Number" and known in _NUMBERS):
        return 3 if wanted == "Number" or wanted in _CLOSED[known] else -1
    if known in _FINAL:
        return 1 if wanted in _ANYTHING else -1
    return -1 if known == "Object" or wanted in _FINAL or ARRAY in (known, wanted) else 2
