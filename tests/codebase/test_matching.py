"""What a search finds is what `re` finds in every text by itself, whichever way it was found."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rlm_code.codebase import text_search
from rlm_code.codebase.automaton import Matches, for_any, for_ascii
from rlm_code.codebase.literals import parsed, stays_in_line, steps
from rlm_code.codebase.queries import EVERYTHING, HitRow, SearchPage
from rlm_code.codebase.text_search import search_files, search_kept, sought
from rlm_code.codebase.texts import KeptTexts
from rlm_code.text import decode

BOM = b"\xef\xbb\xbf"


def plainly(expression: re.Pattern[str], path: str, data: bytes) -> list[HitRow]:
    """The first match that begins on each line, found as slowly as can be."""
    text = decode(data).replace("\r\n", "\n")
    found: dict[int, HitRow] = {}
    for match in expression.finditer(text):
        if match.start() == len(text) and (not text or text.endswith("\n")):
            continue
        final = max(match.start(), match.end() - 1)
        places = []
        for at in (match.start(), final):
            before = text[:at]
            mark = 3 * (data.startswith(BOM) and "\n" not in before)
            places += [before.count("\n") + 1, len(before.rpartition("\n")[2].encode()) + mark]
        last = len(text[final : match.end()].encode())
        found.setdefault(places[0], HitRow(path, places[0], places[1], places[2], places[3] + last))
    return list(found.values())


@pytest.fixture(autouse=True, scope="module")
def _in_this_process() -> Iterator[None]:
    """Short texts are never so slow that they would need a process, which takes long to start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_search, "_QUICK_STEPS", math.inf)
        yield


def searched(pattern: str, files: list[bytes], *, ignore_case: bool = False, limit: int = EVERYTHING) -> SearchPage:
    by_path = {f"{number:02}": data for number, data in enumerate(files)}
    what = sought(pattern, regex=True, ignore_case=ignore_case)
    page = search_files(what, by_path.items(), len(files), limit, 60)
    kept = KeptTexts(lambda paths: [(path, by_path[path]) for path in paths], list(by_path)[:3])
    assert search_kept(what, kept, list(by_path), limit, 60) == page
    return page


PIECES = st.sampled_from(
    ["ab", "a", "b", r"\w", r"\w+", r"\b", r"\B", "^", "$", ".", ".*", "[^a]", "[ab]+", r"\s", r"\S+", "(?:a|bb)",
     "(?=b)", "(?<!a)", "(a)", r"\n", "x?", "(?:ab)*", r"\W", r"\Z", r"\A", "é", "K", "(?s:.)", r"[^\n]", r"[^\s]",
     "a{2}", "a*?", "i", "ss", "s", "k", "ß", "İ", "\u0131", r"\d", r"[^\W\d]", "(?i:k)", "(?-i:K)", "(?>a+)", "a++",
     r"(a|b)\1", "(?(1)a|b)", "[a-z]", "[^a-z]", "[i-k]", "[é-ü]", r"[\s\d]", "(?:)", "(?:a|)*", "(?-m:^)",
     "(?a:\\w)", "\\x1c", "[\\x00-\\x1f]", "\ufffd", "\r", "\u3000", "\U0001f600", "[^\ud800]", "a{0,3}",
     "(?:a?b){1,2}", "[K]", "[^k]", "x_", "_"]
)  # fmt: skip
TEXTS = st.text(st.sampled_from("abx_ AKkKsS\u017fßiIİ\u0131é1\u0661\u3000\x1c\x85\U0001f600.\n\n\n"), max_size=40)
FILES = st.lists(
    st.one_of(
        TEXTS.map(str.encode),
        TEXTS.map(lambda text: text.replace("\n", "\r\n").encode()),
        TEXTS.map(lambda text: BOM + text.encode()),
        st.text("ab\nkK_ ", max_size=60).map(str.encode),
        st.binary(max_size=12),
    ),
    max_size=4,
)


@settings(max_examples=400)
@given(st.lists(PIECES, min_size=1, max_size=4).map("".join), FILES, st.booleans())
@example(r"\bé", ["é".encode()], False)
@example(r"\b[é-ü]", ["é".encode()], False)
@example(r"(a)(?(1)a|b)", [b"aa"], False)
@example(r"\B", [b"1\n\xc2\x85"], False)
@example(r"\B", [b"\n\xc2\x85"], False)
@example("k", ["\u212a".encode()], True)
@example("İ", [b"i"], True)
@example("a$", [b"a\r\na\r\n", b"a\r"], False)
@example("^", [b"", b"\n", BOM], False)
@example("^$", [BOM], False)
def test_it_finds_what_re_finds(pattern: str, files: list[bytes], ignore_case: bool) -> None:
    try:
        expression = re.compile(pattern, re.MULTILINE | (re.IGNORECASE if ignore_case else 0))
    except re.error:
        with pytest.raises(ValueError, match="not a regular expression"):
            sought(pattern, regex=True, ignore_case=ignore_case)
        return
    wanted = [row for number, data in enumerate(files) for row in plainly(expression, f"{number:02}", data)]
    page = searched(pattern, files, ignore_case=ignore_case)
    assert page.rows == wanted
    assert page.counts == {path: sum(row.path == path for row in wanted) for path in {row.path for row in wanted}}
    assert page.unseen == 0
    assert searched(pattern, files, ignore_case=ignore_case, limit=2).rows == wanted[:2]


