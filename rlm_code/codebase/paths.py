"""What a path alone tells of a file."""

from __future__ import annotations

import re

_TEST = re.compile(
    r"(^|/)(tests?|testing|__tests__|spec|specs|testdata|fixtures)/|(^|/)(test_[^/]*|conftest)\.py$|[_.-](test|tests|spec)\.\w+$",
    re.IGNORECASE,
)
_JAVA_TEST = re.compile(r"(^|/)[A-Z]\w*Tests?\.(java|kt|cs|scala|swift)$")


def is_test(path: str) -> bool:
    """Whether a file belongs to the tests, by the names that test runners and people use."""
    return bool(_TEST.search(path) or _JAVA_TEST.search(path))


def folder_of(path: str) -> str:
    """The folder of a file, "" at the top."""
    return path.rpartition("/")[0]
