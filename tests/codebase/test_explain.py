"""What structure alone says of a thing."""

from __future__ import annotations

import pytest

import rlm_code
from rlm_code.codebase import Repo
from tests.conftest import MakeRepository, git, write_files


def test_a_function(shop: Repo) -> None:
    explained = shop.explain("charge_card")
    assert explained.text.startswith(
        "charge_card (pkg/payments.py:22) is a function of 6 lines: [1]\n"
        "\n"
        "    def charge_card(cart, retries=LIMIT)\n"
        "\n"
        "Charge the card of a cart. It tries again.\n"
        "\n"
        "It calls 2 definitions of this repository:\n"
    )
    assert "Used in 1 place:\n\n    pkg/shop.py:7  checkout  return charge_card(cart)  [" in explained.text
    assert "Last changed on 2026-01-02 by Ada: first (" in explained.text
    assert explained.citations[0] == {"path": "pkg/payments.py", "start_line": 22, "end_line": 22}


def test_a_class(shop: Repo) -> None:
    text = shop.explain("Gateway").text
    assert "Inherited by TestGateway (pkg/payments.py:17)." in text
    assert "Its public members:\n\n    pkg/payments.py:13  method Gateway.post  [" in text


def test_a_file(shop: Repo) -> None:
    text = shop.explain("pkg/payments.py").text
    assert text.startswith(
        "pkg/payments.py is a python file of 27 lines.\n\nCharges cards. (pkg/payments.py:1) [1]\n\nIt defines:\n"
    )
    assert "It imports from outside: json." in text
    assert "Imported by 1 file:\n\n    pkg/shop.py:1  from pkg.payments import charge_card  [" in text


def test_a_folder_and_the_whole(shop: Repo) -> None:
    text = shop.explain("pkg").text
    assert text.startswith("pkg/ holds 3 files, 39 lines, all python.\n\nEverything the shop sells with.")
    assert "It is imported from 1 other folder:" in text
    whole = shop.explain().text
    assert "A shop that charges cards. See the docs. (README.md:3) [1]" in whole
    assert "pkg/       3 files, 39 lines  Everything the shop sells with" in whole
    assert "pkg/__init__.py:1  [2]" in whole


def test_a_line_is_explained_by_what_is_around_it(shop: Repo) -> None:
    assert shop.explain("pkg/shop.py:11").text.startswith("main (pkg/shop.py:10) is a function")
    assert shop.explain("pkg/shop.py:1").text.startswith("pkg/shop.py is a python file")


def test_what_does_not_exist(shop: Repo) -> None:
    with pytest.raises(LookupError, match="nothing here defines 'charge_cart'; alike: "):
        shop.explain("charge_cart")
    with pytest.raises(LookupError, match=r"no file 'pkg/shops.py'; did you mean pkg/shop.py"):
        shop.explain("pkg/shops.py")


def test_a_folder_tells_how_it_is_entered_and_which_tests_import_it(make_repository: MakeRepository) -> None:
    root = make_repository(
        {
            "pay/__init__.py": "",
            "pay/cards.py": "def charge(cart):\n    return check(cart)\n\n\ndef check(cart):\n    return cart\n",
            "shop.py": "from pay.cards import charge\n\n\ndef checkout(cart):\n    return charge(cart)\n",
            "tests/test_cards.py": "from pay.cards import charge\n\n\ndef test_charge():\n    charge(1)\n",
        }
    )
    told = rlm_code.open(root).explain("pay").text
    assert "shop.py:5  checkout → charge  → check" in told
    assert "Tests that import it: tests/test_cards.py." in told


def test_a_history_that_cannot_be_read_is_said_and_spoils_nothing_else(make_repository: MakeRepository) -> None:
    root = make_repository({"shop.py": "def pay():\n    return 1\n"})
    gone = git(root, "rev-parse", "HEAD:shop.py").strip()
    write_files(root, {"shop.py": "def pay():\n    return 2\n"})
    git(root, "commit", "--quiet", "--all", "--message", "second")
    (root / ".git" / "objects" / gone[:2] / gone[2:]).unlink()  # as in a clone that fetches old texts when needed
    text = rlm_code.open(root).explain("pay").text
    assert text.startswith("pay (shop.py:1) is a function of 2 lines: [1]")
    assert "Its history cannot be read: " in text


def test_a_path_with_a_line_feed_stays_on_its_line(make_repository: MakeRepository) -> None:
    repo = rlm_code.open(make_repository({"a\nb.py": "def f(): ...\n"}))
    assert repo.explain("a\nb.py").text.startswith("a\\nb.py is a python file of 1 line.")
    assert repo.explain("f").text.startswith("f (a\\nb.py:1) is a function of 1 line: [1]")
