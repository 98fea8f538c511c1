"""textDocument/documentSymbol: the definitions of a file, nested as they stand."""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol.types import (
    TEXT_DOCUMENT_DOCUMENT_SYMBOL,
    DocumentSymbol,
    DocumentSymbolParams,
    SymbolInformation,
)
from pygls.capabilities import get_capability

from rlm_code.codebase.queries import SymbolRow
from rlm_code_lsp.kinds import shown_name, symbol_kind
from rlm_code_lsp.language_server import RlmCodeServer
from rlm_code_lsp.lookup import Lookup

_NESTED = "text_document.document_symbol.hierarchical_document_symbol_support"


def register(server: RlmCodeServer) -> None:
    """Let `server` answer textDocument/documentSymbol."""

    @server.feature(TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    async def _document_symbols(params: DocumentSymbolParams) -> list[DocumentSymbol] | list[SymbolInformation] | None:
        nested = bool(get_capability(server.client_capabilities, _NESTED))

        def find(lookup: Lookup, path: str) -> list[DocumentSymbol] | list[SymbolInformation]:
            rows = lookup.queries.outline(path)
            return _tree(lookup, rows) if nested else [symbol_information(lookup, row) for row in rows]

        return await server.look_up(params.text_document.uri, find)


def symbol_information(lookup: Lookup, row: SymbolRow) -> SymbolInformation:
    """A definition by itself, with the name of what holds it."""
    return SymbolInformation(
        name=shown_name(row),
        kind=symbol_kind(row.kind),
        location=lookup.definition(row),
        container_name=row.parent or row.path,
    )


def _tree(lookup: Lookup, rows: Iterable[SymbolRow]) -> list[DocumentSymbol]:
    """The definitions at the top, each with those inside it; `rows` come outer before inner."""
    top: list[DocumentSymbol] = []
    open_rows: list[tuple[int, list[DocumentSymbol]]] = []
    for row in rows:
        while open_rows and open_rows[-1][0] < row.end:
            open_rows.pop()
        inside: list[DocumentSymbol] = []
        symbol = DocumentSymbol(
            name=shown_name(row),
            kind=symbol_kind(row.kind),
            range=lookup.positions(row.path).range_to_proto(row.start, row.end),
            selection_range=lookup.name_range(row),
            children=inside,
        )
        (open_rows[-1][1] if open_rows else top).append(symbol)
        open_rows.append((row.end, inside))
    return top
