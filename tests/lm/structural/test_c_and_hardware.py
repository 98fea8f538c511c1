"""Names that several files define, prototypes, code of others, modules of hardware, and what can be asked at all."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rlm_code.codebase.open import open_host
from rlm_code.lm.structural import StructuralLM
from rlm_code.rlm.answer import Answer
from rlm_code.rlm.loop import run
from rlm_code.rlm.task import Task
from rlm_code.sandbox import open_sandbox
from tests.conftest import MakeRepository, write_files

FILES = {
    "include/buf.h": (
        "struct buf;\nint buf_append(struct buf *b, const char *text);\nextern int buf_free(struct buf *b);\n"
    ),
    "src/buf.c": (
        '#include "buf.h"\n'
        "int buf_append(struct buf *b, const char *text) { return 0; }\n"
        "int buf_free(struct buf *b) { return 0; }\n"
    ),
    "src/server.c": (
        '#include "buf.h"\n'
        "int main(int argc, char **argv) {\n"
        '    buf_append(0, "x"); buf_append(0, "y");\n'
        "    int (*append)(struct buf *, const char *) = buf_append;\n"
        "    return 0;\n}\n"
    ),
    "src/cli.c": '#include "buf.h"\nint main(int argc, char **argv) { return buf_append(0, "z"); }\n',
    "deps/list/list.c": (
        "void list_add(int x) {}\nvoid f(void) { list_add(1); list_add(2); }\nint main(void) { return 1; }\n"
    ),
    "src/uses.c": "void list_add(int x) {}\nvoid g(void) { list_add(1); }\n",
    "rtl/fifo.sv": "module fifo (input logic clk);\nendmodule\n",
    "rtl/top.sv": "module top (input logic clk);\n  fifo u_one (.clk(clk));\n  fifo u_two (.clk(clk));\nendmodule\n",
    "shop/cart.py": (
        "class Base: ...\n\n\nclass Near(Base): ...\n\n\nclass Far(Near): ...\n\n\n"
        "def total(): ...\n\n\ndef twice():\n    total()\n    total()\n"
    ),
    "odd\nname.py": "class Odd: ...\n",
}


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Answer]]:
    """What is answered to a question about the files above."""
    root: Path = tmp_path_factory.mktemp("several")
    write_files(root, FILES)
    queries = open_host(root)

    def answer(question: str) -> Answer:
        return asyncio.run(run(Task(question, queries.snapshot, queries, StructuralLM(), open_sandbox)))

    yield answer
    queries.close()


Asked = Callable[[str], Answer]


def test_a_prototype_is_a_declaration_and_no_use_as_a_value(asked: Asked) -> None:
    answer = asked("Who calls buf_append?").answer
    assert "is called in 3 places" in answer
    assert "    src/server.c:3  main  " in answer, "two calls on one line are one line"
    assert "1 other use:\n\n    src/server.c:4  main  used as a value: " in answer
    assert "Declared at include/buf.h:2 " in answer
    unused = asked("Who calls buf_free?").answer
    assert unused.startswith("No certain use of buf_free (src/buf.c:3) was found")
    assert "Declared at include/buf.h:3 " in unused
    assert "include/buf.h" not in asked("Explain buf_append").answer


@pytest.mark.parametrize(
    "question",
    [
        "What does main in src/cli.c call?",
        "What does src/cli.c:main call?",
        "What does the main function of src/cli.c call?",
        "What does the `main` in `cli.c` call?",
    ],
)
def test_one_of_several_is_asked_for_by_where_it_stands(asked: Asked, question: str) -> None:
    assert asked(question).answer.startswith("main (src/cli.c:2) calls 1 definition of this repository:")


def test_what_stands_elsewhere_is_said_to(asked: Asked) -> None:
    elsewhere = "Nothing called buf_append is defined in src/cli.c; elsewhere there is buf_append (src/buf.c:2)."
    assert asked("Who calls buf_append in src/cli.c?").answer.startswith(elsewhere)
    assert asked("Where is grow in src/cli.c?").answer.startswith("Nothing named grow is defined in src/cli.c.")


def test_code_of_others_comes_after_the_project_s_own(asked: Asked) -> None:
    found = asked("Where is list_add defined?").answer
    assert found.index("src/uses.c:1") < found.index("deps/list/list.c:1")
    assert asked("Who calls list_add?").answer.startswith("list_add (src/uses.c:1) is called in 1 place:")


def test_a_call_that_may_mean_either_is_listed_once(make_repository: MakeRepository) -> None:
    body = '#include "put.h"\nvoid put(int x) {}\n'
    call = '#include "put.h"\nvoid f(void) { put(1); }\n'
    files = {"put.h": "void put(int x);\n", "a.c": body, "b.c": body, "c.c": call}
    queries = open_host(make_repository(files))
    answer = asyncio.run(run(Task("Who calls put?", queries.snapshot, queries, StructuralLM(), open_sandbox))).answer
    queries.close()
    assert answer.count("c.c:2  f  ") == 1
    assert "1 of these were counted above, too: they may mean either." in answer


def test_a_module_of_hardware_is_instantiated_by_its_name(asked: Asked) -> None:
    answer = asked("Who instantiates fifo?").answer
    assert answer.startswith("fifo (rtl/fifo.sv:1) is instantiated in 2 places: [1]")
    assert "rtl/top.sv:2, 3  top" in answer
    assert "may be" not in answer


def test_of_two_modules_of_one_name_it_is_not_said_which(make_repository: MakeRepository) -> None:
    module = "module fifo (input logic clk);\nendmodule\n"
    queries = open_host(make_repository({"a.sv": module, "sim/b.sv": module, "top.sv": FILES["rtl/top.sv"]}))
    task = Task("Who instantiates fifo?", queries.snapshot, queries, StructuralLM(), open_sandbox)
    assert "which may be it or not" in asyncio.run(run(task)).answer
    queries.close()


def test_direct_subclasses_are_told_from_those_through_them(asked: Asked) -> None:
    answer = asked("What inherits from Base?").answer
    assert answer.startswith("Base (shop/cart.py:1) has 1 direct subclass and 1 through them:")
    assert answer.index("class Near") < answer.index("Through them:") < answer.index("class Far")
    assert asked("What inherits from Near?").answer.startswith("Near (shop/cart.py:4) has 1 subclass:")


@pytest.mark.parametrize("question", ["hello", "Help!", "What can I ask?"])
def test_a_greeting_is_answered_by_what_can_be_asked_here(asked: Asked, question: str) -> None:
    answer = asked(question)
    assert answer.status == "complete"
    first, second, *_ = answer.answer.split("\n")
    assert first.startswith("Structure can say where something is, who calls, imports, tests")
    assert second.startswith('For example: "Who calls ')
    example = second.split('"')[1]
    assert asked(example).status == "complete"


def test_what_structure_cannot_answer_says_what_it_can(asked: Asked) -> None:
    answer = asked("Why is the list slow when there are many carts?").answer
    assert 'For example: "Who calls ' in answer
    assert "ANTHROPIC_API_KEY" in answer


def test_a_path_that_a_question_cannot_hold_is_asked_for_by_its_pattern(asked: Asked) -> None:
    assert "class Odd" in asked("Explain `odd?name.py`").answer
