"""What every verb gets from the command line itself: clear errors, and streams that may be gone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import MakeRepository

COMMAND = f"{sys.executable} -m rlm_code.cli.main"


def shell(line: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture
def question(make_repository: MakeRepository) -> str:
    root = make_repository({"a.py": "def f():\n    return 1\n"})
    return f"{COMMAND} ask --repo {root} 'Where is f defined?'"


def test_a_full_disk_is_said_in_one_line(question: str) -> None:
    done = shell(f"{question} >/dev/full")
    assert done.returncode == 4
    assert done.stderr == "rlm-code: the system refused: [Errno 28] No space left on device\n"


def test_a_closed_output_is_said(question: str) -> None:
    done = shell(f"{question} >&-")
    assert done.returncode == 2
    assert "standard output is closed" in done.stderr


def test_closed_errors_are_no_reason_to_fail(question: str) -> None:
    done = shell(f"{question} 2>&-")
    assert done.returncode == 0
    assert "a.py:1" in done.stdout


def test_a_reader_that_leaves_is_no_error(question: str) -> None:
    assert shell(f"{question} | head -c 1").stderr == ""


def test_a_path_cannot_steer_the_terminal(tmp_path: Path) -> None:
    done = subprocess.run(
        [*COMMAND.split(), "ask", "--repo", f"{tmp_path}/no\x1b[31mred", "x"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "\x1b" not in done.stderr


@pytest.mark.parametrize("limit", ["nan", "-1", "0", "inf"])
def test_a_limit_is_a_positive_number(question: str, limit: str) -> None:
    done = shell(f"{question} --max-seconds {limit}")
    assert done.returncode == 2
    assert f"not a positive number: {limit}" in done.stderr


def test_a_model_of_unknown_price_runs_under_a_limit_in_dollars_once_its_price_is_set(question: str) -> None:
    """Nobody listens where the model should be: what matters is that it was asked."""
    server = "OPENAI_BASE_URL=http://127.0.0.1:9/v1"
    asked = "--route explore --lm openai-chat:local --max-cost 1 --max-seconds 3"
    refused = shell(f"{server} {question} {asked}")
    assert refused.returncode == 2
    assert '[prices."openai-chat:local"]' in refused.stderr
    table = '[limits]\\nturns = 3\\n[prices.\\"openai-chat:local\\"]\\ninput = 0\\noutput = 0\\nas_of = 2026-11-01\\n'
    chosen = f'd=$(mktemp -d); printf "{table}" > $d/config.toml; RLM_CODE_CONFIG_DIR=$d {server}'
    started = shell(f"{chosen} {question} {asked}")
    assert started.returncode in (3, 4), started.stderr
