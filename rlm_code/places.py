"""What a path says about the part its file plays: tests and examples come after the code they serve.

Standard library only: the worker imports this module.
"""

from __future__ import annotations

import re
from functools import cache
from operator import methodcaller

_TEST_FOLDERS = frozenset({"test", "tests", "testing", "__tests__", "spec", "specs", "testdata", "fixtures", "e2e"})
_TEST_ENDING = methodcaller("endswith", ("Test", "Tests", "Specs"))  # UnitTests/, Shop.Tests/, androidTest/
_TEST_NAME = r"test_.*|conftest\.py|.*(_test|_spec|\.test|\.spec|[a-z]Test|[a-z]Tests|[a-z]Spec)\.[^.]+"
_PROSE = r"(\.(md|mdx|rst|txt|adoc|textile)|(^|/)[A-Z_-]+)$"
_ASIDE_FOLDERS = frozenset({
    "doc", "docs", "example", "examples", "sample", "samples", "demo", "demos", "benchmark", "benchmarks", "migrations",
    "deps", "vendor", "_vendor", "vendored", "thirdparty", "third-party", "third_party", "3rdparty", "3rd-party",
    "node_modules", "bower_components",
})  # fmt: skip

DATA_LANGUAGES = frozenset(
    {"json", "yaml", "toml", "html", "css", "sql", "hcl", "make", "dockerfile", "markdown", "rst"}
)
"""Languages whose definitions (keys, sections, selectors) are no code."""


def is_test(path: str) -> bool:
    """Whether the file at `path` tests other code."""
    *folders, name = path.split("/")
    if not _TEST_FOLDERS.isdisjoint(map(str.lower, folders)) or any(map(_TEST_ENDING, folders)):
        return True
    looks_so = "est" in name or "pec" in name  # to look is quicker than to match, and than to compile
    return looks_so and _expression(_TEST_NAME, re.DOTALL).fullmatch(name) is not None


def is_prose(path: str) -> bool:
    """Whether the file at `path` is written for people, by its name."""
    return _expression(_PROSE, re.IGNORECASE).search(path) is not None


def folder_of(path: str) -> str:
    """The folder of a file, "" at the top."""
    return path.rpartition("/")[0]


def remoteness(path: str) -> int:
    """0 for code, 1 for documentation, examples and vendored code, 2 for tests."""
    return 2 if is_test(path) else 0 if _ASIDE_FOLDERS.isdisjoint(path.lower().split("/")[:-1]) else 1


@cache
def _expression(written: str, flags: int = 0) -> re.Pattern[str]:
    """Compiled when first needed: that takes 1 ms, and most look-ups do without."""
    return re.compile(written, flags)
