"""textDocument/references: the uses of what is named at a position, those known by name alone among them."""

from __future__ import annotations

from lsprotocol.types import TEXT_DOCUMENT_REFERENCES, Location, ReferenceParams

from rlm_code_lsp.language_server import RlmCodeServer
from rlm_code_lsp.lookup import Lookup


def register(server: RlmCodeServer) -> None:
    """Let `server` answer textDocument/references."""

    @server.feature(TEXT_DOCUMENT_REFERENCES)
    async def _references(params: ReferenceParams) -> list[Location] | None:
        def find(lookup: Lookup, path: str) -> list[Location]:
            line, column = lookup.line_and_column(path, params.position)
            found = [lookup.reference(row) for row in lookup.queries.references_at(path, line, column).rows]
            if params.context.include_declaration:
                found[:0] = [lookup.definition(row) for row in lookup.queries.definition_at(path, line, column)]
            return found

        return await server.look_up(params.text_document.uri, find)
