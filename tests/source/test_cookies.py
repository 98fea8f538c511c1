"""The folder by which a watcher knows that it was told of everything: it goes with its process, however that ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from rlm_code.source.cookies import Cookies

HELD = """
import sys, time
from rlm_code.source.cookies import Cookies
cookies = Cookies()
print(cookies.folder.decode(), flush=True)
time.sleep(60)
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


def aged(folder: Path) -> None:
    os.utime(folder, (1_000_000_000, 1_000_000_000))


def folders(temporary: Path) -> set[Path]:
    return set(temporary.iterdir())


def test_it_goes_when_it_is_closed(temporary: Path) -> None:
    cookies = Cookies()
    assert folders(temporary) == {Path(os.fsdecode(cookies.folder))}
    cookies.close()
    assert not folders(temporary)


def test_what_a_killed_process_left_goes_with_the_next_and_a_living_one_keeps_its_own(temporary: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HELD], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        left = Path(process.stdout.readline().strip())
        aged(left)
        Cookies().close()
        assert left.exists()
        process.send_signal(signal.SIGKILL)
    Cookies().close()
    assert not left.exists()


def test_folders_that_were_just_made_or_are_something_else_stay(temporary: Path) -> None:
    fresh, other, link = (temporary / name for name in ("rlm-code-watch-new", "other", "rlm-code-watch-link"))
    fresh.mkdir()
    other.mkdir()
    link.symlink_to(other)
    aged(other)
    Cookies().close()
    assert folders(temporary) == {fresh, other, link}
