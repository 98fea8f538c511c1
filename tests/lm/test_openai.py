"""A model behind the Responses API answers: what is sent, what comes back, what goes wrong."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from rlm_code.errors import ConfigError
from rlm_code.lm.openai import OpenAILM
from rlm_code.lm.protocol import Effort, Listener, Message, Reply, Request, Text, ToolCall, ToolResult, Usage
from rlm_code.lm.retry import MalformedReplyError, UnreachableError
from tests.lm.conftest import HASTY, PYTHON, Served, ask, failing
from tests.lm.responses_server import ResponsesServer
from tests.lm.script import Answer, Body, Broken, Hang, Say, Script, Status, broken_call, call, say, thinking
from tests.lm.test_anthropic import turn

Serve = Callable[..., Served[ResponsesServer]]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Serve:
    def start(
        script: Script, *, lm: str = "gpt-6-sol", effort: Effort | None = None, attempt_s: float = 30.0, **server: Any
    ) -> Served[ResponsesServer]:
        running = ResponsesServer(script, **server)
        running.__enter__()
        request.addfinalizer(running.__exit__)
        monkeypatch.setenv("OPENAI_BASE_URL", running.url)
        monkeypatch.setenv("OPENAI_API_KEY", running.key)
        return Served(running, OpenAILM(lm, effort=effort, patience=HASTY, attempt_s=attempt_s))

    return start


@pytest.mark.parametrize(("piece", "wire"), [(1, 0), (5, 3), (50, 1)])
def test_texts_and_tool_calls_come_whole(serve: Serve, piece: int, wire: int) -> None:
    code = 'print("é\\n", "🐍")'
    served = serve([say("Grüße 🐍.", call("python", code=code), piece=piece, wire=wire)])
    (reply,) = served.complete(ask("?", tools=(PYTHON,)))
    assert reply.text == "".join(served.ear.texts) == "Grüße 🐍."
    assert reply.tool_calls == (ToolCall("call_0001", "python", {"code": code}),)
    assert reply.stop == "tool_use"
    assert (reply.lm, reply.request_id) == ("gpt-6-sol", "req_0001")
    assert served.lm.name == "openai:gpt-6-sol"
    assert reply.usage == served.server.total


def test_a_conversation_goes_back_verbatim_and_its_beginning_is_read_from_the_cache(serve: Serve) -> None:
    turns = 6
    served = serve([say(thinking("Hm."), "So.", call("python", code=f"print({n})" * 20)) for n in range(turns)])

    async def explore() -> list[Reply]:
        request, replies = ask("?", system="You explore. " * 50, tools=(PYTHON,)), []
        for number in range(turns):
            replies.append(await served.lm.complete(request, Listener()))
            request = turn(request, replies[-1], ToolResult(f"call_{number + 1:04}", "out " * 100), Text("[turn]"))
        return replies

    replies = served.run(explore)
    for before, after in pairwise(served.server.requests):
        assert after["input"][: len(before["input"])] == before["input"]
        assert not after["store"]
    for before, after in pairwise(replies):
        assert after.usage.cache_read_tokens == before.usage.cache_read_tokens + before.usage.cache_write_tokens > 0
    assert sum((reply.usage for reply in replies), Usage()) == served.server.total


def test_messages_without_the_providers_form_are_sent_in_ours(serve: Serve) -> None:
    served = serve([say("Yes.")])
    messages = (
        Message("user", (Text("Question \ud800"), Text(" "))),
        Message("assistant", (Text("Looking."), ToolCall("a", "python", {"code": "1"}))),
        Message("user", (Text("and"), ToolResult("a", "1"))),
    )
    served.complete(Request("", messages, (PYTHON,)))
    sent = served.server.requests[0]
    assert "instructions" not in sent
    assert sent["input"][0]["content"] == [{"type": "input_text", "text": "Question \ufffd"}]
    kinds = [item["type"] for item in sent["input"]]
    assert kinds == ["message", "message", "function_call", "function_call_output", "message"]


def test_effort_is_asked_for_where_the_model_reasons(serve: Serve) -> None:
    for lm, effort in (("gpt-6-luna", {"effort": "low"}), ("qwen3-coder", None), ("gpt-4.1", None)):
        served = serve([say("x")], lm=lm, effort="low")
        served.complete(ask("?"))
        assert served.server.requests[0].get("reasoning") == effort


@pytest.mark.parametrize("text", ['{"code": "print(', "[1, 2]", "print(1)"])
def test_a_tool_call_that_is_no_json_object_is_handed_on_as_malformed(serve: Serve, text: str) -> None:
    served = serve([say(broken_call("python", text)), say("Sorry.")])
    first = ask("?", tools=(PYTHON,))

    async def converse() -> tuple[Reply, Reply]:
        one = await served.lm.complete(first, Listener())
        return one, await served.lm.complete(turn(first, one, ToolResult("call_0001", "no JSON")), Listener())

    one, two = served.run(converse)
    assert one.tool_calls == (ToolCall("call_0001", "python", {}, malformed=text),)
    assert two.text == "Sorry."


def test_a_reply_is_cut_at_its_limit_and_its_last_call_is_not_taken_for_a_whole_one(serve: Serve) -> None:
    served = serve([say("I will.", call("python", code="x = 1\n" * 50))])
    (reply,) = served.complete(ask("?", tools=(PYTHON,), max_tokens=40))
    assert reply.stop == "max_tokens"
    assert reply.tool_calls[0].arguments == {}
    assert reply.tool_calls[0].malformed


def test_a_refusal_says_why(serve: Serve) -> None:
    refusal = {"type": "message", "role": "assistant", "content": [{"type": "refusal", "refusal": "I cannot."}]}
    served = serve([say(refusal)])
    (reply,) = served.complete(ask("?"))
    assert (reply.stop, reply.detail) == ("refusal", "I cannot.")
    assert serve([say("I", stop="content_filter")]).complete(ask("?"))[0].stop == "refusal"


def test_a_prompt_that_does_not_fit_is_a_full_window(serve: Serve) -> None:
    (reply,) = serve([], context_window=100).complete(ask("?", system="s" * 4000))
    assert (reply.stop, reply.message.content) == ("context_overflow", ())
    assert "exceeds the context window" in (reply.detail or "")


def test_six_rate_limits_in_a_row_are_survived(serve: Serve) -> None:
    served = serve([Status(429, "slow down", "rate_limit_exceeded", {"retry-after": "0.02"})] * 6 + [say("At last.")])
    assert served.complete(ask("?"))[0].text == "At last."
    assert len(served.ear.waits) == 6
    assert served.ear.waits[0].reason == "rate_limit_exceeded (429): slow down"


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        (Status(400, "because"), ""),
        (Status(401, "because"), "OPENAI_API_KEY"),
        (Status(404, "because"), "OPENAI_BASE_URL"),
        (Status(429, "because", "insufficient_quota"), ""),
        (Broken("invalid_prompt"), ""),
        (Broken("insufficient_quota"), ""),
    ],
)
def test_what_stays_is_said_at_once(serve: Serve, answer: Answer, hint: str) -> None:
    served = serve([answer, say("never")])
    error = failing(served)
    assert not error.retryable
    assert (error.provider, error.request_id) == ("openai", "req_0001")
    assert hint in (error.hint or "")
    assert len(served.server.recorded) == 1


@pytest.mark.parametrize("how", ["drop", "end", "server_error", "rate_limit_exceeded", "garbage"])
@pytest.mark.parametrize("events", [0, 1, 3])
def test_a_stream_that_breaks_is_tried_again(serve: Serve, how: str, events: int) -> None:
    served = serve([Broken(how, events), say("Whole.")])
    (reply,) = served.complete(ask("?"))
    assert reply.text == "Whole."
    assert sum(served.ear.spent, Usage()) + reply.usage == served.server.total


@pytest.mark.parametrize(
    "nonsense",
    [
        Body("<html>Bad gateway</html>", "text/html"),
        Body("", "text/event-stream"),
        Body('event: x\ndata: {"type": "response.completed"}\n\n', "text/event-stream"),
        Body('event: x\ndata: {"type": "response.completed", "response": {}}\n\n', "text/event-stream"),
        Body("event: x\ndata: [1, 2]\n\n", "text/event-stream"),
        Body("event: x\ndata: {\n\n", "text/event-stream"),
    ],
)
def test_what_is_no_reply_is_tried_again_but_not_often(serve: Serve, nonsense: Answer) -> None:
    served = serve([nonsense] * 5)
    assert isinstance(failing(served), MalformedReplyError)
    assert len(served.server.recorded) == 3


def test_a_response_that_failed_is_counted_and_tried_again(serve: Serve) -> None:
    usage = '{"input_tokens": 7, "output_tokens": 3, "input_tokens_details": {"cached_tokens": 2}}'
    error = '{"code": "server_error", "message": "oops"}'
    failed = f'{{"type": "response.failed", "response": {{"output": [], "usage": {usage}, "error": {error}}}}}'
    served = serve([Body(f"event: response.failed\ndata: {failed}\n\n", "text/event-stream"), say("Yes.")])
    assert served.complete(ask("?"))[0].text == "Yes."
    assert served.ear.spent == [Usage(5, 3, 2)]
    assert served.ear.waits[0].reason == "server_error (500): oops"


def test_silence_has_an_end_and_cancellation_is_immediate(serve: Serve) -> None:
    served = serve([Hang(), say("Yes.")])
    assert served.complete(ask("?"))[0].text == "Yes."
    slow = serve([Say(({"type": "text", "text": "word " * 10_000},), every_s=0.05)])

    async def cancel() -> None:
        task = asyncio.create_task(slow.lm.complete(ask("?"), slow.ear.listener))
        while not slow.ear.texts:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            async with asyncio.timeout(25):
                await task

    slow.run(cancel)


def test_nobody_at_the_other_end_is_said_soon(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    served = serve([])
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    assert isinstance(failing(served), UnreachableError)


def test_without_a_key_or_without_the_sdk_nothing_is_sent(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    served = serve([])
    monkeypatch.delenv("OPENAI_API_KEY")
    with pytest.raises(ConfigError, match="OPENAI_API_KEY"):
        served.complete(ask("?"))
    monkeypatch.setitem(sys.modules, "openai", None)
    with pytest.raises(ConfigError, match=r"pip install 'rlm-codebase\[openai\]'"):
        served.complete(ask("?"))
    assert served.server.recorded == []
