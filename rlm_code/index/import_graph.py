"""Who imports whom: every import of a snapshot, resolved once.

It is made when first asked for and serves importers and ranking.
"""

from __future__ import annotations

from collections.abc import Mapping, Set

from rlm_code.index.links import Links
from rlm_code.index.values import Edge, paths_of


class ImportGraph:
    """The imports of all files, by the file that they lead to."""

    def __init__(self, links: Links) -> None:
        self._into: dict[str, list[Edge]] = {}
        self._from: dict[str, dict[str, set[str | None]]] = {}
        for importer in links.index.keys:
            for row in links.index.passing_view(importer).imports:
                edge = Edge(importer, row, links.imported(importer, row))
                for path in paths_of(edge.values):
                    if path != importer:
                        self._into.setdefault(path, []).append(edge)
                        self._from.setdefault(importer, {}).setdefault(path, set()).add(row.name)

    def into(self, path: str) -> list[Edge]:
        """The imports elsewhere that lead to the file at `path` or to a definition in it, in order."""
        return self._into.get(path, [])

    def imported_by(self, path: str) -> Mapping[str, Set[str | None]]:
        """The files that the file at `path` imports, in order, with the names that it takes from each: "*" for all,
        None for the module itself."""
        return self._from.get(path, {})
