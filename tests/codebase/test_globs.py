"""Which paths a pattern means."""

from __future__ import annotations

import fnmatch
import re
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rlm_code.codebase import globs
from rlm_code.codebase.globs import matcher

PATHS = ["a.py", "src/a.py", "src/b.ts", "src/deep/a.py", "src/deep/test_a.py", "src.txt", "[x].py"]


@pytest.mark.parametrize(
    ("pattern", "meant"),
    [
        ("", PATHS),
        (".", PATHS),
        ("a.py", ["a.py", "src/a.py", "src/deep/a.py"]),
        ("/a.py", ["a.py"]),
        ("./a.py", ["a.py", "src/a.py", "src/deep/a.py"]),
        ("src", ["src/a.py", "src/b.ts", "src/deep/a.py", "src/deep/test_a.py"]),
        ("src/", ["src/a.py", "src/b.ts", "src/deep/a.py", "src/deep/test_a.py"]),
        ("deep", ["src/deep/a.py", "src/deep/test_a.py"]),
        ("src/*.py", ["src/a.py"]),
        ("src/**/*.py", ["src/a.py", "src/deep/a.py", "src/deep/test_a.py"]),
        ("src/**", ["src/a.py", "src/b.ts", "src/deep/a.py", "src/deep/test_a.py"]),
        ("**/a.py", ["a.py", "src/a.py", "src/deep/a.py"]),
        ("*.{ts,txt}", ["src/b.ts", "src.txt"]),
        ("?.py", ["a.py", "src/a.py", "src/deep/a.py"]),
        ("[ab].*", ["a.py", "src/a.py", "src/b.ts", "src/deep/a.py"]),
        ("[!a].*", ["src/b.ts"]),
        ("nothing", []),
    ],
)
def test_patterns(pattern: str, meant: list[str]) -> None:
    matches = matcher(pattern)
    assert [path for path in PATHS if matches(path)] == meant


@given(pattern=st.text("ab.*?[]{},!^-\\/", max_size=8), path=st.text("ab./", min_size=1, max_size=8))
def test_any_text_is_a_pattern(pattern: str, path: str) -> None:
    try:
        matcher(pattern)(path)
    except ValueError as refused:
        assert "is no set" in str(refused)


@given(name=st.text("ab.", min_size=1, max_size=6), pattern=st.text("ab.*?", min_size=1, max_size=6))
def test_within_one_folder_it_is_what_shells_mean(name: str, pattern: str) -> None:
    if pattern.strip(".") and "**" not in pattern:
        assert matcher(pattern)(name) == fnmatch.fnmatchcase(name, pattern)


@pytest.mark.parametrize("pattern", ["**" * 300 + "X", "*a" * 40, "**/" * 50 + "x", "x" * 10_000])
def test_no_pattern_takes_long(pattern: str) -> None:
    try:
        matches = matcher(pattern)
    except ValueError as refused:
        assert "at most" in str(refused)
    else:
        assert not matches("a/" * 100 + "b.py")


@pytest.mark.parametrize(
    "pattern",
    [
        "*a" * 11 + "*b",
        "**/" + "a*" * 9 + "ab",
        "**/".join("a" * 5) + "b",
        "?" * 200 + "*a" * 11 + "b",
        "{a,aa}" * 50 + "b",
        "{*,a*}" * 5 + "b",
    ],
)
@pytest.mark.parametrize("path", ["a" * 4000, "a/" * 2000, "a" * 200 + "/" + "a" * 200])
def test_a_long_path_is_read_once(pattern: str, path: str) -> None:
    assert not matcher(pattern)(path)


@pytest.mark.parametrize("pattern", ["[z-a]", "src/[\\d-a]*", "{[z-a],b}"])
def test_a_set_that_is_none_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="in a path pattern is no set of characters"):
        matcher(pattern)


def as_one_expression(pattern: str) -> str:
    """What a pattern means, as an expression that tries everything."""
    plain = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    done = []
    for part in re.split(r"(\*\*/|\*\*|\*|\?|\[[^\]/]+\]|\{[^{}]+\})", pattern):
        if part in plain:
            done.append(plain[part])
        elif part[:1] == "[" and part[-1:] == "]" and len(part) > 2:
            inverted = part[1] == "!" and len(part) > 3
            done.append(f"[{'^/' if inverted else ''}{part[1 + inverted : -1].replace('[', chr(92) + '[')}]")
        elif part[:1] == "{" and part[-1:] == "}" and len(part) > 2:
            done.append(f"(?:{'|'.join(map(as_one_expression, part[1:-1].split(',')))})")
        else:
            done.append(re.escape(part))
    return "".join(done)


@settings(max_examples=500)
@given(
    parts=st.lists(
        st.sampled_from(
            ["a", "b", "/", "*", "**", "**/", "?", "[ab]", "[!a]", "[+-b]", "{a,b*}", "{b,/a,}", "{", "]", "!"]
        )
    ),
    path=st.text("ab/!]", min_size=1, max_size=9),
    most_tries=st.sampled_from([0, 50_000]),
)
def test_it_means_what_an_expression_does(parts: list[str], path: str, most_tries: int) -> None:
    pattern = "".join(parts)[:12]
    wanted = re.sub(r"\*{3,}|(?:\*\*/){2,}", lambda run: "**/" if "/" in run[0] else "**", pattern.strip("/"))
    expression = ("" if "/" in pattern.rstrip("/") else "(?:.*/)?") + as_one_expression(wanted) + "(?:/.*)?"
    with patch.object(globs, "_MOST_TRIES", most_tries):
        assert matcher(pattern)(path) == (not wanted or re.fullmatch(expression, path, re.DOTALL) is not None)
