"""A recorded run again: the same where nothing changed, and the first difference where something did."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from rlm_code.codebase.open import open_host, open_host_of
from rlm_code.errors import ConfigError, LMError
from rlm_code.features.ask import ask as ask_feature
from rlm_code.features.replay import Recording, Replayed, reopened, replay
from rlm_code.lm.protocol import LanguageModel, Usage
from rlm_code.rlm import events
from rlm_code.rlm.answer import Answer
from rlm_code.rlm.loop import run
from rlm_code.rlm.task import Limits, Task
from tests.conftest import MakeRepository, git, write_files
from tests.rlm.scripted import ScriptedLM, cell, prose, stopped

LOOK = "print(repo.find('charge')[0].callers())"
MANY = "print([r.text for r in llm_query_batched(['a', 'b', 'a'])])"
CHILD = "print(rlm_query('Where is charge?').text)"
SUBMIT = "submit('shop.py calls it [1].', [{'path': 'shop.py', 'start_line': 2, 'end_line': 2}])"
WRONG = "submit('So [1], and so [2].', [{'path': 'shop.py', 'start_line': 2}, {'path': 'shop.py', 'start_line': 9}])"

FILES = {"pay.py": "def charge(card):\n    return card\n", "shop.py": "import pay\npay.charge(1)\n"}


@pytest.fixture
def project(make_repository: MakeRepository) -> Path:
    return make_repository(FILES)


@pytest.fixture
def recorded(project: Path, tmp_path: Path) -> Callable[..., Path]:
    """Answers a question about the project and gives the run's file."""

    def record(lm: LanguageModel, rev: str | None = None, untracked: bool = False, **limits: object) -> Path:
        queries = open_host(project, rev, untracked, cache_dir=tmp_path / "cache")
        sub = ScriptedLM(lambda request: cell(LOOK, SUBMIT) if request.tools else prose("It charges."))
        made = ask_feature(
            queries, "Who?", lm=lm, sub_lm=sub, limits=Limits(**limits), runs_dir=tmp_path / "runs"  # type: ignore[arg-type]
        )  # fmt: skip
        path = Path(str(asyncio.run(made).trajectory))
        queries.close()
        return path

    return record


@pytest.fixture
def again(tmp_path: Path) -> Callable[[Path], Replayed]:
    """Replays a run's file."""

    def replay_it(path: Path) -> Replayed:
        recording = Recording(path)
        queries = reopened(recording, partial(open_host_of, cache_dir=tmp_path / "cache"))
        try:
            return asyncio.run(replay(recording, queries))
        finally:
            queries.close()

    return replay_it


Record = Callable[..., Path]
Again = Callable[[Path], Replayed]

RUNS = {
    "complete": [cell(LOOK), cell(MANY), cell(SUBMIT)],
    "a child": [cell(CHILD), cell(SUBMIT)],
    "cells that fail": [cell("x = 1\n1/0"), cell(LOOK), cell(SUBMIT)],
    "unverified": [cell(LOOK), cell(WRONG), cell(WRONG), cell(WRONG)],
    "prose": [prose("Hm."), prose("It is so.")],
    "declined": [cell(LOOK), stopped("refusal", detail="no")],
    "compacted": [cell(LOOK), stopped("context_overflow"), cell(SUBMIT)],
    "turns": [cell(LOOK)] * 4,
}


@pytest.mark.parametrize("kind", RUNS)
def test_a_run_that_came_to_its_end_comes_to_the_same(recorded: Record, again: Again, kind: str) -> None:
    replayed = again(recorded(ScriptedLM(RUNS[kind]), turns=4, depth=1))
    assert (replayed.difference, replayed.cut_off) == (None, None)


def test_limits_of_money_hold_as_they_did(recorded: Record, again: Again) -> None:
    dear = replace(cell(LOOK), usage=Usage(20_000))
    for limits, says in (({"tokens": 60_000}, "tokens limit"), ({"cost_usd": 0.2}, "cost_usd limit")):
        replayed = again(recorded(ScriptedLM(lambda request: dear), **limits))
        assert (replayed.difference, replayed.cut_off) == (None, None)
        assert replayed.answer is not None
        assert says in str(replayed.answer.reason)


