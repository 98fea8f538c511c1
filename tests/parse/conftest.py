"""`pytest tests/parse --regenerate` rewrites the goldens of formats that have no comments; review the diff."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regenerate", action="store_true", help="rewrite the goldens in tests/repositories")


@pytest.fixture
def regenerate(request: pytest.FixtureRequest) -> bool:
    """Whether goldens are to be rewritten instead of compared."""
    return bool(request.config.getoption("--regenerate", default=False))
