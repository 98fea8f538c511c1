"""textDocument/references: the uses of what is named at a position, those known by name alone among them."""

from __future__ import annotations

from lsprotocol.types import TEXT_DOCUMENT_REFERENCES, Location, LogMessageParams, MessageType, ReferenceParams

from rlm_code_lsp.language_server import RlmCodeServer
from rlm_code_lsp.lookup import Lookup


def register(server: RlmCodeServer) -> None:
    """Let `server` answer textDocument/references."""

    @server.feature(TEXT_DOCUMENT_REFERENCES)
    async def _references(params: ReferenceParams) -> list[Location] | None:
        left_out = 0

        def find(lookup: Lookup, path: str) -> list[Location]:
            nonlocal left_out
            line, column = lookup.line_and_column(path, params.position)
            page = lookup.queries.references_at(path, line, column)
            left_out = page.total - len(page.rows)
            found = [lookup.reference(row) for row in page.rows]
            if params.context.include_declaration:
                found[:0] = [lookup.definition(row) for row in lookup.queries.definition_at(path, line, column)]
            return found

        found = await server.look_up(params.text_document.uri, find)
        if left_out:
            message = f"{left_out} more references are not shown"
            server.window_log_message(LogMessageParams(MessageType.Warning, message))
        return found
