"""A recorded run as text: what was asked, what each turn said, ran and saw, what it cost, what it came to.

Long texts are cut; the run's file has them whole. This module knows the file's schema and reads no files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rlm_code.cli.runs import when
from rlm_code.text import printable

_WIDTH = 110
_CODE_LINES = 16
_OUTPUT_LINES = 8
_SUB_QUERIES = 12
_INDENT = "  "

Event = Mapping[str, Any]
_CHILD = "child"


def render_run(run_id: str, events: Iterable[Event]) -> Iterator[str]:
    """The lines of a run's tree."""
    sessions: dict[str, list[Event]] = {}
    answer: Mapping[str, Any] | None = None
    for event in events:
        match event["event"]:
            case "run_started":
                yield from _head(run_id, event)
            case "run_ended":
                answer = event["answer"]
            case kind:
                session = event["session"]
                if kind == "session_started" and session:
                    # The place where it began, among what its parent did.
                    sessions[session.rpartition(".")[0]].append({"event": _CHILD, "session": session})
                sessions.setdefault(session, []).append(event)
    if "" in sessions:
        yield from _session("", sessions)
    yield from _foot(answer)


def _head(run_id: str, event: Event) -> Iterator[str]:
    commit = f" at {event['commit'][:10]}" if event["commit"] else ""
    yield f"{run_id}  {when(event['time'])}"
    yield from (f"  {line}" for line in _cut(event["question"], _OUTPUT_LINES))
    yield f"repository  {printable(event['repository'])}, {printable(event['label'])}{commit}"
    sub = f", sub-queries by {event['sub_lm']}" if event["sub_lm"] else ""
    yield printable(f"model       {event['lm']}{sub}")


def _session(name: str, sessions: Mapping[str, list[Event]]) -> Iterator[str]:
    waiting: list[Event] = []  # the sub-queries of one cell
    for event in sessions[name]:
        if event["event"] == "sub_call_ended":
            waiting.append(event)
            continue
        if waiting and event["event"] != "waited":
            yield from _sub_queries(waiting)
            waiting = []
        if event["event"] == _CHILD:
            yield f"{_INDENT}child {event['session']}"
            yield from (_INDENT * 2 + line for line in _session(event["session"], sessions))
        else:
            yield from _event(event)
    yield from _sub_queries(waiting)


def _event(event: Event) -> Iterator[str]:
    match event["event"]:
        case "session_started" if event["session"]:
            yield from _block("task", event["task"], _OUTPUT_LINES)
        case "routed":
            yield from _routed(event)
        case "waited":
            yield printable(f"{_INDENT}waited   {event['seconds']:.1f} s: {event['reason']}")
        case "replied":
            yield from _turn(event)
        case "cell_started":
            yield from _block("cell", event["code"], _CODE_LINES)
        case "cell_ended":
            yield from _result(event["result"])
        case "submitted":
            yield from _submitted(event)
        case "compacted":
            yield f"{_INDENT}compact  the conversation was put into notes of {event['turns']} cells"
        case "session_ended":
            yield printable(f"ended     {event['status']}" + (f": {event['reason']}" if event["reason"] else ""))


def _routed(event: Event) -> Iterator[str]:
    yield ""
    after = f"; the way before was not enough: {event['after']}" if event["after"] else ""
    yield printable(f"route       {event['route']['name']}: {event['route']['reason']}{after}")


def _submitted(event: Event) -> Iterator[str]:
    yield f"{_INDENT}submit   " + ("went back" if event["problems"] else "it stands")
    for problem in event["problems"]:
        yield from _block("", f"- {problem}", 1)


