"""A small shop as a real repository, and the same handles over it on the host and behind the wire."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rlm_code.codebase import Repo
from rlm_code.codebase.host import HostQueries
from rlm_code.codebase.methods import host_methods
from rlm_code.codebase.open import open_host
from rlm_code.codebase.remote import RemoteQueries
from tests.conftest import git, write_files

SHOP = {
    "README.md": "# Shop\n\nA shop that charges cards. See [the docs](docs/index.md).\n",
    "pkg/__init__.py": '"""Everything the shop sells with."""\n',
    "pkg/payments.py": (
        '"""Charges cards.\n\nNothing else does."""\n'
        "\n"
        "import json\n"
        "\n"
        "LIMIT = 3\n"
        "\n"
        "\n"
        "class Gateway:\n"
        '    """Speaks to the bank."""\n'
        "\n"
        "    def post(self, amount):\n"
        "        return json.dumps(amount)\n"
        "\n"
        "\n"
        "class TestGateway(Gateway):\n"
        "    def post(self, amount):\n"
        "        return amount\n"
        "\n"
        "\n"
        "def charge_card(cart, retries=LIMIT):\n"
        '    """Charge the card of a cart. It tries again.\n'
        "\n"
        '    The bank is slow."""\n'
        "    gateway = Gateway()\n"
        "    return gateway.post(cart)\n"
    ),
    "pkg/shop.py": (
        "from pkg.payments import charge_card\n"
        "\n"
        "\n"
        "@staticmethod\n"
        "def checkout(cart):\n"
        '    """Reserve the stock, then charge."""\n'
        "    return charge_card(cart)\n"
        "\n"
        "\n"
        "def main():\n"
        "    checkout([])\n"
    ),
    "tests/test_shop.py": "from pkg.shop import checkout\n\n\ndef test_checkout():\n    assert checkout([])\n",
    "docs/index.md": "# Docs\n\ncharge_card takes money; caf\u00e9 CHARGE_CARD.\r\nA last line.\n",
    "logo.png": b"\x89PNG\x00\x00",
}


def remote(queries: HostQueries, tell: Callable[[list[str], list[str]], None] = lambda touched, matched: None) -> Any:
    """The queries of a worker whose wire is a round trip through JSON."""
    methods = host_methods(queries) | {"evidence": tell}

    def call(method: str, *arguments: Any) -> Any:
        return json.loads(json.dumps(methods[method](*json.loads(json.dumps(arguments)))))

    return RemoteQueries(call, lambda: memoryview(queries.corpus()))


@pytest.fixture(scope="session")
def shop_queries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostQueries]:
    root = tmp_path_factory.mktemp("repositories") / "shop"
    root.mkdir()
    write_files(root, SHOP)
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "first")
    write_files(root, {"pkg/shop.py": str(SHOP["pkg/shop.py"]).replace("checkout([])", "checkout([1])")})
    git(root, "commit", "--quiet", "--all", "--message", "second [1]")
    queries = open_host(root, cache_dir=tmp_path_factory.mktemp("cache"))
    yield queries
    queries.close()


@pytest.fixture(scope="session", params=["host", "worker"])
def shop(request: pytest.FixtureRequest, shop_queries: HostQueries) -> Repo:
    """The shop as people get it, and as a cell sees it."""
    return Repo(shop_queries if request.param == "host" else remote(shop_queries))


@pytest.fixture
def open_repo(tmp_path: Path) -> Iterator[Callable[[dict[str, str | bytes]], Repo]]:
    """Opens files as a folder outside git: `open_repo({"a.py": "x = 1\\n"})`."""
    opened: list[HostQueries] = []

    def make(files: dict[str, str | bytes]) -> Repo:
        root = tmp_path / f"folder{len(opened)}"
        root.mkdir()
        write_files(root, files)
        opened.append(open_host(root, cache_dir=tmp_path / "cache"))
        return Repo(opened[-1])

    yield make
    for queries in opened:
        queries.close()
