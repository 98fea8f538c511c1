"""Route: on which way a question is answered, by rules written down; the cheap ways first, where they can be enough.

    asked for        whoever names a route gets that one and no other
    structure        the wording asks what the index knows (where defined, who calls, what changed …) of something
                     that exists by just this name; where its answer is not complete, the model goes on
    one-call         the wording asks to explain one thing that exists by just this name; where the text shown does
                     not hold the answer, the model goes on
    children         the limits allow child runs
    sub-queries      there is a sub-model
    explore          there is none

A way that ends in anything but a complete answer is never the last one, unless it was asked for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

from rlm_code.errors import ConfigError
from rlm_code.lm.structural.intents import Intent, intent
from rlm_code.lm.structural.subject import Subject
from rlm_code.rlm.answer import Route, RouteName

if TYPE_CHECKING:
    from rlm_code.codebase.host import HostQueries
    from rlm_code.lm.protocol import LanguageModel
    from rlm_code.rlm.task import Limits

AUTO = "auto"
ROUTES = (AUTO, *get_args(RouteName))

_INDEX_KNOWS = {
    "define": "where something is defined",
    "show": "for the text of something",
    "callers": "who uses something",
    "callees": "what something uses",
    "imports": "what something imports",
    "importers": "who imports something",
    "subclasses": "what extends something",
    "path": "how one thing reaches another",
    "history": "when something changed",
}


def routes(
    question: str,
    queries: HostQueries,
    lm: LanguageModel,
    sub_lm: LanguageModel | None,
    limits: Limits,
    wanted: str = AUTO,
) -> tuple[Route, ...]:
    """The ways to try, in their order. Raises ConfigError for a route that does not exist or cannot be gone."""
    if wanted != AUTO:
        return (_asked_for(wanted, sub_lm, limits),)
    if lm.name == "structural":
        return (Route("structure", "no language model is chosen"),)
    last = _exploring(sub_lm, limits)
    asked = intent(question)
    if not _names_what_exists(asked, queries):
        return (last,)
    if (knows := _INDEX_KNOWS.get(asked.kind)) is not None:
        return Route("structure", f"the question asks {knows}, which the index knows"), last
    if asked.kind == "explain":
        return Route("one-call", "the question asks to explain one thing that it names"), last
    return (last,)


def _asked_for(wanted: str, sub_lm: LanguageModel | None, limits: Limits) -> Route:
    name = next((name for name in get_args(RouteName) if name == wanted), None)
    if name is None:
        raise ConfigError(f"there is no route {wanted!r}", hint=f"use {', '.join(ROUTES)}")
    if name == "sub-queries" and sub_lm is None:
        raise ConfigError("there is no sub-model to ask", hint="choose one with --sub-lm, or another route")
    if name == "children" and not limits.depth:
        raise ConfigError("the limits allow no child runs", hint="allow a depth of 1 or 2, or choose another route")
    return Route(name, "asked for")


def _exploring(sub_lm: LanguageModel | None, limits: Limits) -> Route:
    if limits.depth:
        return Route("children", "child runs are allowed")
    if sub_lm is not None:
        return Route("sub-queries", "there is a sub-model")
    return Route("explore", "there is no sub-model")


def _names_what_exists(asked: Intent, queries: HostQueries) -> bool:
    """Whether all that the question is about exists by just the name that it gives."""
    named = [subject for subject in (asked.subject, asked.other) if subject.names]
    return bool(named) and all(_exists(subject, queries) for subject in named)


def _exists(subject: Subject, queries: HostQueries) -> bool:
    name = subject.names[0]
    if not subject.is_code or subject.is_whole:
        return False
    if name in queries.snapshot.entries:
        return True
    bare = re.split(r"[.:#/]+", name)[-1]
    return any(row.name == bare for row in queries.find(name, None, 1))
