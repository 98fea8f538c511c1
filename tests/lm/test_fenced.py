"""Cells as fenced blocks, for models without tool use."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rlm_code.lm.fenced import FencedLM
from rlm_code.lm.protocol import Listener, Message, Request, Text, ToolCall, ToolResult
from rlm_code.rlm.answer import Route
from rlm_code.rlm.prompt import PYTHON, SUBMIT
from tests.rlm.conftest import Ask, ask, shop, task  # noqa: F401  a real repository to run over
from tests.rlm.scripted import ScriptedLM, last_text, prose, stopped


def cells(text: str, **settings: Any) -> list[str]:
    lm = FencedLM(ScriptedLM([stopped("end_turn", Text(text), **settings)]))
    request = Request("s", (Message("user", (Text("q"),)),), (PYTHON,))
    reply = asyncio.run(lm.complete(request, Listener()))
    assert reply.stop == ("tool_use" if reply.tool_calls else "end_turn")
    return [call.arguments["code"] for call in reply.tool_calls]


@pytest.mark.parametrize("opening", ["```repl", "```python", "```py", "~~~repl", "````python", "  ``` python  "])
def test_marked_blocks_are_cells(opening: str) -> None:
    closing = opening.strip()[: 4 if opening.startswith("````") else 3]
    assert cells(f"Let me look.\n{opening}\nx = 1\nprint(x)\n{closing}\nNow wait.") == ["x = 1\nprint(x)"]


def test_other_blocks_and_prose_are_not() -> None:
    assert cells("```\nx\n```\n```json\n{}\n```\nuse ```python inline``` or `repl`") == []


def test_several_blocks_are_several_cells() -> None:
    assert cells("```repl\na = 1\n```\nthen\n```py\nb = 2\n```") == ["a = 1", "b = 2"]


def test_a_fence_inside_a_string_does_not_end_the_cell() -> None:
    code = 'text = """\n```python\ninner()\n```\n"""\nsubmit(text, [])'
    assert cells(f"```repl\n{code}\n```\nDone.") == [code]


def test_code_that_is_no_python_ends_at_the_first_fence() -> None:
    assert cells("```repl\nprint('x'\n```\nmore\n```repl\ny = 1\n```") == ["print('x'", "y = 1"]


def test_a_cell_that_is_not_closed_goes_to_the_end() -> None:
    assert cells("```repl\nx = 1") == ["x = 1"]


def test_what_the_parser_warns_of_is_no_matter() -> None:
    assert cells("```repl\nx = '\\d'\n```\n") == ["x = '\\d'"]


@settings(max_examples=40)
@given(st.lists(st.sampled_from(["```", "```python", "text", "~~~", "", "```repl"]), max_size=8))
def test_whatever_stands_in_a_string_the_cell_is_whole(lines: list[str]) -> None:
    code = '"""\n' + "\n".join(lines) + '\n"""\ny = 2'
    assert cells(f"So:\n```repl\n{code}\n```") == [code]


@settings(max_examples=40)
@given(st.text(alphabet="`~\nrepl python\"'x=(", max_size=60))
def test_any_reply_can_be_read(text: str) -> None:
    cells(text)


def test_a_whole_run_in_text_alone(ask: Ask) -> None:  # noqa: F811
    look = "Let me look.\n```repl\nprint(repo.find('charge_card')[0].callers())\n```"
    submit = (
        "```repl\nsubmit('''Called so [1]:\n```\ncharge_card(cart)\n```\n''', "
        "[{'path': 'pkg/shop.py', 'start_line': 6, 'end_line': 6}])\n```"
    )
    inside = ScriptedLM([prose(look), prose(submit)])
    answer = ask(FencedLM(inside))
    assert (answer.status, len(answer.citations)) == ("complete", 1)
    assert answer.answer == "Called so [1]:\n```\ncharge_card(cart)\n```\n"
    assert "marked `repl`" in inside.requests[0].system
    assert all(not request.tools for request in inside.requests)
    assert inside.requests[1].messages[1].content == (Text(look),)
    assert "What came of the cell:\n2 calls of charge_card" in last_text(inside.requests[1])


def test_messages_that_lost_their_raw_form_are_written_out(ask: Ask) -> None:  # noqa: F811
    inside = ScriptedLM([prose("ok")])
    call = Message("assistant", (Text("See."), ToolCall("1", "python", {"code": "x"})))
    result = Message("user", (ToolResult("1", "NameError", is_error=True),))
    asyncio.run(FencedLM(inside).complete(Request("s", (call, result), (PYTHON,)), Listener()))
    assert inside.requests[0].messages[0].content == (Text("See."), Text("```repl\nx\n```\n"))
    assert inside.requests[0].messages[1].content == (Text("The cell failed:\nNameError\n"),)


def test_requests_without_tools_pass_through() -> None:
    request = Request("s", (Message("user", (Text("q"),)),))
    inside = ScriptedLM([prose("```repl\nx\n```")])
    reply = asyncio.run(FencedLM(inside).complete(request, Listener()))
    assert reply.tool_calls == ()
    assert inside.requests == [request]


def test_what_a_model_only_thought_of_is_not_run() -> None:
    assert cells("<think>Maybe\n```repl\nx = 1\n```\n</think>\n```repl\ny = 2\n```") == ["y = 2"]
    assert cells("<think>And so on\n```repl\nx = 1\n```\n") == []


def test_a_tool_that_takes_no_code_is_called_with_json(ask: Ask) -> None:  # noqa: F811
    text = (
        '```json\n{"answer": "There [1].", "citations": [{"path": "pkg/shop.py", "quote": "def checkout(cart):"}]}\n```'
    )
    inside = ScriptedLM([prose("I should look."), prose("```json\n{,}\n```"), prose(text)])
    answer = ask(FencedLM(inside), routes=(Route("one-call", "asked for"),))
    assert (answer.status, answer.answer) == ("complete", "There [1].")
    assert '"required": ["answer", "citations"]' in inside.requests[0].system
    assert all(not request.tools for request in inside.requests)


@pytest.mark.parametrize("text", ["[1]", "{", "", '{"answer": 1}\n```\n{}'])
def test_json_that_is_no_object_is_handed_on_as_malformed(text: str) -> None:
    lm = FencedLM(ScriptedLM([prose(f"```json\n{text}\n```")]))
    reply = asyncio.run(lm.complete(Request("s", (Message("user", (Text("q"),)),), (SUBMIT,)), Listener()))
    (called,) = reply.tool_calls
    assert (called.name, called.malformed) == ("submit", None if "answer" in text else text)
