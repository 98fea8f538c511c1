"""What goes wrong between us and the provider: what passes is tried again, what does not is said, all is counted."""

from __future__ import annotations

import asyncio

import pytest

from rlm_code.errors import ConfigError
from rlm_code.lm.protocol import Listener, Usage
from rlm_code.lm.retry import MalformedReplyError, Patience, UnreachableError
from tests.lm.conftest import PYTHON, Ear, Serve, ask, failing
from tests.lm.messages_server import Answer, Body, Broken, Hang, Say, Status, call, say

SLOW = Say(({"type": "text", "text": "word " * 10_000},), every_s=0.05)


def total(ear: Ear) -> Usage:
    return sum(ear.spent, Usage())


def test_six_rate_limits_in_a_row_are_survived(serve: Serve) -> None:
    limited = Status(429, "slow down", headers={"retry-after": "0.02"})
    served = serve([limited] * 6 + [say("At last.")])
    (reply,) = served.complete(ask("?"))
    assert reply.text == "At last."
    assert [wait.attempt for wait in served.ear.waits] == [1, 2, 3, 4, 5, 6]
    assert all(wait.seconds >= 0.02 for wait in served.ear.waits)
    assert served.ear.waits[0].reason == "rate_limit_error (429): slow down"


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 504, 529])
def test_statuses_that_pass_are_tried_again(serve: Serve, status: int) -> None:
    served = serve([Status(status), say("Yes.")])
    assert served.complete(ask("?"))[0].text == "Yes."
    assert len(served.server.recorded) == 2


@pytest.mark.parametrize(
    ("status", "hint"),
    [(400, None), (401, "ANTHROPIC_API_KEY"), (402, "billing"), (403, "may not use"), (404, "model's name"), (413, "")],
)
def test_statuses_that_stay_are_said_at_once(serve: Serve, status: int, hint: str | None) -> None:
    served = serve([Status(status, "because"), say("never")])
    error = failing(served)
    assert not error.retryable
    assert error.request_id == "req_0001"
    assert "because" in error.message
    assert (hint or "") in (error.hint or "")
    assert len(served.server.recorded) == 1


