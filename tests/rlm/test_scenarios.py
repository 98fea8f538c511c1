"""Whole runs through the real SDKs, in each dialect, while the server misbehaves: each ends in the right status, and
the ledger is the server's own count to the token."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from rlm_code.lm.anthropic import AnthropicLM
from rlm_code.lm.openai import OpenAILM
from rlm_code.lm.openai_chat import ChatLM
from rlm_code.lm.prices import cost_usd
from rlm_code.lm.protocol import LanguageModel
from rlm_code.lm.retry import Patience
from rlm_code.rlm import events
from rlm_code.rlm.answer import Answer
from rlm_code.rlm.loop import run
from rlm_code.rlm.task import Task
from rlm_code.rlm.trajectory import read_trajectory
from tests.lm.chat_server import ChatServer
from tests.lm.messages_server import MessagesServer
from tests.lm.responses_server import ResponsesServer
from tests.lm.script import Answer as Served
from tests.lm.script import Body, Broken, Hang, Say, Status, broken_call, call, say
from tests.lm.scripted_server import SILENCE_S

HASTY = Patience(first_s=0.01, longest_s=0.03)

LOOK = "print(repo.find('charge_card')[0].callers())"
ASK = "print([str(r) for r in llm_query_batched([repo.file('pkg/shop.py').text, 'b', 'c'])])"
SUBMIT = "submit('Called by checkout [1].', [{'path': 'pkg/shop.py', 'quote': 'return charge_card(cart)'}])"
WRONG = "submit('So [1].', [{'path': 'pkg/shop.py', 'quote': 'nowhere'}])"
LOUD = "print('word ' * 9000)"


def python(code: str) -> Say:
    return say(call("python", code=code))


LIMITED = Status(429, "slow down", headers={"retry-after": "0.02"})
GARBAGE = Body("<html>Bad gateway</html>", "text/html")
FINE = [python(LOOK), python(SUBMIT)]


@dataclass(frozen=True)
class Case:
    """What the root is answered, request by request; what a sub-query is; what the run must come to."""

    root: list[Served]
    status: str = "complete"
    reason: str = ""
    sub: list[Served] = field(default_factory=list)
    limits: dict[str, Any] = field(default_factory=dict)
    server: dict[str, Any] = field(default_factory=dict)
    attempt_s: float = 30.0


def after(*faults: Served, status: str = "complete", reason: str = "", **more: Any) -> Case:
    """The faults come in the second turn."""
    return Case([FINE[0], *faults, FINE[1]], status, reason, **more)


CASES = {
    "nothing": Case(FINE),
    # what passes
    "six 429 in a row": after(*[LIMITED] * 6),
    "429 at once": Case([LIMITED, *FINE]),
    "408": after(Status(408)),
    "409": after(Status(409)),
    "500 twice": after(Status(500), Status(500)),
    "502, then 503": after(Status(502), Status(503)),
    "504": after(Status(504)),
    "529": after(Status(529)),
    "dropped at the start": after(Broken("drop", 0)),
    "dropped in the middle": after(Broken("drop", 4), Broken("drop", 2)),
    "ended in the middle": after(Broken("end", 3)),
    "garbage in the stream": after(Broken("garbage", 3)),
    "an error in the stream": after(Broken("server_error", 2)),
    "a body that is no reply": after(GARBAGE),
    "an empty body": after(Body("", "text/event-stream")),
    "no answer at all": after(Hang()),
    "a stream that stops": after(Broken("hang", 3)),
    "one byte at a time": Case([python(LOOK), say(call("python", code=SUBMIT), wire=7, piece=3)]),
    # what stays
    "400": after(Status(400, "bad request"), status="failed", reason="bad request"),
    "401": after(Status(401), status="failed", reason="key"),
    "403": after(Status(403), status="failed"),
    "404": after(Status(404), status="failed", reason="name"),
    "413": after(Status(413), status="failed", reason="larger"),
    "nothing but bodies that are no reply": after(*[GARBAGE] * 3, status="failed", reason="cannot be read"),
    "nothing but 500": after(*[Status(500)] * 10, status="failed", reason="500"),
    "a wait beyond all patience": after(
        Status(429, headers={"retry-after": "9999"}), status="failed", reason="later than"
    ),
    # what the model does
    "a refusal": after(say("No.", stop="refusal"), status="failed", reason="declined"),
    "a call that is no JSON": after(say(broken_call("python", '{"code": "pri'))),
    "a tool that does not exist": after(say(call("shell", code="ls"))),
    "a cell that fails": after(python("1/0")),
    "a cell that never ends": after(python("while True: pass"), limits={"cell_seconds": 1.0}),
    "a cell that dies": after(python("import os\nos._exit(3)"), python(LOOK)),
    "prose, then an answer": after(say("Let me think.")),
    "nothing but prose": Case([say("It is so."), say("It is.")], "partial", "without submitting"),
    "an answer before anything was read": Case([python(SUBMIT), *FINE]),
    "citations that never hold": Case([FINE[0], *[python(WRONG)] * 3], "partial", "its quote is not in"),
    "a reply cut off": after(say(call("python", code="x = 1\n" * 3000), piece=900), limits={"reply_tokens": 2_100}),
    "a conversation that outgrows the window": Case(
        [python(LOUD), python(LOUD), python(LOUD), *FINE], server={"context_window": 14_000}
    ),
    # limits
    "turns": Case([python(LOOK)] * 3, "partial", "turns limit", limits={"turns": 3}),
    "calls": Case([python(LOOK)] * 3, "partial", "calls limit", limits={"calls": 3}),
    "tokens": Case([python(LOUD)] * 9, "partial", "tokens limit", limits={"tokens": 70_000}),
    "dollars": Case([python(LOUD)] * 9, "partial", "cost_usd limit", limits={"cost_usd": 0.15}),
    "seconds": Case(
        [FINE[0], Hang(), FINE[1]], "partial", "seconds", limits={"seconds": SILENCE_S}, attempt_s=2 * SILENCE_S
    ),
    # sub-queries
    "sub-queries": Case([python(ASK), *FINE], sub=[say("yes")] * 3),
    "sub-queries that are limited": Case([python(ASK), *FINE], sub=[LIMITED] * 6 + [say("yes")] * 3),
    "sub-queries that break": Case([python(ASK), *FINE], sub=[Broken("drop", 3), Broken("end", 2), *[say("yes")] * 3]),
    "sub-queries that fail": Case([python(ASK), *FINE], sub=[Status(400), say("No.", stop="refusal"), Status(403)]),
    "sub-queries nobody can pay": Case([python(ASK), *FINE], limits={"calls": 4}),
}


@dataclass(frozen=True)
class Dialect:
    """One provider: its server, its SDK and its models."""

    server: Callable[..., Any]
    lm: Callable[..., LanguageModel]
    root: str
    sub: str
    refusal: str
    variables: tuple[str, str]


DIALECTS = {
    "anthropic": Dialect(
        MessagesServer,
        AnthropicLM,
        "claude-sonnet-5-5",
        "claude-haiku-5-5",
        "refusal",
        ("ANTHROPIC_BASE_URL", "ANTHROPIC_API_KEY"),
    ),
    "openai": Dialect(
        ResponsesServer, OpenAILM, "gpt-6-sol", "gpt-6-luna", "content_filter", ("OPENAI_BASE_URL", "OPENAI_API_KEY")
    ),
    "openai-chat": Dialect(
        ChatServer, ChatLM, "gpt-6-sol", "gpt-6-luna", "content_filter", ("OPENAI_BASE_URL", "OPENAI_API_KEY")
    ),
}
_FIRST, *_OTHERS = DIALECTS  # tests/lm has the faults of each by themselves


class Model:
    """Gives the root and the sub-queries what the case has for them, whichever comes first."""

    def __init__(self, case: Case, refusal: str) -> None:
        self._root, self._sub = iter(case.root), iter(case.sub)
        self._refusal = refusal

    def __call__(self, body: dict[str, Any]) -> Served:
        answer = next(self._root if body.get("tools") else self._sub)
        refuses = isinstance(answer, Say) and answer.stop == "refusal"
        return replace(answer, stop=self._refusal) if refuses else answer


@pytest.fixture(autouse=True)
def _no_certificates(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Reading the system's certificates takes each client 40 ms, and nothing here is encrypted."""
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))


