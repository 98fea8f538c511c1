"""The fallback: cells in Monty over the same environment, as far as a subset of Python goes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rlm_code.sandbox import HostMethod, Namespace, Sandbox, open_sandbox
from tests.conftest import write_files
from tests.sandbox.conftest import once_started, say_started

pytest.importorskip("pydantic_monty", reason="the extra `monty` is not installed")

SHOP = {
    "shop/pay.py": "def charge_card(n):\n    return n\n",
    "shop/till.py": "from shop.pay import charge_card\n\ndef sell():\n    charge_card(1)\n",
}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    from rlm_code.codebase import open_host
    from rlm_code.codebase.methods import host_methods

    root: Path = tmp_path_factory.mktemp("shop")
    write_files(root, SHOP)
    queries = open_host(root, cache_dir=tmp_path_factory.mktemp("cache"))
    methods = {name: HostMethod(function) for name, function in host_methods(queries).items()}
    methods["evidence"] = HostMethod(lambda touched, matched: None)
    methods["llm_query_batched"] = HostMethod(lambda prompts: [_reply(prompt) for prompt in prompts], stops_clock=True)
    sandbox = open_sandbox(Namespace("rlm_code.environment:build", methods, queries.corpus), "monty")
    yield sandbox
    sandbox.close()
    queries.close()


def _reply(prompt: str) -> dict[str, object]:
    if prompt == "started":
        say_started()
    return {"text": f"re: {prompt}", "error": None, "truncated": False, "usage": {"input_tokens": 1}}


def test_it_says_that_it_is_a_subset(shop: Sandbox) -> None:
    assert "subset of Python" in shop.confinement


def test_cells_print_compute_and_keep_state(shop: Sandbox) -> None:
    first = shop.run("x = 20\nprint('set')", 5)
    assert (first.status, first.output, first.value) == ("ok", "set\n", None)
    assert shop.run("x + (\n1)", 5).value == "21"
    assert shop.run("[n * 2 for n in range(3)]", 5).value == "[0, 2, 4]"


def test_handles_are_explored(shop: Sandbox) -> None:
    shop.run("s = repo.symbol('charge_card')", 10)
    result = shop.run("print(s)\n[s.path, s.start_line, [c.place for c in s.callers()]]", 10)
    assert result.status == "ok", result.error
    assert result.value == "['shop/pay.py', 1, ['shop/till.py:4']]"
    assert "charge_card" in result.output
    assert shop.run("s.callers()[0].inside.short_name", 10).value == "'sell'"
    assert shop.run("repo.call_path('sell', s)[0][0].line", 10).value == "4"


def test_sub_queries_stop_the_clock(shop: Sandbox) -> None:
    assert shop.run("llm_query('a'), llm_query_batched(['b', 'c'])", 10).value == "('re: a', ['re: b', 're: c'])"


def test_errors_name_the_cell_and_its_line(shop: Sandbox) -> None:
    result = shop.run("kept = 1\n1 / 0", 5)
    assert result.status == "error"
    assert f'File "<cell {result.number}>", line 2' in (result.error or "")
    assert shop.run("kept", 5).value == "1"
    assert "LookupError" in (shop.run("repo.symbol('nothing_like_it')", 5).error or "")
    assert "SyntaxError" in (shop.run("def f(:", 5).error or "")
    assert "NameError" in (shop.run("nowhere", 5).error or "")


@pytest.mark.parametrize(
    "code",
    [
        "repo._queries",
        "repo.__class__.__init__",
        "repo.symbol.__globals__",
        "repo.__init__()",
        "repo._report(['x'])",
        "open('/etc/passwd').read()",
        "import os\nos.environ['HOME']",
        "import socket\nsocket.socket()",
        "import subprocess",
    ],
)
def test_nothing_else_is_reached(code: str, shop: Sandbox) -> None:
    assert shop.run(code, 5).status == "error"


def test_a_cell_that_does_not_end_loses_its_variables(shop: Sandbox) -> None:
    shop.run("a = 1\ndef f(): pass", 5)
    killed = shop.run("while True: pass", 0.3)
    assert killed.status == "killed"
    assert {"a", "f"} <= set(killed.lost)
    assert "time limit of 0.3 s" in (killed.error or "")
    assert "NameError" in (shop.run("a", 5).error or "")
    assert shop.run("repo.symbol('sell').name", 5).value == "'sell'"


def test_a_regular_expression_that_does_not_end_harms_nobody(shop: Sandbox) -> None:
    assert shop.run("repo.search('(h*)*(h*)*(h*)*x')", 0.5).status in ("killed", "ok", "error")
    assert shop.run("1 + 1", 10).value == "2"


def test_interrupt(shop: Sandbox) -> None:
    with once_started(shop.interrupt):
        result = shop.run("llm_query('started')\nwhile True: pass", 120)
    assert result.status == "killed"
    assert "interrupted" in (result.error or "")
    assert shop.run("1", 5).value == "1"


def test_memory_and_output_are_bounded(shop: Sandbox) -> None:
    assert "MemoryError" in (shop.run("x = 'a' * 10**10", 5).error or "")
    flood = shop.run("for i in range(100000): print('x' * 50)", 10)
    assert flood.output_length == 5_100_000
    assert len(flood.output) < 21_000
    assert len(shop.run("'x' * 1000000", 5).value or "") < 21_000
