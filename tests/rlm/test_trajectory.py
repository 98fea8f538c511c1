"""A run's file: whole, private, and true after a crash."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

import pytest

from rlm_code.lm.protocol import Message, Text, ToolCall, ToolResult, Usage
from rlm_code.rlm import events, trajectory
from rlm_code.rlm.trajectory import Trajectory, read_trajectory
from tests.rlm.conftest import Ask
from tests.rlm.scripted import ScriptedLM, cell

LOOK = "print(repo.find('charge_card')[0].callers())"
SUBMIT = "submit('So [1].', [{'path': 'pkg/shop.py', 'start_line': 6, 'end_line': 6}])"


def test_a_run_is_written_down_event_by_event(ask: Ask) -> None:
    answer = ask(ScriptedLM([cell(LOOK, say="Let me see."), cell(SUBMIT)]))
    recorded = list(read_trajectory(Path(str(answer.trajectory))))
    assert [line["event"] for line in recorded] == [
        "run_started", "session_started", "turn_started", "replied", "cell_started", "cell_ended",
        "turn_started", "observed", "replied", "cell_started", "submitted", "cell_ended", "session_ended", "run_ended",
    ]  # fmt: skip
    assert recorded[0]["schema"] == 1
    assert recorded[0]["question"] == answer.question
    assert [line["at"] for line in recorded] == sorted(line["at"] for line in recorded)
    assert recorded[3]["message"]["content"][0] == {"text": "Let me see."}
    assert recorded[-1]["answer"] == json.loads(json.dumps(answer.to_json()))


def test_only_its_owner_can_read_it(ask: Ask) -> None:
    path = Path(str(ask(ScriptedLM([cell(LOOK, SUBMIT)])).trajectory))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_where_it_cannot_be_written_the_run_goes_on_and_says_so(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("a file where the folder should be")
    answer = ask(ScriptedLM([cell(LOOK, SUBMIT)]))
    assert (answer.status, answer.trajectory) == ("complete", None)
    assert "not recorded" in str(answer.trajectory_problem)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_ends_the_recording_and_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full = tmp_path / "full.jsonl"
    full.symlink_to("/dev/full")
    monkeypatch.setattr(trajectory, "_file_name", lambda: full.name)
    monkeypatch.setattr(trajectory.os, "O_EXCL", 0)
    record = Trajectory(tmp_path)
    record.record(events.Compacted("", 1))
    assert "not recorded" in str(record.problem)
    record.record(events.Compacted("", 2))
    record.close()


def test_nothing_is_recorded_where_nobody_asks_for_it(ask: Ask) -> None:
    answer = ask(ScriptedLM([cell(LOOK, SUBMIT)]), runs_dir=None)
    assert (answer.trajectory, answer.trajectory_problem) == (None, None)


def test_a_process_that_dies_leaves_all_that_happened_before(tmp_path: Path) -> None:
    program = (
        "import os, sys\nfrom pathlib import Path\n"
        "from rlm_code.rlm.events import Compacted\nfrom rlm_code.rlm.trajectory import Trajectory\n"
        "record = Trajectory(Path(sys.argv[1]))\n"
        "for n in range(50): record.record(Compacted('', n))\n"
        "os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], env=os.environ, check=False)
    (path,) = tmp_path.iterdir()
    with path.open("a") as cut_off:
        cut_off.write('{"event": "compac')
    assert [line["turns"] for line in read_trajectory(path)] == list(range(50))


def made(annotation: Any) -> Any:
    """Some value of a field's type."""
    values: dict[str, Any] = {"str": "ü\x1b", "int": 3, "float": 0.5, "bool": True, "str | None": None}
    return values.get(str(annotation), {"a": 1} if "Mapping" in str(annotation) else None)


def test_every_event_can_be_written(tmp_path: Path) -> None:
    blocks = (Text("t\ud800"), ToolCall("1", "python", {"code": "x"}), ToolResult("1", "y", is_error=True))
    record = Trajectory(tmp_path)
    for kind in get_args(events.Event):
        values = {field.name: made(field.type) for field in fields(kind)}
        if "message" in values:
            values["message"] = Message("assistant", blocks, raw=[{"type": "text"}, object()])
        if "usage" in values:
            values["usage"] = Usage(1, 2)
        record.record(kind(**values))
    record.close()
    assert record.problem is None
    assert record.path is not None
    recorded = list(read_trajectory(record.path))
    assert len(recorded) == len(get_args(events.Event)) - 1  # pieces of text are left out
    replied = next(line for line in recorded if line["event"] == "replied")
    assert replied["message"]["raw"] == [{"type": "text"}, None]
    assert replied["usage"]["output_tokens"] == 2


def test_the_schema_names_every_event() -> None:
    names = {kind.__name__ for kind in get_args(events.Event)} - {"TextDelta"}
    snake: Callable[[str], str] = lambda name: "".join(f"_{c.lower()}" if c.isupper() else c for c in name)[1:]  # noqa: E731
    for name in names:
        assert snake(name) in str(trajectory.__doc__)
