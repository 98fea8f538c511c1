"""rlmCode/ask: a question about a folder, with an open selection as its context where one is given."""

from __future__ import annotations

from typing import Any

from rlm_code_lsp.language_server import RlmCodeServer
from rlm_code_lsp.lookup import Lookup
from rlm_code_lsp.params import RunParams, run_params, text
from rlm_code_lsp.running import answer

ASK = "rlmCode/ask"


def register(server: RlmCodeServer) -> None:
    """Let `server` answer rlmCode/ask."""

    @server.feature(ASK)
    async def _ask(params: Any) -> dict[str, Any]:
        given, shared = run_params(params, "question")
        question = text(given, "question", needed=True) or ""

        def asked(lookup: Lookup, path: str | None) -> str:
            return f"{question}\n\n(asked at {_place(lookup, path, shared)})" if path else question

        return await answer(server, shared, "RLM Code: asking", asked)


def _place(lookup: Lookup, path: str, params: RunParams) -> str:
    """ "path", or "path:first-last" with the lines that the params' range touches."""
    entry = lookup.queries.snapshot.entries.get(path)
    if params.range is None or entry is None or entry.kind != "file":
        return path
    first, _ = lookup.line_and_column(path, params.range.start)
    last, column = lookup.line_and_column(path, params.range.end)
    if column == 0 and last > first:
        last -= 1  # a selection of whole lines ends at the start of the next
    return f"{path}:{first}" if first == last else f"{path}:{first}-{last}"
