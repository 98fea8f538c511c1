"""`rlm-code ask` as a person runs it: a real process, a real repository, no key."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import MakeRepository, git, write_files
from tests.processes import descendants_of, eventually, has_ended

SHOP = {
    "pkg/__init__.py": "",
    "pkg/payments.py": 'def charge_card(cart, retries=3):\n    """Charge the card of a cart."""\n    return cart\n',
    "pkg/shop.py": (
        "from pkg.payments import charge_card\n\n\ndef checkout(cart):\n"
        '    """Reserve stock, then charge."""\n    return charge_card(cart)\n'
    ),
    "README.md": "# Shop\n\nA shop that charges cards.\n",
}


def rlm_code(*arguments: str, timeout_s: float = 120.0, **options: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "rlm_code.cli.main", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=timeout_s, check=False, **options)


def ask(root: Path, question: str, *arguments: str) -> dict[str, Any]:
    done = rlm_code("ask", "--repo", str(root), "--json", question, *arguments)
    assert done.returncode in (0, 3), done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def assert_citations_hold(root: Path, answer: dict[str, Any]) -> None:
    assert answer["citations"]
    for citation in answer["citations"]:
        if citation["commit"]:
            text = git(root, "show", f"{citation['commit']}:{citation['path']}")
        else:
            text = (root / citation["path"]).read_text()
        lines = text.split("\n")[citation["start_line"] - 1 : citation["end_line"]]
        assert "\n".join(lines) == citation["quote"]


def test_who_calls_a_function(make_repository: MakeRepository) -> None:
    root = make_repository(SHOP)
    answer = ask(root, "Who calls charge_card?")
    assert answer["status"] == "complete"
    assert answer["lm"]["root"] == "structural"
    assert "pkg/shop.py:6" in answer["answer"]
    assert_citations_hold(root, answer)
    assert answer["commit"] == git(root, "rev-parse", "HEAD").strip()


def test_a_folder_without_git_has_no_commit(tmp_path: Path) -> None:
    write_files(tmp_path / "shop", SHOP)
    answer = ask(tmp_path / "shop", "Where is checkout defined?")
    assert answer["status"] == "complete"
    assert answer["commit"] is None
    assert {citation["commit"] for citation in answer["citations"]} == {None}
    assert_citations_hold(tmp_path / "shop", answer)


def test_an_earlier_revision_is_answered_as_it_was(make_repository: MakeRepository) -> None:
    root = make_repository(SHOP)
    first = git(root, "rev-parse", "HEAD").strip()
    write_files(root, {"pkg/shop.py": "def checkout(cart):\n    return cart\n"})
    git(root, "commit", "--quiet", "--all", "--message", "second")
    then = ask(root, "Who calls charge_card?", "--rev", first)
    now = ask(root, "Who calls charge_card?")
    assert "pkg/shop.py:6" in then["answer"]
    assert then["commit"] == first
    assert_citations_hold(root, then)
    assert "pkg/shop.py:6" not in now["answer"]


def test_a_changed_file_is_cited_without_a_commit(make_repository: MakeRepository) -> None:
    root = make_repository(SHOP)
    write_files(root, {"pkg/shop.py": SHOP["pkg/shop.py"] + "\n\ndef again(cart):\n    return charge_card(cart)\n"})
    answer = ask(root, "Who calls charge_card?")
    assert {citation["commit"] for citation in answer["citations"] if citation["path"] == "pkg/shop.py"} == {None}
    assert_citations_hold(root, answer)


def test_the_terminal_answer_fits_a_screen(make_repository: MakeRepository) -> None:
    done = rlm_code("ask", "--repo", str(make_repository(SHOP)), "Who calls charge_card?")
    assert done.returncode == 0
    assert done.stderr == ""
    assert "\x1b" not in done.stdout
    assert "pkg/shop.py:6" in done.stdout
    assert len(done.stdout.splitlines()) < 24
    assert "none: structural answer" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--repo", "/no/such/path", "x"], "/no/such/path does not exist"),
        (["--repo", "{repo}", "--rev", "v9.9", "x"], "v9.9"),
        (["--repo", "{repo}", ""], "empty"),
        (["--repo", "{repo}", "--lm", "gpt-17", "x"], "gpt-17"),
        (["--repo", "{repo}", "--lm", "anthropic", "x"], "ANTHROPIC_API_KEY"),
        (["--repo", "{empty}", "x"], "no files"),
        (["--repo", "{file}", "x"], "is not a folder"),
        ([], "question"),
    ],
)
def test_bad_input_gets_one_clear_line(
    arguments: list[str], says: str, make_repository: MakeRepository, tmp_path: Path
) -> None:
    root = make_repository(SHOP)
    empty = tmp_path / "empty"
    empty.mkdir()
    places = {"repo": root, "empty": empty, "file": root / "README.md"}
    done = rlm_code("ask", *(argument.format(**places) for argument in arguments))
    assert done.returncode == 2
    assert done.stdout == ""
    assert says.lower() in done.stderr.lower()
    assert "Traceback" not in done.stderr


def test_ctrl_c_ends_in_a_partial_answer_and_leaves_no_process(make_repository: MakeRepository, tmp_path: Path) -> None:
    """A slow model server stands in for long work: the real SDK waits on it when the interrupt comes."""
    from tests.lm.messages_server import Hang, MessagesServer

    with MessagesServer([Hang()]) as server:
        environment = os.environ | {"ANTHROPIC_API_KEY": server.key, "ANTHROPIC_BASE_URL": server.url}
        command = [sys.executable, "-m", "rlm_code.cli.main", "ask", "--repo", str(make_repository(SHOP)), "--json"]
        # A shell starts what runs in its background with interrupts ignored, and that would be passed on.
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        process = subprocess.Popen(
            [*command, "--lm", "anthropic", "How does a checkout work?"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        signal.signal(signal.SIGINT, before)
        eventually(lambda: bool(server.requests))
        assert server.at_once == 1, "the request came, and its answer did not"
        below = descendants_of(process.pid)
        assert below, "a process runs the model's code"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
    assert process.returncode == 3, err
    answer = json.loads(out)
    assert answer["status"] == "partial"
    assert "cancel" in answer["reason"] or "interrupt" in answer["reason"]
    eventually(lambda: all(map(has_ended, below)))