def _turn(event: Event) -> Iterator[str]:
    usage = event["usage"]
    cached = f" + {usage['cache_read_tokens']:,} cached" if usage["cache_read_tokens"] else ""
    fresh = usage["input_tokens"] + usage["cache_write_tokens"]
    yield ""
    yield (
        f"turn {event['turn']}    {_dollars(event['cost_usd'])}   {fresh:,}{cached} tokens in, "
        f"{usage['output_tokens']:,} out   {event['seconds']:.1f} s"
    )
    said = "".join(block["text"] for block in event["message"]["content"] if set(block) == {"text"})
    yield from _block("says", said, _OUTPUT_LINES)
    if event["stop"] not in ("tool_use", "end_turn"):
        yield printable(f"{_INDENT}stopped  {event['stop']}" + (f": {event['detail']}" if event.get("detail") else ""))


def _result(result: Mapping[str, Any]) -> Iterator[str]:
    yield from _block("prints", result["output"], _OUTPUT_LINES)
    if result["value"] is not None:
        yield from _block("value", result["value"], _OUTPUT_LINES)
    if result["error"] is not None:
        yield from _block(result["status"], result["error"], _OUTPUT_LINES)


def _sub_queries(events: list[Event]) -> Iterator[str]:
    if not events:
        return
    cached = sum(event["cached"] for event in events)
    failed = sum(event["error"] is not None for event in events)
    costs = [event["cost_usd"] for event in events]
    total = None if None in costs else sum(costs)
    notes = [f"{count} {what}" for count, what in ((cached, "cached"), (failed, "failed")) if count]
    yield f"{_INDENT}asks     {', '.join([f'{len(events)} sub-queries', *notes])}   {_dollars(total)}"
    for event in events[:_SUB_QUERIES]:
        prompt = _line(event["prompt"], _WIDTH // 2)
        came = f"failed: {event['error']}" if event["error"] else event["text"]
        yield f"{_INDENT * 2}{prompt}  ({len(event['prompt']):,} characters)"
        yield f"{_INDENT * 3}→ {_line(came, _WIDTH - 8)}"
    if len(events) > _SUB_QUERIES:
        yield f"{_INDENT * 2}… {len(events) - _SUB_QUERIES} more"


def _foot(answer: Mapping[str, Any] | None) -> Iterator[str]:
    yield ""
    if answer is None:
        yield "unfinished: the run was ended from outside, or still goes on"
        return
    usage = answer["usage"]
    kept = f", {usage['cached']} sub-queries cached" if usage.get("cached") else ""
    reason = f": {answer['reason']}" if answer["reason"] else ""
    yield printable(f"{answer['status']}{reason}")
    spent = f"{_dollars(usage['cost_usd'])}   {usage['seconds']:.1f} s"
    yield f"{usage['turns']} turns, {usage['calls']} calls{kept}   {spent}"
    yield ""
    yield printable(answer["answer"])
    for number, cited in enumerate(answer["citations"], 1):
        span = f"{cited['start_line']}" + (f"-{cited['end_line']}" if cited["end_line"] > cited["start_line"] else "")
        yield f"[{number}] {printable(cited['path'])}:{span}  {_line(cited['quote'].strip(), _WIDTH // 2)}"


def _block(label: str, text: str, most: int) -> Iterator[str]:
    """Some lines of `text` beside their label; nothing for no text."""
    for number, line in enumerate(_cut(text, most)):
        yield f"{_INDENT}{label if number == 0 else '':8} {line}".rstrip()


def _cut(text: str, most: int) -> list[str]:
    lines = [_line(line, _WIDTH, keeps_space=True) for line in text.strip("\n").split("\n")] if text.strip() else []
    if len(lines) <= most:
        return lines
    head = most * 2 // 3
    return [*lines[:head], f"… {len(lines) - most + 1} more lines …", *lines[len(lines) - (most - head) + 1 :]]


def _line(text: str, most: int, *, keeps_space: bool = False) -> str:
    line = printable(text if keeps_space else " ".join(text.split()))
    return line if len(line) <= most else line[: most - 1] + "…"


def _dollars(cost_usd: float | None) -> str:
    return "price unknown" if cost_usd is None else f"${cost_usd:.4f}"
