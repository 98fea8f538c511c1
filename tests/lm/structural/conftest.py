"""Questions about a small shop, run whole: real index, real sandbox, real loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from rlm_code.codebase.host import HostQueries
from rlm_code.codebase.open import open_host
from rlm_code.lm.structural import StructuralLM
from rlm_code.rlm.answer import Answer
from rlm_code.rlm.loop import run
from rlm_code.rlm.task import Task
from rlm_code.sandbox import open_sandbox
from tests.conftest import git, write_files

SHOP = {
    "README.md": "# Shop\n\nA shop that charges cards [1] and ships parcels.\n",
    "pkg/__init__.py": '"""All that the shop sells with."""\n',
    "pkg/payments.py": (
        '"""Charges cards. Nothing else does."""\n'
        "\n"
        "import json\n"
        "\n"
        "\n"
        "class Gateway:\n"
        '    """Speaks to the bank."""\n'
        "\n"
        "    def post(self, amounts):\n"
        "        return json.dumps(amounts[0])\n"
        "\n"
        "\n"
        "class SlowGateway(Gateway):\n"
        "    def post(self, amounts):\n"
        "        return super().post(amounts)\n"
        "\n"
        "\n"
        "def charge_card(cart, retries=3):\n"
        '    """Charge the card of a cart."""\n'
        "    gateway = Gateway()\n"
        "    return gateway.post(cart)\n"
    ),
    "pkg/shop.py": (
        "from pkg.payments import charge_card\n"
        "\n"
        "\n"
        "def checkout(cart):\n"
        '    """Reserve the stock, then charge."""\n'
        "    total = charge_card([cart[0]])\n"
        "    return total\n"
        "\n"
        "\n"
        "def main():\n"
        "    checkout([1])\n"
    ),
    "pkg/retry.py": (
        "from pkg import payments\n"
        "\n"
        "charger = payments.charge_card\n"
        "\n"
        "\n"
        "def retry_payment(cart):\n"
        "    for attempt in range(5):\n"
        "        payments.charge_card(cart, retries=attempt)\n"
        "    payments.charge_card(cart)\n"
    ),
    "pkg/unused.py": "def forgotten():\n    pass\n",
    "tests/test_shop.py": "from pkg.shop import checkout\n\n\ndef test_checkout():\n    assert checkout([1])\n",
}

Ask = Callable[[str], Answer]


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostQueries]:
    root = tmp_path_factory.mktemp("repositories") / "shop"
    root.mkdir()
    write_files(root, SHOP)
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "Open the shop [2]")
    queries = open_host(root, cache_dir=tmp_path_factory.mktemp("cache"))
    yield queries
    queries.close()


@pytest.fixture(scope="session")
def ask(shop: HostQueries, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """The answer to a question about the shop; each question is run once a session."""
    answers: dict[str, Answer] = {}
    runs: Path = tmp_path_factory.mktemp("runs")

    def answer(question: str) -> Answer:
        if question not in answers:
            task = Task(
                question,
                shop.snapshot,
                shop,
                StructuralLM(),
                open_sandbox=partial(open_sandbox, kind="auto"),
                runs_dir=runs,
            )
            answers[question] = asyncio.run(run(task))
        return answers[question]

    return answer
