"""workspace/symbol: definitions of all open folders whose name holds the characters of a text in their order."""

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
            return [symbol_information(lookup, row) for row in lookup.queries.closest(params.query, _MOST)]

        return [symbol for found in await server.look_up_everywhere(find) for symbol in found]
