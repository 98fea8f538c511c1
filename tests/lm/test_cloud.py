"""Claude in Bedrock and in Vertex AI, through the SDK's real classes: signed, framed, and what goes wrong."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rlm_code.config import read_settings
from rlm_code.errors import ConfigError, LMError
from rlm_code.lm.anthropic.bedrock import BedrockLM
from rlm_code.lm.anthropic.client import MessagesLM
from rlm_code.lm.anthropic.vertex import VertexLM
from rlm_code.lm.choose import choose
from rlm_code.lm.prices import cost_usd
from rlm_code.lm.protocol import Reply, ToolCall, ToolResult, Usage
from rlm_code.lm.retry import MalformedReplyError
from tests.lm.cloud_servers import ACCESS_KEY, PROJECT, REGION, SECRET_KEY, BedrockServer, VertexServer, service_account
from tests.lm.conftest import HASTY, PYTHON, Ear, Served, ask
from tests.lm.messages_server import MessagesServer
from tests.lm.script import Body, Broken, Script, Status, call, say, thinking
from tests.lm.test_anthropic import turn

MODELS = {"bedrock": "eu.anthropic.claude-sonnet-5-5-v1:0", "vertex": "claude-sonnet-5-5"}


Serve = Callable[..., Served[MessagesServer]]


@pytest.fixture(autouse=True)
def _nobodys_account(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test finds, or asks for, credentials of whoever runs it."""
    for name in ("AWS_PROFILE", "AWS_BEARER_TOKEN_BEDROCK", "AWS_SESSION_TOKEN", "AWS_REGION", "AWS_DEFAULT_REGION",
                 "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "CLOUD_ML_REGION", "ANTHROPIC_VERTEX_PROJECT_ID",
                 "GOOGLE_CLOUD_PROJECT", "GOOGLE_APPLICATION_CREDENTIALS"):  # fmt: skip
        monkeypatch.delenv(name, raising=False)
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "CLOUDSDK_CONFIG", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "nothing"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("NO_GCE_CHECK", "true")


@pytest.fixture(params=MODELS)
def serve(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, tmp_path: Path) -> Serve:
    """Starts Bedrock or Vertex AI with a script and gives a Claude that talks to it."""

    def start(script: Script, **server: Any) -> Served[MessagesServer]:
        kind = {"bedrock": BedrockServer, "vertex": VertexServer}[request.param]
        running = kind(script, **server)
        running.__enter__()
        request.addfinalizer(running.__exit__)
        if request.param == "bedrock":
            monkeypatch.setenv("ANTHROPIC_BEDROCK_BASE_URL", running.url)
            monkeypatch.setenv("AWS_REGION", REGION)
            monkeypatch.setenv("AWS_ACCESS_KEY_ID", ACCESS_KEY)
            monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET_KEY)
            return Served(running, BedrockLM(MODELS["bedrock"], patience=HASTY))
        account = service_account(tmp_path)
        path, _ = account.__enter__()
        request.addfinalizer(lambda: account.__exit__(None, None, None))
        monkeypatch.setenv("ANTHROPIC_VERTEX_BASE_URL", running.url)
        monkeypatch.setenv("CLOUD_ML_REGION", REGION)
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(path))
        return Served(running, VertexLM(MODELS["vertex"], patience=HASTY))

    return start


@pytest.mark.parametrize(("piece", "wire"), [(1, 0), (5, 3), (50, 1)])
def test_a_conversation_is_signed_framed_cached_and_counted(serve: Serve, piece: int, wire: int) -> None:
    said = say(thinking("Hm."), "Grüße 🐍.", call("python", code='print("é")'), piece=piece, wire=wire)
    served = serve([said, say("Done.")])
    first = ask("?", system="You explore. " * 400, tools=(PYTHON,))

    async def converse() -> tuple[Reply, Reply]:
        one = await served.lm.complete(first, served.ear.listener)
        return one, await served.lm.complete(turn(first, one, ToolResult("toolu_0001", "out")), served.ear.listener)

    one, two = served.run(converse)
    assert (one.text, one.stop, two.text) == ("Grüße 🐍.", "tool_use", "Done.")
    assert one.tool_calls == (ToolCall("toolu_0001", "python", {"code": 'print("é")'}),)
    assert one.request_id == "req_0001"
    assert "".join(served.ear.texts) == "Grüße 🐍.Done."
    assert two.usage.cache_read_tokens > 0
    assert one.usage + two.usage == served.server.total


@pytest.mark.parametrize(
    "how", ["drop", "end", "garbage", "throttlingException", "modelTimeoutException", "overloaded_error"]
)
@pytest.mark.parametrize("events", [0, 3])
def test_a_stream_that_breaks_is_tried_again(serve: Serve, how: str, events: int) -> None:
    served = serve([Broken(how, events), say("Whole.")])
    (reply,) = served.complete(ask("?"))
    assert reply.text == "Whole."
    assert sum(served.ear.spent, Usage()) + reply.usage == served.server.total


