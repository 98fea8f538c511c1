"""A Claude answers: what is sent, what comes back, and what goes back verbatim."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import threading
from itertools import pairwise
from typing import Any

import anthropic
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rlm_code.errors import ConfigError
from rlm_code.lm.anthropic.request import parameters
from rlm_code.lm.protocol import Listener, Message, Reply, Request, Text, ToolCall, ToolResult, Usage
from tests.lm import sdk_models
from tests.lm.conftest import PYTHON, Serve, ask
from tests.lm.messages_server import Body, Say, broken_call, call, say, thinking


def turn(request: Request, reply: Reply, *new: Text | ToolResult) -> Request:
    """The request that continues `request` after `reply`."""
    messages = (*request.messages, reply.message, Message("user", tuple(new)))
    return Request(request.system, messages, request.tools, request.max_tokens, request.effort)


def bare(value: Any) -> Any:
    """`value` without its cache marks."""
    if isinstance(value, list):
        return [bare(one) for one in value]
    if isinstance(value, dict):
        return {key: bare(one) for key, one in value.items() if key != "cache_control"}
    return value


def marked(body: dict[str, Any]) -> list[str]:
    """Where a request's body has cache marks: "tool 0", "system 0", "message 2"."""
    found = [f"tool {at}" for at, tool in enumerate(body.get("tools", [])) if "cache_control" in tool]
    found += [f"system {at}" for at, block in enumerate(body.get("system", [])) if "cache_control" in block]
    for at, message in enumerate(body["messages"]):
        found += [f"message {at}" for block in message["content"] if "cache_control" in block]
    return found


def test_a_text_is_told_as_it_comes_and_returned_whole(serve: Serve) -> None:
    served = serve([say("Three functions call charge_card.", piece=5)])
    (reply,) = served.complete(ask("Who calls charge_card?"))
    assert reply.text == "".join(served.ear.texts) == "Three functions call charge_card."
    assert len(served.ear.texts) > 3
    assert reply.stop == "end_turn"
    assert reply.lm == "claude-sonnet-5-5"
    assert served.lm.name == "anthropic:claude-sonnet-5-5"
    assert reply.request_id == "req_0001"
    assert reply.usage == served.server.total
    assert not served.ear.spent
    assert not served.ear.waits


def test_tool_calls_come_parsed(serve: Serve) -> None:
    code = 'print("é\\n", r"\\d", "🐍")'
    served = serve([say("Looking.", call("python", code=code), call("python", code="2"), piece=1, wire=3)])
    (reply,) = served.complete(ask("?", tools=(PYTHON,)))
    assert reply.stop == "tool_use"
    assert reply.tool_calls == (
        ToolCall("toolu_0001", "python", {"code": code}),
        ToolCall("toolu_0002", "python", {"code": "2"}),
    )
    assert served.server.requests[0]["tools"][0]["input_schema"] == PYTHON.schema


def test_a_conversation_goes_back_verbatim_reasoning_and_unknown_blocks_included(serve: Serve) -> None:
    """The server checks the reasoning's signature, which covers every byte before it."""
    novelty = {"type": "redacted_thinking", "data": "c2VjcmV0", "note": {"kept": [1, None]}}
    served = serve(
        [
            say(thinking("Hm, “é”."), novelty, "First.", call("python", code="1")),
            say(thinking(""), call("python", code="2")),
            say("Done."),
        ]
    )
    first = ask("?", tools=(PYTHON,))

    async def converse() -> None:
        lm, listener = served.lm, Listener()
        one = await lm.complete(first, listener)
        second = turn(first, one, ToolResult("toolu_0001", "1"))
        two = await lm.complete(second, listener)
        third = turn(second, two, ToolResult("toolu_0002", "2"))
        assert (await lm.complete(third, listener)).text == "Done."

    served.run(converse)
    last = served.server.requests[-1]["messages"]
    assert last[1]["content"][1] == novelty
    assert last[3]["content"][0]["thinking"] == ""


def test_kinds_of_blocks_that_we_do_not_know_are_kept(serve: Serve) -> None:
    novelty = {"type": "holographic", "shape": {"x": 1}, "list": [1, "two"]}
    served = serve([say(novelty, "Text.")])
    (reply,) = served.complete(ask("?"))
    assert reply.message.raw == [novelty, {"type": "text", "text": "Text."}]
    assert reply.message.content == (Text("Text."),)


