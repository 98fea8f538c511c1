"""rlmCode/explain: what a folder, a file, some lines or a definition are for and how they work."""

from __future__ import annotations

from typing import Any

from rlm_code.codebase.queries import NAMELESS
from rlm_code_lsp.language_server import RlmCodeServer
from rlm_code_lsp.lookup import Lookup
from rlm_code_lsp.params import RunParams, invalid, run_params, text
from rlm_code_lsp.running import answer

EXPLAIN = "rlmCode/explain"


def register(server: RlmCodeServer) -> None:
    """Let `server` answer rlmCode/explain."""

    @server.feature(EXPLAIN)
    async def _explain(params: Any) -> dict[str, Any]:
        given, shared = run_params(params, "target")
        target = text(given, "target")
        if (target is None) == (shared.uri is None):
            raise invalid("give either target or textDocument")

        def asked(lookup: Lookup, path: str | None) -> str:
            from rlm_code.features.explain import question_for

            return question_for(lookup.queries, target or _target(lookup, path or "", shared))

        return await answer(server, shared, "RLM Code: explaining", asked)


def _target(lookup: Lookup, path: str, params: RunParams) -> str:
    """What a place in the editor means: the definition of the name at the cursor, or the one that holds the lines."""
    entry = lookup.queries.snapshot.entries.get(path)
    if entry is None:
        return f"{path}/" if path else ""
    if params.range is None or not lookup.holds_text(path):
        return path
    line, column = lookup.line_and_column(path, params.range.start)
    named = lookup.queries.definition_at(path, line, column) if params.range.start == params.range.end else []
    if named and named[0].name_start == NAMELESS:
        return named[0].path
    return f"{named[0].path}:{named[0].start_line}" if named else f"{path}:{line}"
