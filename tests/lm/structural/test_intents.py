"""Which wording asks for what."""

from __future__ import annotations

import pytest

from rlm_code.lm.structural.intents import PLACES, intent
from rlm_code.lm.structural.subject import NOTHING, WHOLE, subject

ASKED = """
define    | charge_card          | Where is charge_card defined?
define    | charge_card          | where's `charge_card`
define    | charge_card          | Where is the charge_card function?
define    | charge_card          | Where does charge_card live?
define    | charge_card          | In which file is charge_card?
define    | charge_card          | which file defines charge_card
define    | charge_card          | find charge_card
define    | Gateway.post         | Find the definition of Gateway.post
define    | Gateway.post         | where is `post` of `Gateway` implemented?
define    | session_interface    | Where is the session interface?
version   |                      | What version is this?
version   |                      | which version does this project have?
version   |                      | What is the current version?
show      | charge_card          | Show me charge_card
show      | charge_card          | show the source code of charge_card()
show      | charge_card          | How is charge_card implemented?
callers   | charge_card          | Who calls charge_card?
callers   | charge_card          | Please tell me who calls `charge_card()`.
callers   | charge_card          | What uses the charge_card function?
callers   | charge_card          | callers of charge_card
callers   | helper               | who calls helper?
callers   | project              | who calls project?
callees   | Engine.ServeHTTP     | what does (*Engine).ServeHTTP call
history   | charge_card          | when was charge_card last changed, and by whom?
callers   | charge_card          | usages of charge_card
callers   | charge_card          | List all references to charge_card
callers   | charge_card          | find all usages of charge_card
callers   | charge_card          | Where is charge_card called?
callers   | charge_card          | where do we use charge_card?
callers   | charge_card          | Which functions call charge_card?
callers   | charge_card          | What depends on charge_card?
callers   | charge_card          | What breaks if I change charge_card?
callers   | charge_card          | Is charge_card used anywhere?
callers   | charge_card          | what are the callers of charge_card?
callers   | charge_card          | Does anything call charge_card?
callers   | charge_card          | How is charge_card used?
callers   | charge_card          | charge_card usages
callers   | charge_card          | find usages: charge_card
tests     | charge_card          | Which tests cover charge_card?
tests     | charge_card          | Are there any tests for charge_card?
tests     | charge_card          | Is charge_card tested?
outline   | Gateway              | What methods does Gateway have?
outline   | Gateway              | List the methods of class Gateway
outline   | pkg/shop.py          | What functions are defined in pkg/shop.py?
outline   | pkg/shop.py          | list all classes in pkg/shop.py
outline   | pkg/shop.py          | what is defined in pkg/shop.py
callers   | checkout             | who calls checkout
callees   | checkout             | What does checkout call?
callees   | checkout             | Which functions does checkout call?
callees   | checkout             | what is called by checkout
callees   | checkout             | dependencies of checkout
imports   | pkg/shop.py          | What does pkg/shop.py import?
importers | pkg/payments.py      | What imports pkg/payments.py?
importers | json                 | Who imports json?
importers | pkg.payments         | which files import pkg.payments
importers | charge_card          | Where is charge_card imported?
subclasses| Gateway              | What inherits from Gateway?
subclasses| Gateway              | subclasses of Gateway
subclasses| Gateway              | Which classes implement Gateway?
subclasses| Gateway.post         | What overrides Gateway.post?
descent   | Stripe               | Does Stripe inherit from Gateway?
descent   | Stripe               | Is Stripe a subclass of Gateway?
tests     | checkout             | Where is checkout tested?
callers   | checkout             | What would break if I removed checkout?
history   | checkout             | When was checkout last changed?
history   | checkout             | When did checkout last change and who changed it?
history   | checkout             | When and by whom was checkout last changed?
history   | checkout             | Who last changed checkout?
history   | checkout             | who wrote checkout?
history   | checkout             | history of checkout
history   | pkg/shop.py          | git log of pkg/shop.py
history   | pkg/shop.py          | recent changes to pkg/shop.py
history   | checkout             | who is the author of checkout?
history   | checkout             | When was checkout added?
history   | checkout             | Which commit added checkout?
history   | pkg                  | What changed in pkg recently?
history   | pkg/shop.py          | blame pkg/shop.py
explain   | checkout             | Explain checkout
explain   | checkout             | explain how checkout works
explain   | checkout             | What does checkout do?
explain   | checkout             | How does checkout work?
explain   | checkout             | what is checkout for?
explain   | checkout             | Tell me about checkout
explain   | pkg/shop.py          | Describe pkg/shop.py
explain   | pkg/shop.py          | What is in pkg/shop.py?
explain   | pkg                  | What is the purpose of the pkg folder?
explain   | checkout             | checkout
explain   | request_context      | What is the request context?
explain   |                      | What is this repository about?
explain   |                      | explain the project
explain   |                      | How is this project structured?
explain   |                      | Explain the architecture
explain   | checkout             | What happens in checkout?
explain   | Gateway              | class Gateway
explain   |                      | What does this project do?
explain   |                      | Give me an overview of the codebase
places    |                      | How are sessions signed?
places    |                      | Why does the checkout fail when the cart is empty?
places    |                      | How does Flask dispatch a request to a view?
places    |                      | What happens when a card is declined?
places    |                      | ???
help      |                      | hello
help      |                      | Hi there!
help      |                      | help
help      |                      | What can I ask?
explain   | hello                | Explain hello
"""


