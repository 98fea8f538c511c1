"""workspace/symbol: definitions of all open folders whose name contains a text."""

from __future__ import annotations

from lsprotocol.types import WORKSPACE_SYMBOL, SymbolInformation, WorkspaceSymbolParams

from rlm_code_lsp.document_symbols import symbol_information
from rlm_code_lsp.language_server import RlmCodeServer
from rlm_code_lsp.lookup import Lookup

_MOST = 200


def register(server: RlmCodeServer) -> None:
    """Let `server` answer workspace/symbol."""

    @server.feature(WORKSPACE_SYMBOL)
    async def _workspace_symbols(params: WorkspaceSymbolParams) -> list[SymbolInformation]:
        def find(lookup: Lookup) -> list[SymbolInformation]:
            rows = lookup.queries.symbols(params.query, None, None, _MOST)
            return [symbol_information(lookup, row) for row in rows]

        return [symbol for found in await server.look_up_everywhere(find) for symbol in found]