def test_requests_only_grow_and_their_beginnings_are_read_from_the_cache(serve: Serve) -> None:
    turns = 12
    served = serve([say(call("python", code=f"print({n})" * 40)) for n in range(turns)])
    system = "You explore. " * 200

    async def explore() -> list[Reply]:
        request, replies = ask("?", system=system, tools=(PYTHON,)), []
        for number in range(turns):
            replies.append(await served.lm.complete(request, Listener()))
            request = turn(request, replies[-1], ToolResult(f"toolu_{number + 1:04}", "out " * 300))
        return replies

    replies = served.run(explore)
    for before, after in pairwise(served.server.requests):
        assert len(marked(after)) <= 4
        assert bare(after)["messages"][: len(before["messages"])] == bare(before)["messages"]
        assert (after["system"], after["tools"]) == (before["system"], before["tools"])
    for before, after in pairwise(replies):
        known = before.usage.cache_read_tokens + before.usage.cache_write_tokens
        assert after.usage.cache_read_tokens == known > 0
        assert after.usage.input_tokens == 0
    assert sum((reply.usage for reply in replies), Usage()) == served.server.total


def test_a_turn_with_more_blocks_than_the_provider_looks_back_still_finds_the_cache(serve: Serve) -> None:
    calls = [call("python", code=str(n)) for n in range(25)]
    served = serve([say(*calls), say("Done.")])
    first = ask("?", system="s" * 4000, tools=(PYTHON,))

    async def converse() -> tuple[Reply, Reply]:
        one = await served.lm.complete(first, Listener())
        results = [ToolResult(asked.id, "1") for asked in one.tool_calls]
        return one, await served.lm.complete(turn(first, one, *results), Listener())

    one, two = served.run(converse)
    assert two.usage.cache_read_tokens == one.usage.cache_write_tokens > 0
    assert marked(served.server.requests[1]) == ["tool 0", "system 0", "message 0", "message 2"]


def test_a_single_question_without_tools_caches_what_it_shares_alone(serve: Serve) -> None:
    served = serve([say("1"), say("2")], lm="claude-haiku-5-5")
    shared = "Summarise. " * 400
    one, two = served.complete(ask("a" * 8000, system=shared), ask("b" * 8000, system=shared))
    assert marked(served.server.requests[0]) == ["system 0"]
    assert one.usage.cache_write_tokens == two.usage.cache_read_tokens > 0
    assert two.usage.cache_write_tokens == 0


def test_effort_is_asked_for_where_the_model_knows_it(serve: Serve) -> None:
    answer = [say("x")] * 3
    assert "output_config" not in _sent(serve(answer), ask("?"))
    assert _sent(serve(answer, effort="low"), ask("?"))["output_config"] == {"effort": "low"}
    assert _sent(serve(answer, effort="low"), ask("?", effort="high"))["output_config"] == {"effort": "high"}
    assert "output_config" not in _sent(serve(answer, lm="claude-haiku-4-5", effort="low"), ask("?"))


def test_other_models_behind_the_same_api_are_not_asked_for_effort() -> None:
    assert "output_config" not in parameters("qwen3-coder:30b", ask("?"), "low")


def _sent(served: Any, request: Request) -> dict[str, Any]:
    served.complete(request)
    return served.server.requests[0]  # type: ignore[no-any-return]


def test_every_model_the_sdk_names_is_asked_in_a_way_it_accepts(serve: Serve) -> None:
    names = set(sdk_models.known()) - sdk_models.deprecated()
    assert len(names) > 10
    for name in names:
        served = serve([say("Yes.")], lm=name, effort="medium")
        assert served.complete(ask("?", tools=(PYTHON,)))[0].text == "Yes."


def test_messages_that_the_api_would_refuse_are_sent_in_a_form_it_takes(serve: Serve) -> None:
    served = serve([say("Yes.")])
    asked = ToolCall("a", "python", {"code": "1"})
    messages = (
        Message("user", (Text("Question \ud800"), Text("  "))),
        Message("assistant", (), raw=[]),
        Message("assistant", (Text(""), asked), raw=None),
        Message("user", (Text("and"), ToolResult("a", "", is_error=True))),
    )
    served.complete(Request("", messages, (PYTHON,)))
    sent = bare(served.server.requests[0])
    assert "system" not in sent
    assert sent["messages"][0]["content"] == [{"type": "text", "text": "Question \ufffd"}]
    assert [message["role"] for message in sent["messages"]] == ["user", "assistant", "user"]
    assert [block["type"] for block in sent["messages"][2]["content"]] == ["tool_result", "text"]


def test_earlier_messages_may_be_rewritten_where_later_ones_lose_their_reasoning(serve: Serve) -> None:
    served = serve([say(thinking("Hm."), "Looking.", call("python", code="1")), say("Done.")])
    first = ask("A very long question", tools=(PYTHON,))

    async def converse() -> Reply:
        one = await served.lm.complete(first, Listener())
        compacted = Request(
            first.system,
            (
                Message("user", (Text("Short question"),)),
                Message("assistant", one.message.content),
                Message("user", (ToolResult("toolu_0001", "1"),)),
            ),
            first.tools,
        )
        return await served.lm.complete(compacted, Listener())

    assert served.run(converse).text == "Done."