@pytest.mark.parametrize("row", ASKED.strip().splitlines())
def test_wordings(row: str) -> None:
    kind, name, question = (part.strip() for part in row.split("|"))
    found = intent(question)
    assert found.kind == kind
    assert (found.subject.names or ("",))[0] == name


@pytest.mark.parametrize(
    "question",
    [
        "How does main reach charge_card?",
        "how does `main` end up in `charge_card`?",
        "Path from main to charge_card",
        "call chain between main and charge_card",
        "How is charge_card reached from main?",
        "Can main ever reach charge_card?",
        "Is there a path from main to charge_card?",
        "from main to charge_card",
    ],
)
def test_two_ends_of_a_path(question: str) -> None:
    found = intent(question)
    assert (found.kind, found.subject.names, found.other.names) == ("path", ("main",), ("charge_card",))


def test_a_pasted_stack_trace_is_taken_frame_by_frame() -> None:
    trace = (
        "Why does this fail?\n\nTraceback (most recent call last):\n"
        '  File "/srv/app/pkg/shop.py", line 7, in checkout\n    return charge_card(cart)\n'
        '  File "/srv/app/pkg/payments.py", line 27, in charge_card\n    return gateway.post(cart)\nKeyError: 1\n'
    )
    assert intent(trace).kind == "trace"
    assert intent(trace).frames == (("/srv/app/pkg/shop.py", 7), ("/srv/app/pkg/payments.py", 27))
    assert intent(
        "TypeError: x\n    at post (/app/src/gateway.ts:12:9)\n    at main (/app/src/main.ts:3:1)"
    ).frames == (
        ("/app/src/gateway.ts", 12),
        ("/app/src/main.ts", 3),
    )


def test_a_line_of_a_file() -> None:
    found = intent("What is pkg/shop.py:7?")
    assert (found.kind, found.subject.names, found.subject.line) == ("explain", ("pkg/shop.py",), 7)


@pytest.mark.parametrize("question", ["", "   ", "?", "x " * 500, "Traceback", "`", "who calls ?"])
def test_nothing_to_go_by_is_looked_for(question: str) -> None:
    assert intent(question) in (PLACES, intent("Traceback"))


@pytest.mark.parametrize(
    ("phrase", "name", "within"),
    [
        ("main in src/cli.c", "main", "src/cli.c"),
        ("the main function in ./src/cli.c", "main", "src/cli.c"),
        ("`main` defined in `src/cli.c`", "main", "src/cli.c"),
        ("the run method of pkg.app", "run", "pkg.app"),
        ("src/cli.c:main", "main", "src/cli.c"),
        ("tests/test_cart.py::test_total", "test_total", "tests/test_cart.py"),
        ("Cart.total in pkg/", "Cart.total", "pkg/"),
        ("the code in src/cli.c", "src/cli.c", ""),
        ("arguments of app.route", "app.route", ""),
        ("std::vector", "std::vector", ""),
        ("src/cli.c:12", "src/cli.c", ""),
    ],
)
def test_where_a_name_is_said_to_stand(phrase: str, name: str, within: str) -> None:
    found = subject(phrase)
    assert name in found.names
    assert found.within == within


def test_names_are_told_from_words() -> None:
    assert subject("the `run` method").is_code
    assert subject("the run method").kind == "method"
    assert subject("ConfigAttribute").is_code
    assert not subject("routing").is_code
    assert subject("the whole project") is WHOLE
    assert subject("a card that was declined by the bank because of fraud") is NOTHING
    assert subject("@app.route").names == ("app.route",)
    assert subject("charge_card(cart, retries=3)").names == ("charge_card",)
