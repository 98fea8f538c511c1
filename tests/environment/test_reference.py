"""The reference for system prompts: complete, short, and only of what a run offers."""

from __future__ import annotations

import re

from rlm_code.codebase import Repo
from rlm_code.environment import describe


def test_it_names_everything_public_of_repo() -> None:
    text = describe()
    for name in (name for name in vars(Repo) if not name.startswith("_")):
        assert re.search(rf"^  \.{name}\b", text, re.MULTILINE), name


def test_signatures_are_those_of_the_code() -> None:
    said = "  .find(name: str, kind: str = None, path: str = '', limit: int | None = 20) -> Listing[Symbol]: Def"
    assert said in describe()
    submit = '  submit(answer: str | Draft, citations: Iterable[Citable] = (), *, incomplete: str = "") -> None: End'
    assert submit.replace('"', "'") in describe()


def test_every_line_says_something() -> None:
    assert all(re.search(r": \S", line) or not line or line.endswith(":") for line in describe().splitlines())


def test_it_is_short_enough_for_every_prompt() -> None:
    assert len(describe()) / 4 <= 2500


def test_sub_queries_that_are_off_are_not_mentioned() -> None:
    text = describe(sub_queries=())
    assert "llm_query" not in text
    assert "rlm_query" not in text
    assert "rlm_query" not in describe(sub_queries=("llm_query", "llm_query_batched"))