@pytest.fixture
def play(task: Callable[..., Task], monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[Answer, Any, list[Any]]]:
    """Runs a case in a dialect: the answer, the server, and what was heard."""

    def once(case: Case, dialect: Dialect, script: Any = None) -> tuple[Answer, Any, list[Any]]:
        heard: list[events.Event] = []

        async def whole() -> Answer:
            root = dialect.lm(dialect.root, patience=HASTY, attempt_s=case.attempt_s)
            sub = dialect.lm(dialect.sub, effort="low", patience=HASTY, attempt_s=case.attempt_s)
            try:
                return await server.hurry(run(task(root, sub_lm=sub, limits=dict(case.limits)), heard.append))
            finally:
                await root.close()
                await sub.close()

        with dialect.server(script or Model(case, dialect.refusal), **case.server) as server:
            for name, value in zip(dialect.variables, (server.url, server.key), strict=True):
                monkeypatch.setenv(name, value)
            return asyncio.run(whole()), server, heard

    return once


@pytest.mark.parametrize("dialect", [_FIRST, *(pytest.param(other, marks=pytest.mark.slow) for other in _OTHERS)])
@pytest.mark.parametrize("name", CASES)
def test_each_ends_as_it_must_and_is_counted_to_the_token(
    play: Callable[..., tuple[Answer, Any, list[Any]]], name: str, dialect: str
) -> None:
    case = CASES[name]
    answer, server, heard = play(case, DIALECTS[dialect])
    assert answer.status == case.status, answer.reason
    assert case.reason in str(answer.reason)
    if case.status == "complete":
        assert answer.citations
    spent, total = answer.usage, server.total
    counted = (spent.input_tokens, spent.output_tokens, spent.cache_read_tokens, spent.cache_write_tokens)
    assert counted == (total.input_tokens, total.output_tokens, total.cache_read_tokens, total.cache_write_tokens)
    bills = [cost_usd(one.body["model"], one.usage) or 0 for one in server.recorded if one.usage]
    assert spent.cost_usd == pytest.approx(sum(bills))
    waits = [event for event in heard if isinstance(event, events.Waited)]
    assert len(server.recorded) == spent.calls + len(waits)
    last = list(read_trajectory(Path(str(answer.trajectory))))[-1]
    assert (last["event"], last["answer"]["status"]) == ("run_ended", case.status)


@pytest.mark.slow
@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_server_that_is_silent_for_five_seconds_is_waited_for(
    play: Callable[..., tuple[Answer, Any, list[Any]]], dialect: str
) -> None:
    turns = iter(FINE)

    def slow(body: dict[str, Any]) -> Served:
        turn = next(turns)
        if turn is FINE[1]:
            time.sleep(5)
        return turn

    answer, server, _ = play(Case([]), DIALECTS[dialect], slow)
    assert (answer.status, len(server.recorded)) == ("complete", 2)
