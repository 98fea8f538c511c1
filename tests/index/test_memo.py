"""A memo of recursive questions: circles end, depth ends, and no answer depends on what was asked before."""

from itertools import permutations

import pytest

from rlm_code.index.memo import Memo

Graph = dict[str, str]


def reached(memo: Memo[frozenset[str]], graph: Graph, node: str) -> frozenset[str]:
    def find() -> frozenset[str]:
        return frozenset(node).union(*(reached(memo, graph, other) for other in graph[node]))

    return memo.get(node, find)


def test_what_is_found_once_is_not_sought_again() -> None:
    memo = Memo(frozenset(), 10)
    graph = {"a": "bc", "b": "c", "c": ""}
    assert reached(memo, graph, "a") == set("abc")
    graph["c"] = "z"
    assert reached(memo, graph, "c") == set("c")


def test_answers_in_a_circle_do_not_depend_on_the_order_of_questions() -> None:
    graph = {"a": "b", "b": "ac", "c": "bd", "d": ""}
    for order in permutations("abc"):
        memo = Memo(frozenset(), 10)
        assert {node: reached(memo, graph, node) for node in order} == {node: set("abcd") for node in order}


def test_a_dense_circle_takes_no_longer_than_its_edges() -> None:
    nodes = [chr(97 + number) for number in range(20)]
    graph = {node: "".join(nodes) for node in nodes}
    memo = Memo(frozenset(), 50)
    assert reached(memo, graph, "a") == set(nodes)


def test_depth_ends_and_is_not_kept() -> None:
    graph = {"a": "b", "b": "c", "c": "d", "d": ""}
    memo = Memo(frozenset(), 3)
    assert reached(memo, graph, "a") == set("abc")
    assert reached(memo, graph, "c") == set("cd")
    assert reached(memo, graph, "b") == set("bcd")


def test_an_error_leaves_nothing_behind() -> None:
    memo: Memo[int] = Memo(0, 10)

    def fail() -> int:
        raise KeyError

    for _ in range(2):
        with pytest.raises(KeyError):
            memo.get("a", lambda: memo.get("b", fail))
    assert memo.get("a", lambda: 7) == 7