@pytest.mark.parametrize("text", ['{"code": "print(', "[1, 2]", "print(1)", '{"code": "1"} trailing'])
def test_a_tool_call_that_is_no_json_object_is_handed_on_as_malformed(serve: Serve, text: str) -> None:
    served = serve([say(broken_call("python", text)), say("Sorry.")])
    first = ask("?", tools=(PYTHON,))

    async def converse() -> tuple[Reply, Reply]:
        one = await served.lm.complete(first, Listener())
        result = ToolResult("toolu_0001", "your input is no JSON", is_error=True)
        return one, await served.lm.complete(turn(first, one, result), Listener())

    one, two = served.run(converse)
    assert one.tool_calls == (ToolCall("toolu_0001", "python", {}, malformed=text),)
    assert two.text == "Sorry."


def test_what_json_can_write_and_utf8_cannot_carry_is_replaced(serve: Serve) -> None:
    text = r'{"code": "x = \"\ud83d\"", "\udc0d": ["\ud83d\udc0d"]}'
    served = serve([say(broken_call("python", text)), say("Fine.")])
    first = ask("?", tools=(PYTHON,))

    async def converse() -> tuple[Reply, Reply]:
        one = await served.lm.complete(first, Listener())
        return one, await served.lm.complete(turn(first, one, ToolResult("toolu_0001", "1")), Listener())

    one, two = served.run(converse)
    assert one.tool_calls[0].arguments == {"code": 'x = "\ufffd"', "\ufffd": ["🐍"]}
    assert two.text == "Fine."


def test_a_character_that_came_apart_is_joined(serve: Serve) -> None:
    """JSON may write a character as two escapes, and a stream may send them in two events."""
    start = r'{"type": "message_start", "message": {"id": "m", "model": "claude-x", "usage": {"input_tokens": 1}}}'
    halves = [r"\ud83d", r"\udc0d"]
    events = [
        ("message_start", start),
        (
            "content_block_start",
            '{"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}}',
        ),
        *[
            (
                "content_block_delta",
                f'{{"type": "content_block_delta", "index": 0, "delta": {{"type": "text_delta", "text": "{half}"}}}}',
            )
            for half in halves
        ],
        ("content_block_stop", '{"type": "content_block_stop", "index": 0}'),
        (
            "message_delta",
            '{"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 2}}',
        ),
        ("message_stop", '{"type": "message_stop"}'),
    ]
    stream = "".join(f"event: {name}\ndata: {data}\n\n" for name, data in events)
    (reply,) = serve([Body(stream, "text/event-stream")]).complete(ask("?"))
    assert reply.text == "🐍"
    assert reply.usage == Usage(1, 2)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
BLOCKS = st.lists(TEXTS | st.dictionaries(st.text(max_size=9), VALUES, max_size=3), max_size=4)


def test_any_reply_comes_through_and_goes_back_however_it_is_split(serve: Serve) -> None:
    """What came goes back: the server compares every byte of it with what it signed."""
    answers: list[Say] = []
    served = serve(lambda _: answers.pop(0))

    @settings(max_examples=15)
    @given(BLOCKS, st.integers(1, 9), st.integers(0, 9))
    def converse(blocks: list[str | dict[str, Any]], piece: int, wire: int) -> None:
        said = [block if isinstance(block, str) else broken_call("python", json.dumps(block)) for block in blocks]
        answers[:] = [say(*said, thinking("And so on."), piece=piece, wire=wire), say("Done.")]
        first = ask("?", tools=(PYTHON,))

        async def both() -> Reply:
            one = await served.lm.complete(first, Listener())
            assert one.text == "".join(block for block in blocks if isinstance(block, str))
            results = [ToolResult(asked.id, "1") for asked in one.tool_calls]
            await served.lm.complete(turn(first, one, *results, Text("Go on.")), Listener())
            return one

        reply = runner.run(both())
        expected = [json.loads(json.dumps(block)) for block in blocks if isinstance(block, dict)]
        if not any("\\ud" in json.dumps(block) for block in expected):
            assert [asked.arguments for asked in reply.tool_calls] == expected

    with asyncio.Runner() as runner:
        converse()
        runner.run(served.lm.close())


def test_a_tool_call_cut_off_by_the_limit_is_never_taken_for_a_whole_one(serve: Serve) -> None:
    served = serve([say("I will.", call("python", code="delete_nothing()\n" * 50))])
    (reply,) = served.complete(ask("?", tools=(PYTHON,), max_tokens=40))
    assert reply.stop == "max_tokens"
    assert reply.tool_calls[0].arguments == {}
    assert (reply.tool_calls[0].malformed or "").startswith('{"code": "delete_nothing()')
    assert reply.usage.output_tokens <= 41


