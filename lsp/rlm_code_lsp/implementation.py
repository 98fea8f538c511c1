"""textDocument/implementation: subclasses of a class, implementers of an interface, overrides of a method."""

from __future__ import annotations

from lsprotocol.types import TEXT_DOCUMENT_IMPLEMENTATION, ImplementationParams, Location

from rlm_code_lsp.language_server import RlmCodeServer
from rlm_code_lsp.lookup import Lookup


def register(server: RlmCodeServer) -> None:
    """Let `server` answer textDocument/implementation."""

    @server.feature(TEXT_DOCUMENT_IMPLEMENTATION)
    async def _implementation(params: ImplementationParams) -> list[Location] | None:
        def find(lookup: Lookup, path: str) -> list[Location]:
            named = lookup.queries.definition_at(path, *lookup.line_and_column(path, params.position))
            below = [row for each in named for row in lookup.queries.subclasses(each.path, each.name_start)]
            return [lookup.definition(row) for row in dict.fromkeys(below)]

        return await server.look_up(params.text_document.uri, find)
