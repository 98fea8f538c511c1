"""Text search: what matches, what is counted, and what need not be looked at."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlm_code.codebase import Repo
from rlm_code.codebase.host import HostQueries
from rlm_code.codebase.literals import parsed, required_texts
from rlm_code.codebase.open import open_host, open_host_of
from rlm_code.codebase.search import Hits
from rlm_code.source import open_snapshot, with_overlay
from tests.codebase.conftest import remote
from tests.conftest import MakeRepository

OpenRepo = Callable[[dict[str, str | bytes]], Repo]


def test_hits_come_with_true_totals(shop: Repo) -> None:
    hits = shop.search("charge_card", limit=2)
    assert hits.heading == "2 of 4 hits in 3 of 6 files (raise limit for more)"
    assert hits.counts == {"docs/index.md": 1, "pkg/payments.py": 1, "pkg/shop.py": 2}
    assert [hit.place for hit in hits] == ["docs/index.md:3", "pkg/payments.py:22"]
    assert hits[1].inside == shop.symbol("charge_card")
    assert repr(hits[1].around(1)).splitlines()[0] == "pkg/payments.py:21-23"


def test_case_language_path_and_literal_text(shop: Repo) -> None:
    assert shop.search("CHARGE_card", ignore_case=True, path="docs/").total == 1
    assert shop.search("charge_card", language="python").total == 3
    assert shop.search("checkout([", regex=False).total == 2
    assert not shop.search("no such text")


def test_lines_are_those_of_the_file(shop: Repo) -> None:
    assert [hit.line for hit in shop.search(r"^A last line\.$")] == [4]
    assert [hit.line for hit in shop.search(r"CHARGE_CARD\.$")] == [3]


def test_a_match_may_span_lines(shop: Repo) -> None:
    (hit,) = shop.search(r"def main\(\):\n\s+checkout")
    assert (hit.line, hit.end_line) == (10, 11)


def test_one_hit_a_line(open_repo: OpenRepo) -> None:
    repo = open_repo({"a.txt": "a a a\nb\na\n"})
    assert [hit.line for hit in repo.search("a")] == [1, 3]
    assert [hit.line for hit in repo.search("x*")] == [1, 2, 3]


def test_binary_files_are_not_searched(shop: Repo) -> None:
    assert not shop.search("PNG")


@pytest.mark.parametrize(("pattern", "says"), [("(", "not a regular expression"), ("", "empty pattern")])
def test_bad_patterns_say_what_to_do(shop: Repo, pattern: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        shop.search(pattern)


def test_the_host_hears_what_was_scanned_and_matched_once(shop_queries: HostQueries) -> None:
    heard: list[tuple[list[str], list[str]]] = []
    queries = remote(shop_queries, lambda touched, matched: heard.append((touched, matched)))
    repo = Repo(queries, queries.matched)
    repo.search("main")
    repo.search("main|Gateway")
    files = [file.path for file in repo.files() if file.status != "binary"]
    assert heard == [(files, []), ([], ["pkg/shop.py"]), ([], ["pkg/payments.py"])]
    repo.search("nothing like it")
    repo.search("main", "no/such/folder/")
    assert heard[3:] == [([], [])]


PATTERNS = st.recursive(
    st.sampled_from(["a", "b", "ab", "é", "k", ".", "[ab]", r"\b", r"\w", "^", "$", "(?i:a)", "(?=b)", "(?!b)", r"\n"]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda pair: f"(?:{pair[0]}|{pair[1]})"),
        inner.map(lambda each: f"({each})*"),
        inner.map(lambda each: f"(?:{each})+"),
        inner.map(lambda each: f"(?>{each}){{1,2}}"),
    ),
    max_leaves=8,
)


@given(pattern=PATTERNS, text=st.text("abkKé\n ", max_size=12), ignore_case=st.booleans())
def test_every_match_contains_one_of_the_required_texts(pattern: str, text: str, ignore_case: bool) -> None:
    flags = re.MULTILINE | (re.IGNORECASE if ignore_case else 0)
    needed = required_texts(parsed(pattern, flags))
    for match in re.finditer(pattern, text, flags):
        found = match.group()
        if ignore_case and found.isascii():
            assert not needed or any(each.lower() in found.lower() for each in needed)
        elif not ignore_case:
            assert not needed or any(each in found for each in needed)


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (r"\bcharge_card\b", ("charge_card",)),
        (r"def \w+_lookup\(", ("_lookup(",)),
        (r"(foo|bars)ba", ("foo", "bars")),
        (r"(foo|ba)bazaar", ("bazaar",)),
        (r"retry|backoff|timed? out", ("retry", "backoff", "time")),
        (r"(?:abc)+d", ("abc",)),
        (r"(abc)?de", ("de",)),
        (r"alpha|\w", ()),
        (r"(?i:abc)d", ("d",)),
        ("a\nlong", ("long",)),
        ("|".join(f"word{n}" for n in "abcdefghijklmnopqrstuvwxyz"), ("word",)),
    ],
)
def test_the_texts_that_a_match_needs(pattern: str, needed: tuple[str, ...]) -> None:
    assert required_texts(parsed(pattern)) == needed


def test_what_is_on_disk_and_in_editors_is_what_is_searched(make_repository: MakeRepository, tmp_path: Path) -> None:
    root = make_repository({f"m{number:02}.py": f"old_name_{number} = 1\n" for number in range(60)})
    open_host(root, cache_dir=tmp_path / "cache").close()
    (root / "m00.py").write_text("saved_name = 1\n")
    disk = open_snapshot(root)
    queries = open_host_of(with_overlay(disk, {"m01.py": b"unsaved_name = 1\n"}), tmp_path / "cache")
    for _ in range(3):  # the third finds in the text that was kept
        names = Repo(queries).search(r"\w+_name\w*", limit=4)
        assert [hit.text for hit in names] == ["saved_name = 1", "unsaved_name = 1", "old_name_2 = 1", "old_name_3 = 1"]
        assert names.total == 60
        assert Repo(queries).search("old_name_1", regex=False).counts.keys() == {f"m{n:02}.py" for n in range(10, 20)}
    queries.close()


def test_a_file_that_is_gone_is_a_blind_spot(open_repo: OpenRepo, tmp_path: Path) -> None:
    repo = open_repo({"a.txt": "a\n", "b.txt": "a\n"})
    (tmp_path / "folder0" / "a.txt").write_text("changed\n")
    hits = repo.search("a")
    assert hits.counts == {"b.txt": 1}
    assert hits.heading == "1 hit in 1 of 2 files; not seen: 1 of 2 files: they changed meanwhile, and cannot be read"


def test_a_search_is_bounded_in_any_thread_and_leaves_the_others_alone(open_repo: OpenRepo) -> None:
    repo = open_repo({"a.txt": "a" * 5000 + "!\n", "b.txt": "b\n"})
    found: list[Hits] = []
    thread = threading.Thread(target=lambda: found.append(repo.search("(a|aa)+(?=!x)", seconds=0.5)))
    thread.start()
    assert repo.search("b").counts == {"b.txt": 1}
    thread.join(60)  # without an end it would take for ever
    assert not thread.is_alive()
    assert "time ran out" in found[0].heading
