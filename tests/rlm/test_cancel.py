"""A run can be ended at any moment: the answer says so, and no process, thread, task or request is left."""

from __future__ import annotations

import asyncio
import gc
import itertools
import random
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rlm_code.lm.anthropic import AnthropicLM
from rlm_code.lm.protocol import Request
from rlm_code.rlm import events
from rlm_code.rlm.answer import Answer
from rlm_code.rlm.loop import run
from rlm_code.rlm.task import Task
from rlm_code.rlm.trajectory import read_trajectory
from tests.lm.messages_server import MessagesServer, Say, call, say
from tests.processes import eventually, open_descriptors, own_children
from tests.rlm.scripted import ScriptedLM, cell

MakeTask = Callable[..., Task]

LOOK = "print(repo.find('charge_card')[0].callers())"
HALF = (
    "submit('A [1], b [2].', [{'path': 'pkg/shop.py', 'start_line': 6, 'end_line': 6}, "
    "{'path': 'pkg/shop.py', 'start_line': 99, 'end_line': 99}])"
)
BUSY = [
    cell(LOOK),
    cell("import time\ntime.sleep(0.1)"),
    cell("llm_query_batched([str(n) for n in range(40)])"),
    cell("rlm_query_batched(['a', 'b', 'c'])"),
    cell("while True: pass"),
]


def assert_nothing_is_left(before: set[int]) -> None:
    eventually(lambda: own_children() <= before)
    eventually(lambda: not any(thread.name.startswith("rlm-cells") for thread in threading.enumerate()))


def cancelled_when(task: Task, moment: Callable[[events.Event], bool], after_s: float = 0.0) -> Answer:
    """The answer of a run that is cancelled some time after an event."""

    async def whole() -> Answer:
        waiting = [moment]

        def heard(event: events.Event) -> None:
            if waiting and moment(event):
                waiting.clear()
                asyncio.get_running_loop().call_later(after_s, job.cancel)

        job = asyncio.create_task(run(task, heard))
        answer = await job
        assert asyncio.all_tasks() == {asyncio.current_task()}
        return answer

    return asyncio.run(whole())


def endless(request: Request) -> Any:
    """What a child run is told: never to stop."""
    return cell("llm_query('thinking')")


