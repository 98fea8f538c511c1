"""What identifiers and imports of scripts refer to, in the vocabulary that all languages share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from rlm_code.index.links import Links
from rlm_code.index.script.aliases import Aliases
from rlm_code.index.script.checker import Checker
from rlm_code.index.script.entities import Entities, Entity, Expr, Outside
from rlm_code.index.script.specifiers import specifiers
from rlm_code.index.script.syntax import Decl
from rlm_code.index.typed.model import NOTHING, Found
from rlm_code.index.values import EXTERNAL, Local, Module, Named, Target, Value
from rlm_code.parse.facts import Occurrence

if TYPE_CHECKING:
    from rlm_code.index.import_graph import ImportGraph
    from rlm_code.parse.facts import Import

_WORD = "exports"
_IN_COMMENT = re.compile(rb"[\w$]+")


class ScriptNaming:
    """Resolves identifiers in the scripts of one snapshot."""

    def __init__(self, links: Links) -> None:
        self._links = links
        self._index = links.index
        self._modules = links.modules.of(links.index.paths_of_family("script")[0])
        self._checker = Checker(links.index, self._modules)
        self._aliases = Aliases(links, self._checker)

    def resolve(self, path: str, start: int) -> Found:
        """What the identifier at an offset refers to; of overloads the one that is meant."""
        source = self._checker.sources.of(path)
        found = self._checker.uses.find(source, start) if source is not None else None
        if source is None or found is None:
            return NOTHING
        entities = self._checker.overloads.meant(source, start, found[0])
        return Found(self._values(entities), found[1] == "exact")

    def taken(self, path: str, offset: int) -> tuple[Named, ...]:
        """What a name is taken from where it is bound: the member that a pattern takes, what a module exports, or the
        module. Of something exported without a name of its own, the word that exports it."""
        source = self._checker.sources.of(path)
        entities = self._checker.uses.taken(source, offset) if source is not None else ()
        values = [self._value(entity) for entity in entities]
        is_unnamed = self._checker.names.modules.is_module
        values += [Local(e.path, e.at, _WORD) for e in entities if isinstance(e, Expr) and is_unnamed(e)]
        named = tuple(dict.fromkeys(value for value in values if isinstance(value, Target | Local)))
        return named or self._links.module_files(values)

    def specifiers(self, path: str) -> list[Occurrence]:
        """The strings by which a file names modules, as uses of their text."""
        source = self._checker.sources.of(path)
        return specifiers(source) if source is not None else []

    def imported(self, path: str, row: Import) -> tuple[Value, ...]:
        """What an import stands for: by facts, and where these do not tell, by the tree of what is imported."""
        module = self._modules.locate(path, row.module)
        if row.name is None or row.name == "*":
            return (module,) if module else self._values(self._checker.names.modules.whole(path, row.module))
        found = self._links.member(module, row.name, path) if module else ()
        known = [value for value in found if value != EXTERNAL]
        if not known:
            known = list(self._values(self._checker.names.modules.member(path, row.module, row.name)))
        return tuple(known) or (EXTERNAL,)

    def bases(self, owner: Target) -> tuple[Target, ...]:
        """The classes and interfaces that one names as its bases, in order."""
        found: list[Target] = []
        for name, start in self._links.base_names(owner):
            values = self.resolve(owner.path, start).values if name else ()
            found += [value for value in values if isinstance(value, Target) and value != owner]
        return tuple(dict.fromkeys(found))

    def declarations(self, target: Target) -> frozenset[Target]:
        """A definition with all that is one with it: overloads, the blocks of a namespace, merged interfaces."""
        view = self._index.view(target.path)
        definition = view.definitions[target.at]
        source = self._checker.sources.of(target.path)
        binding = source.locals.at(definition.name_start) if source is not None else None
        if source is not None and binding is not None:
            starts = [other.start for other in source.bound[binding.scope, binding.name]]
        elif source is not None and definition.parent >= 0:
            starts = self._checker.bodies.overloads(source, definition.name_start)
        else:
            starts = []
        found = [view.by_name_start[start] for start in starts if start in view.by_name_start]
        return frozenset([target, *(Target(target.path, at) for at in found)])

    def places(self, target: Target, graph: Callable[[], ImportGraph]) -> Iterator[tuple[str, str]]:
        """The files that may use a definition, each with a name under which it does."""
        return self._aliases.places(target, graph)

    def is_member(self, local: Local) -> bool:
        """Whether what is no definition is a property, which other files may use."""
        source = self._checker.sources.of(local.path)
        leaf = source.name(local.start) if source is not None else None
        if source is None or leaf is None or source.locals.at(local.start) is not None:
            return False
        return leaf.type in ("property_identifier", "private_property_identifier", "shorthand_property_identifier")

    def _values(self, entities: Entities) -> tuple[Value, ...]:
        return tuple(dict.fromkeys(self._value(entity) for entity in entities))

    def _value(self, entity: Entity) -> Value:
        if not isinstance(entity, Decl | Expr):
            return EXTERNAL if isinstance(entity, Outside) else self._module(entity.path)
        start = entity.start if isinstance(entity, Decl) else entity.at
        at = self._index.view(entity.path).by_name_start.get(start)
        if at is not None:
            return Target(entity.path, at)
        return self._local(entity) if isinstance(entity, Decl) else self._module(entity.path)

    def _module(self, path: str) -> Value:
        return Module(self._modules.name_of(path), (path,))

    def _local(self, decl: Decl) -> Value:
        """A parameter, variable, import or property that is no definition: by the first place that binds it."""
        source = self._checker.sources.of(decl.path)
        leaf = source.name(decl.start) if source is not None else None
        if source is None or leaf is None:
            return EXTERNAL
        if leaf.type == "comment":
            word = _IN_COMMENT.match(source.data, decl.start)
            return Local(decl.path, decl.start, word[0].decode("utf-8", "replace") if word else "")
        binding = source.locals.at(decl.start)
        first = source.bound[binding.scope, binding.name][0].start if binding else decl.start
        return Local(decl.path, first, source.text(leaf))
