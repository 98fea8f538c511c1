"""Runs attacks unconfined, each in a fork of its own, as a throwaway child in a temporary folder.

`python -m tests.sandbox.control < probes.json` prints what each printed; with `bombs`, how each ended under limits of
memory and time that a careful host might set, and nothing else.
"""

# ruff: noqa: T201, BLE001 - a script that runs attacks and cells

from __future__ import annotations

import json
import mmap
import os
import resource
import signal
import sys
from typing import Any

from tests.sandbox.native import native

BOMB_SECONDS = 1
BOMB_BYTES = 400 << 20
_READ_BYTES = 20 << 20


def main(bombs: bool) -> None:
    """Read {name: code} from stdin, print {name: what it printed, and how it ended}."""
    codes: dict[str, str] = json.load(sys.stdin)
    print(json.dumps({name: _run(code, bombs) for name, code in codes.items()}))


def _run(code: str, bomb: bool) -> str:
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        if bomb:
            resource.setrlimit(resource.RLIMIT_AS, (BOMB_BYTES, BOMB_BYTES))
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.alarm(BOMB_SECONDS)
        _attack(code, write)
    os.close(write)
    with os.fdopen(read, "rb") as output:
        said = output.read(_READ_BYTES)
    flooded = " FLOODED" if len(said) == _READ_BYTES else ""
    if flooded:
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    died = f" DIED OF {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else ""
    return said[-2000:].decode("utf-8", "replace") + flooded + died


def _attack(code: str, write: int) -> None:
    os.dup2(write, 1)
    os.dup2(write, 2)
    try:
        exec(compile(code, "<probe>", "exec"), _names())
    except BaseException as error:
        print(f"{type(error).__name__}: {str(error)[:500]}", flush=True)
    finally:
        sys.stdout.flush()
        os._exit(0)


def _names() -> dict[str, Any]:
    file = os.memfd_create("control")
    os.write(file, bytes(8192))
    os.lseek(file, 0, os.SEEK_SET)
    mapping = memoryview(mmap.mmap(file, 8192))
    return {"__name__": "__main__", **native(lambda: mapping, file)}


if __name__ == "__main__":
    main(bombs=sys.argv[1:] == ["bombs"])
