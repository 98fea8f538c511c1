"""The stand-in keeps the API's rules, as the real SDK meets them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import anthropic
import pytest

from rlm_code.lm.protocol import Usage
from tests.lm.messages_server import Body, Broken, MessagesServer, Script, Status, call, say, thinking

TOOL = {"name": "python", "description": "Run.", "input_schema": {"type": "object", "properties": {}}}
QUESTION = {"role": "user", "content": "Who calls charge_card?"}


class Api:
    """The SDK's client, pointed at a server with a script."""

    def __init__(self) -> None:
        self._servers: list[MessagesServer] = []
        self._clients: list[anthropic.Anthropic] = []

    def __call__(self, script: Script, key: str = MessagesServer.key, **settings: Any) -> anthropic.Anthropic:
        self.server = MessagesServer(script, **settings).__enter__()
        client = anthropic.Anthropic(api_key=key, base_url=self.server.url, max_retries=0, timeout=10)
        self._servers.append(self.server)
        self._clients.append(client)
        return client

    def close(self) -> None:
        for client in self._clients:
            client.close()
        for server in self._servers:
            server.__exit__()


@pytest.fixture
def api() -> Iterator[Api]:
    made = Api()
    yield made
    made.close()


def body(**changes: Any) -> dict[str, Any]:
    return {"model": "claude-sonnet-5-5", "max_tokens": 1000, "messages": [QUESTION]} | changes


def refusal(api: Api, sent: dict[str, Any]) -> str:
    client = api([say("never said")])
    with pytest.raises(anthropic.APIStatusError) as caught:
        client.post("/v1/messages", body=sent, cast_to=object)
    assert caught.value.request_id == "req_0001"
    assert caught.value.type in ("invalid_request_error", "not_found_error")
    assert api.server.total == Usage()
    return str(caught.value.api_message)


def test_a_whole_reply_and_a_streamed_one_say_the_same(api: Api) -> None:
    answer = say(thinking("Let me look."), "Grüße, 🐍.", call("python", code='print("é")'))
    client = api([answer, answer])
    whole = client.messages.create(**body(tools=[TOOL]))
    with client.messages.stream(**body(tools=[TOOL])) as stream:
        streamed = stream.get_final_message()
    plain = whole.to_dict()["content"]
    again = streamed.to_dict()["content"]
    assert [block["type"] for block in plain] == ["thinking", "text", "tool_use"]
    assert plain[:2] == again[:2]  # type: ignore[index]
    assert streamed.content[2].input == {"code": 'print("é")'}  # type: ignore[union-attr]
    assert whole.stop_reason == streamed.stop_reason == "tool_use"
    assert whole.usage.output_tokens == streamed.usage.output_tokens > 10


def test_events_come_in_the_documented_order(api: Api) -> None:
    with api([say("Hello there, all of you.", piece=10)]).messages.stream(**body()) as stream:
        kinds = [event.type for event in stream._raw_stream]
    assert kinds == [
        "message_start",
        "content_block_start",
        *["content_block_delta"] * 3,
        "content_block_stop",
        "message_delta",
        "message_stop",
    ]


@pytest.mark.parametrize("piece", [1, 2, 3])
@pytest.mark.parametrize("wire", [0, 1, 3])
def test_replies_survive_being_split_anywhere(api: Api, piece: int, wire: int) -> None:
    code = 'x = "é€🐍\\"" # \u2028\n'
    with api([say("né 🐍", call("python", code=code), piece=piece, wire=wire)]).messages.stream(**body()) as stream:
        message = stream.get_final_message()
    assert message.content[0].text == "né 🐍"  # type: ignore[union-attr]
    assert message.content[1].input == {"code": code}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"temperature": 1.0}, "temperature: Extra inputs are not permitted"),
        ({"max_tokens": 0}, "max_tokens: Input should be greater"),
        ({"max_tokens": 200_000}, "maximum allowed number of output tokens"),
        ({"model": "gpt-4"}, "model: gpt-4"),
        ({"thinking": {"type": "enabled", "budget_tokens": 2000}}, "thinking.type: 'enabled'"),
        ({"tools": [TOOL], "tool_choice": {"type": "any"}}, "forced tool use"),
        ({"tools": [TOOL, TOOL]}, "must be unique"),
        ({"tools": [TOOL | {"name": "run it"}]}, "should match pattern"),
        ({"output_config": {"effort": "enormous"}}, "output_config.effort"),
        ({"model": "claude-haiku-4-5", "output_config": {"effort": "low"}}, "does not support the effort parameter"),
        ({"messages": []}, "at least one message"),
        ({"messages": [{"role": "system", "content": "x"}]}, "messages.0.role"),
        ({"messages": [{"role": "assistant", "content": "x"}, QUESTION]}, "first message must use the user role"),
        ({"messages": [{"role": "user", "content": " \n"}]}, "non-whitespace text"),
        ({"messages": [QUESTION, {"role": "assistant", "content": "The answer is"}]}, "assistant message prefill"),
        (
            {"messages": [{"role": "user", "content": [{"type": "tool_result", "tool_use_id": "a", "content": "1"}]}]},
            "unexpected `tool_use_id`",
        ),
        (
            {"messages": [QUESTION, {"role": "assistant", "content": [call("python") | {"id": "a"}]}, QUESTION]},
            "without `tool_result` blocks immediately after: a",
        ),
        (
            {
                "messages": [
                    QUESTION,
                    {"role": "assistant", "content": [call("python") | {"id": "a"}]},
                    {
                        "role": "user",
                        "content": [
                            {"type": "text", "text": "Here:"},
                            {"type": "tool_result", "tool_use_id": "a", "content": "1"},
                        ],
                    },
                ]
            },
            "must come before other content",
        ),
        (
            {"system": [{"type": "text", "text": str(n), "cache_control": {"type": "ephemeral"}} for n in range(5)]},
            "A maximum of 4 blocks with cache_control may be provided. Found 5.",
        ),
    ],
)
def test_what_the_api_refuses(api: Api, changes: dict[str, Any], expected: str) -> None:
    assert expected in refusal(api, body(**changes))


