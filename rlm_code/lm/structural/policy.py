"""What to do next, given what was asked and what came of the last cell: look, draft, submit.

The policy is a function of the conversation alone: its own tool calls carry the name of the step in their id,
so that it keeps no state and a recorded run replays. It knows its programs and nothing of repositories.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from rlm_code.lm.protocol import Message, Text, ToolCall, ToolResult
from rlm_code.lm.structural.cells import cell
from rlm_code.lm.structural.intents import HELP, PLACES, Intent, intent
from rlm_code.places import DATA_LANGUAGES

_QUESTION = re.compile(r"<question>\n?(.*?)\n?</question>", re.DOTALL)
_FOUND = re.compile(r"^found: (.+)$", re.MULTILINE)
_LATE = re.compile(r"the time limit of [\d.]+ s")
_FAILING = re.compile(r"citation (\d+):")
_ORIGIN = re.compile(r"\b(added|introduced|created|first)\b", re.IGNORECASE)
_MOST_SUBMISSIONS = 4
_SUBMIT = "submit(draft, incomplete=incomplete)"

# Which program answers what is asked of what was found. What is not listed is explained.
_PROGRAMS = {
    ("define", "definition"): "define",
    ("outline", "definition"): "outline",
    ("outline", "file"): "outline",
    ("tests", "definition"): "tests",
    ("tests", "file"): "importers",
    ("show", "definition"): "show",
    ("show", "file"): "show",
    ("callers", "definition"): "callers",
    ("callers", "file"): "importers",
    ("callees", "definition"): "callees",
    ("callees", "file"): "imports",
    ("imports", "definition"): "imports",
    ("imports", "file"): "imports",
    ("importers", "definition"): "importers",
    ("importers", "file"): "importers",
    ("importers", "folder"): "importers",
    ("callers", "folder"): "importers",
    ("subclasses", "definition"): "subclasses",
    ("descent", "definition"): "descent",
    ("path", "definition"): "path",
    ("compare", "definition"): "compare",
    ("history", "definition"): "history",
    ("history", "file"): "history",
    ("history", "folder"): "history",
    ("version", "folder"): "version",
}


class Step(NamedTuple):
    """A cell to run: `name` says which step it is. Without code, `say` ends the run."""

    name: str
    code: str = ""
    say: str = ""


def next_step(messages: Sequence[Message]) -> Step:
    """The step after the last of `messages`."""
    question = _question(messages)
    asked = intent(question)
    call, result = _last_cell(messages)
    if call is None:
        return _first_step(asked, question)
    step = call.id.partition("-")[0]
    if result is None:
        return Step("end", say="The last cell was not answered.")
    if step == "look":
        return _draft(asked, question, result.text)
    if step == "draft" and not result.is_error:
        return Step("submit", _SUBMIT)
    submissions = sum(each.id.startswith("submit-") for each in _calls(messages))
    if step == "submit" and submissions < _MOST_SUBMISSIONS:
        return Step("submit", _submission_without(result.text))
    return Step("end", say=_failure(result.text))


def _question(messages: Sequence[Message]) -> str:
    for message in messages:
        for block in message.content:
            match = _QUESTION.search(block.text) if isinstance(block, Text) and message.role == "user" else None
            if match:
                return match[1]
    return ""


def _calls(messages: Sequence[Message]) -> list[ToolCall]:
    return [
        block
        for message in messages
        if message.role == "assistant"
        for block in message.content
        if isinstance(block, ToolCall)
    ]


def _last_cell(messages: Sequence[Message]) -> tuple[ToolCall | None, ToolResult | None]:
    """The last tool call and what came of it."""
    calls = _calls(messages)
    if not calls:
        return None, None
    results = [block for message in messages for block in message.content if isinstance(block, ToolResult)]
    return calls[-1], next((each for each in reversed(results) if each.call_id == calls[-1].id), None)


def _first_step(asked: Intent, question: str) -> Step:
    data = sorted(DATA_LANGUAGES)
    if asked.kind == "trace":
        return Step("draft", cell("common", "trace", question=question, frames=list(asked.frames), data=data))
    if asked in (HELP, PLACES):
        return Step("draft", cell("common", asked.kind, question=question, data=data, unknown=[]))
    if asked.kind == "extend":
        return Step("draft", cell("common", "extend", kind=asked.subject.names[0], question=question, data=data))
    if asked.kind in ("setting", "variables"):
        name = "".join(asked.subject.names)
        return Step("draft", cell("common", asked.kind, name=name, data=data))
    meant = [each for each in (asked.subject, asked.other) if each.names]
    subjects = [(list(each.names), each.kind, each.line, each.within) for each in meant]
    besides = [each.besides for each in meant if each.besides]
    return Step("look", cell("common", "look", subjects=subjects, besides=besides, data=data))


def _draft(asked: Intent, question: str, seen: str) -> Step:
    """The program that fits what was found."""
    found = _FOUND.findall(seen)
    sorts = found[-1].split() if found else []
    if "nothing" in sorts or not sorts:
        named = all(each.is_code for each in (asked.subject, asked.other) if each.names)
        unknown = "importers" if asked.kind == "importers" else "missing"  # also what is from outside is imported
        program = unknown if named and sorts else "places"
    elif asked.kind in ("path", "descent", "compare") and sorts != ["definition", "definition"]:
        program = "places"
    else:
        program = _PROGRAMS.get((asked.kind, sorts[0]), "explain")
    nowhere = [name for each in (asked.subject, asked.other) for name in each.names] if "nothing" in sorts else []
    parameters: dict[str, dict[str, object]] = {
        "places": {"question": question, "unknown": nowhere},
        "outline": {"only": asked.only},
        "history": {"since": asked.since, "origin": _ORIGIN.search(question) is not None},
    }
    return Step("draft", cell(program, **parameters.get(program, {})))


def _failure(observed: str) -> str:
    """What to say of a program that came to no answer."""
    if late := _LATE.search(observed):
        return f"This question takes longer than a cell may: {late[0]} was reached. A narrower one may be answered."
    return f"The structural program for this question failed:\n\n{observed.strip()}"


def _submission_without(problems: str) -> str:
    """A submission of the draft without the citations that were refused."""
    failing = sorted({int(number) for number in _FAILING.findall(problems)})
    return f"draft = draft.without({failing})\n{_SUBMIT}" if failing else _SUBMIT
