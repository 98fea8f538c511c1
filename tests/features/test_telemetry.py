"""A run as spans, seen through OpenTelemetry's own SDK; and sent, by its own exporter, to a collector."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.semconv._incubating.attributes import gen_ai_attributes

from rlm_code.config import read_settings
from rlm_code.errors import LMError
from rlm_code.features.telemetry import Spans, listening
from rlm_code.rlm.answer import Answer
from tests.conftest import MakeRepository
from tests.rlm.conftest import Ask
from tests.rlm.scripted import ScriptedLM, cell, prose

LOOK = "print(repo.find('checkout')[0].text)"
SUBMIT = "submit('There [1].', [repo.find('checkout')[0]])"
SECRETS = ("SECRET-MARKER", "def checkout", "charge_card", "There [1]", "You answer questions")

Traced = Callable[..., tuple[Answer, list[ReadableSpan]]]


@pytest.fixture
def traced(ask: Ask) -> Traced:
    """Runs a question and gives its spans, in the order in which they began."""

    def run(lm: ScriptedLM, *, with_content: bool = False, **options: Any) -> tuple[Answer, list[ReadableSpan]]:
        exporter = InMemorySpanExporter()
        provider = TracerProvider()
        provider.add_span_processor(SimpleSpanProcessor(exporter))
        answer = ask(lm, on_event=Spans(provider, with_content=with_content).hear, **options)
        return answer, sorted(exporter.get_finished_spans(), key=lambda span: span.start_time or 0)

    return run


def tree(spans: list[ReadableSpan]) -> list[str]:
    """The names, each below its parent."""

    def below(parent: int | None, depth: int) -> Iterator[str]:
        for span in spans:
            if (span.parent.span_id if span.parent else None) == parent:
                yield "  " * depth + span.name
                yield from below(span.context.span_id, depth + 1)

    return list(below(None, 0))


def test_a_run_is_a_tree_of_spans(traced: Traced) -> None:
    children = iter([cell(LOOK), cell(SUBMIT)])
    root = iter([cell(LOOK), cell("r = llm_query_batched(['a', 'b', 'a'])\nc = rlm_query('Where?')"), cell(SUBMIT)])
    lm = ScriptedLM(lambda request: next(root), name="anthropic:claude-sonnet-5-5")
    sub = ScriptedLM(lambda asked: next(children) if asked.tools else prose("Yes."), name="openai-chat:qwen3")
    answer, spans = traced(lm, sub_lm=sub, limits={"depth": 1})
    assert answer.status == "complete"
    assert tree(spans) == [
        "invoke_agent rlm-code",
        "  chat claude-sonnet-5-5",
        "  execute_tool python",
        "  chat claude-sonnet-5-5",
        "  execute_tool python",
        "    chat qwen3",
        "    chat qwen3",
        "    invoke_agent rlm-code",
        "      chat qwen3",
        "      execute_tool python",
        "      chat qwen3",
        "      execute_tool python",
        "  chat claude-sonnet-5-5",
        "  execute_tool python",
    ]
    assert len({span.context.trace_id for span in spans}) == 1
    chats = [dict(span.attributes or {}) for span in spans if span.name.startswith("chat")]
    assert {chat["gen_ai.provider.name"] for chat in chats} == {"anthropic", "openai"}
    assert sum(chat["gen_ai.usage.output_tokens"] for chat in chats) == answer.usage.output_tokens
    whole = dict(spans[0].attributes or {})
    assert whole["gen_ai.usage.input_tokens"] == answer.usage.input_tokens + answer.usage.cache_read_tokens
    assert whole["rlm_code.status"] == "complete"


def test_names_are_those_of_the_conventions(traced: Traced) -> None:
    known = {value for name, value in vars(gen_ai_attributes).items() if name.startswith("GEN_AI_")}
    operations = {each.value for each in gen_ai_attributes.GenAiOperationNameValues}
    _, spans = traced(ScriptedLM([cell(LOOK), cell(SUBMIT)]), with_content=True)
    for span in spans:
        attributes = dict(span.attributes or {})
        assert {name for name in attributes if name.startswith("gen_ai.")} <= known
        assert attributes["gen_ai.operation.name"] in operations


def test_what_was_said_and_read_is_in_no_span_unless_asked_for(traced: Traced) -> None:
    _, spans = traced(ScriptedLM([cell("print(repo.file('README.md').text)", LOOK), cell(SUBMIT)]))
    told = " ".join(span.to_json() for span in spans)
    assert not any(secret in told for secret in SECRETS)
    _, spans = traced(ScriptedLM([cell("print(repo.file('README.md').text)", LOOK), cell(SUBMIT)]), with_content=True)
    told = " ".join(span.to_json() for span in spans)
    assert all(secret in told for secret in SECRETS)


def test_what_fails_is_an_error_and_nothing_is_left_open(traced: Traced) -> None:
    lm = ScriptedLM([cell("1/0"), LMError("gone", provider="scripted")])
    answer, spans = traced(lm)
    assert answer.status == "failed"
    failed = {span.name: (span.attributes or {}).get("error.type") for span in spans if not span.status.is_ok}
    assert failed == {
        "execute_tool python": "error",
        "chat claude-sonnet-5": "failed",
        "invoke_agent rlm-code": "failed",
    }
    assert all(span.end_time for span in spans)


class _Collector(BaseHTTPRequestHandler):
    received: list[bytes]

    def log_message(self, *_: object) -> None: ...

    def do_POST(self) -> None:
        self.received.append(self.rfile.read(int(self.headers["content-length"])))
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()


@pytest.fixture
def collector() -> Iterator[tuple[str, list[bytes]]]:
    received: list[bytes] = []
    http = ThreadingHTTPServer(("127.0.0.1", 0), type("Collector", (_Collector,), {"received": received}))
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{http.server_address[1]}", received
    http.shutdown()
    http.server_close()
    thread.join(10)


def test_a_command_sends_its_spans_where_the_environment_says(
    make_repository: MakeRepository, tmp_path: Path, collector: tuple[str, list[bytes]]
) -> None:
    url, received = collector
    root = make_repository({"a.py": "def f():\n    return 1\n"})
    line = [sys.executable, "-m", "rlm_code.cli.main", "ask", "--repo", str(root), "Where is f defined?"]
    environment = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "OTEL_EXPORTER_OTLP_ENDPOINT": url, "CI": "1"}
    done = subprocess.run(line, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    told = b"".join(received)
    assert b"invoke_agent rlm-code" in told
    assert b"execute_tool python" in told
    assert b"def f()" not in told


@pytest.mark.parametrize(
    ("environment", "telemetry"),
    [
        ({}, "off"),
        ({"OTEL_TRACES_EXPORTER": "none"}, "off"),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://h", "OTEL_SDK_DISABLED": "TRUE"}, "off"),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://h"}, "spans"),
        ({"OTEL_TRACES_EXPORTER": "console"}, "spans"),
        (
            {"OTEL_TRACES_EXPORTER": "otlp", "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT": "SPAN_ONLY"},
            "content",
        ),
    ],
)
def test_the_environment_asks_for_spans(environment: dict[str, str], telemetry: str) -> None:
    assert read_settings({"HOME": "/h"} | environment).telemetry == telemetry


def test_without_being_asked_nothing_is_imported_and_no_event_goes_elsewhere() -> None:
    program = (
        "import sys\nfrom rlm_code.config import read_settings\nfrom rlm_code.features.telemetry import listening\n"
        "heard = print\nassert listening(read_settings({'HOME': '/h'}), heard) is heard\n"
        "assert not any(name.startswith('opentelemetry') for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


def test_an_exporter_that_is_not_there_is_said_once_and_stops_no_run(caplog: pytest.LogCaptureFixture) -> None:
    settings = read_settings({"HOME": "/h", "OTEL_TRACES_EXPORTER": "pigeon"})
    heard: list[Any] = []
    for _ in range(2):
        assert listening(settings, heard.append) == heard.append
    assert len(caplog.records) == 1
    assert "rlm-codebase[otel]" in caplog.text
