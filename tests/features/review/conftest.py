"""Reviews of two commits, each written as files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pytest

from rlm_code.codebase import open_host
from rlm_code.features.review.findings import Review
from rlm_code.features.review.reviewing import review
from tests.conftest import MakeRepository, git, write_files

ReviewOf = Callable[[Mapping[str, str], Mapping[str, str | None]], Review]


@pytest.fixture
def review_of(make_repository: MakeRepository) -> Iterator[ReviewOf]:
    """Reviews the change from `before` to the same files with `change` laid over them; None removes a file."""

    def reviewed(before: Mapping[str, str], change: Mapping[str, str | None]) -> Review:
        root = make_repository(before)
        write_files(root, {path: text for path, text in change.items() if text is not None})
        for path in (path for path, text in change.items() if text is None):
            (root / path).unlink()
        git(root, "add", "--all")
        git(root, "commit", "--quiet", "--message", "change")
        base, head = open_host(root, "HEAD~1"), open_host(root, "HEAD")
        try:
            return review(base, head)
        finally:
            base.close()
            head.close()

    yield reviewed
