"""Telemetry: a run as OpenTelemetry spans, by the conventions for generative AI, made of the events of the run.

    invoke_agent rlm-code          the run, and each child run
      chat MODEL                   a turn of its model
      execute_tool python          a cell
        chat MODEL                 a sub-query that the cell sent
        invoke_agent rlm-code      a child that it started

Spans are made where the environment names an exporter (OTEL_TRACES_EXPORTER, OTEL_EXPORTER_OTLP_ENDPOINT). What was
said and read is in them only where OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT asks for it; then each chat has
the messages that were new in it. The extra is `rlm-codebase[otel]`.
"""

from __future__ import annotations

import json
import logging
import time
from functools import cache
from typing import TYPE_CHECKING, Any

from rlm_code import __version__
from rlm_code.lm.protocol import Block, Message, Text, ToolCall, ToolResult, Usage
from rlm_code.rlm import events

if TYPE_CHECKING:
    from opentelemetry.trace import Span, TracerProvider

    from rlm_code.config import Settings
    from rlm_code.rlm.events import Emit, Event

AGENT = "rlm-code"
_EXPORTERS = "opentelemetry_traces_exporter"
_PROVIDERS = {
    "anthropic": "anthropic",
    "openai": "openai",
    "openai-chat": "openai",
    "bedrock": "aws.bedrock",
    "vertex": "gcp.vertex_ai",
}
_FINISHED = {
    "end_turn": "stop",
    "tool_use": "tool_call",
    "max_tokens": "length",
    "context_overflow": "length",
    "refusal": "content_filter",
}
_NANO = 1_000_000_000


def listening(settings: Settings, on_event: Emit) -> Emit:
    """`on_event`, and before it whatever makes spans of events, if the environment asks for them."""
    if settings.telemetry == "off":
        return on_event
    provider = _provider(settings.trace_exporter)
    if provider is None:
        return on_event
    spans = Spans(provider, with_content=settings.telemetry == "content")

    def both(event: Event) -> None:
        spans.hear(event)
        on_event(event)

    return both


@cache
def _provider(exporter: str) -> TracerProvider | None:
    """What sends spans to the exporter of this name, until the process ends; None where it cannot be had."""
    from importlib.metadata import entry_points

    try:
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider as Sdk
        from opentelemetry.sdk.trace.export import BatchSpanProcessor

        (entry,) = entry_points(group=_EXPORTERS, name=exporter)
        exports = entry.load()()
    except (ImportError, ValueError) as error:
        told = "no spans are sent: the exporter %r cannot be had (%s); pip install 'rlm-codebase[otel]'"
        logging.getLogger(__name__).warning(told, exporter, error)
        return None
    ours = Resource({"service.name": AGENT, "service.version": __version__})
    named = Resource.create()  # what the environment says, or "unknown_service"
    is_named = not str(named.attributes.get("service.name", "")).startswith("unknown_service")
    provider = Sdk(resource=ours.merge(named) if is_named else named.merge(ours))
    provider.add_span_processor(BatchSpanProcessor(exports))
    return provider


