"""What asks and explanations do alike: find the folder, choose who answers, run, tell, and give the answer back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rlm_code_lsp.lookup import Lookup
from rlm_code_lsp.params import RunParams, invalid
from rlm_code_lsp.roots import Root, document_below
from rlm_code_lsp.runs import Run
from rlm_code_lsp.telling import Telling
from rlm_code_lsp.uris import path_of

if TYPE_CHECKING:
    from rlm_code.codebase.host import HostQueries
    from rlm_code.config import Settings
    from rlm_code.lm.protocol import LanguageModel
    from rlm_code.rlm.answer import Answer
    from rlm_code.rlm.events import Event
    from rlm_code_lsp.language_server import RlmCodeServer


QuestionOf = Callable[["Lookup", "str | None"], str]
"""The question to answer, given the code and the path that is meant: "" for the root, None if none was named."""


async def answer(server: RlmCodeServer, params: RunParams, title: str, question_of: QuestionOf) -> dict[str, Any]:
    """The public JSON of the answer to the question that is made of the params. Raises what clients are told."""
    path = None if params.uri is None else path_of(params.uri)
    if params.uri is not None and path is None:
        raise invalid(f"textDocument.uri names no file of this machine: {params.uri}")
    root = _root(server, params, path)
    # Refuse before anything runs, also where this request has to wait for its turn.
    _models(server.settings, params)
    encoding = server.encoding

    async def work(queries: HostQueries, on_event: Callable[[Event], None]) -> Answer:
        below = None if path is None else document_below(queries.snapshot.root, path)
        if path is not None and below is None:
            raise invalid(f"{path} is not part of {queries.snapshot.root}")
        return await _ask(
            queries, question_of(Lookup(root, queries, encoding), below), server.settings, params, on_event
        )

    telling = Telling(server, params, title)
    run = Run(root, server.buffers(), work, telling.event, telling.files)
    telling.begin(run.cancel)
    try:
        return (await server.runs.run(run)).to_json()
    finally:
        telling.end()


async def _ask(
    queries: HostQueries, question: str, settings: Settings, params: RunParams, on_event: Callable[[Event], None]
) -> Answer:
    from rlm_code.features.ask import ask, sub_call_cache
    from rlm_code.features.functions import load_functions
    from rlm_code.features.telemetry import listening
    from rlm_code.lm.prices import prices_with
    from rlm_code.rlm.task import Limits

    lm, sub_lm = _models(settings, params)
    return await ask(
        queries,
        question,
        lm=lm,
        sub_lm=sub_lm,
        limits=replace(Limits.of(settings.limits), **params.limits),
        runs_dir=settings.state_dir / "runs",
        cache=sub_call_cache(settings),
        functions=load_functions(settings),
        price_of=prices_with(settings.prices),
        on_event=listening(settings, on_event),
    )


def _root(server: RlmCodeServer, params: RunParams, path: str | None) -> Root:
    roots = list(server.roots)
    if not roots:
        raise invalid("no folder is open")
    if params.folder is not None:
        wanted = path_of(params.folder)
        root = next((each for each in roots if each.folder == wanted), None)
        if root is None:
            raise invalid(f"workspaceFolder is none of the open folders: {params.folder}")
        return root
    if path is not None:
        root = server.roots.holding(path)
        if root is None:
            raise invalid(f"{path} is part of no open folder")
        return root
    return roots[0]


def _models(settings: Settings, params: RunParams) -> tuple[LanguageModel, LanguageModel | None]:
    from rlm_code.lm.choose import choose, choose_sub

    lm = choose(params.lm or settings.lm, settings)
    return lm, choose_sub(settings.sub_lm, lm, settings)
