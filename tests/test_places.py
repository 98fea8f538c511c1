"""The part a file plays, by its path alone."""

import pytest

from rlm_code.places import is_test, remoteness


@pytest.mark.parametrize(
    "path",
    [
        "tests/a.py",
        "a/spec/b.rb",
        "test_a.py",
        "conftest.py",
        "a/b_test.go",
        "a.spec.ts",
        "src/ChargeTest.java",
        "e2e/x",
        "src/UnitTests/Mapping.cs",
        "Shop.Tests/Setup.cs",
        "Tests/Setup.swift",
        "app/src/androidTest/Main.kt",
    ],
)
def test_tests_come_last(path: str) -> None:
    assert is_test(path)
    assert remoteness(path) == 2


@pytest.mark.parametrize(
    "path",
    [
        "a.py",
        "latest.py",
        "latest/a.py",
        "Contest/a.cs",
        "inspect.py",
        "contest.py",
        "src/Testing.java",
        "a/test",
        "docs",
    ],
)
def test_a_name_that_only_holds_the_word_is_code(path: str) -> None:
    assert not is_test(path)
    assert remoteness(path) == 0


@pytest.mark.parametrize(
    "path", ["docs/a.py", "Docs/a.cs", "examples/b/c.js", "x/third-party/d.c", "_vendor/e.py", "node_modules/f.js"]
)
def test_what_stands_aside_comes_before_tests(path: str) -> None:
    assert remoteness(path) == 1