def test_missing_fields_are_named(api: Api) -> None:
    sent = body()
    del sent["max_tokens"]
    assert refusal(api, sent) == "max_tokens: Field required"


def test_a_wrong_key_is_refused(api: Api) -> None:
    with pytest.raises(anthropic.AuthenticationError) as caught:
        api([say("no")], key="sk-wrong").messages.create(**body())
    assert caught.value.request_id == "req_0001"


def test_reasoning_stands_only_after_what_it_stood_after(api: Api) -> None:
    client = api([say(thinking("Hm."), "Bob."), say("Yes."), say("No.")])
    reply = client.messages.create(**body(system="Be brief."))
    then = {"role": "user", "content": "Sure?"}
    said = {"role": "assistant", "content": reply.to_dict()["content"]}
    client.messages.create(**body(system="Be brief.", messages=[QUESTION, said, then]))
    for changed in (
        body(system="Be long.", messages=[QUESTION, said, then]),
        body(system="Be brief.", messages=[{"role": "user", "content": "Who?"}, said, then]),
        body(system="Be brief.", tools=[TOOL], messages=[QUESTION, said, then]),
    ):
        with pytest.raises(anthropic.BadRequestError, match="bound to a different conversation"):
            client.messages.create(**changed)


def test_prefixes_are_written_to_the_cache_once_and_read_after(api: Api) -> None:
    mark = {"cache_control": {"type": "ephemeral"}}
    system = [{"type": "text", "text": "s" * 4000} | mark]
    client = api([say("1"), say("2"), say("3")])
    first, second = (client.messages.create(**body(system=system)).usage for _ in range(2))
    assert first.cache_creation_input_tokens == second.cache_read_input_tokens == (4000 + 25 + 3) // 4
    assert first.cache_read_input_tokens == second.cache_creation_input_tokens == 0
    assert first.input_tokens == second.input_tokens > 0
    changed = [{"type": "text", "text": "S" + "s" * 3999} | mark]
    third = client.messages.create(**body(system=changed)).usage
    assert third.cache_read_input_tokens == 0
    assert api.server.total.cache_write_tokens == 2 * first.cache_creation_input_tokens


def test_nothing_short_is_cached(api: Api) -> None:
    short = [{"type": "text", "text": "Be brief.", "cache_control": {"type": "ephemeral"}}]
    usage = api([say("1")]).messages.create(**body(system=short)).usage
    assert usage.cache_creation_input_tokens == usage.cache_read_input_tokens == 0


def test_an_entry_is_found_nineteen_blocks_before_a_mark_and_no_further(api: Api) -> None:
    mark = {"cache_control": {"type": "ephemeral"}}
    long = {"type": "text", "text": "s" * 4000}
    client = api([say(str(n)) for n in range(3)])
    client.messages.create(**body(messages=[{"role": "user", "content": [long | mark]}]))
    for more, found in ((19, True), (20, False)):
        short = [{"type": "text", "text": f"{more} {n}"} for n in range(more)]
        blocks = [long, *short[:-1], short[-1] | mark]
        usage = client.messages.create(**body(messages=[{"role": "user", "content": blocks}])).usage
        assert bool(usage.cache_read_input_tokens) is found


def test_a_reply_is_cut_at_its_limit(api: Api) -> None:
    message = api([say("x" * 100)]).messages.create(**body(max_tokens=10))
    assert message.stop_reason == "max_tokens"
    assert message.content[0].text == "x" * 40
    assert message.usage.output_tokens == 10


def test_a_prompt_that_does_not_fit_is_refused(api: Api) -> None:
    with pytest.raises(anthropic.BadRequestError, match=r"prompt is too long: .* tokens > 100 maximum"):
        api([say("x")], context_window=100).messages.create(**body(system="s" * 1000))


def test_faults_come_on_demand(api: Api) -> None:
    client = api(
        [
            Status(529),
            Status(429, "slow down", headers={"retry-after": "7"}, code="enforced_spend_limit_reached"),
            Broken("overloaded_error"),
            Body("<html>gateway</html>", "text/html"),
        ]
    )
    with pytest.raises(anthropic.OverloadedError):
        client.messages.create(**body())
    with pytest.raises(anthropic.RateLimitError) as limited:
        client.messages.create(**body())
    assert limited.value.response.headers["retry-after"] == "7"
    assert limited.value.error_code == "enforced_spend_limit_reached"
    with pytest.raises(anthropic.APIStatusError, match="overloaded"), client.messages.stream(**body()) as stream:
        stream.until_done()
    with client.messages.stream(**body()) as stream:
        assert list(stream) == []


def test_a_script_that_has_run_out_fails_loudly(api: Api) -> None:
    with pytest.raises(anthropic.BadRequestError, match="the test's script has only 0 answers"):
        api([]).messages.create(**body())


def test_a_script_may_be_a_function_of_the_request(api: Api) -> None:
    client = api(lambda sent: say(f"You said: {sent['messages'][-1]['content']}"))
    assert client.messages.create(**body()).content[0].text.endswith("charge_card?")
