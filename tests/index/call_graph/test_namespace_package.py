"""A package without a file of its own, met as a value."""

from __future__ import annotations

import rlm_code
from tests.conftest import MakeRepository


def test_what_a_namespace_package_has_is_followed_and_what_it_lacks_is_nothing(make_repository: MakeRepository) -> None:
    main = "import evaluate.metrics\n\nx = evaluate.missing\nx()\ny = evaluate.metrics\ny.score()\n"
    repo = rlm_code.open(make_repository({"evaluate/metrics.py": "def score():\n    pass\n", "main.py": main}))
    called = [(use.line, use.target.name if use.target else None) for use in repo.file("main.py").callees()]
    assert called == [(4, "x"), (6, "score")]
