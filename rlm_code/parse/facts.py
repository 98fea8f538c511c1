"""What one file says, as syntax shows it: definitions, references, imports and what could not be read.

Positions are byte offsets into the file's bytes; lines are computed when someone asks.
"""

# Without `annotations` from `__future__`: with it, each field of a NamedTuple is compiled when this is imported.

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal, NamedTuple, Self

DefinitionKind = Literal[
    "module", "namespace", "class", "interface", "struct", "enum", "trait", "type",
    "function", "method", "constructor", "property", "field", "constant", "variable",
    "enum_member", "macro", "section", "key", "selector",
]  # fmt: skip

Role = Literal["call", "import", "inherit", "type", "read", "write"]

ROLES: tuple[Role, ...] = ("call", "import", "inherit", "type", "read", "write")
ROLE_SHIFT: Final = 29
"""Where a role stands above an offset, in a number below 2³²: no file that is looked into is longer than 2²⁹ bytes."""
OFFSET_MASK: Final = (1 << ROLE_SHIFT) - 1
ROLE_BITS: Final[Mapping[Role, int]] = {role: number << ROLE_SHIFT for number, role in enumerate(ROLES)}


class Definition(NamedTuple):
    """One definition. `parent` is the index of the enclosing definition in the same file, -1 at the top.

    `start`..`end` spans the whole definition, decorators included; `name_start`..`name_end` its name;
    `header_end` is where the body begins (equal to `end` if there is no body). Definitions come in order
    of `start`, outer before inner; several names of one declaration (`int a, b;`) share its span.

    `scope` is a path written before the name where nothing in this file encloses it, joined with dots, ""
    if there is none: Go's receiver type, the type of Rust's `impl`, `A.B` of C++'s `A::B::f`.
    A prototype and an `extern` declaration are none (their names are reads), for what they declare is defined
    elsewhere; a method is one where its class declares it, for that is where people look for it.
    A package clause (`package main`) is a module that spans the clause alone.
    Parameters and local variables are no definitions (their bindings are occurrences with role write);
    an attribute first assigned in a method (`self.x = …`) is a field whose parent is the class.
    """

    name: str
    kind: DefinitionKind
    start: int
    end: int
    name_start: int
    name_end: int
    header_end: int
    parent: int
    scope: str = ""


class Occurrence(NamedTuple):
    """One use of an identifier that is not its definition, in order of `start`."""

    name: str
    start: int
    role: Role


class Occurrences:
    """The occurrences of one file, in order of `start` when iterated. A repository has millions, so they are numbers:
    role above offset, in order under each name."""

    __slots__ = ("by_name",)

    def __init__(self, by_name: Mapping[str, Sequence[int]]) -> None:
        self.by_name = by_name

    @classmethod
    def of(cls, occurrences: Iterable[Occurrence]) -> Self:
        """`occurrences`, which come in order."""
        by_name: defaultdict[str, list[int]] = defaultdict(list)
        for name, start, role in occurrences:
            by_name[name].append(start | ROLE_BITS[role])
        return cls(by_name)

    def __iter__(self) -> Iterator[Occurrence]:
        found = (
            Occurrence(name, word & OFFSET_MASK, ROLES[word >> ROLE_SHIFT])
            for name, words in self.by_name.items()
            for word in words
        )
        return iter(sorted(found, key=lambda use: use.start))

    def __len__(self) -> int:
        return sum(map(len, self.by_name.values()))


class Import(NamedTuple):
    """One imported thing. `module` is written as the source writes it (relative dots, slashes and all).

    `name` is None when the module itself is imported, "*" for everything; `alias` is the name bound here
    if it differs. `start` is the offset of the imported name (of the module when `name` is None).
    `parent` is the enclosing definition as in `Definition`.
    """

    module: str
    name: str | None
    alias: str | None
    start: int
    parent: int


class ParseIssue(NamedTuple):
    """A place that could not be parsed: `start`..`end` in bytes, and what is wrong there."""

    message: str
    start: int
    end: int


class FileFacts(NamedTuple):
    """All facts of one file in one language."""

    language: str
    line_count: int
    definitions: tuple[Definition, ...]
    occurrences: Occurrences
    imports: tuple[Import, ...]
    issues: tuple[ParseIssue, ...]
