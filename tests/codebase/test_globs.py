"""Which paths a pattern means."""

from __future__ import annotations

import fnmatch

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    matcher(pattern)(path)


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
