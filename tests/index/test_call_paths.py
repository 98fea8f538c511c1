"""A chain of calls goes on in what may run: in what overrides or implements a method that is named."""

import pytest

from rlm_code.codebase import Repo
from rlm_code.codebase.open import open_host
from tests.conftest import MakeRepository

PYTHON = (
    "class Transport:\n"
    "    def handle(self): raise NotImplementedError\n"
    "\n"
    "\n"
    "class Http(Transport):\n"
    "    def handle(self): return connect()\n"
    "\n"
    "\n"
    "class Loud(Http):\n"
    "    def handle(self): return super().handle()\n"
    "\n"
    "\n"
    "def connect(): ...\n"
    "\n"
    "\n"
    "def send(transport: Transport): return transport.handle()\n"
    "\n"
    "\n"
    "def plainly(): return Transport.handle(None)\n"
)
JAVA = (
    "interface Transport { void handle(); }\n"
    "class Http implements Transport { public void handle() { connect(); } void connect() {} }\n"
    "class Client { void send(Transport transport) { transport.handle(); } }\n"
)
SCRIPT = (
    "interface Transport { handle(): void }\n"
    "class Http implements Transport { handle() { connect(); } }\n"
    "function connect() {}\n"
    "function send(transport: Transport) { transport.handle(); }\n"
)


@pytest.mark.parametrize(
    ("path", "text", "source"),
    [("a.py", PYTHON, "send"), ("A.java", JAVA, "Client.send"), ("a.ts", SCRIPT, "send")],
)
def test_through_an_interface(make_repository: MakeRepository, path: str, text: str, source: str) -> None:
    queries = open_host(make_repository({path: text}))
    (chain,) = Repo(queries).call_path(source, "connect", limit=1)
    assert [(step.name, step.certainty, step.target and step.target.qualified_name[-11:]) for step in chain] == [
        ("handle", "inferred", "Http.handle"),
        ("connect", chain[1].certainty, chain[1].target and chain[1].target.qualified_name[-11:]),
    ]
    queries.close()


def test_a_class_named_as_such_runs_its_own(make_repository: MakeRepository) -> None:
    queries = open_host(make_repository({"a.py": PYTHON}))
    repo = Repo(queries)
    assert not repo.call_path("plainly", "connect")
    assert not repo.call_path("connect", "send")
    queries.close()
