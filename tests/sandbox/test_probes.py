"""What must be impossible in the sandbox, and is possible outside it."""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from string import Template

import pytest

from rlm_code.sandbox import HostMethod, Namespace, Sandbox, open_sandbox
from tests.sandbox.probes import PROBES, Probe

ROOT = Path(__file__).parents[2]
ALL = [pytest.param(probe, id=f"{kind}: {probe.name}") for kind, probes in PROBES.items() for probe in probes]


class Stage:
    """Things worth attacking: a secret file, a folder, a listening port, this process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.secret = folder / "secret"
        self.secret.write_text("top secret")
        for name in ("victim", "renamed", "long"):
            (folder / name).write_text("something")
        (folder / "planted.py").write_text("here = True\n")
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.unix = socket.socket(socket.AF_UNIX)
        self.unix.bind(str(folder / "s"))
        self.unix.listen()
        self.memory = ctypes.create_string_buffer(b"key")
        with self.secret.open("rb") as file:
            self.inherited = fcntl.fcntl(file.fileno(), fcntl.F_DUPFD, 200)
        os.set_inheritable(self.inherited, True)
        threading.Thread(target=self._answer, daemon=True).start()

    def _answer(self) -> None:
        """Be a web server to whoever comes."""
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.listener.accept()
                connection.sendall(b"HTTP/1.0 200 OK\r\n\r\n")
                connection.close()

    def code(self, probe: Probe) -> str:
        return Template(probe.code).substitute(
            SECRET=self.secret,
            FOLDER=self.folder,
            SOCKET=self.folder / "s",
            PORT=self.listener.getsockname()[1],
            PARENT=os.getpid(),
            ADDRESS=ctypes.addressof(self.memory),
            INHERITED=self.inherited,
        )

    def close(self) -> None:
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.unix.close()
        os.close(self.inherited)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    stage = Stage(tmp_path_factory.mktemp("stage"))
    yield stage
    stage.close()


@pytest.fixture(scope="module")
def attacked(stage: Stage) -> Iterator[Sandbox]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROBE_TOKEN", "key")
        methods = {"submit": HostMethod(lambda answer: None)}
        sandbox = open_sandbox(
            Namespace("tests.sandbox.native:names", methods, lambda: b"shared text" * 1000), "confined"
        )
        yield sandbox
        sandbox.close()


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """What each probe printed in a plain child."""
    stage = Stage(tmp_path_factory.mktemp("outside"))
    codes = {probe.name: stage.code(probe) for probes in PROBES.values() for probe in probes}
    ran = subprocess.run(
        [sys.executable, "-m", "tests.sandbox.control"],
        input=json.dumps(codes),
        env={
            **os.environ,
            "PROBE_TOKEN": "key",
            "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        },
        cwd=stage.folder,
        pass_fds=[stage.inherited],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    stage.close()
    assert ran.returncode == 0, ran.stderr
    yield json.loads(ran.stdout)


@pytest.mark.parametrize("probe", ALL)
def test_impossible_inside(probe: Probe, stage: Stage, attacked: Sandbox) -> None:
    result = attacked.run(stage.code(probe), 10)
    assert "BREACHED" not in result.output, result
    assert result.status in ("ok", "error"), result


@pytest.mark.parametrize("probe", ALL)
def test_possible_outside(probe: Probe, outside: dict[str, str]) -> None:
    if probe.as_root and os.geteuid() != 0:
        pytest.skip("only root can do this outside")
    assert "BREACHED" in outside[probe.name]


def test_the_attacked_things_are_untouched(stage: Stage, attacked: Sandbox) -> None:
    assert stage.secret.read_text() == "top secret"
    assert sorted(path.name for path in stage.folder.iterdir()) == [
        "long",
        "planted.py",
        "renamed",
        "s",
        "secret",
        "victim",
    ]
    assert (stage.folder / "long").read_text() == "something"
    assert attacked.run("bytes(shared()) == b'shared text' * 1000", 5).value == "True"
