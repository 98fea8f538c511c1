"""A small shop as a real repository, opened for questions, and runs over it in a line."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from rlm_code.codebase.host import HostQueries
from rlm_code.codebase.open import open_host
from rlm_code.lm.protocol import LanguageModel
from rlm_code.rlm.answer import Answer
from rlm_code.rlm.events import Event
from rlm_code.rlm.loop import run
from rlm_code.rlm.task import Limits, Task
from rlm_code.sandbox import open_sandbox
from tests.conftest import git, write_files

SHOP = {
    "pkg/__init__.py": "",
    "pkg/payments.py": (
        "import logging\n\n\n"
        "def charge_card(cart, retries=3):\n"
        '    """Charge the card of a cart."""\n'
        "    logging.info('charging %s', cart)\n"
        "    return cart\n"
    ),
    "pkg/shop.py": (
        "from pkg.payments import charge_card\n\n\n"
        "def checkout(cart):\n"
        '    """Reserve the stock first, then charge."""\n'
        "    return charge_card(cart)\n"
    ),
    "pkg/retry.py": (
        "from pkg.payments import charge_card\n\n\n"
        "def retry_payment(cart):\n"
        "    for attempt in range(5):\n"
        "        charge_card(cart, retries=attempt)\n"
    ),
    "README.md": "# Shop\n\nSECRET-MARKER: a shop that charges cards.\n",
}

Ask = Callable[..., Answer]


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostQueries]:
    """The shop, opened once for all tests of this room: nothing here writes to it."""
    root = tmp_path_factory.mktemp("shop")
    write_files(root, SHOP)
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "first")
    write_files(root, {"pkg/retry.py": SHOP["pkg/retry.py"] + "    return None\n"})
    queries = open_host(root, cache_dir=tmp_path_factory.mktemp("cache"))
    yield queries
    queries.close()


@pytest.fixture
def task(shop: HostQueries, tmp_path: Path) -> Callable[..., Task]:
    """Makes a task about the shop."""

    def make(lm: LanguageModel, question: str = "Who calls charge_card?", **options: Any) -> Task:
        fields: dict[str, Any] = {"open_sandbox": partial(open_sandbox, kind="auto"), "runs_dir": tmp_path / "runs"}
        fields |= options
        if isinstance(fields.get("limits"), dict):
            fields["limits"] = Limits(**fields["limits"])
        return Task(question, shop.snapshot, shop, lm, **fields)

    return make


@pytest.fixture
def ask(task: Callable[..., Task]) -> Ask:
    """Runs a question about the shop to its end."""

    def ask_it(lm: LanguageModel, *, on_event: Callable[[Event], None] = lambda event: None, **options: Any) -> Answer:
        return asyncio.run(run(task(lm, **options), on_event))

    return ask_it