MOMENTS = {
    "before the first turn": lambda event: isinstance(event, events.RunStarted),
    "while the model thinks": lambda event: isinstance(event, events.TurnStarted),
    "while a cell runs": lambda event: isinstance(event, events.CellStarted) and "while True" in event.code,
    "among sub-queries": lambda event: isinstance(event, events.SubCallEnded),
    "in a child run": lambda event: isinstance(event, events.CellStarted) and event.session == "2",
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_cancelling_gives_the_partial_answer_and_leaves_nothing(task: MakeTask, moment: str) -> None:
    before = own_children()
    sub = ScriptedLM(endless, seconds=0.02)
    started = time.monotonic()
    answer = cancelled_when(
        task(ScriptedLM(BUSY, seconds=0.01), sub_lm=sub, limits={"depth": 1}), MOMENTS[moment], 0.01
    )
    assert time.monotonic() - started < 25, "a cell may take 30 s"
    assert answer.status == "partial"
    assert answer.reason == "the run was cancelled"
    assert sub.under_way == 0
    assert_nothing_is_left(before)
    recorded = list(read_trajectory(Path(str(answer.trajectory))))
    assert recorded[-1]["event"] == "run_ended"
    assert recorded[-1]["answer"]["status"] == "partial"


def test_cancelling_after_a_returned_answer_keeps_what_held_of_it(task: MakeTask) -> None:
    lm = ScriptedLM([cell(LOOK), cell(HALF), cell("while True: pass")])
    answer = cancelled_when(task(lm), MOMENTS["while a cell runs"], 0.05)
    assert answer.answer == "A [1], b [unverified]."
    assert len(answer.citations) == 1
    assert str(answer.reason).startswith("the run was cancelled")


def test_cancelling_at_random_moments_leaves_nothing(task: MakeTask) -> None:
    before = own_children()
    chance = random.Random(7)

    async def once(after_s: float) -> Answer:
        sub = ScriptedLM(endless, seconds=0.01)
        limits = {"depth": 1, "cell_seconds": 0.3}
        busy = ScriptedLM(itertools.cycle(BUSY), seconds=0.005)
        job = asyncio.create_task(run(task(busy, sub_lm=sub, limits=limits)))
        asyncio.get_running_loop().call_later(after_s, job.cancel)
        answer = await job
        assert sub.under_way == 0
        assert asyncio.all_tasks() == {asyncio.current_task()}
        return answer

    for _ in range(12):
        assert asyncio.run(once(chance.uniform(0, 0.6))).status == "partial"
    assert_nothing_is_left(before)


@pytest.mark.slow
def test_at_a_hundred_random_moments_no_process_file_thread_or_request_is_left(
    task: MakeTask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Through the real SDK: the server counts the requests that are still open."""
    chance = random.Random(11)
    codes = [LOOK, "llm_query_batched([str(n) for n in range(24)])", "rlm_query_batched(['a', 'b'])"]

    def answer(body: dict[str, Any]) -> Say:
        turn = sum(message["role"] == "assistant" for message in body["messages"])
        code = codes[turn % len(codes)] if "Who calls" in str(body["messages"][0]) else LOOK
        return say(call("python", code=code), every_s=0.005) if body.get("tools") else say("yes " * 20, every_s=0.005)

    async def once(after_s: float) -> Answer:
        root, sub = AnthropicLM("claude-sonnet-5-5"), AnthropicLM("claude-haiku-5-5")
        job = asyncio.create_task(run(task(root, sub_lm=sub, limits={"depth": 1})))
        asyncio.get_running_loop().call_later(after_s, job.cancel)
        try:
            return await job
        finally:
            await root.close()
            await sub.close()

    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    with MessagesServer(answer) as server:
        monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
        monkeypatch.setenv("ANTHROPIC_API_KEY", server.key)
        asyncio.run(once(1.0))  # what is imported and opened once is there before
        gc.collect()
        before, files, threads = own_children(), open_descriptors(), threading.active_count()
        for _ in range(100):
            ended = asyncio.run(once(chance.uniform(0, 0.8)))
            assert (ended.status, ended.reason) == ("partial", "the run was cancelled")
            if ended.trajectory is not None:
                recorded = list(read_trajectory(Path(ended.trajectory)))
                assert recorded[-1]["answer"]["status"] == "partial"
        assert_nothing_is_left(before)
        eventually(lambda: server.at_once == 0)
        eventually(lambda: open_descriptors() <= files)
        eventually(lambda: threading.active_count() <= threads)


def test_a_second_cancellation_does_not_wait(task: MakeTask) -> None:
    before = own_children()

    async def whole() -> None:
        runs = asyncio.Event()

        def heard(event: events.Event) -> None:
            if isinstance(event, events.CellStarted):
                runs.set()

        job = asyncio.create_task(run(task(ScriptedLM(lambda request: cell("while True: pass"))), heard))
        await runs.wait()
        job.cancel()
        await asyncio.sleep(0)
        job.cancel()
        with pytest.raises(asyncio.CancelledError):
            await job

    asyncio.run(whole())
    assert_nothing_is_left(before)


def test_an_error_of_ours_leaves_nothing_either(task: MakeTask) -> None:
    """A bug is not dressed up as an answer: it is raised, when all has been cleared away."""
    before = own_children()

    async def whole() -> None:
        def broken(event: events.Event) -> None:
            if isinstance(event, events.CellEnded):
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await run(task(ScriptedLM(BUSY)), broken)
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(whole())
    assert_nothing_is_left(before)