def test_a_wrong_key_is_refused_without_being_told(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    served = serve([])
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-wrong-and-secret")
    error = failing(served)
    assert (error.retryable, error.request_id, error.provider) == (False, "req_0001", "anthropic")
    assert "secret" not in str(error)


def test_a_spending_limit_is_no_rate_limit(serve: Serve) -> None:
    served = serve([Status(429, "limit reached", code="enforced_spend_limit_reached")])
    assert not failing(served).retryable
    assert len(served.server.recorded) == 1


def test_the_provider_may_say_itself_whether_to_try_again(serve: Serve) -> None:
    served = serve([Status(500, headers={"x-should-retry": "false"})])
    assert not failing(served).retryable
    served = serve([Status(400, headers={"x-should-retry": "true"}), say("Yes.")])
    assert served.complete(ask("?"))[0].text == "Yes."


def test_a_wait_beyond_all_patience_is_not_begun(serve: Serve) -> None:
    served = serve([Status(429, headers={"retry-after": "86400"})])
    error = failing(served)
    assert "later than the 300 s" in error.message
    assert error.retry_after_s == 86400
    assert served.ear.waits == []


def test_attempts_are_bounded(serve: Serve) -> None:
    served = serve(lambda _: Status(529), patience=Patience(attempts=3, first_s=0.01))
    assert failing(served).retryable
    assert len(served.server.recorded) == 3


@pytest.mark.parametrize("how", ["drop", "end", "overloaded_error", "rate_limit_error", "api_error", "garbage"])
@pytest.mark.parametrize("events", [0, 1, 3, 5])
def test_a_stream_that_breaks_is_tried_again_and_its_tokens_are_not_lost(serve: Serve, how: str, events: int) -> None:
    served = serve([Broken(how, events), say("Whole.")])
    (reply,) = served.complete(ask("?"))
    assert reply.text == "Whole."
    assert len(served.ear.waits) == 1
    assert total(served.ear) + reply.usage == served.server.total
    assert bool(served.ear.spent) is (events > 0)


def test_an_error_in_the_stream_that_stays_is_not_tried_again(serve: Serve) -> None:
    served = serve([Broken("invalid_request_error")])
    error = failing(served)
    assert not error.retryable
    assert error.request_id == "req_0001"
    assert total(served.ear) == served.server.total != Usage()


@pytest.mark.parametrize(
    "nonsense",
    [
        Body("<html>Bad gateway</html>", "text/html"),
        Body("", "text/event-stream"),
        Body('{"type": "message"}'),
        Body("event: message_start\ndata: {\n\n", "text/event-stream"),
        Body('event: message_start\ndata: {"type": "message_start"}\n\n', "text/event-stream"),
        Body('event: message_start\ndata: {"type": "message_start", "message": {}}\n\n', "text/event-stream"),
        Body("event: message_start\ndata: [1, 2]\n\n", "text/event-stream"),
        Body('event: ping\ndata: {}\n\nevent: message_stop\ndata: {"type": "message_stop"}\n\n', "text/event-stream"),
        Body('event: content_block_delta\ndata: {"type": "content_block_delta"}\n\n', "text/event-stream"),
        say({"type": "tool_use", "name": None, "input": {}}, stop="who_knows"),
    ],
)
def test_what_is_no_reply_is_tried_again_but_not_often(serve: Serve, nonsense: Answer) -> None:
    served = serve([nonsense, say("Yes.")])
    assert served.complete(ask("?"))[0].text == "Yes."
    served = serve([nonsense] * 5)
    assert isinstance(failing(served), MalformedReplyError)
    assert len(served.server.recorded) == 3


def test_silence_has_an_end(serve: Serve) -> None:
    served = serve([Hang(), Broken("hang", 3), say("Yes.")])
    (reply,) = served.complete(ask("?"))
    assert reply.text == "Yes."
    assert [wait.reason for wait in served.ear.waits] == ["the provider did not answer in time"] * 2
    assert total(served.ear) + reply.usage == served.server.total


def test_nobody_at_the_other_end_is_said_soon(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    served = serve([])
    monkeypatch.setenv("ANTHROPIC_BASE_URL", "http://127.0.0.1:9")
    error = failing(served)
    assert isinstance(error, UnreachableError)
    assert "cannot be reached" in error.message
    assert "ANTHROPIC_BASE_URL" in (error.hint or "")
    assert len(served.ear.waits) == 5


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ANTHROPIC_BASE_URL", "api.example.org"),
        ("ANTHROPIC_API_KEY", "sk-secret\nline"),
        ("ANTHROPIC_API_KEY", "\udcff"),
    ],
)
def test_settings_with_which_nothing_can_be_sent(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    served = serve([])
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError) as caught:
        served.complete(ask("?"))
    assert name in str(caught.value)
    assert "secret" not in str(caught.value)
    assert served.server.recorded == []


def test_a_profile_that_does_not_exist_is_a_matter_of_settings(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    served = serve([])
    monkeypatch.delenv("ANTHROPIC_API_KEY")
    monkeypatch.setenv("ANTHROPIC_PROFILE", "nobody")
    with pytest.raises(ConfigError, match="ANTHROPIC_API_KEY"):
        served.complete(ask("?"))


@pytest.mark.parametrize("answer", [SLOW, Hang(), Status(529, headers={"retry-after": "60"})])
def test_cancellation_is_immediate_and_counts_what_was_used(serve: Serve, answer: Answer) -> None:
    served = serve([answer])

    async def cancel() -> None:
        task = asyncio.create_task(served.lm.complete(ask("?", tools=(PYTHON,)), served.ear.listener))
        while not (served.ear.texts or served.ear.waits or (isinstance(answer, Hang) and served.server.recorded)):
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            async with asyncio.timeout(25):  # all three would take longer
                await task

    served.run(cancel)
    assert total(served.ear) == served.server.total


def test_a_text_starts_afresh_after_a_wait(serve: Serve) -> None:
    served = serve([Broken("drop", 5, say("Half a thought", piece=4)), say("A whole one", call("python", code="1"))])
    told: list[str] = []

    async def listen() -> None:
        listener = Listener(on_text=told.append, on_wait=lambda _: told.clear())
        await served.lm.complete(ask("?", tools=(PYTHON,)), listener)

    served.run(listen)
    assert "".join(told) == "A whole one"


def test_a_listener_that_fails_is_not_taken_for_the_provider(serve: Serve) -> None:
    def fail(_: str) -> None:
        raise ValueError("a bug of ours")

    served = serve([say("Hello.")])
    with pytest.raises(ValueError, match="a bug of ours"):
        served.run(lambda: served.lm.complete(ask("?"), Listener(on_text=fail)))
