"""What a look-up works with: queries over one folder, and positions as the client counts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol.types import Location, Position, Range

from rlm_code.codebase.queries import NAMELESS, SEARCHED
from rlm_code.text import line_at, line_starts
from rlm_code_lsp.positions import Encoding, Positions
from rlm_code_lsp.roots import Root
from rlm_code_lsp.uris import uri_of

if TYPE_CHECKING:
    from rlm_code.codebase.host import HostQueries
    from rlm_code.codebase.queries import ReferenceRow, SymbolRow


class Lookup:
    """One request's view of one folder."""

    def __init__(self, root: Root, queries: HostQueries, encoding: Encoding) -> None:
        self.queries = queries
        self._root = root
        self._top = str(queries.snapshot.root)
        self._encoding = encoding
        self._positions: dict[str, Positions] = {}

    def positions(self, path: str) -> Positions:
        """Positions in the file at `path`."""
        if path not in self._positions:
            self._positions[path] = Positions(self.queries.data(path), self._encoding)
        return self._positions[path]

    def line_and_column(self, path: str, position: Position) -> tuple[int, int]:
        """The 1-based line and the byte column that queries count, of a client's position."""
        offset = self.positions(path).from_proto(position)
        starts = line_starts(self.queries.data(path))
        line = line_at(starts, offset)
        return line, offset - starts[line - 1]

    def uri(self, path: str) -> str:
        """The URI of the file at `path`."""
        return uri_of(self._root.as_opened(f"{self._top}/{path}"))

    def holds_text(self, path: str) -> bool:
        """Whether `path` is a file that was read; of binary and of too large ones nothing is known, no line either."""
        return path in self.queries.snapshot.entries and self.queries.file(path).status in SEARCHED

    def name_range(self, row: SymbolRow) -> Range:
        """Where the name of a definition stands; of a module, the start of its file."""
        size = _size(row.name) if row.name_start != NAMELESS else 0
        return self.positions(row.path).range_to_proto(row.name_at, row.name_at + size)

    def definition(self, row: SymbolRow) -> Location:
        """Where a definition is."""
        return Location(self.uri(row.path), self.name_range(row))

    def reference(self, row: ReferenceRow) -> Location:
        """Where a name is used."""
        span = self.positions(row.path).range_to_proto(row.offset, row.offset + _size(row.name))
        return Location(self.uri(row.path), span)


def _size(name: str) -> int:
    return len(name.encode("utf-8", "surrogateescape"))
