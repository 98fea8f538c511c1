"""Sub-queries that were answered in an earlier run cost nothing in the next one."""

from __future__ import annotations

import asyncio
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rlm_code.config import read_settings
from rlm_code.lm.protocol import Message, Reply, Request, Text, Usage
from rlm_code.lm.replay import ReplayLM
from rlm_code.rlm import events
from rlm_code.rlm.cache import SubCallCache
from tests.rlm.conftest import Ask
from tests.rlm.scripted import ScriptedLM, cell, prose, stopped

QUESTION = Request("system", (Message("user", (Text("What does it do?"),)),), max_tokens=100)
BATCH = "texts = [file.text for file in repo.files('pkg/')]\nreplies = llm_query_batched([*texts[1:], texts[1]])\n"
LOOK = BATCH + "print([r.text for r in replies], replies[0].usage)"
SUBMIT = "submit('So [1].', [{'path': 'pkg/shop.py', 'start_line': 6, 'end_line': 6}])"


@pytest.fixture
def cache(tmp_path: Path) -> SubCallCache:
    return SubCallCache(tmp_path / "kept" / "sub-calls")


@pytest.fixture
def asked(ask: Ask, tmp_path: Path) -> Callable[..., tuple[Any, ScriptedLM, list[events.SubCallEnded]]]:
    """Asks the same question in a run of its own: the answer, the sub-model, and what came of its sub-queries."""

    def once(sub: Callable[[Request], Any] = lambda request: prose("It sells."), **options: Any) -> Any:
        heard: list[events.SubCallEnded] = []
        lm = ScriptedLM(sub, name=options.pop("sub_name", "anthropic:claude-haiku-5-5"))
        answer = ask(
            ScriptedLM([cell(LOOK), cell(SUBMIT)]),
            sub_lm=lm,
            sub_call_cache=SubCallCache(tmp_path / "sub-calls", options.pop("endpoint", "")),
            on_event=lambda event: heard.append(event) if isinstance(event, events.SubCallEnded) else None,
            **options,
        )
        return answer, lm, heard

    return once


def test_the_second_run_of_the_same_question_sends_no_sub_query(asked: Callable[..., Any]) -> None:
    first, sent, _ = asked()
    second, sent_again, heard = asked()
    assert (len(sent.requests), len(sent_again.requests)) == (3, 0)
    assert (first.usage.calls, first.usage.cached) == (5, 1)
    assert (second.usage.calls, second.usage.cached) == (2, 4)
    assert (second.answer, second.citations, second.coverage) == (first.answer, first.citations, first.coverage)
    assert all(event.cached and event.usage == Usage() and event.cost_usd == 0 for event in heard)
    assert {event.text for event in heard} == {"It sells."}
    assert second.usage.input_tokens == first.usage.input_tokens - 300


def test_a_run_with_no_money_left_for_sub_queries_still_has_the_kept_ones(asked: Callable[..., Any]) -> None:
    asked()
    answer, sent, heard = asked(limits={"calls": 3})
    assert (answer.status, sent.requests, [event.error for event in heard]) == ("complete", [], [None] * 4)


@pytest.mark.parametrize(
    "other", [{"sub_name": "anthropic:other"}, {"endpoint": "x"}, {"limits": {"sub_reply_tokens": 9}}]
)
def test_another_model_place_or_setting_is_asked_anew(asked: Callable[..., Any], other: dict[str, Any]) -> None:
    asked()
    assert len(asked(**other)[1].requests) == 3


def test_failures_and_refusals_are_not_kept(asked: Callable[..., Any]) -> None:
    asked(lambda request: stopped("refusal", detail="no"))
    answer, sent, heard = asked()
    assert len(sent.requests) == 3
    assert answer.status == "complete"
    assert not any(event.error for event in heard)


def test_a_run_whose_sub_queries_were_all_kept_can_be_replayed(asked: Callable[..., Any], ask: Ask) -> None:
    asked()
    answer, _, _ = asked()
    lm = ReplayLM(Path(answer.trajectory))
    again = ask(lm, sub_lm=lm)
    assert (again.status, again.answer, again.coverage) == (answer.status, answer.answer, answer.coverage)


