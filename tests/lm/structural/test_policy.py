"""What the policy does next, given what came of the last cell."""

from __future__ import annotations

import asyncio

from rlm_code.lm.protocol import Listener, Message, Request, Text, ToolCall, ToolResult, Usage
from rlm_code.lm.structural import StructuralLM

ASKED = Message("user", (Text("<question>\nWho calls charge_card?\n</question>\n\nThe repository …"),))


def after(*messages: Message) -> Message:
    reply = asyncio.run(StructuralLM().complete(Request("", (ASKED, *messages)), Listener()))
    assert reply.usage == Usage()
    assert reply.stop == ("tool_use" if reply.tool_calls else "end_turn")
    return reply.message


def code(message: Message) -> str:
    (call,) = (block for block in message.content if isinstance(block, ToolCall))
    assert call.name == "python"
    return str(call.arguments["code"])


def told(message: Message, text: str, *, is_error: bool = False) -> Message:
    (call,) = (block for block in message.content if isinstance(block, ToolCall))
    return Message("user", (ToolResult(call.id, text, is_error),))


def test_it_looks_then_drafts_then_submits() -> None:
    look = after()
    assert "subjects = [(['charge_card'], '', 0, '')]" in code(look)
    seen = told(look, "charge_card:\n  <function …>\nfound: definition")
    draft = after(look, seen)
    assert code(draft).startswith("# Who uses it")
    submit = after(look, seen, draft, told(draft, "charge_card is called …"))
    assert code(submit) == "submit(draft, incomplete=incomplete)"


def test_what_was_found_decides_the_program() -> None:
    look = after()
    assert "# Who imports a file" in code(after(look, told(look, "found: file")))
    assert "# Nothing is called so" in code(after(look, told(look, "found: nothing")))
    cut = "charge_card:\n… 30,000 of 40,000 characters left out …\nfound: definition"
    assert "# Who uses it" in code(after(look, told(look, cut)))


def test_refused_citations_are_dropped() -> None:
    look = after()
    seen = told(look, "found: definition")
    draft = after(look, seen)
    shown = told(draft, "…")
    submit = after(look, seen, draft, shown)
    problems = "SubmitError: not accepted; fix this and submit again:\n- citation 2: no file x\n- citation 5: blank"
    refused = told(submit, problems, is_error=True)
    again = after(look, seen, draft, shown, submit, refused)
    assert code(again) == "draft = draft.without([2, 5])\nsubmit(draft, incomplete=incomplete)"


def test_a_program_that_fails_ends_the_run_in_words() -> None:
    look = after()
    seen = told(look, "found: definition")
    draft = after(look, seen)
    end = after(look, seen, draft, told(draft, "Traceback …\nZeroDivisionError: x", is_error=True))
    assert isinstance(end.content[0], Text)
    assert "ZeroDivisionError" in end.content[0].text


def test_a_question_that_takes_too_long_is_said_to_be_one() -> None:
    look = after()
    seen = told(look, "found: definition")
    draft = after(look, seen)
    late = "Traceback …\nKeyboardInterrupt\ninterrupted at the time limit of 30 s; variables kept"
    (said,) = after(look, seen, draft, told(draft, late, is_error=True)).content
    assert isinstance(said, Text)
    assert said.text.startswith("This question takes longer than a cell may: the time limit of 30 s was reached.")
