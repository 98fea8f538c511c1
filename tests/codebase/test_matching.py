"""The quick ways to find matches find what the plain way finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlm_code.codebase.literals import stays_in_line
from rlm_code.codebase.matching import Found, Matcher


def plainly(expression: re.Pattern[str], data: bytes) -> list[Found]:
    """The first match that begins on each line, found as slowly as can be."""
    text = data.decode().replace("\r\n", "\n")
    found: dict[int, Found] = {}
    for match in expression.finditer(text):
        if match.start() == len(text) and text.endswith("\n"):
            continue
        final = max(match.start(), match.end() - 1)
        places = []
        for at in (match.start(), final):
            before = text[:at]
            places += [before.count("\n") + 1, len(before.rpartition("\n")[2].encode())]
        last = len(text[final : match.end()].encode())
        found.setdefault(places[0], Found(places[0], places[1], places[2], places[3] + last))
    return list(found.values())


PIECES = st.sampled_from(
    ["ab", "a", "b", r"\w", r"\w+", r"\b", "^", "$", ".", ".*", "[^a]", "[ab]+", r"\s", r"\S+", "(?:a|bb)", "(?=b)",
     "(?<!a)", "(a)", r"\n", "x?", "(?:ab)*", r"\W", r"\Z", r"\A", "é", "K", "(?s:.)", r"[^\n]", "[^\\s]", "a{2}",
     "a*?"]
)  # fmt: skip
TEXTS = st.text(st.sampled_from("ab AKé\n\n\rx_"), max_size=40).filter(
    lambda text: "\r" not in text.replace("\r\n", "")
)


@given(st.lists(PIECES, min_size=1, max_size=4).map("".join), TEXTS, st.booleans())
def test_it_finds_what_the_plain_way_finds(pattern: str, text: str, ignore_case: bool) -> None:
    expression = re.compile(pattern, re.MULTILINE | (re.IGNORECASE if ignore_case else 0))
    matcher, data = Matcher(expression), text.encode()
    wanted = plainly(expression, data)
    assert list(matcher.matches(data)) == wanted
    assert matcher.may_match(data) or not wanted


@pytest.mark.parametrize("pattern", ["a.b", r"\w+\(", "^x$", "[^\\n]*", r"[^\s]+", "(?:a|b)+?", r"\ba\b(?!c)", "[a-z]"])
def test_what_stays_in_a_line(pattern: str) -> None:
    assert stays_in_line(pattern)


@pytest.mark.parametrize(
    "pattern", [r"a\sb", "[^a]", "a\nb", r"\W", r"\D", "(?s)a.b", "(?s:a.)b", r"a\Z", r"\Aa", "[\t-\r]", "(?=\n)a"]
)
def test_what_may_not(pattern: str) -> None:
    assert not stays_in_line(pattern)


def test_a_byte_order_mark_counts_among_the_columns() -> None:
    assert list(Matcher(re.compile("b")).matches(b"\xef\xbb\xbfab\nb\n")) == [Found(1, 4, 1, 5), Found(2, 0, 2, 1)]
