"""What every verb gets from the command line itself: clear errors, and streams that may be gone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from rlm_code.cli.main import main
from tests.conftest import MakeRepository

COMMAND = f"{sys.executable} -m rlm_code"


def shell(line: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture
def question(make_repository: MakeRepository) -> str:
    root = make_repository({"a.py": "def f():\n    return 1\n"})
    return f"{COMMAND} ask --repo {root} 'Where is f defined?'"


def test_help_is_as_wide_as_the_terminal() -> None:
    terminal, shown = os.openpty()
    environment = os.environ | {"COLUMNS": "150"}
    with subprocess.Popen(["sh", "-c", f"{COMMAND} ask --help"], stdout=shown, env=environment):
        os.close(shown)
        said = b""
        with suppress(OSError):  # how a terminal ends
            while part := os.read(terminal, 65536):
                said += part
    os.close(terminal)
    assert 100 < max(map(len, said.decode().splitlines())) <= 150


@pytest.mark.parametrize(
    ("verb", "says"),
    [
        ("refrences", "there is no verb 'refrences'; did you mean references?"),
        ("frobnicate", "there is no verb 'frobnicate'; verbs are ask, explain, "),
        ("who calls x", 'a question is asked with rlm-code ask "who calls x"'),
    ],
)
def test_a_verb_that_there_is_not(capsys: pytest.CaptureFixture[str], verb: str, says: str) -> None:
    with pytest.raises(SystemExit) as left:
        main([verb, "x"])
    assert left.value.code == 2
    assert says in capsys.readouterr().err


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


def test_full_errors_are_told_by_the_status_alone(make_repository: MakeRepository) -> None:
    """A traceback would end it with 1, which is what `review --fail-on` says."""
    root = make_repository({"a.py": "def f(): ...\n", "b.py": "def f(): ...\n"})
    assert shell(f"{COMMAND} references none --repo {root} 2>/dev/full").returncode == 2
    assert shell(f"{COMMAND} references f --repo {root} 2>/dev/full").returncode == 2
    noted = shell(f"{COMMAND} references a.py:1 f --repo {root} 2>/dev/full")
    assert (noted.returncode, noted.stderr) == (4, "")
    assert shell(f"{COMMAND} ask 'Where is f?' --repo {root} 2>/dev/full").returncode == 0


def test_a_reader_that_leaves_is_no_error(question: str) -> None:
    assert shell(f"{question} | head -c 1").stderr == ""


def test_a_look_up_ends_with_all_that_it_said(make_repository: MakeRepository) -> None:
    """It ends its process itself: what is printed is there before, into a pipe and into a full disk, too."""
    root = make_repository({"a.py": "".join(f"def f_{number}():\n    return {number}\n" for number in range(3000))})
    line = f"{COMMAND} symbols --repo {root}"
    done = shell(line)
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 3000)
    assert shell(f"{line} nothing.py").stderr
    assert shell(f"{line} >/dev/full").returncode == 4
    assert shell(f"{line} | head -n 1").stderr == ""
    assert shell(f"{COMMAND} definition none --repo {root}").returncode == 2


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


@pytest.mark.parametrize("verb", ["definition f", "references f", "callers f", "symbols a.py"])
def test_a_repository_given_last_is_refused_with_what_to_type(question: str, verb: str) -> None:
    done = shell(f"{COMMAND} {verb} g .")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].endswith("; another repository or folder is given as --repo PATH")
    assert shell(f"{COMMAND} {verb} g --no-such").stderr.splitlines()[-1].endswith("--no-such")


def test_the_repository_to_index_is_given_as_people_write_it(make_repository: MakeRepository, tmp_path: Path) -> None:
    root = make_repository({"a.py": "def f():\n    return 1\n"})
    for place in (f"{root}", f"--repo {root}", f"{root} --repo {root}"):
        assert shell(f"{COMMAND} index {place}").stdout.startswith(f"indexed    {root}, ")
    assert shell(f"cd {root} && {COMMAND} index .").stdout.startswith(f"indexed    {root}, ")
    done = shell(f"{COMMAND} index {root} --repo {tmp_path}")
    assert done.returncode == 2
    assert "two repositories are given" in done.stderr


@pytest.mark.parametrize("verb", ["ask 'Where is f?'", "explain f", "index", "symbols", "definition f", "search f"])
def test_json_is_asked_for_in_one_way(make_repository: MakeRepository, tmp_path: Path, verb: str) -> None:
    root = make_repository({"a.py": "def f():\n    return 1\n"})
    assert isinstance(json.loads(shell(f"{COMMAND} {verb} --json --repo {root}").stdout), dict)
    refused = shell(f"{COMMAND} {verb} --json --repo {tmp_path}/none")
    assert refused.returncode == 2
    assert json.loads(refused.stdout)["error"]["code"] == "source"
    assert refused.stderr == ""


def test_an_interrupt_ends_it_quietly_at_any_moment(make_repository: MakeRepository) -> None:
    """From the moment that Python is up, which is not ours to change."""
    root = make_repository({"a.py": "def f():\n    return 1\n"})
    program = (
        "import signal, sys\n"
        "from rlm_code.__main__ import start\n"
        "def interrupt(number, frame):\n"
        "    above = []\n"
        "    while frame := frame.f_back:\n"
        "        above.append(frame.f_code)\n"
        "    if start.__code__ in above:\n"
        "        raise KeyboardInterrupt\n"
        "    signal.setitimer(signal.ITIMER_REAL, 0.0005)\n"  # it is not up yet
        "signal.signal(signal.SIGALRM, interrupt)\n"
        "signal.setitimer(signal.ITIMER_REAL, float(sys.argv.pop(1)))\n"
        "sys.exit(start())\n"
    )
    statuses = set()
    for seconds in (0.0005, 0.002, 0.004, 0.008, 0.016, 0.03):
        line = [sys.executable, "-c", program, str(seconds), "references", "f", "--repo", str(root)]
        done = subprocess.run(line, capture_output=True, text=True, check=False, timeout=60)
        statuses.add(done.returncode)
        assert done.returncode in (0, 130), done.stderr
        assert "Traceback" not in done.stderr
        assert "interrupt" not in done.stderr.lower()
    assert 130 in statuses
