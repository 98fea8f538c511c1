"""What is asked for when something is to be explained."""

from __future__ import annotations

import pytest

from rlm_code.codebase.open import open_host
from rlm_code.errors import ConfigError
from rlm_code.features.explain import question_for
from tests.conftest import MakeRepository

FILES = {"shop/cart.py": "def total():\n    return 0\n", "cart.py": "total = 1\n", "odd\nna`me.py": "x = 1\n"}


@pytest.mark.parametrize(
    ("target", "question"),
    [
        (".", "Explain this repository"),
        ("./shop/", "Explain `shop/`"),
        ("shop/cart.py", "Explain `shop/cart.py`"),
        ("shop/cart.py:2", "Explain `shop/cart.py:2`"),
        ("cart.total", "Explain `cart.total`"),
        ("./odd\nna`me.py", "Explain `odd?na?me.py`"),
    ],
)
def test_a_target_becomes_a_question(make_repository: MakeRepository, target: str, question: str) -> None:
    queries = open_host(make_repository(FILES))
    assert question_for(queries, target) == question
    queries.close()


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("shop/cart.py:3", "has 2 lines, not 3"),
        ("cart.py:0", "has 1 line, not 0"),
        ("a`b", "no path"),
        ("../other", "not in this repository"),
        ("..", "not in this repository"),
        ("/etc/passwd", "not in this repository"),
        ("/", "not in this repository"),
    ],
)
def test_what_can_be_no_target_is_refused(make_repository: MakeRepository, target: str, says: str) -> None:
    queries = open_host(make_repository(FILES))
    with pytest.raises(ConfigError, match=says):
        question_for(queries, target)
    queries.close()
