"""What Python classes have beside the members that they define: enumerations, named tuples, metaclasses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rlm_code.index.fileview import CLASSES
from rlm_code.index.python.tree import decorators_of, text_of
from rlm_code.index.values import Instance, Target

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.python.types import PythonTypes, Values

_ENUMERATIONS = frozenset({"Enum", "IntEnum", "StrEnum", "Flag", "IntFlag"})
_MAKING = ("__init_subclass__", "__new__")
_DATA_CLASSES = frozenset({"dataclass", "define", "frozen", "mutable", "attrs"})
_STRINGS = re.compile(rb"[\"']([^\"'\\\n]*)[\"']")


class PythonClasses:
    """Answers about the Python classes of one snapshot."""

    def __init__(self, types: PythonTypes) -> None:
        self._types = types
        self._links = types.links

    def members(self, value: Instance | Target, name: str) -> tuple[Values, bool]:
        """What a class or an object of it has under a name, and whether that is inherited; of a class, what its
        metaclass has too."""
        owner = value.of if isinstance(value, Instance) else value
        if name == "__class__" and isinstance(value, Instance):
            return (owner,), False
        found, inherited = self._links.class_members(owner, name)
        if not found and isinstance(value, Target):
            return self._of_metaclasses(owner, name), True
        declared = self._declared_above(owner, name) if found and self._are_assigned(found) else []
        return tuple(declared or found), inherited or bool(declared)

    def _are_assigned(self, found: list[Target]) -> bool:
        """Whether members are fields that a class assigns without saying what they are."""
        return all(self._types.definition(one).kind == "field" and not self._is_declared(one) for one in found)

    def _declared_above(self, owner: Target, name: str) -> list[Target]:
        """The field of a base that says what it is: a class below that assigns it has no other."""
        above = (self._links.own_members(one, name) for one in self._links.order(owner)[1:])
        found = next((members for members in above if members), [])
        return [one for one in found if self._types.definition(one).kind == "field" and self._is_declared(one)]

    def _is_declared(self, field: Target) -> bool:
        definition = self._types.definition(field)
        return self._types.index.data(field.path)[definition.name_end : definition.end].lstrip()[:1] == b":"

    def is_enumerated(self, target: Target) -> bool:
        """Whether a variable is a member of an enumeration."""
        view = self._types.index.view(target.path)
        definition = view.definitions[target.at]
        owner = definition.parent
        if owner < 0 or view.outer[target.at] != owner or view.definitions[owner].kind not in CLASSES:
            return False
        bases = (
            name for one in self._links.order(Target(target.path, owner)) for name, _ in self._links.base_names(one)
        )
        return not definition.name.startswith("_") and not _ENUMERATIONS.isdisjoint(bases)

    def naming_base(self, owner: Target, wanted: str) -> Target | None:
        """The class, itself or one that it builds on, that names a base of a name."""
        order = self._links.order(owner)
        return next((one for one in order if any(name == wanted for name, _ in self._links.base_names(one))), None)

    def fields_in_order(self, owner: Target) -> list[Target]:
        """The fields of a named tuple, [] for another class."""
        declaring = self.naming_base(owner, "NamedTuple")
        if declaring is None:
            return []
        view = self._types.index.view(declaring.path)
        fields = sorted(at for found in view.children.get(declaring.at, {}).values() for at in found)
        return [Target(declaring.path, at) for at in fields if view.definitions[at].kind == "field"]

    def matched_by_place(self, owner: Target) -> list[str]:
        """The names of the members that the plain arguments of a pattern are held against: those that `__match_args__`
        lists, else the fields of a named tuple or a data class."""
        listed, _ = self._links.class_members(owner, "__match_args__")
        if listed:
            definition = self._types.definition(listed[0])
            text = self._types.index.data(listed[0].path)[definition.name_end : definition.end]
            return [name.decode("utf-8", "replace") for name in _STRINGS.findall(text)]
        order = [one for one in reversed(self._links.order(owner)) if self._is_data_class(one)]
        fields = [field for one in order for field in self._declared_fields(one)] or self.fields_in_order(owner)
        return list(dict.fromkeys(self._types.definition(field).name for field in fields))

    def _is_data_class(self, owner: Target) -> bool:
        definition = self._types.definition(owner)
        head = self._types.index.data(owner.path)[definition.start : definition.name_start]
        return any(name.rpartition(".")[2] in _DATA_CLASSES for name in decorators_of(head))

    def _declared_fields(self, owner: Target) -> list[Target]:
        """The fields in order that the body of a class declares for its objects."""
        view = self._types.index.view(owner.path)
        found = sorted(at for several in view.children.get(owner.at, {}).values() for at in several)
        fields = [Target(owner.path, at) for at in found if view.outer[at] == owner.at]
        return [field for field in fields if self._is_declared(field) and not self._is_of_class(field)]

    def _is_of_class(self, field: Target) -> bool:
        definition = self._types.definition(field)
        return b"ClassVar" in self._types.index.data(field.path)[definition.name_end : definition.end]

    def made_with(self, path: str, statement: Node) -> list[Target]:
        """The methods that are given the keywords in the header of a class."""
        name = statement.child_by_field_name("name")
        at = self._types.index.view(path).by_name_start.get(name.start_byte) if name else None
        if at is None:
            return []
        owner = Target(path, at)
        givers = [*self._links.order(owner)[1:], *self._metaclasses(owner)]
        return [found for one in givers for method in _MAKING for found in self._links.own_members(one, method)]

    def _of_metaclasses(self, owner: Target, name: str) -> Values:
        return tuple(found for one in self._metaclasses(owner) for found in self._links.class_members(one, name)[0])

    def _metaclasses(self, owner: Target) -> list[Target]:
        """The metaclasses that a class or its bases name."""
        order = self._links.order(owner)
        return [one for base in order for one in self._metaclass(base) if isinstance(one, Target)]

    def _metaclass(self, owner: Target) -> Values:
        definition = self._types.definition(owner)
        header = self._types.index.data(owner.path)[definition.start : definition.header_end]
        node = self._types.node_of(owner) if b"metaclass" in header else None
        bases = node.child_by_field_name("superclasses") if node else None
        for base in bases.named_children if bases else ():
            keyword = base.child_by_field_name("name") if base.type == "keyword_argument" else None
            if keyword and text_of(keyword) == "metaclass":
                return self._types.objects(owner.path, base.child_by_field_name("value"))
        return ()
