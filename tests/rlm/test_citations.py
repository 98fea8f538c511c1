"""What a citation must hold up to, and what happens to the markers of an answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlm_code.errors import SourceError
from rlm_code.rlm.citations import Unverified, dangling_markers, renumber, resolve
from rlm_code.source.snapshot import Entry, EntryKind, SourceIssue
from rlm_code.text import decode, split_lines


class Held:
    """A snapshot of files in memory."""

    root = Path("/nowhere")
    commit: str | None = "c" * 40
    label = "memory"
    issues: tuple[SourceIssue, ...] = ()

    def __init__(self, files: Mapping[str, bytes | str], kinds: Mapping[str, EntryKind] | None = None) -> None:
        self._files = {path: data.encode() if isinstance(data, str) else data for path, data in files.items()}
        kinds = kinds or {}
        self.entries = {
            path: Entry(path, "0" * 40, len(data), kinds.get(path, "file"), committed="new" not in path)
            for path, data in self._files.items()
        }

    def read(self, path: str) -> bytes:
        if "broken" in path:
            raise SourceError(f"{path} changed since the snapshot was opened")
        return self._files[path]

    def read_many(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes | SourceError]]:
        return ((path, self.read(path)) for path in paths)


SNAPSHOT = Held(
    {
        "pkg/a.py": "def f(x):\n\n    return x + 1\n\ndef g(x):\n    return x + 1\n",
        "pkg/new.py": "fresh = True\n",
        "win.txt": b"\xef\xbb\xbfone\r\ntwo\r\nthree",
        "feed.txt": "a\x0cb\u2028c\nd\n",
        "image.png": b"\x89PNG\0\0",
        "link": "pkg/a.py",
        "broken.py": "x\n",
        "long.txt": "".join(f"line {n}\n" for n in range(1, 200)),
    },
    {"link": "symlink"},
)


def place(**cited: Any) -> tuple[int, int, str]:
    found = resolve(cited, SNAPSHOT)
    return found.start_line, found.end_line, found.quote


def problem(**cited: Any) -> str:
    with pytest.raises(Unverified) as raised:
        resolve(cited, SNAPSHOT)
    return str(raised.value)


def test_lines_give_their_own_text() -> None:
    assert place(path="pkg/a.py", start_line=1, end_line=3) == (1, 3, "def f(x):\n\n    return x + 1")
    assert place(path="pkg/a.py", start_line=5) == (5, 5, "def g(x):")
    assert place(path="win.txt", start_line=1, end_line=3) == (1, 3, "one\ntwo\nthree")
    assert place(path="feed.txt", start_line=1, end_line=1) == (1, 1, "a\x0cb\u2028c")


def test_the_commit_is_named_only_where_it_holds_the_text() -> None:
    assert resolve({"path": "pkg/a.py", "start_line": 1}, SNAPSHOT).commit == "c" * 40
    assert resolve({"path": "pkg/new.py", "start_line": 1}, SNAPSHOT).commit is None


def test_a_quote_finds_its_lines() -> None:
    assert place(path="pkg/a.py", quote="def g(x):\n    return x + 1\n") == (5, 6, "def g(x):\n    return x + 1")
    assert place(path="pkg/a.py", quote="f(x)") == (1, 1, "def f(x):")
    assert place(path="win.txt", quote="two\r\nthree") == (2, 3, "two\nthree")


def test_a_quote_with_other_white_space_finds_its_lines_too() -> None:
    assert place(path="pkg/a.py", quote="def f(x):\n  return x + 1")[:2] == (1, 3)
    assert place(path="pkg/a.py", quote="def g(x):  return   x + 1")[:2] == (5, 6)


def test_lines_choose_among_the_places_of_a_quote() -> None:
    assert place(path="pkg/a.py", quote="return x + 1", start_line=6, end_line=6)[:2] == (6, 6)
    assert "2 places in pkg/a.py (lines 3, 6 …)" in problem(path="pkg/a.py", quote="return x + 1")
    assert "2 places" in problem(path="pkg/a.py", quote="return x + 1", start_line=1, end_line=1)


def test_a_quote_that_stands_at_other_lines_than_said_is_found_there() -> None:
    assert place(path="pkg/a.py", quote="def g(x):", start_line=1, end_line=1)[:2] == (5, 5)


def test_a_path_may_be_shortened_to_an_ending_that_no_other_has() -> None:
    snapshot = Held({"src/a.py": "x\n", "src/b.py": "y\n", "lib/b.py": "z\n"})
    assert resolve({"path": "a.py", "start_line": 1}, snapshot).path == "src/a.py"
    with pytest.raises(Unverified, match=r"no file b\.py in the repository; there is src/b\.py, lib/b\.py"):
        resolve({"path": "b.py", "start_line": 1}, snapshot)


def test_people_are_told_the_fact_and_the_model_what_to_do_about_it() -> None:
    with pytest.raises(Unverified) as raised:
        resolve({"path": "pkg/a.py", "quote": "import os"}, SNAPSHOT)
    assert raised.value.fact == "its quote is not in pkg/a.py"
    assert str(raised.value) == "its quote is not in pkg/a.py: copy the text as the file has it"


@pytest.mark.parametrize(
    ("cited", "says"),
    [
        ({}, "names no path"),
        ({"path": 7}, "names no path"),
        ({"path": "lib/a.py", "start_line": 1}, "no file lib/a.py in the repository; there is pkg/a.py"),
        ({"path": "../../etc/passwd", "start_line": 1}, "no file ../../etc/passwd in the repository"),
        ({"path": "\x1b[2J", "start_line": 1}, "no file \\x1b[2J in the repository"),
        ({"path": "pkg/a.py"}, "give start_line and end_line"),
        ({"path": "pkg/a.py", "start_line": 0, "end_line": 1}, "no lines 0-1 in pkg/a.py, which has 6 lines"),
        ({"path": "pkg/a.py", "start_line": 3, "end_line": 2}, "no lines 3-2"),
        ({"path": "pkg/a.py", "start_line": 6, "end_line": 7}, "no lines 6-7"),
        ({"path": "pkg/a.py", "start_line": True, "end_line": True}, "whole numbers"),
        ({"path": "pkg/a.py", "start_line": "1", "end_line": "2"}, "whole numbers"),
        ({"path": "pkg/a.py", "end_line": 2}, "whole numbers"),
        ({"path": "pkg/a.py", "start_line": 2, "end_line": 2}, "only blank lines"),
        ({"path": "pkg/a.py", "quote": "async def h()"}, "not in pkg/a.py: copy the text as the file has it"),
        ({"path": "pkg/a.py", "quote": "def g(y): return x"}, "most like it is line 5: def g(x):"),
        ({"path": "pkg/a.py", "quote": " \n "}, "blank"),
        ({"path": "pkg/a.py", "quote": 3}, "no text"),
        ({"path": "image.png", "start_line": 1}, "image.png is no text"),
        ({"path": "link", "start_line": 1}, "is a symlink"),
        ({"path": "broken.py", "start_line": 1}, "changed since"),
        ({"path": "long.txt", "start_line": 1, "end_line": 61}, "61 lines are too many"),
    ],
)
def test_what_does_not_hold_says_why(cited: dict[str, Any], says: str) -> None:
    assert says in problem(**cited)


LINE = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=12)


@given(st.lists(LINE, min_size=1, max_size=12), st.data())
def test_any_lines_resolve_to_the_text_that_stands_there(lines: list[str], data: st.DataObject) -> None:
    content = "\n".join(lines).encode()
    snapshot = Held({"f": content})
    real = split_lines(decode(content))
    start = data.draw(st.integers(-1, 14))
    end = data.draw(st.integers(-1, 14))
    try:
        found = resolve({"path": "f", "start_line": start, "end_line": end}, snapshot)
    except Unverified:
        # Only what is no range, is blank, or is binary is sent back.
        text = "\n".join(real[max(0, start - 1) : max(0, end)])
        assert not 1 <= start <= end <= len(real) or not text.strip() or b"\0" in content
    else:
        assert found.quote == "\n".join(real[start - 1 : end])


@given(st.lists(LINE, min_size=1, max_size=10), st.data())
def test_any_quoted_lines_resolve_to_a_range_that_holds_them(lines: list[str], data: st.DataObject) -> None:
    content = "\n".join(lines).encode()
    real = split_lines(decode(content))
    if b"\0" in content or not real:
        return
    start = data.draw(st.integers(1, len(real)))
    end = data.draw(st.integers(start, len(real)))
    quote = "\n".join(real[start - 1 : end])
    try:
        found = resolve({"path": "f", "quote": quote, "start_line": start, "end_line": end}, Held({"f": content}))
    except Unverified as unverified:
        assert not quote.strip() or "places" in str(unverified)
    else:
        assert quote.strip("\r\n").split() == quote.split()
        assert found.quote == "\n".join(real[found.start_line - 1 : found.end_line])
        assert "".join(quote.split()) in "".join(found.quote.split())


def test_markers_point_at_citations() -> None:
    assert dangling_markers("a [1], b [2][3] and [1, 4]. [0]", 2) == [0, 3, 4]


def test_code_and_links_hold_no_markers() -> None:
    assert dangling_markers("`x[7]` ```\ny[8]\n``` ~~~\n[9]\n~~~ ``a`[5]`` xs[6] [3](http://x) [a] []", 1) == []


def test_markers_are_numbered_anew_where_citations_were_lost() -> None:
    assert renumber("a [1], b [2], c[3] `[2]` [1, 2] [9] xs[7]", [1, None, 2]) == (
        "a [1], b [unverified], c[2] `[2]` [1][unverified] [unverified] xs[7]"
    )


@given(st.text(max_size=80), st.integers(0, 5))
def test_after_numbering_no_marker_dangles(answer: str, count: int) -> None:
    assert dangling_markers(renumber(answer, range(1, count + 1)), count) == []


def test_a_quote_that_overlaps_itself_is_found_in_one_pass() -> None:
    """Looking again from the next character would take minutes here."""
    snapshot: Any = Held({"aaa.txt": "a" * 2_000_000 + "\nb\n"})
    cited = resolve({"path": "aaa.txt", "quote": "a" * 50_000}, snapshot)
    assert (cited.start_line, cited.end_line) == (1, 1)
