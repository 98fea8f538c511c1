"""What a name can stand for: the small vocabulary in which resolution speaks."""

# Without `annotations` from `__future__`: with it, each field of a NamedTuple is compiled when this is imported.

from typing import Literal, NamedTuple, TypeAlias

from rlm_code.parse.facts import Import, Occurrence


class Target(NamedTuple):
    """A definition: the `at`-th of the file at `path`."""

    path: str
    at: int


class Module(NamedTuple):
    """A module or package: its name as its language writes it, and the files that make it up (none for a
    namespace package)."""

    name: str
    paths: tuple[str, ...]


class Instance(NamedTuple):
    """An object of the class, struct or interface `of`; of a generic one in Python, with what its type parameters stand
    for, as far as it is known."""

    of: Target
    arguments: "tuple[tuple[Value, ...], ...]" = ()


class Local(NamedTuple):
    """A parameter or variable that is no definition; of the places that bind it, `start` is the first name's."""

    path: str
    start: int
    name: str


class ModuleFile(NamedTuple):
    """The module that the file at `path` is, in languages where a file is one."""

    path: str


class Container(NamedTuple):
    """An object of the language's own that holds others, by what is known of them: "list" (what iterating gives),
    "dict" (keys, values), "tuple" (one after the other), "context" (what entering gives), "callable" (what calling
    gives), "property" (what an object gives that has it in its class)."""

    kind: Literal["list", "dict", "tuple", "context", "callable", "property"]
    parts: "tuple[tuple[Value, ...], ...]"


class Elsewhere(NamedTuple):
    """Something known to be no definition of this snapshot: a local variable, or a module from outside."""

    what: Literal["local", "external"]


Value: TypeAlias = Target | Module | Instance | Local | Container | Elsewhere
Named = Target | Local | ModuleFile
"""What a place can lead to, and what can be asked for."""

LOCAL = Elsewhere("local")
EXTERNAL = Elsewhere("external")

Certainty = Literal["exact", "inferred", "name"]


class Resolution(NamedTuple):
    """What a use refers to. No values: nothing is known."""

    values: tuple[Value, ...]
    certainty: Certainty

    @property
    def targets(self) -> tuple[Target, ...]:
        """The definitions among the values."""
        return tuple(value for value in self.values if isinstance(value, Target))

    @property
    def named(self) -> tuple[Target | Local, ...]:
        """The definitions and local names among the values."""
        return tuple(value for value in self.values if isinstance(value, Target | Local))


UNKNOWN = Resolution((), "name")


class Reference(NamedTuple):
    """One use. `inside` is the definition around it in the same file, -1 at the top."""

    path: str
    use: Occurrence
    certainty: Certainty
    inside: int
    targets: tuple[Named, ...]


class Edge(NamedTuple):
    """One import of the file `importer`, and what it stands for."""

    importer: str
    row: Import
    values: tuple[Value, ...]


def paths_of(values: tuple[Value, ...]) -> list[str]:
    """The files that values lie in."""
    found: list[str] = []
    for value in values:
        if isinstance(value, Module):
            found += value.paths
        elif isinstance(value, Target):
            found.append(value.path)
    return list(dict.fromkeys(found))
