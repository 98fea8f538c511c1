"""Under which names scripts know a definition, and in which files: exports and imports that rename it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from rlm_code.index.import_graph import ImportGraph
from rlm_code.index.links import Links
from rlm_code.index.script.entities import Expr
from rlm_code.index.script.syntax import Decl
from rlm_code.index.values import Target

if TYPE_CHECKING:
    from rlm_code.index.script.checker import Checker
    from rlm_code.parse.facts import Import

_MOST_NAMES = 200
_WHOLE = "default"


class Aliases:
    """Follows one snapshot's definitions through renaming."""

    def __init__(self, links: Links, checker: Checker) -> None:
        self._links = links
        self._index = links.index
        self._checker = checker

    def places(self, target: Target, graph: Callable[[], ImportGraph]) -> Iterator[tuple[str, str]]:
        """The files that may use a definition, each with a name under which it does. `graph` gives who imports whom."""
        name = self._index.view(target.path).definitions[target.at].name
        exported = [name, *self._exported(target.path, target, name)]
        for outer in exported[:_MOST_NAMES]:  # grows as modules are found that export it under another name
            for path in self._users(target, outer, graph):
                if outer != _WHOLE:
                    yield path, outer
                for local in self._imported_as(path, target, outer):
                    yield path, local
                    exported += [other for other in self._exported(path, target, local) if other not in exported]

    def _users(self, target: Target, name: str, graph: Callable[[], ImportGraph]) -> list[str]:
        """The scripts that write a name, or of `default` those that import the file."""
        paths = self._index.using(name)
        if name == _WHOLE:
            paths = [*paths, *(edge.importer for edge in graph().into(target.path))]
        family = self._index.family(target.path)
        return [path for path in dict.fromkeys(paths) if self._index.family(path) == family]

    def _imported_as(self, path: str, target: Target, name: str) -> list[str]:
        """The names that a file gives to what it imports as `name`, where that is the definition."""
        rows = [row for row in self._index.view(path).imports if row.alias and row.alias != name]
        found = [row.alias for row in rows if self._takes(row, name) and target in self._values(path, row)]
        return [alias for alias in dict.fromkeys(found) if alias]

    def _takes(self, row: Import, name: str) -> bool:
        return row.name == name or (name == _WHOLE and row.name is None)

    def _values(self, path: str, row: Import) -> list[Target]:
        """The definitions that an import stands for; of a module as a whole, what it exports as one."""
        modules = self._checker.names.modules
        found = modules.whole(path, row.module) if row.name is None else modules.member(path, row.module, row.name)
        places = [(e.path, e.at if isinstance(e, Expr) else e.start) for e in found if isinstance(e, Decl | Expr)]
        known = [(path, self._index.view(path).by_name_start.get(start)) for path, start in places]
        return [Target(path, at) for path, at in known if at is not None]

    def _exported(self, path: str, target: Target, local: str) -> list[str]:
        """The names other than `local` under which a file exports what it knows as `local`."""
        source = self._checker.sources.of(path)
        if source is None:
            return []
        start = self._index.view(target.path).definitions[target.at].name_start if path == target.path else -1
        table = self._checker.names.tables.of(source)
        found = [
            outer
            for outer, items in table.names.items()
            if outer != local and any(item.name == local or start in (item.start, item.at) for item in items)
        ]
        if any(item.name == local or item.at == start or item.start <= start < item.end for item in table.assigned):
            found.append(_WHOLE)
        return found
