"""textDocument/hover: what a name stands for: its header, what its text says of it, and where it is."""

from __future__ import annotations

from lsprotocol.types import TEXT_DOCUMENT_HOVER, Hover, HoverParams, MarkupContent, MarkupKind
from pygls.capabilities import get_capability

from rlm_code.codebase.queries import SymbolRow
from rlm_code.codebase.symbol import without_breaks
from rlm_code_lsp.language_server import RlmCodeServer
from rlm_code_lsp.lookup import Lookup

_MOST_DOC_CHARACTERS = 2000


def register(server: RlmCodeServer) -> None:
    """Let `server` answer textDocument/hover."""

    @server.feature(TEXT_DOCUMENT_HOVER)
    async def _hover(params: HoverParams) -> Hover | None:
        formats = get_capability(server.client_capabilities, "text_document.hover.content_format") or ()
        markdown = MarkupKind.Markdown in formats

        def find(lookup: Lookup, path: str) -> Hover | None:
            rows = lookup.queries.definition_at(path, *lookup.line_and_column(path, params.position))
            if not rows:
                return None
            text = _describe(lookup, rows[0], len(rows) - 1, markdown=markdown)
            return Hover(MarkupContent(MarkupKind.Markdown if markdown else MarkupKind.PlainText, text))

        return await server.look_up(params.text_document.uri, find)


def _describe(lookup: Lookup, row: SymbolRow, others: int, *, markdown: bool) -> str:
    details = lookup.queries.details(row.path, row.name_start)
    signature = without_breaks(details.signature)
    doc = details.doc.strip()
    if len(doc) > _MOST_DOC_CHARACTERS:
        doc = doc[:_MOST_DOC_CHARACTERS].rstrip() + " …"
    place = f"{row.path}:{row.start_line}" + (f" and {others} more" if others else "")
    if not markdown:
        return "\n\n".join(filter(None, [signature, doc, place]))
    # The text is the repository's: in a fence it cannot pose as anything but text.
    parts = [_fenced(signature, row.language), _fenced(doc, "text") if doc else "", f"`{place}`"]
    return "\n\n".join(filter(None, parts))


def _fenced(text: str, language: str) -> str:
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}{language}\n{text}\n{fence}"
