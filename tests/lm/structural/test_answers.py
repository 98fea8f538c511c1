"""Answers as people read them, from whole runs without a key."""

from __future__ import annotations

import asyncio
import re

import pytest

from rlm_code.codebase.open import open_host
from rlm_code.lm.structural import StructuralLM
from rlm_code.rlm.answer import Answer
from rlm_code.rlm.loop import run
from rlm_code.rlm.task import Task
from rlm_code.sandbox import open_sandbox
from tests.conftest import MakeRepository
from tests.lm.structural.conftest import SHOP, Ask

TRACE = (
    'Why?\n  File "/app/pkg/shop.py", line 6, in checkout\n'
    '  File "/app/pkg/payments.py", line 21, in charge_card\nKeyError: 0'
)
EVERY_KIND = [
    "Where is charge_card defined?",
    "Show me charge_card",
    "Show me pkg/unused.py",
    "Who calls charge_card?",
    "Which tests cover checkout?",
    "Which tests cover charge_card?",
    "What methods does Gateway have?",
    "What classes are defined in pkg/payments.py?",
    "What does checkout call?",
    "What does pkg/shop.py import?",
    "Who imports pkg/payments.py?",
    "Where is charge_card imported?",
    "What inherits from Gateway?",
    "What overrides Gateway.post?",
    "Does Gateway inherit from charge_card?",
    "How does main reach charge_card?",
    "How does charge_card reach main?",
    "When was checkout last changed?",
    "History of pkg/shop.py",
    "History of this repository",
    "Explain charge_card",
    "Explain Gateway",
    "Explain pkg/payments.py",
    "Explain pkg",
    "Explain pkg/shop.py:6",
    "What is this repository about?",
    "who calls charge_crad?",
]
LEFT_OPEN = ["Where are cards charged when a cart is paid?", TRACE]


