"""A model behind Chat Completions answers: what is sent, what comes back, what goes wrong, at strict servers and odd
ones."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from rlm_code.errors import LMError
from rlm_code.lm.openai_chat import ChatLM
from rlm_code.lm.protocol import Effort, Listener, Message, Reply, Request, Text, ToolCall, ToolResult, Usage
from rlm_code.lm.retry import MalformedReplyError
from tests.lm.chat_server import OVERFLOWS, ChatServer
from tests.lm.conftest import HASTY, PYTHON, Served, ask
from tests.lm.script import Answer, Body, Broken, Hang, Script, Status, broken_call, call, say, thinking
from tests.lm.test_anthropic import turn

Serve = Callable[..., Served[ChatServer]]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Serve:
    def start(
        script: Script, *, lm: str = "qwen3-coder", effort: Effort | None = None, attempt_s: float = 30.0, **server: Any
    ) -> Served[ChatServer]:
        running = ChatServer(script, **server)
        running.__enter__()
        request.addfinalizer(running.__exit__)
        monkeypatch.setenv("OPENAI_BASE_URL", running.url)
        monkeypatch.setenv("OPENAI_API_KEY", running.key)
        needs_key = not server.get("keyless", False)
        return Served(running, ChatLM(lm, effort=effort, patience=HASTY, attempt_s=attempt_s, needs_key=needs_key))

    return start


@pytest.mark.parametrize("quirk", ["none", "no index", "no ids", "one chunk", "stop", "null choices"])
@pytest.mark.parametrize(("piece", "wire"), [(1, 0), (5, 3), (50, 1)])
def test_texts_and_parallel_calls_come_whole(serve: Serve, quirk: str, piece: int, wire: int) -> None:
    codes = ['print("é\\n", "🐍")', "print(2)"]
    calls = [call("python", code=code) for code in codes[: 1 if quirk == "no ids" else 2]]
    served = serve([say("Grüße 🐍.", *calls, piece=piece, wire=wire), say("Done.")], quirks=(quirk,))

    async def converse() -> tuple[Reply, Reply]:
        first = ask("?", tools=(PYTHON,))
        one = await served.lm.complete(first, served.ear.listener)
        results = [ToolResult(called.id, "out") for called in one.tool_calls]
        return one, await served.lm.complete(turn(first, one, *results), Listener())

    one, two = served.run(converse)
    assert one.text == "".join(served.ear.texts) == "Grüße 🐍."
    assert [called.arguments for called in one.tool_calls] == [{"code": code} for code in codes[: len(calls)]]
    assert (one.stop, two.stop, two.text) == ("tool_use", "end_turn", "Done.")
    assert len({called.id for called in one.tool_calls}) == len(calls)
    assert one.usage + two.usage == served.server.total
    assert (one.lm, one.request_id, served.lm.name) == ("qwen3-coder", "req_0001", "openai-chat:qwen3-coder")


@pytest.mark.parametrize("quirk", ["none", "reasoning", "details"])
def test_a_conversation_only_grows_and_its_reasoning_goes_back_as_it_came(serve: Serve, quirk: str) -> None:
    turns = 5
    thoughts = [say(thinking(f"Hm {n}… é"), "So.", call("python", code=f"print({n})" * 20)) for n in range(turns)]
    served = serve(thoughts, quirks=(quirk,))

    async def explore() -> list[Reply]:
        request, replies = ask("?", system="You explore. " * 50, tools=(PYTHON,)), []
        for number in range(turns):
            replies.append(await served.lm.complete(request, Listener()))
            request = turn(request, replies[-1], ToolResult(f"call_{number + 1:04}", "out " * 100), Text("[turn]"))
        return replies

    replies = served.run(explore)
    for before, after in pairwise(served.server.requests):
        assert after["messages"][: len(before["messages"])] == before["messages"]
    assert all(after.usage.cache_read_tokens > 0 for after in replies[1:])
    assert sum((reply.usage for reply in replies), Usage()) == served.server.total
    assert all(reply.text == "So." for reply in replies)


def test_messages_without_the_providers_form_are_sent_in_ours(serve: Serve) -> None:
    served = serve([say("Yes.")])
    messages = (
        Message("user", (Text("Question \ud800"), Text(" "), Text("more"))),
        Message("assistant", (Text("Looking."), ToolCall("a", "python", {"code": "1"}))),
        Message("user", (Text("and"), ToolResult("a", "1"))),
    )
    served.complete(Request("", messages, (PYTHON,)))
    sent = served.server.requests[0]["messages"]
    assert sent[0] == {"role": "user", "content": "Question \ufffd\n\nmore"}
    assert [message["role"] for message in sent] == ["user", "assistant", "tool", "user"]


def test_what_only_openai_knows_is_sent_to_its_models_alone(serve: Serve) -> None:
    """The server refuses each where it is not known."""
    for lm, effort in (("gpt-6-luna", "low"), ("qwen3-coder", None), ("openai/gpt-6-sol", None)):
        served = serve([say("x")], lm=lm, effort="low")
        assert served.complete(ask("?"))[0].text == "x"
        assert served.server.requests[0].get("reasoning_effort") == effort


def test_a_server_without_keys_is_given_none_of_ours(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    served = serve([say("Yes.")], keyless=True)
    assert served.complete(ask("?"))[0].text == "Yes."
    assert served.server.key not in str(served.server.recorded[0].headers)


@pytest.mark.parametrize("text", ['{"code": "print(', "[1, 2]", "print(1)", "{}{}"])
def test_a_call_that_is_no_json_object_is_malformed_and_goes_back_as_json(serve: Serve, text: str) -> None:
    served = serve([say(broken_call("python", text)), say("Sorry.")])
    first = ask("?", tools=(PYTHON,))

    async def converse() -> tuple[Reply, Reply]:
        one = await served.lm.complete(first, Listener())
        return one, await served.lm.complete(turn(first, one, ToolResult("call_0001", "no JSON")), Listener())

    one, two = served.run(converse)
    assert one.tool_calls == (ToolCall("call_0001", "python", {}, malformed=text),)
    assert two.text == "Sorry."


def test_a_reply_is_cut_at_its_limit(serve: Serve) -> None:
    served = serve([say("I will.", call("python", code="x = 1\n" * 50))])
    (reply,) = served.complete(ask("?", tools=(PYTHON,), max_tokens=40))
    assert (reply.stop, reply.tool_calls[0].arguments) == ("max_tokens", {})


def test_a_refusal_says_why(serve: Serve) -> None:
    refusal = {"type": "message", "content": [{"type": "refusal", "refusal": "I cannot."}]}
    (reply,) = serve([say(refusal)]).complete(ask("?"))
    assert (reply.stop, reply.detail) == ("refusal", "I cannot.")
    assert serve([say("I", stop="content_filter")]).complete(ask("?"))[0].stop == "refusal"


@pytest.mark.parametrize("overflow", OVERFLOWS)
def test_a_full_window_is_known_in_every_servers_words(serve: Serve, overflow: str) -> None:
    quirks = ("one string",) if overflow == "lm studio" else ()
    served = serve([], context_window=100, overflow=overflow, quirks=quirks)
    (reply,) = served.complete(ask("?", system="s" * 4000))
    assert (reply.stop, reply.message.content) == ("context_overflow", ())
    assert "context" in (reply.detail or "")
    assert len(served.server.recorded) == 1


@pytest.mark.parametrize(
    "words",
    [
        "Trying to keep the first 9 tokens when context the overflows. However, the model is loaded with context "
        "length of only 4 tokens",
        "Cannot truncate prompt with n_keep (15028) >= n_ctx (7424)",
        "Context size has been exceeded",
        "prompt too long; exceeded max context length by 3 tokens",
    ],
)
@pytest.mark.parametrize("status", [400, 500])
def test_older_words_for_a_full_window(serve: Serve, words: str, status: int) -> None:
    served = serve([Status(status, words)])
    assert served.complete(ask("?"))[0].stop == "context_overflow"


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        (Status(400, "because"), ""),
        (Status(401, "because"), "OPENAI_API_KEY"),
        (Status(404, "because"), "OPENAI_BASE_URL"),
        (Status(405, "because"), "/v1"),
        (Status(429, "because", "insufficient_quota"), ""),
        (Broken("402"), ""),
    ],
)
@pytest.mark.parametrize("quirks", [(), ("one string",)])
def test_what_stays_is_said_at_once(serve: Serve, answer: Answer, hint: str, quirks: tuple[str, ...]) -> None:
    if quirks and isinstance(answer, Status) and answer.code:
        pytest.skip("a text has no code")
    served = serve([answer, say("never")], quirks=quirks)
    with pytest.raises(LMError) as caught:
        served.complete(ask("?"))
    assert not caught.value.retryable
    assert (caught.value.provider, caught.value.request_id) == ("openai-chat", "req_0001")
    assert hint in (caught.value.hint or "")
    assert isinstance(answer, Broken) or "because" in caught.value.message
    assert len(served.server.recorded) == 1


@pytest.mark.parametrize("how", ["drop", "end", "server_error", "502", "garbage"])
@pytest.mark.parametrize("events", [0, 1, 3])
def test_a_stream_that_breaks_is_tried_again(serve: Serve, how: str, events: int) -> None:
    served = serve([Broken(how, events), say("Whole.")])
    (reply,) = served.complete(ask("?"))
    assert reply.text == "Whole."
    assert sum(served.ear.spent, Usage()) + reply.usage == served.server.total


def test_a_choice_that_ends_in_an_error_is_tried_again(serve: Serve) -> None:
    served = serve([say("Half", stop="error"), say("Whole.")])
    assert served.complete(ask("?"))[0].text == "Whole."
    assert "in the middle" in served.ear.waits[0].reason


@pytest.mark.parametrize(
    "nonsense",
    [
        Body("<html>Bad gateway</html>", "text/html"),
        Body("", "text/event-stream"),
        Body("data: [DONE]\n\n", "text/event-stream"),
        Body('data: {"choices": [{"index": 0}]}\n\n', "text/event-stream"),
        Body('data: {"choices": [{"delta": {}, "finish_reason": "why"}]}\n\n', "text/event-stream"),
        Body('data: {"choices": [{"delta": {"tool_calls": [7]}}]}\n\n', "text/event-stream"),
        Body("data: [1, 2]\n\n", "text/event-stream"),
        Body("data: {\n\n", "text/event-stream"),
    ],
)
def test_what_is_no_reply_is_tried_again_but_not_often(serve: Serve, nonsense: Answer) -> None:
    served = serve([nonsense] * 5)
    with pytest.raises(MalformedReplyError):
        served.complete(ask("?"))
    assert len(served.server.recorded) == 3


def test_six_rate_limits_in_a_row_are_survived(serve: Serve) -> None:
    served = serve([Status(429, "slow down", "rate_limit", {"retry-after": "0.02"})] * 6 + [say("At last.")])
    assert served.complete(ask("?"))[0].text == "At last."
    assert len(served.ear.waits) == 6


def test_what_a_server_does_not_count_is_estimated(serve: Serve) -> None:
    served = serve([say("word " * 100)], quirks=("no usage",))
    (reply,) = served.complete(ask("?", system="s" * 4000))
    assert 1_000 <= reply.usage.input_tokens <= 1_100
    assert 120 <= reply.usage.output_tokens <= 140


def test_silence_has_an_end(serve: Serve) -> None:
    served = serve([Hang(), say("Yes.")])
    assert served.complete(ask("?"))[0].text == "Yes."
