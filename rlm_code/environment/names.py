"""The functions that cells call: sub-queries, the end of the run, and what is left to spend."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from rlm_code.codebase.citation import Citable, citation
from rlm_code.codebase.draft import Draft

Json = Any


class HasPath(Protocol):
    """A file, symbol, hit, range of lines: whatever stands in a file."""

    path: str


Within = str | HasPath | Iterable[str | HasPath] | None
"""What names a part of the repository; None is all of it."""


class SubmitError(Exception):
    """An answer was not accepted. `problems` say what to fix, one sentence each."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(["not accepted; fix this and submit again:", *(f"- {each}" for each in problems)]))


class Response(str):
    """What a sub-query said, as text. `error` says why there is none, `truncated` that it was cut off;
    `usage` counts tokens and dollars; `citations` of a child may be submitted."""

    __slots__ = ("citations", "error", "truncated", "usage")

    error: str | None
    truncated: bool
    usage: dict[str, Any]
    citations: list[dict[str, Any]]

    @classmethod
    def of(cls, reply: dict[str, Any]) -> Response:
        """A host's reply as text."""
        response = cls(reply["text"])
        response.error = reply["error"]
        response.truncated = reply["truncated"]
        response.usage = reply["usage"]
        response.citations = reply.get("citations", [])
        return response

    @property
    def text(self) -> str:
        """The text alone, "" after an error."""
        return str.__str__(self)

    def __str__(self) -> str:
        return f"[no answer: {self.error}]" if self.error else self.text

    def __repr__(self) -> str:
        return str(self) + (" [cut off]" if self.truncated else "")

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)


class Budget(dict[str, dict[str, Any]]):
    """What was spent and what is allowed, by limit: `budget()["turns"]["spent"]`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "\n".join(f"{name}: {_spent(limit)}" for name, limit in self.items()) or "no limits"


class Functions:
    """The user's own functions, which run in the host: `functions.name(…)`, by position."""

    __slots__ = ("_call",)

    def __init__(self, call: Callable[..., Json]) -> None:
        self._call = call

    def __getattr__(self, name: str) -> Callable[..., Json]:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *arguments: self._call(f"function.{name}", *arguments)


class Environment:
    """The functions of one run, over what the host offers."""

    __slots__ = ("_call",)

    def __init__(self, call: Callable[..., Json]) -> None:
        self._call = call

    def llm_query(self, prompt: str) -> Response:
        """Ask a sub-model one question; it sees the prompt alone: put the text in."""
        return self.llm_query_batched([prompt])[0]

    def llm_query_batched(self, prompts: Iterable[str]) -> list[Response]:
        """Ask many at once, answers in order. A failed one has `error` set."""
        asked = _prompts(prompts)
        return [Response.of(reply) for reply in self._call("llm_query_batched", asked)] if asked else []

    def rlm_query(self, task: str, within: Within = None) -> Response:
        """Give a task to a child with its own cells; `within` shows it only a part: a path, glob, handle or a list."""
        return self.rlm_query_batched([task], [within])[0]

    def rlm_query_batched(self, tasks: Iterable[str], within: Sequence[Within] = ()) -> list[Response]:
        """Many tasks at once; `within` has the part for each."""
        if isinstance(within, str):
            raise TypeError("give a list with the part for each task: [part] * len(tasks) gives all the same")
        asked = _prompts(tasks)
        parts = [_patterns(part) for part in within] or [None] * len(asked)
        if len(parts) != len(asked):
            raise ValueError(f"{len(asked)} tasks, and {len(parts)} parts to give them")
        return [Response.of(reply) for reply in self._call("rlm_query_batched", asked, parts)] if asked else []

    def submit(self, answer: str | Draft, citations: Iterable[Citable] = (), *, incomplete: str = "") -> None:
        """End the run: Markdown whose [n] point at the n-th citation, or a Draft. A citation is a symbol (its
        header), reference, import, hit, lines (at most 60), 'path:3-9' or {'path', 'quote'}.
        `incomplete` says what is missing, if anything is. SubmitError says what fails."""
        text = answer.text if isinstance(answer, Draft) else answer
        places = [*answer.citations, *citations] if isinstance(answer, Draft) else citations
        if not isinstance(text, str) or not text.strip():
            raise SubmitError(["the answer is no text"])
        missing = [incomplete] if incomplete else []
        problems = self._call("submit", str(text), [_sent(place) for place in places], *missing).get("problems")
        if problems:
            raise SubmitError(problems)

    def budget(self) -> Budget:
        """What is left of turns, calls, tokens, dollars, seconds."""
        return Budget(self._call("budget"))


def _prompts(prompts: Iterable[str]) -> list[str]:
    if isinstance(prompts, str):
        raise TypeError("give a list of texts, not one text")
    return [_prompt(prompt) for prompt in prompts]


def _prompt(prompt: object) -> str:
    if not isinstance(prompt, str):
        raise TypeError(f"a prompt is text, not {type(prompt).__name__}: build it with an f-string")
    return str(prompt)


def _patterns(part: Within) -> list[str] | None:
    """The patterns that name a part of the repository, None for all of it."""
    if part is None:
        return None
    each = [part] if isinstance(part, str) or hasattr(part, "path") else list(part)
    return [_pattern(one) for one in each]


def _pattern(one: object) -> str:
    pattern = one if isinstance(one, str) else getattr(one, "path", None)
    if not isinstance(pattern, str):
        raise TypeError(f"a part of the repository is a glob, a path or something that has a path, not {one!r:.80}")
    return pattern


def _sent(place: object) -> dict[str, str | int]:
    """A citation, or why it is none: the host counts how often an answer went back, whatever for."""
    try:
        return citation(place)
    except ValueError as error:
        return {"problem": str(error)}


def _spent(limit: dict[str, Any]) -> str:
    allowed = limit["allowed"]
    return f"{limit['spent']:g}" + (" spent, no limit" if allowed is None else f" of {allowed:g}")
