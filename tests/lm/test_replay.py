"""A recorded run is said again word for word, or not at all."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from rlm_code.config import read_settings
from rlm_code.errors import ConfigError, LMError
from rlm_code.lm.choose import choose, choose_sub
from rlm_code.lm.prices import cost_usd
from rlm_code.lm.protocol import Block, Listener, Message, Reply, Request, Stop, Text, ToolCall, ToolResult, Usage
from rlm_code.lm.replay import ReplayLM
from rlm_code.rlm import events
from rlm_code.rlm.trajectory import Trajectory
from tests.lm.conftest import PYTHON

SYSTEM = "You explore."
RAW = [{"type": "thinking", "thinking": "", "signature": "s"}, {"type": "text", "text": "Looking."}]
USED = Usage(100, 10, 5, 1)
LOOKS = Message("assistant", (Text("Looking."), ToolCall("a", "python", {"code": "1"})), raw=RAW)
SAYS = Message("assistant", (Text("Two."),), raw=[{"type": "text", "text": "Two."}])


def user(*blocks: str | Block) -> Message:
    return Message("user", tuple(Text(block) if isinstance(block, str) else block for block in blocks))


RESULT = ToolResult("a", "pkg/shop.py:6")


class Run:
    """Writes the file of a run with the recorder that runs use."""

    def __init__(self, folder: Path) -> None:
        self._trajectory = Trajectory(folder)
        started = events.RunStarted("Who?", "shop", "shop @ 1", "1" * 40, "anthropic:claude-sonnet-5-5", None, {})
        self._trajectory.record(started)

    def session(self, name: str, first: str) -> None:
        self._trajectory.record(events.SessionStarted(name, first, "none", SYSTEM, first))

    def replied(self, session: str, turn: int, message: Message, stop: Stop = "end_turn") -> None:
        reply = Reply(message, stop, USED, "claude-sonnet-5-5", f"req_{turn}")
        self._trajectory.record(events.Replied.of(session, turn, reply, 0.01, 1.5))

    def observed(self, session: str, turn: int, message: Message) -> None:
        self._trajectory.record(events.Observed(session, turn, message))

    def compacted(self, session: str) -> None:
        self._trajectory.record(events.Compacted(session, 1))

    def answered(self, prompt: str, text: str, **changes: Any) -> None:
        fields: dict[str, Any] = {"error": None, "truncated": False, "cached": False}
        fields |= {"lm": "claude-haiku-5-5", "usage": USED, "cost_usd": 0.0, "seconds": 0.1} | changes
        self._trajectory.record(events.SubCallEnded("", 1, 1, prompt, text, **fields))

    def end(self) -> Path:
        self._trajectory.close()
        assert self._trajectory.path is not None
        return self._trajectory.path


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return Run(tmp_path)


def request(*messages: Message, system: str = SYSTEM) -> Request:
    return Request(system, messages, (PYTHON,))


def complete(lm: ReplayLM, asked: Request, heard: list[str] | None = None) -> Reply:
    return asyncio.run(lm.complete(asked, Listener(on_text=(heard if heard is not None else []).append)))


@pytest.fixture
def recorded(run: Run) -> ReplayLM:
    run.session("", "Who calls it?")
    run.replied("", 1, LOOKS, "tool_use")
    run.observed("", 2, user(RESULT, "[turn 2 of 24, 3 of 900 s]"))
    run.replied("", 2, SAYS)
    return ReplayLM(run.end())


def test_the_same_requests_get_the_same_replies_raw_form_and_usage_included(recorded: ReplayLM) -> None:
    heard: list[str] = []
    first = user("Who calls it?", "[turn 1 of 24, 0 of 900 s]")
    one = complete(recorded, request(first), heard)
    assert one == Reply(LOOKS, "tool_use", USED, "claude-sonnet-5-5", "req_1")
    two = complete(recorded, request(first, one.message, user(RESULT, "[turn 2 of 24, 812 of 900 s]")), heard)
    assert two.message == SAYS
    assert heard == ["Looking.", "Two."]


@pytest.mark.parametrize(
    ("asked", "difference"),
    [
        (request(user("Who calls that?")), r"that said 'user: Who calls it\?', it says 'user: Who calls that\?'"),
        (request(user("Who calls it?"), system="Be brief."), "it says 'system: Be brief.'"),
        (
            request(user("Who calls it?"), LOOKS, user(ToolResult("a", "pkg/new.py:1"), "[turn 2]")),
            "said 'user: result: pkg/shop.py:6', it says 'user: result: pkg/new.py:1'",
        ),
        (request(user("Who calls it?"), LOOKS, user(RESULT, "[2]"), SAYS, user("And?")), "said '.its end.'"),
    ],
)
def test_any_other_request_is_refused_with_the_first_difference(
    recorded: ReplayLM, asked: Request, difference: str
) -> None:
    with pytest.raises(LMError, match=difference) as caught:
        complete(recorded, asked)
    assert not caught.value.retryable


def test_a_request_is_answered_as_often_as_it_was(recorded: ReplayLM) -> None:
    complete(recorded, request(user("Who calls it?")))
    with pytest.raises(LMError, match="was not sent"):
        complete(recorded, request(user("Who calls it?")))


def test_child_runs_are_conversations_of_their_own(run: Run) -> None:
    run.session("", "Root task")
    run.session("1", "Child task")
    run.replied("1", 1, SAYS)
    run.replied("", 1, LOOKS, "tool_use")
    lm = ReplayLM(run.end())
    assert complete(lm, request(user("Root task"))).message == LOOKS
    assert complete(lm, request(user("Child task"))).message == SAYS


def test_a_conversation_goes_on_after_it_was_compacted(run: Run) -> None:
    empty = Message("assistant", (), raw=[])
    run.session("", "Task")
    run.replied("", 1, LOOKS, "tool_use")
    run.observed("", 2, user(RESULT, "[turn 2]"))
    run.replied("", 2, empty, "context_overflow")
    run.compacted("")
    run.observed("", 3, user("Task", "Notes of your cells", "[turn 3]"))
    run.replied("", 3, SAYS)
    lm = ReplayLM(run.end())
    complete(lm, request(user("Task")))
    assert complete(lm, request(user("Task"), LOOKS, user(RESULT, "[turn 1]"))).stop == "context_overflow"
    assert complete(lm, request(user("Task", "Notes of your cells", "[turn 3]"))).message == SAYS


def test_sub_queries_are_answered_by_their_prompts(run: Run) -> None:
    run.answered("Summarise a.py", "It adds.")
    run.answered("Summarise b.py", "It subt", truncated=True)
    run.answered("Summarise c.py", "", error="the sub-model declined to answer")
    run.answered("Summarise a.py", "It adds.", cached=True)
    lm = ReplayLM(run.end())

    def sub(prompt: str) -> Reply:
        return complete(lm, Request("Answer briefly.", (user(prompt),)))

    assert [sub("Summarise a.py").text for _ in range(3)] == ["It adds."] * 3
    assert sub("Summarise b.py").stop == "max_tokens"
    with pytest.raises(LMError, match="declined"):
        sub("Summarise c.py")
    with pytest.raises(LMError, match="was not sent"):
        sub("Summarise d.py")


def test_a_last_line_that_a_crash_cut_off_is_left_out(run: Run) -> None:
    run.session("", "Task")
    run.replied("", 1, SAYS)
    path = run.end()
    with path.open("a") as file:
        file.write('{"event": "repl')
    assert complete(ReplayLM(path), request(user("Task"))).message == SAYS


@pytest.mark.parametrize(
    "content",
    [
        "",
        "hello\n",
        "[1, 2]\n",
        '{"event": "run_started", "schema": 2}\n',
        '{"event": "run_started"}\n',
        '{"event": "run_started", "schema": 1}\n{"event": "replied"}\n',
    ],
)
def test_a_file_that_is_no_run_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "run.jsonl"
    path.write_text(content)
    with pytest.raises(ConfigError, match=r"is not a recorded run: .*give the .jsonl file"):
        ReplayLM(path)
    with pytest.raises(ConfigError, match="No such file"):
        ReplayLM(tmp_path / "missing.jsonl")


def test_a_replay_is_chosen_by_its_file_stands_in_for_both_models_and_is_free(run: Run) -> None:
    run.session("", "Task")
    run.replied("", 1, SAYS)
    path = run.end()
    settings = read_settings({"HOME": "/h", "ANTHROPIC_API_KEY": "sk-x"})
    lm = choose(f"replay:{path}", settings)
    assert lm.name == f"replay:{path}"
    assert choose_sub(None, lm, settings) is lm
    assert cost_usd(lm.name, USED) == 0.0
