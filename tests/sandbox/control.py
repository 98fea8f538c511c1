"""Runs attacks unconfined, each in a fork of its own: `python control.py < probes.json` prints which succeed.

Started by `test_probes` as a throwaway child in a temporary folder.
"""

# ruff: noqa: T201, BLE001 - a script that runs attacks and cells

from __future__ import annotations

import json
import mmap
import os
import sys
from typing import Any

from tests.sandbox.native import native


def main() -> None:
    """Read {name: code} from stdin, print {name: whether it succeeded, or what it failed of}."""
    probes: dict[str, str] = json.load(sys.stdin)
    print(json.dumps({name: _run(code) for name, code in probes.items()}))


def _run(code: str) -> str:
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        _attack(code, write)
    os.close(write)
    with os.fdopen(read, "rb") as output:
        said = output.read().decode("utf-8", "replace")
    os.waitpid(pid, 0)
    return said


def _attack(code: str, write: int) -> None:
    os.dup2(write, 1)
    os.dup2(write, 2)
    try:
        exec(compile(code, "<probe>", "exec"), _names())
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", flush=True)
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
    main()