class Spans:
    """Makes spans of the events of one run. `hear` is called on one thread."""

    def __init__(self, provider: TracerProvider, *, with_content: bool) -> None:
        self._tracer = provider.get_tracer(AGENT, __version__)
        self._with_content = with_content
        self._models = {"root": "", "sub": ""}
        self._agents: dict[str, Span] = {}
        self._chats: dict[str, Span] = {}
        self._cells: dict[str, Span] = {}
        self._said: dict[str, Message] = {}

    def hear(self, event: Event) -> None:
        """Begin, extend or end the spans that an event belongs to."""
        match event:
            case events.RunStarted():
                self._models = {"root": event.lm, "sub": event.sub_lm or event.lm}
                self._begin_agent("", event.lm)
            case events.Routed():
                self._agents[""].add_event("rlm_code.routed", {"rlm_code.route": event.route.name})
            case events.SessionStarted():
                self._begin_session(event)
            case events.TurnStarted():
                self._begin_chat(event.session)
            case events.Waited(attempt=attempt, seconds=seconds):
                waiting = {"rlm_code.attempt": attempt, "rlm_code.seconds": seconds}
                self._innermost(event.session).add_event("rlm_code.waiting", waiting)
            case events.Observed():
                self._said[event.session] = event.message
            case events.Replied():
                self._end_chat(event)
            case _:
                self._hear_of_work(event)

    def _hear_of_work(self, event: Event) -> None:
        match event:
            case events.CellStarted():
                self._begin_cell(event)
            case events.CellEnded():
                self._end_cell(event)
            case events.SubCallEnded(cached=False):
                self._sub_call(event)
            case events.Submitted():
                problems = {"rlm_code.problems": len(event.problems)}
                self._innermost(event.session).add_event("rlm_code.submitted", problems)
            case events.Compacted():
                self._agents[event.session].add_event("rlm_code.compacted", {"rlm_code.turns": event.turns})
            case events.SessionEnded():
                self._end_session(event)
            case events.RunEnded():
                self._end_run(event.answer)

    def _start(self, name: str, parent: Span | None, attributes: dict[str, Any], **options: Any) -> Span:
        from opentelemetry.trace import set_span_in_context

        # Without a parent it begins a trace, or belongs to the one that the caller's context is in.
        around = set_span_in_context(parent) if parent is not None else None
        return self._tracer.start_span(name, around, attributes=attributes, **options)

    def _begin_agent(self, session: str, lm: str) -> None:
        agent = {"gen_ai.agent.name": AGENT, "gen_ai.agent.version": __version__, "rlm_code.session": session}
        parent = self._cells.get(session.rpartition(".")[0]) if session else None
        around = parent or (self._agents.get(session.rpartition(".")[0]) if session else None)
        self._agents[session] = self._start(f"invoke_agent {AGENT}", around, _of("invoke_agent", lm) | agent)

    def _begin_session(self, event: events.SessionStarted) -> None:
        if event.session:
            self._begin_agent(event.session, self._models["sub"])
        self._said[event.session] = Message("user", (Text(event.first_message),))
        if self._with_content:
            instructions = json.dumps([{"type": "text", "content": event.system}])
            self._agents[event.session].set_attribute("gen_ai.system_instructions", instructions)

    def _begin_chat(self, session: str) -> None:
        from opentelemetry.trace import SpanKind

        lm = self._models["sub" if session else "root"]
        name = f"chat {_model(lm)}"
        self._chats[session] = self._start(name, self._agents[session], _of("chat", lm), kind=SpanKind.CLIENT)

    def _end_chat(self, event: events.Replied) -> None:
        span = self._chats.pop(event.session)
        span.set_attributes(_used(event.usage, event.cost_usd))
        span.set_attribute("gen_ai.response.model", event.lm)
        span.set_attribute("gen_ai.response.finish_reasons", [_FINISHED.get(event.stop, event.stop)])
        if event.request_id:
            span.set_attribute("gen_ai.response.id", event.request_id)
        if self._with_content:
            finished = {"finish_reason": _FINISHED.get(event.stop, event.stop)}
            span.set_attribute("gen_ai.input.messages", json.dumps([_written(self._said[event.session])]))
            span.set_attribute("gen_ai.output.messages", json.dumps([_written(event.message) | finished]))
        span.end()

    def _begin_cell(self, event: events.CellStarted) -> None:
        tool = {"gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "python", "gen_ai.tool.type": "function"}
        span = self._cells[event.session] = self._start("execute_tool python", self._agents[event.session], tool)
        if self._with_content:
            span.set_attribute("gen_ai.tool.call.arguments", json.dumps({"code": event.code}))

    def _end_cell(self, event: events.CellEnded) -> None:
        span = self._cells.pop(event.session)
        if self._with_content:
            span.set_attribute("gen_ai.tool.call.result", event.result.output)
        if event.result.status != "ok":
            _fail(span, event.result.status)
        span.end()

    def _sub_call(self, event: events.SubCallEnded) -> None:
        """A sub-query is told of when it is over."""
        from opentelemetry.trace import SpanKind

        now = time.time_ns()
        lm = self._models["sub"]
        around = self._cells.get(event.session) or self._agents[event.session]
        begun = now - int(event.seconds * _NANO)
        attributes = _of("chat", lm) | _used(event.usage, event.cost_usd) | {"gen_ai.response.model": event.lm}
        span = self._start(f"chat {_model(lm)}", around, attributes, kind=SpanKind.CLIENT, start_time=begun)
        if self._with_content:
            said, text = (Message("user", (Text(event.prompt),)), Message("assistant", (Text(event.text),)))
            span.set_attribute("gen_ai.input.messages", json.dumps([_written(said)]))
            span.set_attribute("gen_ai.output.messages", json.dumps([_written(text)]))
        if event.error is not None:
            _fail(span, "sub_query_failed")
        span.end(now)

    def _end_session(self, event: events.SessionEnded) -> None:
        for spans in (self._cells, self._chats):
            if (unfinished := spans.pop(event.session, None)) is not None:
                _fail(unfinished, event.status)
                unfinished.end()
        if event.session:
            self._end_agent(event.session, event.status)

    def _end_agent(self, session: str, status: str) -> None:
        span = self._agents.pop(session)
        span.set_attribute("rlm_code.status", status)
        if status == "failed":
            _fail(span, status)
        span.end()

    def _end_run(self, answer: Any) -> None:
        """End all that is open: a run that is cancelled ends in the middle of its sessions."""
        for session in [name for name in self._agents if name]:
            self._end_session(events.SessionEnded(session, "partial", None))
        self._end_session(events.SessionEnded("", answer["status"], None))
        usage = answer["usage"]
        used = Usage(*(usage[name] for name in ("input_tokens", "output_tokens", "cache_read_tokens")))
        used += Usage(cache_write_tokens=usage["cache_write_tokens"])
        self._agents[""].set_attributes(_used(used, usage["cost_usd"]))
        self._end_agent("", answer["status"])

    def _innermost(self, session: str) -> Span:
        return self._cells.get(session) or self._chats.get(session) or self._agents[session]


def _of(operation: str, lm: str) -> dict[str, Any]:
    provider = _PROVIDERS.get(lm.partition(":")[0], "rlm_code")
    return {
        "gen_ai.operation.name": operation,
        "gen_ai.provider.name": provider,
        "gen_ai.request.model": _model(lm),
    }


def _model(lm: str) -> str:
    return lm.partition(":")[2] or lm


def _used(usage: Usage, cost_usd: float | None) -> dict[str, Any]:
    """Tokens by the conventions, by which those read from and written to a cache are a part of the input."""
    used = {
        "gen_ai.usage.input_tokens": usage.input_tokens + usage.cache_read_tokens + usage.cache_write_tokens,
        "gen_ai.usage.output_tokens": usage.output_tokens,
        "gen_ai.usage.cache_read.input_tokens": usage.cache_read_tokens,
        "gen_ai.usage.cache_creation.input_tokens": usage.cache_write_tokens,
    }
    return used | ({"rlm_code.cost_usd": cost_usd} if cost_usd is not None else {})


def _fail(span: Span, kind: str) -> None:
    from opentelemetry.trace import Status, StatusCode

    span.set_attribute("error.type", kind)
    span.set_status(Status(StatusCode.ERROR))


def _written(message: Message) -> dict[str, Any]:
    return {"role": message.role, "parts": list(map(_part, message.content))}


def _part(block: Block) -> dict[str, Any]:
    match block:
        case Text(text):
            return {"type": "text", "content": text}
        case ToolCall():
            return {"type": "tool_call", "id": block.id, "name": block.name, "arguments": dict(block.arguments)}
        case ToolResult():
            return {"type": "tool_call_response", "id": block.call_id, "response": block.text}
