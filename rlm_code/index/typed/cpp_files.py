"""C's and C++'s files: what a file includes, in the order in which a compiler meets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.links import Links
from rlm_code.index.typed.model import Module
from rlm_code.index.typed.objects import ObjectNaming
from rlm_code.index.values import EXTERNAL, Value

if TYPE_CHECKING:
    from rlm_code.parse.facts import Import

_MOST_INCLUDED = 2000


class CppFiles(ObjectNaming):
    """The files of one snapshot as they include each other."""

    def __init__(self, links: Links) -> None:
        super().__init__(links)
        self._included: dict[str, dict[str, None]] = {}

    def included(self, path: str) -> dict[str, None]:
        """A file and all that it includes, through others too, in the order in which a compiler meets them."""
        if path not in self._included:
            self._included[path] = self._in_order(path)
        return self._included[path]

    def _in_order(self, path: str) -> dict[str, None]:
        found: dict[str, None] = {}
        met = {path}
        open_files = [(path, iter(self._including(path)))]
        while open_files:
            current, rest = open_files[-1]
            other = next((file for file in rest if file not in met), None)
            if other is None or len(met) >= _MOST_INCLUDED:
                found[current] = None
                open_files.pop()
            else:
                met.add(other)
                open_files.append((other, iter(self._including(other))))
        return found

    def _including(self, path: str) -> list[str]:
        """The files that a file names itself."""
        values = (value for row in self.view(path).imports for value in self.imported(path, row))
        return [other for value in values if isinstance(value, Module) for other in value.paths]

    def imported(self, path: str, row: Import) -> tuple[Value, ...]:
        """See `Naming`: the file."""
        return (self._links.modules.of(path).locate(path, row.module) or EXTERNAL,)
