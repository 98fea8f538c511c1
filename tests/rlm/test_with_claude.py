"""Whole runs through the real SDK, against a server on 127.0.0.1 that holds requests to the API's own rules."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from rlm_code.lm.anthropic import AnthropicLM
from rlm_code.lm.protocol import Usage
from rlm_code.lm.retry import Patience
from rlm_code.rlm import events
from rlm_code.rlm.answer import Answer
from rlm_code.rlm.loop import run
from rlm_code.rlm.task import Task
from tests.lm.messages_server import Broken, Hang, MessagesServer, Say, Script, Status, broken_call, call, say, thinking
from tests.lm.scripted_server import SILENCE_S
from tests.rlm.conftest import SHOP

LOOK = "found = repo.find('charge_card')[0]\nprint(found.callers())"
ASK = (
    "texts = [repo.file(path).text for path in ('pkg/shop.py', 'pkg/payments.py', 'pkg/retry.py')]\n"
    "replies = llm_query_batched([f'What does this do? {text}' for text in texts])\n"
    "print(*(reply.text for reply in replies), sep='\\n')"
)
SUBMIT = "submit('Called by checkout [1].', [{'path': 'pkg/shop.py', 'quote': 'return charge_card(cart)'}])"

MakeTask = Callable[..., Task]


def python(code: str) -> Say:
    return say(call("python", code=code))


class Served:
    """Runs whose root and sub-model are Claudes served by `server`."""

    def __init__(self, server: MessagesServer, task: MakeTask) -> None:
        self.server = server
        self._task = task

    def ask(self, on_event: Callable[[events.Event], None] = lambda event: None, **options: Any) -> Answer:
        patience = Patience(first_s=0.01, longest_s=0.05)

        async def whole() -> Answer:
            root = AnthropicLM("claude-sonnet-5-5", patience=patience)
            sub = AnthropicLM("claude-haiku-5-5", effort="low", patience=patience)
            try:
                return await self.server.hurry(run(self._task(root, sub_lm=sub, **options), on_event))
            finally:
                await root.close()
                await sub.close()

        return asyncio.run(whole())


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch, task: MakeTask) -> Callable[..., Any]:
    @contextmanager
    def start(script: Script, **settings: Any) -> Iterator[Served]:
        with MessagesServer(script, **settings) as server:
            monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
            monkeypatch.setenv("ANTHROPIC_API_KEY", server.key)
            yield Served(server, task)

    return start


def script(*turns: Say, sub: Callable[[str], Any] = lambda prompt: say(f"It has {len(prompt)} characters.")) -> Script:
    """The root says one of `turns` after the other; a sub-query, which has no tools, gets what `sub` says."""
    left = iter(turns)

    def answer(body: dict[str, Any]) -> Any:
        if body.get("tools"):
            return next(left)
        content = body["messages"][0]["content"]
        return sub(content if isinstance(content, str) else content[0]["text"])

    return answer


def counted(answer: Answer) -> tuple[int, ...]:
    usage = answer.usage
    return usage.input_tokens, usage.output_tokens, usage.cache_read_tokens, usage.cache_write_tokens


def counts(usage: Usage) -> tuple[int, ...]:
    return usage.input_tokens, usage.output_tokens, usage.cache_read_tokens, usage.cache_write_tokens


def test_a_whole_run_with_parallel_sub_queries(served: Callable[..., Any]) -> None:
    heard: list[events.Event] = []
    turns = (say(thinking("Where?"), "Let me look.", call("python", code=LOOK)), python(ASK), python(SUBMIT))
    with served(script(*turns)) as claude:
        answer = claude.ask(heard.append)
    assert (answer.status, answer.reason) == ("complete", None)
    assert [c.quote for c in answer.citations] == ["    return charge_card(cart)"]
    assert answer.coverage.read == ("pkg/retry.py", "pkg/shop.py")
    assert answer.coverage.read_by_sub_models == ("pkg/payments.py", "pkg/retry.py", "pkg/shop.py")
    assert answer.usage.calls == len(claude.server.requests) == 6
    assert counted(answer) == counts(claude.server.total)
    assert answer.usage.cost_usd is not None
    assert answer.usage.cost_usd > 0
    assert [event.done for event in heard if isinstance(event, events.SubCallEnded)] == [1, 2, 3]


def test_no_text_of_a_file_that_no_cell_printed_is_ever_sent(served: Callable[..., Any]) -> None:
    with served(script(python(LOOK), python(SUBMIT))) as claude:
        claude.ask()
    sent = json.dumps(claude.server.requests)
    assert "return charge_card(cart)" in sent  # a cell printed it
    for unread in ("SECRET-MARKER", "Reserve the stock first", "logging.info", "for attempt in range"):
        assert any(unread in text for text in SHOP.values())
        assert unread not in sent


def test_the_second_turn_reads_the_first_from_the_cache(served: Callable[..., Any]) -> None:
    with served(script(python(LOOK), python("x = 1"), python(SUBMIT))) as claude:
        answer = claude.ask()
    assert answer.usage.cache_read_tokens > 2 * 2_000
    assert answer.usage.input_tokens < 600


def test_sub_queries_are_bounded_in_width_and_keep_their_order(served: Callable[..., Any]) -> None:
    many = "replies = llm_query_batched([f'number {n}' for n in range(24)])\nprint([r.text for r in replies])"

    def slow(prompt: str) -> Say:
        return say(prompt, every_s=0.01)

    heard: list[events.Event] = []
    with served(script(python(LOOK), python(many), python(SUBMIT), sub=slow)) as claude:
        answer = claude.ask(heard.append, limits={"width": 8})
    observed = [event for event in heard if isinstance(event, events.CellEnded)][1]
    assert observed.result.output.strip() == str([f"number {n}" for n in range(24)])
    assert 2 <= claude.server.most_at_once <= 8
    assert counted(answer) == counts(claude.server.total)


def test_a_sub_query_that_fails_is_a_result(served: Callable[..., Any]) -> None:
    def sometimes(prompt: str) -> Any:
        if "bad" in prompt:
            return Status(400, "no such thing")
        if "cut" in prompt:
            return say("half an ans", stop="max_tokens")
        return say("I won't", stop="refusal") if "shy" in prompt else say("fine")

    batch = (
        "rs = llm_query_batched(['good', 'bad', 'cut', 'shy', 'good'])\n"
        "print([(r.text, bool(r.error), r.truncated) for r in rs])"
    )
    heard: list[events.Event] = []
    with served(script(python(LOOK), python(batch), python(SUBMIT), sub=sometimes)) as claude:
        answer = claude.ask(heard.append)
    assert answer.status == "complete"
    cells = [event.result for event in heard if isinstance(event, events.CellEnded)]
    expected = [("fine", False, False), ("", True, False), ("half an ans", False, True), ("", True, False)]
    assert cells[1].output.strip() == str([*expected, ("fine", False, False)])
    sent = [body for body in claude.server.requests if not body.get("tools")]
    assert len(sent) == 4  # the same prompt twice is one call
    assert counted(answer) == counts(claude.server.total)


@pytest.mark.parametrize(
    "fault",
    [Status(429, headers={"retry-after": "0"}), Status(529), Status(500), Broken("drop"), Broken("overloaded_error")],
)
def test_faults_that_pass_cost_the_run_nothing_but_time(served: Callable[..., Any], fault: Any) -> None:
    heard: list[events.Event] = []
    with served([python(LOOK), fault, fault, python(SUBMIT)]) as claude:
        answer = claude.ask(heard.append)
    assert answer.status == "complete"
    assert len([event for event in heard if isinstance(event, events.Waited)]) == 2
    assert counted(answer) == counts(claude.server.total)


@pytest.mark.parametrize(
    ("fault", "says"), [(Status(401), "key"), (Status(400, "bad request"), "bad request"), (Status(403), "")]
)
def test_faults_that_stay_end_in_a_failure_with_their_reason(served: Callable[..., Any], fault: Any, says: str) -> None:
    with served([python(LOOK), fault]) as claude:
        answer = claude.ask()
    assert (answer.status, answer.answer) == ("failed", "")
    assert says in str(answer.reason)
    assert answer.coverage.read == ("pkg/retry.py", "pkg/shop.py")
    assert counted(answer) == counts(claude.server.total)


def test_a_call_that_is_no_json_is_answered_with_an_error(served: Callable[..., Any]) -> None:
    with served([say(broken_call("python", '{"code": "pri')), python(LOOK), python(SUBMIT)]) as claude:
        answer = claude.ask()
    assert answer.status == "complete"
    result = claude.server.requests[1]["messages"][-1]["content"][0]
    assert result["is_error"]


def test_a_reply_that_is_cut_off_in_the_middle_of_a_call(served: Callable[..., Any]) -> None:
    long = say(call("python", code="print('x')\n" * 4000), piece=1000)
    with served([long, python(LOOK), python(SUBMIT)]) as claude:
        answer = claude.ask(limits={"reply_tokens": 2500})
    assert answer.status == "complete"
    assert "cut off" in json.dumps(claude.server.requests[1]["messages"][-1])


def test_a_refusal(served: Callable[..., Any]) -> None:
    with served([python(LOOK), say("No.", stop="refusal")]) as claude:
        answer = claude.ask()
    assert answer.status == "failed"
    assert "declined" in str(answer.reason)
    assert counted(answer) == counts(claude.server.total)


def test_a_conversation_that_outgrows_the_window(served: Callable[..., Any]) -> None:
    flood = python("kept = 1\nprint('word ' * 8_000)")
    with served([flood, flood, flood, python("print(kept)\n" + LOOK), python(SUBMIT)], context_window=12_000) as claude:
        answer = claude.ask()
    assert answer.status == "complete"
    assert any("put into these notes" in json.dumps(body["messages"][0]) for body in claude.server.requests)


def test_time_that_runs_out_in_the_middle_of_a_reply(served: Callable[..., Any]) -> None:
    with served([python(LOOK), Hang(), python(SUBMIT)]) as claude:
        answer = claude.ask(limits={"seconds": SILENCE_S})
    assert answer.status == "partial"
    assert "seconds" in str(answer.reason)
    assert len(answer.citations) == 1


def test_a_child_run_spends_its_parents_budget(served: Callable[..., Any]) -> None:
    children = (
        "found = rlm_query_batched(['Where is checkout?', 'And again: checkout?'])\n"
        "print([f.text for f in found], budget()['calls']['spent'])\n"
        "submit(found[0].text, found[0].citations)"
    )
    child = "print(repo.find('checkout')[0].text)"
    answered = "submit('Here [1].', [repo.find('checkout')[0]])"

    def answer(body: dict[str, Any]) -> Any:
        first = json.dumps(body["messages"][0])
        if "Who calls" in first:
            return python(children)
        return python(child if len(body["messages"]) == 1 else answered)

    heard: list[events.Event] = []
    with served(answer) as claude:
        got = claude.ask(heard.append, limits={"depth": 1})
    assert (got.status, got.answer) == ("complete", "Here [1].")
    assert got.citations[0].path == "pkg/shop.py"
    assert got.usage.calls == len(claude.server.requests) == 5
    assert counted(got) == counts(claude.server.total)
    assert got.coverage.read_by_sub_models == ("pkg/shop.py",)
    assert {event.session for event in heard if isinstance(event, events.SessionEnded)} == {"", "1", "2"}