def test_rate_limits_are_waited_for(serve: Serve) -> None:
    served = serve([Status(429, "Too many requests"), Status(503, "busy"), say("At last.")])
    assert served.complete(ask("?"))[0].text == "At last."
    assert "Too many requests" in served.ear.waits[0].reason


@pytest.mark.parametrize("status", [400, 403, 404])
def test_what_stays_is_said_at_once_and_says_what_to_check(serve: Serve, status: int) -> None:
    served = serve([Status(status, "because")])
    with pytest.raises(LMError, match="because") as caught:
        served.complete(ask("?"))
    assert caught.value.provider in MODELS
    assert status == 400 or "model" in (caught.value.hint or "")
    assert len(served.server.recorded) == 1


def test_what_is_no_reply_is_tried_again_but_not_often(serve: Serve) -> None:
    served = serve([Body("<html>Bad gateway</html>", "text/html")] * 5)
    with pytest.raises(MalformedReplyError):
        served.complete(ask("?"))
    assert len(served.server.recorded) == 3


def test_a_prompt_that_does_not_fit_is_a_full_window(serve: Serve) -> None:
    served = serve([], context_window=100)
    assert served.complete(ask("?", system="s" * 4000))[0].stop == "context_overflow"
    served = serve([Status(400, "Input is too long for requested model.")])
    assert served.complete(ask("?"))[0].stop == "context_overflow"


def test_wrong_credentials_are_refused_by_the_service(serve: Serve) -> None:
    served = serve([say("never")])
    served.server.secret = "another"  # type: ignore[attr-defined]
    with pytest.raises(LMError, match=r"does not match|invalid authentication"):
        served.complete(ask("?"))


@pytest.mark.parametrize(
    ("lm", "environment", "hint"),
    [
        (BedrockLM, {}, "AWS_REGION"),
        (BedrockLM, {"AWS_REGION": REGION}, "aws configure"),
        (BedrockLM, {"AWS_REGION": REGION, "AWS_PROFILE": "nobody"}, "aws configure"),
        (VertexLM, {}, "gcloud auth application-default login"),
        (VertexLM, {"GOOGLE_APPLICATION_CREDENTIALS": "/nowhere.json"}, "GOOGLE_APPLICATION_CREDENTIALS"),
    ],
)
def test_without_credentials_nothing_is_sent_and_what_to_do_is_said(
    monkeypatch: pytest.MonkeyPatch, lm: type[MessagesLM[Any]], environment: dict[str, str], hint: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError) as caught:
        asyncio.run(lm("claude").complete(ask("?"), Ear().listener))
    assert hint in str(caught.value.hint)


@pytest.mark.parametrize(("missing", "hint"), [("CLOUD_ML_REGION", "CLOUD_ML_REGION"), ("project", "PROJECT_ID")])
def test_vertex_needs_a_region_and_a_project(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, missing: str, hint: str
) -> None:
    with service_account(tmp_path) as (path, _):
        if missing == "project":
            path.write_text(path.read_text().replace(f'"project_id": "{PROJECT}", ', ""))
            monkeypatch.setenv("CLOUD_ML_REGION", REGION)
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(path))
        with pytest.raises(ConfigError) as caught:
            asyncio.run(VertexLM("claude").complete(ask("?"), Ear().listener))
    assert hint in str(caught.value.hint)


def test_a_server_of_tokens_that_is_gone_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with service_account(tmp_path) as (path, _):
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(path))
    monkeypatch.setenv("CLOUD_ML_REGION", REGION)
    monkeypatch.setenv("ANTHROPIC_VERTEX_BASE_URL", "http://127.0.0.1:9/v1")
    with pytest.raises(ConfigError, match="the credentials for vertex cannot be used"):
        asyncio.run(VertexLM("claude", patience=HASTY).complete(ask("?"), Ear().listener))


@pytest.mark.parametrize(("provider", "package"), [("bedrock", "boto3"), ("vertex", "google.auth")])
def test_a_missing_extra_is_said_with_what_installs_it(
    monkeypatch: pytest.MonkeyPatch, provider: str, package: str
) -> None:
    settings = read_settings({"HOME": "/h"})
    assert choose(f"{provider}:{MODELS[provider]}", settings).name == f"{provider}:{MODELS[provider]}"
    monkeypatch.setitem(sys.modules, package, None)
    lm = (BedrockLM if provider == "bedrock" else VertexLM)("claude")
    with pytest.raises(ConfigError) as caught:
        asyncio.run(lm.complete(ask("?"), Ear().listener))
    assert caught.value.hint == f"pip install 'rlm-codebase[{provider}]'"
    monkeypatch.setattr("rlm_code.lm.choose.find_spec", lambda name: None)
    with pytest.raises(ConfigError, match="is missing"):
        choose(f"{provider}:claude", settings)


def test_what_the_clouds_charge_is_not_guessed() -> None:
    assert cost_usd("bedrock:claude-sonnet-5-5", Usage(1, 1)) is None
    assert cost_usd("vertex:claude-sonnet-5-5", Usage(1, 1)) is None
