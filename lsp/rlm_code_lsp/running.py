"""What asks and explanations do alike: find the folder, choose who answers, run, tell, and give the answer back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from rlm_code_lsp.lookup import Lookup
from rlm_code_lsp.params import RunParams, invalid
from rlm_code_lsp.roots import Root, path_below
from rlm_code_lsp.runs import Run
from rlm_code_lsp.telling import Telling
from rlm_code_lsp.uris import path_of

if TYPE_CHECKING:
    from rlm_code.codebase.host import HostQueries
    from rlm_code.lm.protocol import LanguageModel
    from rlm_code.rlm.answer import Answer
    from rlm_code.rlm.events import Event
    from rlm_code_lsp.language_server import RlmCodeServer


class Models(NamedTuple):
    """Who answers."""

    lm: LanguageModel
    sub_lm: LanguageModel | None


Feature = Callable[["Lookup", "str | None", Models, "Callable[[Event], None]"], Awaitable["Answer"]]
"""Answers with a look-up, the path that is meant ("" for the whole, None if none was named), and models."""


async def run_feature(server: RlmCodeServer, params: RunParams, title: str, feature: Feature) -> dict[str, Any]:
    """The public JSON of the answer that `feature` gives. Raises what clients are told as errors."""
    path = None if params.uri is None else path_of(params.uri)
    if params.uri is not None and path is None:
        raise invalid(f"textDocument.uri names no file of this machine: {params.uri}")
    root = _root(server, params, path)
    models = _models(server, params)
    encoding = server.encoding

    async def work(queries: HostQueries, on_event: Callable[[Event], None]) -> Answer:
        below = None if path is None else path_below(queries.snapshot.root, path)
        if path is not None and below is None:
            raise invalid(f"{path} is not part of {queries.snapshot.root}")
        return await feature(Lookup(queries, encoding), below, models, on_event)

    telling = Telling(server, params, title)
    run = Run(root, server.buffers(), work, telling.event, telling.files)
    telling.begin(run.cancel)
    try:
        return (await server.runs.run(run)).to_json()
    finally:
        telling.end()


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


def _models(server: RlmCodeServer, params: RunParams) -> Models:
    from rlm_code.lm.choose import choose, choose_sub

    lm = choose(params.lm or server.settings.lm, server.settings)
    return Models(lm, choose_sub(server.settings.sub_lm, lm, server.settings))
