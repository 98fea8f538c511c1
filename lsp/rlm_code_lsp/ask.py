"""rlmCode/ask: a question about a folder, with an open selection as its context where one is given."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rlm_code_lsp.language_server import RlmCodeServer
from rlm_code_lsp.params import RunParams, run_params, text
from rlm_code_lsp.running import Models, run_feature

if TYPE_CHECKING:
    from rlm_code.rlm.answer import Answer
    from rlm_code.rlm.events import Event
    from rlm_code_lsp.lookup import Lookup

ASK = "rlmCode/ask"


def register(server: RlmCodeServer) -> None:
    """Let `server` answer rlmCode/ask."""

    @server.feature(ASK)
    async def _ask(params: Any) -> dict[str, Any]:
        given, shared = run_params(params, "question")
        question = text(given, "question", needed=True) or ""

        async def work(lookup: Lookup, path: str | None, models: Models, on_event: Callable[[Event], None]) -> Answer:
            from rlm_code.features.ask import ask

            about = f"\n\n(asked at {_place(lookup, path, shared)})" if path else ""
            return await ask(
                lookup.queries,
                question + about,
                lm=models.lm,
                sub_lm=models.sub_lm,
                limits=shared.limits,
                runs_dir=server.settings.state_dir / "runs",
                on_event=on_event,
            )

        return await run_feature(server, shared, "RLM Code: asking", work)


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