def test_a_model_that_broke_down_ends_the_replay_too(recorded: Record, again: Again) -> None:
    replayed = again(recorded(ScriptedLM([cell(LOOK), LMError("overloaded", provider="x")])))
    assert (replayed.difference, replayed.cut_off) == (None, "overloaded")


def test_a_run_that_was_cancelled_is_compared_as_far_as_it_went(
    project: Path, tmp_path: Path, again: Again, task: Callable[..., Task]
) -> None:
    queries = open_host(project, cache_dir=tmp_path / "cache")

    async def cancelled() -> Answer:
        def heard(event: events.Event) -> None:
            if isinstance(event, events.TurnStarted) and event.turn == 2:
                job.cancel()

        asked = task(ScriptedLM([cell(LOOK), cell(SUBMIT)], seconds=0.05))
        job = asyncio.create_task(run(replace(asked, snapshot=queries.snapshot, queries=queries), heard))
        return await job

    path = Path(str(asyncio.run(cancelled()).trajectory))
    queries.close()
    assert again(path)[1:] == (None, "the run was cancelled")
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:7]))
    assert again(path)[1:] == (None, "the run was killed")


def test_a_working_tree_that_changed_is_not_run(recorded: Record, again: Again, project: Path) -> None:
    path = recorded(ScriptedLM(RUNS["complete"]))
    write_files(project, {"new.py": "charge = 1\n"})
    assert again(path).difference is None  # nobody tracks it
    write_files(project, {"shop.py": "import pay\npay.charge(2)\n"})
    replayed = again(path)
    assert replayed.answer is None
    assert "files in the working tree" in str(replayed.difference)
    git(project, "commit", "--quiet", "--all", "--message", "second")
    assert "at commit" in str(again(path).difference)


def test_untracked_files_are_looked_at_as_they_were(recorded: Record, again: Again, project: Path) -> None:
    write_files(project, {"new.py": "import pay\npay.charge(3)\n"})
    path = recorded(ScriptedLM(RUNS["complete"]), untracked=True)
    assert "new.py" in path.read_text()
    assert again(path).difference is None


def test_a_revision_is_found_again_after_its_name_moved_on(recorded: Record, again: Again, project: Path) -> None:
    path = recorded(ScriptedLM(RUNS["complete"]), rev="main")
    write_files(project, {"shop.py": "x = 1\n"})
    git(project, "commit", "--quiet", "--all", "--message", "second")
    assert again(path).difference is None


@pytest.mark.parametrize(
    ("was", "written", "says"),
    [
        ("shop.py:2", "shop.py:3", "turn 1: the cell said "),
        ("It charges.", "It pays.", "turn 2: the cell said "),
        ("You answer questions about", "You question answers about", "this request was not sent in the recorded run"),
    ],
)
def test_what_our_code_does_otherwise_now_is_named(
    recorded: Record, again: Again, was: str, written: str, says: str
) -> None:
    """The file is changed instead of the code: it is the one that says how the code behaved."""
    path = recorded(ScriptedLM(RUNS["complete"]))
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    kept = ("cell_ended", "session_started")
    edited = [json.loads(json.dumps(line).replace(was, written)) if line["event"] in kept else line for line in lines]
    assert edited != lines
    path.write_text("".join(json.dumps(line) + "\n" for line in edited))
    assert says in str(again(path).difference)


def test_another_answer_is_named(recorded: Record, again: Again) -> None:
    path = recorded(ScriptedLM(RUNS["complete"]))
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    lines[-1]["answer"]["status"] = "partial"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert again(path).difference == "the status said 'partial' then, and says 'complete' now"


@pytest.mark.parametrize("text", ["", "{}\n", "[]\n", '{"event": "run_started"', "no JSON\n"])
def test_what_is_no_run_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "run.jsonl"
    path.write_text(text)
    with pytest.raises(ConfigError, match="is not a recorded run"):
        Recording(path)