def test_an_entry_says_what_was_said_and_nothing_else(cache: SubCallCache) -> None:
    key = cache.key("anthropic:x", QUESTION)
    assert cache.get(key) is None
    cache.put(
        key, Reply(Message("assistant", (Text("ü\ud800"),), raw=[{"secret": 1}]), "max_tokens", Usage(5, 5), "x-1")
    )
    kept = cache.get(key)
    assert kept is not None
    assert (kept.text, kept.stop, kept.lm, kept.usage, kept.message.raw) == (
        "ü\ud800",
        "max_tokens",
        "x-1",
        Usage(),
        None,
    )


def test_only_its_owner_can_read_it(cache: SubCallCache, tmp_path: Path) -> None:
    cache.put(cache.key("anthropic:x", QUESTION), prose("It sells."))
    (entry,) = (tmp_path / "kept/sub-calls").iterdir()
    assert stat.S_IMODE(entry.stat().st_mode) == 0o600
    assert stat.S_IMODE(entry.parent.stat().st_mode) == 0o700
    assert b"What does it do?" not in entry.read_bytes()


DAMAGE = [
    b"",
    b"{",
    b"[]",
    b"null",
    b"\xff\xfe",
    b'{"schema": 0, "text": "a", "stop": "end_turn", "lm": "x"}',
    b'{"schema": 1, "text": 5, "stop": "end_turn", "lm": "x"}',
    b'{"schema": 1, "text": "a", "stop": "?", "lm": "x"}',
]


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_entry_is_absent_and_written_anew(cache: SubCallCache, tmp_path: Path, damage: bytes) -> None:
    key = cache.key("anthropic:x", QUESTION)
    cache.put(key, prose("It sells."))
    (tmp_path / "kept/sub-calls" / key).write_bytes(damage)
    assert cache.get(key) is None
    cache.put(key, prose("It sells."))
    assert cache.get(key) is not None


def test_a_folder_that_cannot_be_had_is_an_empty_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = SubCallCache(tmp_path / "file" / "sub-calls")
    cache.put("key", prose("It sells."))
    cache.close()
    assert cache.get("key") is None


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    cache = SubCallCache(tmp_path, most_bytes=10_000)
    for number in range(100):
        cache.put(f"{number:03}", prose("x" * 200))
        os.utime(tmp_path / f"{number:03}", (number, number))
    assert cache.get("000") is not None  # used now
    cache.close()
    left = sorted(path.name for path in tmp_path.iterdir())
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 10_000
    assert left[0] == "000"
    assert left[1:] == [f"{number:03}" for number in range(101 - len(left), 100)]


def test_two_processes_write_and_shrink_at_once(tmp_path: Path) -> None:
    program = (
        "import sys\nfrom pathlib import Path\nfrom rlm_code.rlm.cache import SubCallCache\n"
        "from tests.rlm.scripted import prose\n"
        "for n in range(300):\n"
        "    cache = SubCallCache(Path(sys.argv[1]), most_bytes=20_000)\n"
        "    key = str(n % 97)\n"
        "    kept = cache.get(key)\n"
        "    assert kept is None or kept.text == 'y' * 500, kept\n"
        "    cache.put(key, prose('y' * 500))\n"
        "    if n % 20 == 0: cache.close()\n"
    )

    async def both() -> list[int]:
        run = asyncio.create_subprocess_exec
        made = [await run(sys.executable, "-c", program, str(tmp_path), stderr=subprocess.PIPE) for _ in range(2)]
        said = [(await each.communicate())[1] for each in made]
        assert said == [b"", b""]
        return [each.returncode or 0 for each in made]

    assert asyncio.run(both()) == [0, 0]
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith("tmp")]


def test_where_models_are_reached_is_part_of_the_settings() -> None:
    assert read_settings({"HOME": "/h"}).lm_endpoint == ""
    local = read_settings({"HOME": "/h", "OPENAI_BASE_URL": "http://127.0.0.1:1/v1"})
    assert local.lm_endpoint == "OPENAI_BASE_URL=http://127.0.0.1:1/v1"
