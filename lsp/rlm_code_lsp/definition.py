"""textDocument/definition: where what is named at a position is defined."""

from __future__ import annotations

from lsprotocol.types import TEXT_DOCUMENT_DEFINITION, DefinitionParams, Location

from rlm_code_lsp.language_server import RlmCodeServer
from rlm_code_lsp.lookup import Lookup


def register(server: RlmCodeServer) -> None:
    """Let `server` answer textDocument/definition."""

    @server.feature(TEXT_DOCUMENT_DEFINITION)
    async def _definition(params: DefinitionParams) -> list[Location] | None:
        def find(lookup: Lookup, path: str) -> list[Location]:
            found = lookup.queries.definition_at(path, *lookup.line_and_column(path, params.position))
            return [lookup.definition(row) for row in found]

        return await server.look_up(params.text_document.uri, find)