def test_a_reply_without_content_is_a_reply(serve: Serve) -> None:
    served = serve([say(), say("Now I do.")])
    first = ask("?")

    async def converse() -> tuple[Reply, Reply]:
        one = await served.lm.complete(first, Listener())
        return one, await served.lm.complete(turn(first, one, Text("Please go on.")), Listener())

    one, two = served.run(converse)
    assert (one.text, one.tool_calls, one.stop) == ("", (), "end_turn")
    assert two.text == "Now I do."


def test_a_refusal_says_why(serve: Serve) -> None:
    details = {"type": "refusal", "category": "cyber", "explanation": "It asks for an exploit."}
    served = serve([say("I", stop="refusal", details=details)])
    (reply,) = served.complete(ask("?"))
    assert reply.stop == "refusal"
    assert reply.detail == "cyber: It asks for an exploit."


def test_a_paused_turn_is_continued_and_each_part_is_counted(serve: Serve) -> None:
    searching = {"type": "server_tool_use", "name": "web_search", "id": "srvtoolu_1", "input": {"query": "x"}}
    served = serve([say("Let me see. ", searching, stop="pause_turn"), say("Found.")])
    (reply,) = served.complete(ask("?"))
    assert reply.text == "Let me see. Found."
    assert [block["type"] for block in reply.message.raw] == ["text", "server_tool_use", "text"]
    assert served.server.requests[1]["messages"][-1]["content"] == reply.message.raw[:2]
    assert len(served.ear.spent) == 1
    assert served.ear.spent[0] + reply.usage == served.server.total


def test_a_full_window_is_the_same_stop_whether_the_prompt_or_the_reply_fills_it(serve: Serve) -> None:
    (cut,) = serve([say("x" * 4000)], context_window=200).complete(ask("?"))
    assert cut.stop == "context_overflow"
    assert 0 < len(cut.text) < 800
    served = serve([], context_window=200)
    (refused,) = served.complete(ask("?", system="s" * 4000))
    assert refused.stop == "context_overflow"
    assert refused.message.content == ()
    assert "tokens > 200 maximum" in (refused.detail or "")
    assert refused.usage == served.server.total == Usage()


def test_many_requests_run_at_once(serve: Serve) -> None:
    everyone = threading.Barrier(16, timeout=60)

    def answer(body: dict[str, Any]) -> Say:
        everyone.wait()
        return say(_asked(body))

    served = serve(answer)

    async def all_at_once() -> list[Reply]:
        return await asyncio.gather(*(served.lm.complete(ask(str(n)), Listener()) for n in range(16)))

    replies = served.run(all_at_once)
    assert [reply.text for reply in replies] == [str(n) for n in range(16)]
    assert served.server.most_at_once == 16
    assert sum((reply.usage for reply in replies), Usage()) == served.server.total


def _asked(body: dict[str, Any]) -> str:
    return str(body["messages"][0]["content"][0]["text"])


def test_one_model_serves_one_event_loop_after_another(serve: Serve) -> None:
    served = serve([say("1"), say("2")])
    assert served.complete(ask("?"))[0].text == "1"
    assert served.complete(ask("?"))[0].text == "2"


def test_without_a_key_nothing_is_sent(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    served = serve([])
    monkeypatch.delenv("ANTHROPIC_API_KEY")
    with pytest.raises(ConfigError, match="set ANTHROPIC_API_KEY"):
        served.complete(ask("?"))
    assert served.server.recorded == []


def test_the_sdks_own_variables_are_honoured(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    served = serve([say("x")])
    monkeypatch.delenv("ANTHROPIC_API_KEY")
    monkeypatch.setenv("ANTHROPIC_AUTH_TOKEN", served.server.key)
    monkeypatch.setenv("ANTHROPIC_CUSTOM_HEADERS", "x-team: payments")
    served.complete(ask("?"))
    headers = served.server.recorded[0].headers
    assert headers["authorization"] == f"Bearer {served.server.key}"
    assert headers["x-team"] == "payments"
    assert headers["anthropic-version"] == anthropic._constants.ANTHROPIC_API_VERSION


def test_replies_can_be_written_to_json_and_back(serve: Serve) -> None:
    """A run's record keeps `raw`, so that it can be replayed."""
    served = serve([say(thinking("Hm."), "Text.", call("python", code="é"))])
    (reply,) = served.complete(ask("?", tools=(PYTHON,)))
    assert json.loads(json.dumps(reply.message.raw)) == reply.message.raw


def test_a_process_may_end_while_the_sdk_is_still_being_imported() -> None:
    program = "import time; from rlm_code.lm.anthropic import AnthropicLM; AnthropicLM('claude-x'); time.sleep({})"
    for pause in (0, 0.2):
        ended = subprocess.run(
            [sys.executable, "-c", program.format(pause)], check=False, capture_output=True, text=True, timeout=60
        )
        assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
