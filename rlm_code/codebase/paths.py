"""What a path alone tells of a file: whether it is code, or serves it as a test, an example or documentation."""

from __future__ import annotations

import re

_TEST = re.compile(
    r"(^|/)(tests?|testing|__tests__|spec|specs|testdata|fixtures|e2e)/"
    r"|(^|/)(test_[^/]*|conftest\.py|[^/]*(_test|_spec|\.test|\.spec|[a-z]Test|[a-z]Tests|[a-z]Spec)\.[^/.]+)$"
)
_ASIDE = re.compile(r"(^|/)(docs?|examples?|samples?|demos?|benchmarks?|vendor|third_party|node_modules|migrations)/")


def is_test(path: str) -> bool:
    """Whether a file belongs to the tests, by the names that test runners and people use."""
    return _TEST.search(path) is not None


def remoteness(path: str) -> int:
    """0 for code, 1 for documentation, examples and vendored code, 2 for tests."""
    return 2 if is_test(path) else 1 if _ASIDE.search(path) else 0


def folder_of(path: str) -> str:
    """The folder of a file, "" at the top."""
    return path.rpartition("/")[0]
