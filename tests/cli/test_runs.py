"""`runs`, `show` and `replay` as a person uses them after a question."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from rlm_code.cli.main import main
from rlm_code.codebase.open import open_host
from rlm_code.config import read_settings
from rlm_code.features.ask import ask
from rlm_code.rlm.task import Limits
from tests.conftest import MakeRepository, write_files
from tests.rlm.scripted import ScriptedLM, cell, prose

FILES = {"pay.py": "def charge(card):\n    return card\n", "shop.py": "import pay\npay.charge(1)\n"}
TURNS = [
    cell("print(repo.find('charge')[0].callers())", say="Let me \x1b[2Jsee."),
    cell("for n in range(40): print(n)\nr = llm_query_batched(['a', 'b', 'a'])"),
    cell("print(rlm_query('Where is charge?').text)"),
    cell("submit('So [1].', [{'path': 'shop.py', 'start_line': 7}])"),
    cell("submit('So [1].', [{'path': 'shop.py', 'start_line': 2}])"),
]


@pytest.fixture
def project(make_repository: MakeRepository) -> Path:
    return make_repository(FILES)


@pytest.fixture
def runs_dir() -> Path:
    return read_settings().state_dir / "runs"


def said(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    capsys.readouterr()
    assert main([*arguments]) == status
    captured = capsys.readouterr()
    return captured.out + captured.err


@pytest.fixture
def model_run(project: Path, runs_dir: Path) -> Path:
    """The file of a run with sub-queries and a child."""
    queries = open_host(project)
    child = [cell("print(repo.file('pay.py').text)"), cell("submit('There [1].', [repo.find('charge')[0]])")]
    sub = ScriptedLM(lambda asked: child[len(asked.messages) // 2] if asked.tools else prose("It charges."))
    limits = Limits(depth=1)
    answer = asyncio.run(ask(queries, "Who pays?", lm=ScriptedLM(TURNS), sub_lm=sub, limits=limits, runs_dir=runs_dir))
    queries.close()
    return Path(str(answer.trajectory))


def test_nothing_was_asked_yet(capsys: pytest.CaptureFixture[str]) -> None:
    assert "no runs are recorded" in said(capsys, "runs")
    assert said(capsys, "runs", "--json") == ""
    assert "no run 'last'" in said(capsys, "show", "last", status=2)


def test_runs_are_listed_newest_first(
    capsys: pytest.CaptureFixture[str], model_run: Path, project: Path, runs_dir: Path
) -> None:
    main(["ask", "--repo", str(project), "--lm", "structural", "Who calls charge?"])
    write_files(runs_dir, {"20200101T000000-aaaaaa.jsonl": "", "20200102T000000-bbbbbb.jsonl": '{"event": "run_'})
    (runs_dir / "20210101T000000-cccccc.jsonl").write_text("".join(model_run.read_text().splitlines(True)[:5]))
    rows = said(capsys, "runs").splitlines()
    assert [row.split()[0] for row in rows][2:] == [
        "20210101T000000-cccccc", "20200102T000000-bbbbbb", "20200101T000000-aaaaaa",
    ]  # fmt: skip
    assert sorted("structural" in row and "Who calls charge?" in row and " free " in row for row in rows[:2]) == [0, 1]
    assert sorted("$0.0" in row and "complete" in row and "Who pays?" in row for row in rows[:2]) == [0, 1]
    assert "unfinished" in rows[2]
    assert "unreadable" in rows[3]
    listed = [json.loads(line) for line in said(capsys, "runs", "--json").splitlines()]
    assert [one["status"] for one in listed] == ["complete", "complete", "unfinished", "unreadable", "unreadable"]
    assert listed[2]["repository"] == str(project)


def test_a_run_is_shown_as_a_tree_with_its_costs(capsys: pytest.CaptureFixture[str], model_run: Path) -> None:
    shown = said(capsys, "show", "last")
    assert shown.startswith(f"{model_run.stem}  ")
    for part in (
        "  Who pays?\n",
        "turn 1    $0.0003   100 tokens in, 10 out",
        "  says     Let me \\x1b[2Jsee.\n",
        "  cell     print(repo.find('charge')[0].callers())\n",
        "… 33 more lines …",
        "  asks     3 sub-queries, 1 cached   $0.0006\n",
        "→ It charges.",
        "  child 1\n",
        "      task     Where is charge?\n",
        "    ended     complete\n",
        "  submit   went back\n",
        "- citation 1: no lines 7-7 in shop.py",
        "  submit   it stands\n",
        "complete\n",
        "5 turns, 9 calls, 1 sub-queries cached",
        "[1] shop.py:2  pay.charge(1)",
    ):
        assert part in shown


def test_a_run_that_was_killed_is_shown_as_far_as_it_went(capsys: pytest.CaptureFixture[str], model_run: Path) -> None:
    model_run.write_text("".join(model_run.read_text().splitlines(True)[:6]))
    shown = said(capsys, "show", str(model_run))
    assert "turn 1" in shown
    assert "unfinished" in shown


@pytest.mark.parametrize("damage", ["no JSON\n", '{"event": "replied"}\n', "[]\n"])
def test_a_damaged_file_is_said_to_be_none(capsys: pytest.CaptureFixture[str], runs_dir: Path, damage: str) -> None:
    write_files(runs_dir, {"20200101T000000-aaaaaa.jsonl": damage})
    assert "cannot be read as a run" in said(capsys, "show", "last", status=2)
    assert "is not a recorded run" in said(capsys, "replay", "last", status=2)


def test_a_run_is_named_by_the_beginning_of_its_id(
    capsys: pytest.CaptureFixture[str], model_run: Path, runs_dir: Path
) -> None:
    for name in (model_run.stem, model_run.stem[:15], model_run.stem[16:20], str(model_run)):
        assert said(capsys, "show", name).startswith(model_run.stem)
    (runs_dir / f"{model_run.stem}0.jsonl").write_text(model_run.read_text())
    assert "2 runs begin with" in said(capsys, "show", model_run.stem[:10], status=2)
    assert "no run 'zzz'" in said(capsys, "show", "zzz", status=2)


def test_a_run_replays_until_the_files_change(
    capsys: pytest.CaptureFixture[str], model_run: Path, project: Path
) -> None:
    assert said(capsys, "replay", "last") == (
        f"{model_run.stem} replays: the same complete answer with the same 1 citation; no model was asked\n"
    )
    write_files(project, {"shop.py": "x = 1\n"})
    assert "does not replay: the snapshot differs" in said(capsys, "replay", "last", status=1)
