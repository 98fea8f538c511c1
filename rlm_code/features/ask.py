"""Ask: one question about an opened repository, answered with citations that hold.

The same call serves the terminal, the editor and other agents. It knows none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from rlm_code.errors import ConfigError, SourceError
from rlm_code.features.route import AUTO, routes
from rlm_code.lm.prices import price_of
from rlm_code.rlm.loop import run
from rlm_code.rlm.task import Limits, Task
from rlm_code.sandbox import open_sandbox

if TYPE_CHECKING:
    from pathlib import Path

    from rlm_code.codebase.host import HostQueries
    from rlm_code.config import Settings
    from rlm_code.lm.protocol import LanguageModel
    from rlm_code.rlm.answer import Answer
    from rlm_code.rlm.cache import SubCallCache
    from rlm_code.rlm.events import Event
    from rlm_code.rlm.task import Price
    from rlm_code.sandbox import Kind

LONGEST_QUESTION = 100_000


def checked_question(question: str) -> str:
    """`question` without the space around it. Raises ConfigError if it is empty or longer than 100,000 characters."""
    question = question.strip()
    if not question:
        raise ConfigError("the question is empty", hint='for example: rlm-code ask "Where is main defined?"')
    if len(question) > LONGEST_QUESTION:
        raise ConfigError(
            f"the question has {len(question):,} characters; at most {LONGEST_QUESTION:,} are read",
            hint="name the file that holds the rest, instead of pasting it",
        )
    return question


def sub_call_cache(settings: Settings) -> SubCallCache:
    """The replies to sub-queries that are kept among the user's caches."""
    from rlm_code.rlm.cache import SubCallCache

    return SubCallCache(settings.cache_dir / "sub-calls", settings.lm_endpoint)


async def ask(  # noqa: PLR0913  the one call that all front ends make, each with what it knows
    queries: HostQueries,
    question: str,
    *,
    lm: LanguageModel,
    sub_lm: LanguageModel | None,
    limits: Limits,
    sandbox: Kind = "auto",
    runs_dir: Path | None = None,
    cache: SubCallCache | None = None,
    route: str = AUTO,
    functions: Mapping[str, Callable[..., Any]] | None = None,
    price_of: Callable[[str], Price] = price_of,
    on_event: Callable[[Event], None] = lambda event: None,
) -> Answer:
    """The answer to `question`, whatever happens on the way: complete, partial or failed, with the reason.

    `route` names the way (see `features.route`). What `cache` keeps of earlier runs is not asked again. Cells may
    call `functions` (see `features.functions`). `price_of` gives the price of a model by its name. Cancelling the task
    that awaits this stops all work and returns the partial answer. The models are closed at the end. Raises
    SourceError where there is no file to look at, ConfigError as `checked_question` does, and as `rlm.loop.run` does.
    """
    if not queries.snapshot.entries:
        at_head = "nothing of its commits is checked out: `git checkout` a branch, or give --rev HEAD"
        hint = at_head if queries.snapshot.commit else "in git, `git add` them first"
        raise SourceError(f"{queries.snapshot.root} holds no files to look at", hint=hint)
    task = Task(
        question=checked_question(question),
        snapshot=queries.snapshot,
        queries=queries,
        lm=lm,
        sub_lm=sub_lm,
        open_sandbox=partial(open_sandbox, kind=sandbox),
        limits=limits,
        runs_dir=runs_dir,
        sub_call_cache=cache,
        routes=routes(question, queries, lm, sub_lm, limits, route),
        functions=functions or {},
        price_of=price_of,
    )
    try:
        return await run(task, on_event=on_event)
    finally:
        for used in (lm, sub_lm):
            if used is not None:
                await used.close()