@pytest.mark.parametrize("question", EVERY_KIND + LEFT_OPEN)
def test_each_kind_of_question_ends_in_a_verified_answer(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.status == ("partial" if question in LEFT_OPEN else "complete"), answer.reason or answer.answer
    assert answer.citations
    cited = {int(number) for number in re.findall(r"(?<!\w)\[(\d+)\]", re.sub(r"`[^`]*`", "", answer.answer))}
    assert cited == set(range(1, len(answer.citations) + 1))
    for citation in answer.citations:
        lines = SHOP[citation.path].split("\n")[citation.start_line - 1 : citation.end_line]
        assert "\n".join(lines) == citation.quote


@pytest.mark.parametrize("question", EVERY_KIND + LEFT_OPEN)
def test_the_same_question_gets_the_same_answer(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.usage.input_tokens == answer.usage.output_tokens == 0
    assert answer.usage.turns <= 3
    assert not re.search(r"\n{3}| $|\*\*|^#", answer.answer, re.MULTILINE)
    assert len(answer.answer.splitlines()) < 60


def test_who_calls(ask: Ask) -> None:
    assert ask("Who calls charge_card?").answer == (
        "charge_card (pkg/payments.py:18) is called in 3 places: [1]\n"
        "\n"
        "    pkg/retry.py:8, 9  retry_payment  payments.charge_card(cart, retries=attempt)  [2]\n"
        "    pkg/shop.py:6      checkout       `total = charge_card([cart[0]])`             [3]\n"
        "\n"
        "1 other use:\n"
        "\n"
        "    pkg/retry.py:3  charger  used as a value: charger = payments.charge_card  [4]\n"
        "\n"
        "Imported at pkg/shop.py:1 [5]."
    )


def test_where_is_it(ask: Ask) -> None:
    assert ask("Where is charge_card defined?").answer == (
        "charge_card is defined in pkg/payments.py:18 (function). [1]\n"
        "\n"
        "    def charge_card(cart, retries=3)\n"
        "\n"
        "Charge the card of a cart."
    )


def test_nobody_calls_it(ask: Ask) -> None:
    answer = ask("Who calls forgotten?").answer
    assert answer.startswith("No certain use of forgotten (pkg/unused.py:1) was found in the 7 files. [1]")


def test_a_name_that_does_not_exist(ask: Ask) -> None:
    answer = ask("who calls charge_crad?").answer
    assert answer.startswith("Nothing named charge_crad is defined in the 7 files.")
    assert "pkg/payments.py:18  function charge_card" in answer


def test_a_name_from_elsewhere(ask: Ask) -> None:
    answer = ask("Who calls dumps?").answer
    assert "probably defined outside" in answer
    assert "pkg/payments.py:10" in answer


def test_a_question_for_a_language_model_says_so(ask: Ask) -> None:
    answer = ask("Where are cards charged when a cart is paid?").answer
    assert answer.startswith("Structure alone can't answer this.")
    assert "pkg/payments.py" in answer
    assert "ANTHROPIC_API_KEY" in answer


def test_frames_of_a_stack_trace(ask: Ask) -> None:
    answer = ask(TRACE).answer
    assert answer.startswith("2 of 2 frames lie in this repository, in the order of the trace:")
    assert "pkg/shop.py:6" in answer
    assert "pkg/payments.py:21" in answer


def test_a_chain_of_calls(ask: Ask) -> None:
    answer = ask("How does main reach charge_card?").answer
    assert answer.startswith("main (pkg/shop.py:10) reaches charge_card (pkg/payments.py:18) by calls in 2 steps:")
    back = ask("How does charge_card reach main?").answer
    assert back.startswith("No chain of references leads from charge_card")
    assert "The other way round there is one:" in back


def answered(make_repository: MakeRepository, files: dict[str, str], question: str) -> Answer:
    queries = open_host(make_repository(files))
    answer = asyncio.run(run(Task(question, queries.snapshot, queries, StructuralLM(), open_sandbox)))
    queries.close()
    return answer


def test_calls_that_cannot_be_told_apart_are_counted(make_repository: MakeRepository) -> None:
    classes = "".join(f"class C{number}:\n    def run(self):\n        pass\n\n" for number in range(7))
    uses = "from shop import C0\n\ndef one(c: C0, other):\n    c.run()\n    other.run()\n"
    answer = answered(make_repository, {"shop.py": classes, "use.py": uses}, "Who calls C0.run?")
    assert "is known to be called in 1 place" in answer.answer
    assert "1 use of .run on objects whose class syntax does not show" in answer.answer


def test_a_chain_through_what_overrides_a_method_is_one_that_may_be_run(make_repository: MakeRepository) -> None:
    files = {
        "base.py": "class Base:\n    def send(self): ...\n\n\nclass Plain(Base):\n    def send(self): ...\n",
        "use.py": "from base import Base\n\n\ndef main(base: Base):\n    base.send()\n",
    }
    assert "  may call Plain.send" in answered(make_repository, files, "How does main reach Plain.send?").answer


def test_a_folder_asked_for_as_one_goes_before_definitions_of_its_name(make_repository: MakeRepository) -> None:
    files = {"shop/__init__.py": "from bank import pay\n", "bank.py": "def pay(): ...\n", "cli.py": "def shop(): ...\n"}
    queries = open_host(make_repository(files))
    for question in ("What does the folder shop import?", "What does the shop directory import?"):
        task = Task(question, queries.snapshot, queries, StructuralLM(), open_sandbox)
        answer = asyncio.run(run(task))
        assert answer.answer.startswith("shop/ holds 1 file"), answer.answer
        assert "It imports from 1 other folder" in answer.answer
    queries.close()


def test_a_class_is_not_told_that_its_constructor_has_its_name(make_repository: MakeRepository) -> None:
    text = "package shop;\n\npublic class Cart {\n    public Cart() {}\n    public void add() {}\n}\n"
    queries = open_host(make_repository({"shop/Cart.java": text}))
    for question in ("Explain Cart", "Explain shop/Cart.java"):
        task = Task(question, queries.snapshot, queries, StructuralLM(), open_sandbox)
        answer = asyncio.run(run(task)).answer
        assert "other definition" not in answer
        assert "most used" not in answer
    queries.close()


def test_overloads_that_are_called_apart_are_told_apart(make_repository: MakeRepository) -> None:
    gets = "    static Token get(String s) { return null; }\n    static Token get(int n) { return null; }\n"
    java = f"class Token {{\n{gets}}}\n"
    use = 'class Use {\n    void a() { Token.get("x"); }\n    void b() { Token.get(1); }\n}\n'
    script = "export function cut(a: string): void;\nexport function cut(a: number): void;\n"
    script += "export function cut(a: any) {}\ncut('a');\ncut(1);\n"
    queries = open_host(make_repository({"Token.java": java, "Use.java": use, "cut.ts": script}))
    tokens = Task("Who calls Token.get?", queries.snapshot, queries, StructuralLM(), open_sandbox)
    answer = asyncio.run(run(tokens)).answer
    assert "Use.java:2" in answer
    assert "Use.java:3" in answer
    cuts = Task("Who calls cut?", queries.snapshot, queries, StructuralLM(), open_sandbox)
    assert "cut (cut.ts:3) is called in 2 places" in asyncio.run(run(cuts)).answer
    queries.close()


def test_a_go_package_is_known_by_its_import_path(make_repository: MakeRepository) -> None:
    files = {
        "go.mod": "module example.com/shop\n\ngo 1.22\n",
        "cart/cart.go": "package cart\n\nfunc Total() int { return 0 }\n",
        "main.go": 'package main\n\nimport "example.com/shop/cart"\n\nfunc main() { cart.Total() }\n',
    }
    answer = answered(make_repository, files, "Which files import example.com/shop/cart?")
    assert answer.answer.startswith("cart/ is imported in 1 place:")
    assert "main.go:3" in answer.answer


def test_where_no_place_is_found_none_is_promised_to_be_read(ask: Ask) -> None:
    answer = ask("Zxqv wvut grmbl?").answer
    assert "shares its words" in answer
    assert "To have it looked into, add a language model" in answer


def test_what_is_imported_from_outside_is_not_told_of_a_key_of_that_name(make_repository: MakeRepository) -> None:
    files = {
        "pyproject.toml": '[tool]\ntyping = "strict"\n',
        "a.py": "import typing\n",
        "b.py": "from typing import Any\n",
    }
    answer = answered(make_repository, files, "Who imports typing?").answer
    assert answer.startswith("2 lines of code import something called typing, in 2 files:")
    assert "nowhere" not in answer