BESIDE = st.sampled_from(
    ["", "a", "é", "_", " ", "[é-ü]", "[a-ü]", "[a-c]", "(?:é|a)", "(?:a|_)+", r"\w", "[^a]", "(?i:k)"]
)


@settings(max_examples=400)
@given(BESIDE, st.sampled_from([r"\b", r"\B"]), BESIDE, st.text("aéü_ kK\n", max_size=5), st.booleans())
def test_boundaries_are_those_of_re(left: str, at: str, right: str, text: str, ignore_case: bool) -> None:
    expression = re.compile(left + at + right, re.MULTILINE | (re.IGNORECASE if ignore_case else 0))
    page = searched(expression.pattern, [text.encode()], ignore_case=ignore_case)
    assert page.rows == plainly(expression, "00", text.encode())


@settings(max_examples=200)
@given(st.text(st.sampled_from("ab.*(\\é\ufffdK\n[]+? x"), min_size=1, max_size=6), FILES, st.booleans())
def test_a_text_is_found_as_written(text: str, files: list[bytes], ignore_case: bool) -> None:
    expression = re.compile(re.escape(text), re.MULTILINE | (re.IGNORECASE if ignore_case else 0))
    what = sought(text, regex=False, ignore_case=ignore_case)
    files_at = [(f"{number:02}", data) for number, data in enumerate(files)]
    wanted = [row for number, data in enumerate(files) for row in plainly(expression, f"{number:02}", data)]
    assert search_files(what, files_at, len(files_at), EVERYTHING, 60).rows == wanted


@given(st.lists(PIECES, min_size=1, max_size=4).map("".join), TEXTS, st.booleans())
def test_the_automaton_never_finds_less(pattern: str, text: str, ignore_case: bool) -> None:
    flags = re.MULTILINE | (re.IGNORECASE if ignore_case else 0)
    try:
        expression = re.compile(pattern, flags)
    except re.error:
        return
    data = text.encode()
    for match in expression.finditer(text):
        start = len(text[: match.start()].encode())
        found = Matches(for_any(parsed(pattern, flags)).pattern).first(data, 0, len(data))
        assert 0 <= found[0] <= start
        break


@pytest.mark.parametrize(
    "pattern",
    [
        r"\bget_or_create\b",
        r"\w+_lookup\(",
        r"[A-Z]{3,}\d+",
        "(?i)any_case",
        r"^\s*def \w+",
        "foo|bar",
        r"a[^b]*?c",
    ],
)
def test_what_people_search_for_needs_no_trying(pattern: str) -> None:
    assert for_ascii(parsed(pattern, re.MULTILINE)).exact


@pytest.mark.parametrize("pattern", ["(?=a)b", r"(a)\1", "(?>a)", "a++", r"\Aa", r"a\Z", "(?:a|)*b", "a{2000}"])
def test_what_re_has_the_last_word_on(pattern: str) -> None:
    assert not for_ascii(parsed(pattern, re.MULTILINE)).exact


def test_letters_have_the_cases_that_re_gives_them() -> None:
    every = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x110000)]))
    for letter in "aiksIKSz":
        matches = Matches(for_any(parsed(letter, re.IGNORECASE)).pattern)
        for character in re.findall(letter, every, re.IGNORECASE):
            data = character.encode()
            assert matches.first(data, 0, len(data)) == (0, len(data))


@pytest.mark.parametrize("pattern", ["a.b", r"\w+\(", "^x$", "[^\\n]*", r"[^\s]+", "(?:a|b)+?", r"\ba\b(?!c)", "[a-z]"])
def test_what_stays_in_a_line(pattern: str) -> None:
    assert stays_in_line(parsed(pattern))


@pytest.mark.parametrize(
    "pattern",
    [r"a\sb", "[^a]", "a\nb", r"\W", r"\D", "(?s)a.b", "(?s:a.)b", r"a\Z", r"\Aa", "[\t-\r]", "(?=\n)a", "(?-m:^a)"],
)
def test_what_may_not(pattern: str) -> None:
    assert not stays_in_line(parsed(pattern))


def test_a_byte_order_mark_counts_among_the_columns() -> None:
    assert searched("b", [b"\xef\xbb\xbfab\nb\n"]).rows == [HitRow("00", 1, 4, 1, 5), HitRow("00", 2, 0, 2, 1)]


@pytest.mark.parametrize("pattern", ["(a+)+", "(a|a)*b", "(a|b|ab)*c", "(?:a*)*", "(a+)(b|cc)+", "(.*)*"])
def test_how_long_it_may_take_is_never_understated(pattern: str) -> None:
    assert steps(parsed(pattern), 100) == float("inf")


@pytest.mark.parametrize(
    ("pattern", "most"), [("abc", 101), ("(?:a|b)c", 202), (r"\w+_x", 101 * 101), (r"\w+ \w+", 101**3), ("a{3}", 303)]
)
def test_what_is_quick_is_known_to_be(pattern: str, most: int) -> None:
    assert steps(parsed(pattern), 100) <= most
