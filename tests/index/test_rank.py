"""Ranking finds what a question names, describes, or traces to, and puts tests below code."""

from pathlib import Path

import pytest

from rlm_code.codebase.host import HostQueries
from rlm_code.index.question import read_question
from rlm_code.index.words import stem, terms_of
from tests.conftest import MakeRepository
from tests.index.marked import host_of

FILES = {
    "shop/config.py": 'def load_settings(path):\n    """Read the configuration file."""\n    return {}\n',
    "shop/payments.py": "class Gateway:\n    def charge_card(self, amount):\n        raise TimeoutError\n",
    "shop/cart.py": "from shop.payments import Gateway\n\n\ndef checkout(cart):\n    Gateway().charge_card(cart)\n",
    "shop/mail.py": "def send(message):\n    return message\n",
    "tests/test_payments.py": "import shop.payments as p\n\ndef test_charge_card():\n    p.Gateway().charge_card(1)\n",
    "docs/guide.md": "# Payments\n\nThe gateway charges the card.\n",
}


@pytest.fixture
def shop(make_repository: MakeRepository, tmp_path: Path) -> HostQueries:
    return host_of(make_repository(FILES), tmp_path / "cache")


@pytest.mark.parametrize(
    ("question", "path", "name"),
    [
        ("Where is the configuration read?", "shop/config.py", "load_settings"),
        ("`charge_card` raises TimeoutError", "shop/payments.py", "charge_card"),
        ("Gateway.charge_card hangs", "shop/payments.py", "charge_card"),
        ("sending messages fails", "shop/mail.py", "send"),
        ("what happens at checkout of a cart", "shop/cart.py", "checkout"),
        ('Traceback:\n  File "/srv/app/shop/mail.py", line 2, in send\nKeyError: 1', "shop/mail.py", "send"),
    ],
)
def test_the_best_place(shop: HostQueries, question: str, path: str, name: str) -> None:
    best = shop.rank(question, 5)[0]
    assert (best.path, best.symbol and best.symbol.name) == (path, name)
    assert best.why


def test_tests_and_documents_come_after_the_code_they_speak_of(shop: HostQueries) -> None:
    paths = list(dict.fromkeys(row.path for row in shop.rank("charge card", 20)))
    assert paths.index("shop/payments.py") < paths.index("tests/test_payments.py")
    assert paths.index("shop/payments.py") < paths.index("docs/guide.md")


def test_the_same_question_gets_the_same_answer_within_its_limit(shop: HostQueries) -> None:
    assert shop.rank("charge card", 3) == shop.rank("charge card", 3)
    assert len(shop.rank("charge card", 3)) == 3
    assert shop.rank("charge card", 0) == []


@pytest.mark.parametrize("question", ["", "?!", "the of and", "\ud800", "x" * 50_000, "(" * 2000, "a.b" * 3000])
def test_any_text_is_a_question(shop: HostQueries, question: str) -> None:
    assert isinstance(shop.rank(question, 5), list)


def test_frames_of_several_languages() -> None:
    text = """
  File "pkg/a.py", line 3, in run
    at Object.send (/srv/app/mail.js:12:5)
    at com.acme.Shop.pay(Shop.java:7)
\tmain.go:19 +0x1d
"""
    frames = read_question(text).frames
    assert [(frame.path, frame.line, frame.name) for frame in frames] == [
        ("pkg/a.py", 3, "run"),
        ("/srv/app/mail.js", 12, "Object.send"),
        ("Shop.java", 7, "com.acme.Shop.pay"),
        ("main.go", 19, None),
    ]


def test_terms_join_spellings() -> None:
    assert set(terms_of(b"loadConfig load_config LOAD-CONFIG loading configs")) == {"load", "config"}
    assert stem("configured") == stem("configs") == stem("configuring") == stem("configuration")
    assert stem("class") == "class"


def test_that_a_place_changed_lately_is_never_all_that_is_said_of_it(shop: HostQueries) -> None:
    (first, *_) = shop.rank("reading", 3)
    assert (first.path, first.why) == ("shop/config.py", "its words are the question's; it changed lately")
