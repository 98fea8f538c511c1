"""The languages whose names are read from the tree, and the engine of each, made when its first name is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

from rlm_code.index.typed.model import Found
from rlm_code.index.values import UNKNOWN, Local, Named, Resolution, Target, Value

if TYPE_CHECKING:
    from rlm_code.index.import_graph import ImportGraph
    from rlm_code.index.links import Links
    from rlm_code.parse.facts import Import, Occurrence

_ENGINES = {
    "c": "typed.cpp:CppNaming",
    "cpp": "typed.cpp:CppNaming",
    "c-sharp": "typed.csharp:CSharpNaming",
    "go": "typed.go:GoNaming",
    "java": "typed.java:JavaNaming",
    "kotlin": "typed.kotlin:KotlinNaming",
    "php": "typed.php:PhpNaming",
    "ruby": "typed.ruby:RubyNaming",
    "rust": "typed.rust:RustNaming",
    "javascript": "script.naming:ScriptNaming",
}
_SAME = {"typescript": "javascript", "tsx": "javascript"}
"""Languages whose names are those of another."""


class Naming(Protocol):
    """What names mean in one language of one snapshot."""

    def resolve(self, path: str, start: int) -> Found:
        """What the identifier at an offset refers to."""
        ...

    def imported(self, path: str, row: Import) -> tuple[Value, ...]:
        """What an import stands for: the definitions it names, or a module."""
        ...

    def bases(self, owner: Target) -> tuple[Target, ...]:
        """The classes of this snapshot that a class names as its bases, in order."""
        ...


@runtime_checkable
class Merging(Naming, Protocol):
    """The same in languages where one thing may be declared in several places and renamed by modules."""

    def declarations(self, target: Target) -> frozenset[Target]:
        """A definition with all that is one with it."""
        ...

    def places(self, target: Target, graph: Callable[[], ImportGraph]) -> Iterator[tuple[str, str]]:
        """The files that may use a definition, each with a name under which it does."""
        ...

    def is_member(self, local: Local) -> bool:
        """Whether what is no definition is a member of something, which other files may use."""
        ...


@runtime_checkable
class Taking(Naming, Protocol):
    """The same in languages where a name may be bound by taking it out of something that has it."""

    def taken(self, path: str, offset: int) -> tuple[Named, ...]:
        """What the name at an offset is taken from where it is bound there."""
        ...


@runtime_checkable
class Specifying(Naming, Protocol):
    """The same in languages that name modules by strings."""

    def specifiers(self, path: str) -> list[Occurrence]:
        """These strings of a file in order, as uses of their text."""
        ...


@runtime_checkable
class Impls(Protocol):
    """What builds on what in languages where a type is given its bases apart from its definition."""

    def implementers(self, owner: Target) -> list[Target]:
        """The definitions that build on one directly."""
        ...

    def bases_beside(self, owner: Target) -> list[tuple[str, int]]:
        """Where the bases of a type are named apart from its definition: path and offset of each."""
        ...

    def overrides(self, member: Target) -> list[Target]:
        """The members that stand in for a member where its type is implemented."""
        ...

    def overridden(self, member: Target) -> list[Target]:
        """The members that a member stands in for."""
        ...


class _Engine(NamedTuple):
    """An engine by what it answers: to ask whether an object follows a protocol takes longer than to resolve a name."""

    naming: Naming | None = None
    merging: Merging | None = None
    taking: Taking | None = None
    specifying: Specifying | None = None
    impls: Impls | None = None


class TypedNames:
    """What names mean in the languages that have an engine here."""

    def __init__(self, links: Links) -> None:
        self._links = links
        self._engines: dict[str, _Engine] = {}

    def _engine(self, path: str) -> _Engine:
        language = self._links.index.row(path).language
        engine = self._engines.get(language)
        if engine is None:
            same = _SAME.get(language, language)
            engine = self._engines.get(same) or _made(same, self._links)
            self._engines[same] = self._engines[language] = engine
        return engine

    def of(self, path: str) -> Naming | None:
        """The engine of a file's language; None if it has none."""
        return self._engine(path).naming

    def merging(self, path: str) -> Merging | None:
        """The engine of a file's language, if that merges declarations."""
        return self._engine(path).merging

    def impls(self, path: str) -> Impls | None:
        """The engine of a file's language, if its types are given bases apart from their definitions."""
        return self._engine(path).impls

    def taken(self, path: str, offset: int) -> tuple[Named, ...]:
        """What the name at an offset is taken from where it is bound there; () where it is not, or nobody knows."""
        engine = self._engine(path).taking
        if engine is None or self._links.index.syntax(path).tree is None:
            return ()
        try:
            return engine.taken(path, offset)
        except RecursionError:  # code that is nested deeper than anyone writes
            return ()

    def names_by_strings(self, path: str) -> bool:
        """Whether a file's language names modules by strings."""
        return self._engine(path).specifying is not None

    def specifiers(self, path: str) -> list[Occurrence]:
        """The strings by which a file names modules, in order, as uses of their text."""
        engine = self._engine(path).specifying
        return engine.specifiers(path) if engine else []

    def is_member(self, local: Local) -> bool:
        """Whether what is no definition is a member of something, which other files may use."""
        naming = self.merging(local.path)
        return naming is not None and naming.is_member(local)

    def declarations(self, target: Target) -> frozenset[Target]:
        """A definition with all that is one with it, such as its overloads."""
        naming = self.merging(target.path)
        return naming.declarations(target) if naming else frozenset((target,))

    def resolve(self, path: str, start: int) -> Resolution | None:
        """What the identifier at an offset refers to; None for a language without an engine."""
        naming = self.of(path)
        if naming is None or self._links.index.syntax(path).tree is None:
            return None
        try:
            found = naming.resolve(path, start)
        except RecursionError:  # code that is nested deeper than anyone writes
            return UNKNOWN
        if not found.values:
            return UNKNOWN
        return Resolution(tuple(dict.fromkeys(found.values)), "exact" if found.exact else "inferred")


def _made(language: str, links: Links) -> _Engine:
    module, _, name = _ENGINES.get(language, "").partition(":")
    if not module:
        return _Engine()
    from importlib import import_module

    naming: Naming = getattr(import_module(f"rlm_code.index.{module}"), name)(links)
    return _Engine(
        naming,
        naming if isinstance(naming, Merging) else None,
        naming if isinstance(naming, Taking) else None,
        naming if isinstance(naming, Specifying) else None,
        naming if isinstance(naming, Impls) else None,
    )
