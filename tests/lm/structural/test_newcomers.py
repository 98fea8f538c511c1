"""What newcomers ask besides who calls what: settings, environment variables, what changed since, what differs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

import pytest

from rlm_code.codebase.host import HostQueries
from rlm_code.codebase.open import open_host
from rlm_code.lm.structural import StructuralLM
from rlm_code.lm.structural.intents import intent
from rlm_code.lm.structural.subject import subject
from rlm_code.rlm.answer import Answer
from rlm_code.rlm.loop import run
from rlm_code.rlm.task import Task
from rlm_code.sandbox import open_sandbox
from tests.conftest import git, write_files

FILES = {
    "app/defaults.py": 'RETRIES = 3\nTIMEOUT_VARIABLE = "SHOP_TIMEOUT"\n',
    "app/run.py": (
        "import os\n\nfrom app.defaults import TIMEOUT_VARIABLE\n\n\n"
        "def start(settings):\n"
        '    retries = settings.getint("RETRIES")\n'
        "    timeout = os.environ.get(TIMEOUT_VARIABLE)\n"
        '    os.environ["SHOP_STARTED"] = "1"\n'
        '    return retries, timeout, os.environ.get("SHOP_DEBUG")\n'
    ),
    "app/cart.py": (
        "class Cart:\n"
        '    """What is bought."""\n\n'
        "    def add(self): ...\n\n"
        "    def total(self): ...\n\n\n"
        "class GiftCart(Cart):\n"
        '    """What is given."""\n\n'
        "    def add(self): ...\n\n"
        "    def wrap(self): ...\n"
    ),
    "app/gateways.py": (
        "class Gateway:\n    def post(self): ...\n\n\n"
        "class BankGateway(Gateway):\n    def post(self):\n        return 1\n\n\n"
        "class CashGateway(Gateway):\n    def post(self):\n        return 2\n\n\n"
        "ALL = [BankGateway(), CashGateway()]\n"
    ),
    "tests/test_run.py": 'def test_start():\n    assert {"RETRIES": 1}\n',
    "docs/settings.rst": "Settings\n========\n\nRETRIES\n   How often a payment is tried.\n",
}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostQueries]:
    root = tmp_path_factory.mktemp("newcomers") / "shop"
    root.mkdir()
    write_files(root, FILES | {"app/cart.py": "class Cart: ...\n"})
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "Open the shop")
    git(root, "tag", "v1.2.0")
    write_files(root, FILES)
    git(root, "commit", "--quiet", "--all", "--message", "Carts hold something")
    queries = open_host(root, cache_dir=tmp_path_factory.mktemp("cache"))
    yield queries
    queries.close()


@pytest.fixture
def ask(shop: HostQueries) -> Callable[[str], Answer]:
    def answer(question: str) -> Answer:
        return asyncio.run(run(Task(question, shop.snapshot, shop, StructuralLM(), open_sandbox)))

    return answer


def test_where_a_setting_is_read_set_defined_and_told_of(ask: Callable[[str], Answer]) -> None:
    answer = ask("Where is the setting RETRIES read?")
    assert answer.status == "complete"
    said = answer.answer
    assert said.startswith("RETRIES is looked up in 1 line of code")
    assert "app/run.py:7  start" in said
    assert "app/defaults.py:1  RETRIES = 3" in said.partition("It is defined at:")[2]
    assert "tests/test_run.py:2" in said.partition("In tests: 1 line:")[2]
    assert "docs/settings.rst:4" in said.partition("In comments, documents and data: 1 line:")[2]


def test_a_variable_of_the_environment_is_followed_through_the_constant_that_holds_its_name(
    ask: Callable[[str], Answer],
) -> None:
    said = ask("What uses the environment variable SHOP_TIMEOUT?").answer
    assert said.startswith("No line looks SHOP_TIMEOUT up by its name; 1 line of code name it.")
    assert "TIMEOUT_VARIABLE (app/defaults.py:2) holds it and is used in 1 place:" in said
    assert "app/run.py:8" in said


def test_a_setting_that_is_nowhere(ask: Callable[[str], Answer]) -> None:
    assert ask("Where is the option --no-such-thing handled?").answer.startswith("--no-such-thing stands nowhere")


def test_which_variables_of_the_environment_are_read(ask: Callable[[str], Answer]) -> None:
    said = ask("Which environment variables does it read?").answer
    assert said.startswith("2 environment variables are read in 2 lines of code:")
    assert "SHOP_DEBUG" in said
    assert "SHOP_STARTED" not in said  # it is set


def test_what_changed_since_a_tag_with_its_v_or_without(ask: Callable[[str], Answer]) -> None:
    for tag in ("v1.2.0", "1.2.0"):
        said = ask(f"What changed since {tag}?").answer
        assert said.startswith(f"1 commit changed shop since {tag}:")
        assert "Carts hold something" in said
        assert "Most changed: app/cart.py (1)." in said
    assert ask("What changed in app/run.py since v1.2.0?").answer.startswith(
        "No commit changed app/run.py since v1.2.0"
    )


def test_a_tag_that_does_not_exist_is_said_so(ask: Callable[[str], Answer]) -> None:
    answer = ask("What changed since v9?")
    assert (answer.status, answer.reason) == ("partial", "nothing in the history is called v9")
    assert answer.answer.startswith("Nothing in the history here is called v9: give a tag, a commit or a date")


def test_two_definitions_side_by_side_are_compared_by_what_they_are_made_of(ask: Callable[[str], Answer]) -> None:
    answer = ask("What is the difference between Cart and GiftCart?")
    assert answer.status == "partial"
    assert answer.answer.startswith("Cart is a class (app/cart.py:1): What is bought [1]\nGiftCart is a class")
    for line in ("GiftCart builds on Cart.", "Both define add.", "Only Cart has total.", "Only GiftCart has wrap."):
        assert f"\n{line}\n" in answer.answer


def test_how_something_new_of_a_kind_is_added_is_shown_by_those_that_there_are(ask: Callable[[str], Answer]) -> None:
    answer = ask("How do I add a new gateway?")
    assert answer.status == "partial"
    said = answer.answer
    assert said.startswith("2 of this kind build on Gateway (app/gateways.py:1): [1]")
    assert "They define post (2 of 2)." in said
    assert "app/gateways.py:15" in said.partition("The code names these at:")[2]


def test_a_name_that_a_file_lacks_is_said_to_be_elsewhere(ask: Callable[[str], Answer]) -> None:
    said = ask("start in app/cart.py").answer
    assert said.startswith("Nothing called start is defined in app/cart.py; elsewhere there is start (app/run.py:6).")


def test_what_a_question_says_besides_a_name_is_not_passed_over(ask: Callable[[str], Answer]) -> None:
    answer = ask("Does anything call Cart.add without wrapping it?")
    assert answer.status == "partial"
    assert answer.reason == "structure answers for the name alone: it did not judge 'without wrapping it'"


def test_a_mistyped_name_in_words_is_told_what_is_almost_called_so(ask: Callable[[str], Answer]) -> None:
    said = ask("wheres the gift crat").answer
    assert said.startswith("Nothing is called so; almost the same name:\n\n    app/cart.py:9  class GiftCart")


@pytest.mark.parametrize(
    ("question", "kind", "name"),
    [
        ("where is the DEBUG setting used?", "setting", "DEBUG"),
        ("what reads the env var FOO_BAR", "setting", "FOO_BAR"),
        ("what does the --verbose flag do?", "setting", "--verbose"),
        ("where is the 'trust proxy' option set", "setting", "trust proxy"),
        ("who uses the option parser?", "callers", "option_parser"),
        ("list all environment variables", "variables", ""),
        ("what env vars does it look at", "variables", ""),
        ("nothing calls charge_card, right?", "callers", "charge_card"),
        ("is charge_card never used?", "callers", "charge_card"),
        ("Cart vs GiftCart", "compare", "Cart"),
        ("whats the diffrence between Cart and GiftCart", "compare", "Cart"),
        ("how do I add a new command?", "extend", "command"),
        ("how to write my own payment gateway", "extend", "payment gateway"),
        ("who reads process.env.REDIS_HOST", "setting", "REDIS_HOST"),
        ("main in src/cli.c", "define", "main"),
        ("who changed Cart since v1.2", "history", "Cart"),
        ("has pkg/shop.py changed since 2026-01-01?", "history", "pkg/shop.py"),
    ],
)
def test_wordings(question: str, kind: str, name: str) -> None:
    found = intent(question)
    assert (found.kind, "".join(found.subject.names[:1])) == (kind, name)


def test_words_around_a_name_are_kept_unless_they_tell_nothing() -> None:
    assert subject("the `run` method").besides == ""
    assert subject("charge_card in the code").besides == ""
    assert subject("charge_card anywhere in this repository").besides == ""
    assert subject("charge_card when the cart is empty").besides == "when cart is empty"
