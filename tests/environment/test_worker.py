"""The environment where it belongs: in the confined worker, over the real wire."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from rlm_code.codebase.host import HostQueries
from rlm_code.codebase.methods import host_methods
from rlm_code.sandbox import HostMethod, Namespace, Sandbox, open_sandbox
from tests.codebase.conftest import shop_queries  # noqa: F401


@pytest.fixture(scope="module")
def heard() -> dict[str, list[Any]]:
    return {"evidence": [], "submit": []}


@pytest.fixture(scope="module")
def sandbox(shop_queries: HostQueries, heard: dict[str, list[Any]]) -> Iterator[Sandbox]:  # noqa: F811
    def hear(method: str, answer: Any) -> Callable[..., Any]:
        return lambda *arguments: (heard[method].append(arguments), answer)[1]

    methods = {name: HostMethod(method) for name, method in host_methods(shop_queries).items()}
    methods["evidence"] = HostMethod(hear("evidence", None))
    methods["submit"] = HostMethod(hear("submit", {"accepted": True}))
    sandbox = open_sandbox(Namespace("rlm_code.environment:build", methods, shop_queries.corpus), "confined")
    yield sandbox
    sandbox.close()


def shown(sandbox: Sandbox, code: str) -> str:
    result = sandbox.run(code, 20)
    assert result.status == "ok", result.error
    return result.output + (result.value or "")


def test_handles_read_like_on_the_host(sandbox: Sandbox) -> None:
    assert shown(sandbox, "repo.symbol('charge_card')") == (
        "<function charge_card(cart, retries=LIMIT) pkg/payments.py:22-27>"
    )
    assert shown(sandbox, "print(repo.file('shop.py').lines(10))") == (
        "pkg/shop.py:10-11\n10  def main():\n11      checkout([1])\n"
    )
    assert "1 call of charge_card\n" in shown(sandbox, "repo.symbol('charge_card').callers()")
    assert "3 hits in 2 of " in shown(sandbox, "repo.search(r'\\bcharge_card\\b', language='python')")


def test_errors_name_near_misses(sandbox: Sandbox) -> None:
    result = sandbox.run("repo.symbol('charge_cart')", 20)
    assert result.status == "error"
    assert "LookupError: nothing here defines 'charge_cart'; alike: " in (result.error or "")


def test_bad_arguments_are_refused_by_the_host(sandbox: Sandbox) -> None:
    for code, says in (
        ("repo._view.queries.outline('../../etc/passwd')", "no file"),
        ("repo.find('x', limit=10**9)", "is not within"),
        ("repo.symbol('charge_card').references('calls')", "is no role; there are call,"),
        ("repo.commit('--help')", "names no commit"),
        ("repo.find(3)", "str wanted, not int"),
    ):
        result = sandbox.run(code, 20)
        assert says in (result.error or ""), code


def test_what_was_read_is_told_before_it_is_submitted(sandbox: Sandbox, heard: dict[str, list[Any]]) -> None:
    shown(sandbox, "text = repo.file('README.md').text\nsubmit('Cards are charged [1].', [repo.search('A shop')[0]])")
    assert (["README.md"], []) in heard["evidence"]
    assert heard["submit"] == [("Cards are charged [1].", [{"path": "README.md", "start_line": 3, "end_line": 3}])]


def test_explanations_and_drafts(sandbox: Sandbox) -> None:
    assert shown(sandbox, "draft = Draft()\ndraft.say('x ' + draft.cite(repo.symbol('main')))\ndraft") == "x [1]"
    assert shown(sandbox, "repo.explain('pkg/shop.py')").startswith("pkg/shop.py is a python file of 11 lines.")


def test_a_cell_searches_with_the_meaning_of_re_and_in_bounded_time(sandbox: Sandbox) -> None:
    assert shown(sandbox, "[hit.place for hit in repo.search(r'charge_card(?=\\()')]").count("pkg/") == 2
    assert "is not a regular expression" in (sandbox.run("repo.search('(')", 20).error or "")
    assert "no hits in 6 files; not seen: " in shown(sandbox, "repo.search(r'(\\w|\\w\\w)+(?=!x)', seconds=0)")
    assert "is no time to search for" in (sandbox.run("repo.search('a', seconds=10**6)", 20).error or "")
