"""What of confinement this system offers, and what `rlm-code doctor` tells about it."""

from __future__ import annotations

import importlib.util
import os
import sys
import time
from typing import NamedTuple

from rlm_code.errors import SandboxError

DANGER = "model-written code could read your files and keys, change them, and send them anywhere"
WAYS_ON = (
    "install the extra with `pip install 'rlm-codebase[monty]'` for a confined subset of Python, or, for a repository "
    "that you trust, pass --sandbox=none"
)
_MACHINES = ("x86_64", "aarch64")


class NotConfinedError(SandboxError):
    """This system cannot confine a worker."""


class Finding(NamedTuple):
    """One check: what it is about, whether it holds, why or what follows, and whether confinement stands on it."""

    check: str
    holds: bool
    why: str
    matters: bool = True


def obstacle() -> str | None:
    """Why a worker cannot be confined here, as far as that is known without starting one."""
    if sys.platform != "linux":
        return f"there is no confinement on {sys.platform}"
    machine = os.uname().machine
    if machine not in _MACHINES or sys.maxsize < 2**32:
        return f"there is no confinement for {machine} ({64 if sys.maxsize > 2**32 else 32}-bit Python)"
    return None


def has_monty() -> bool:
    """Whether the extra `monty` is installed."""
    return importlib.util.find_spec("pydantic_monty") is not None


def diagnose() -> list[Finding]:
    """What holds on this system; starts a worker to see. Never raises for what does not hold."""
    reason = obstacle()
    monty = "installed" if has_monty() else "not installed; needed only where a worker cannot be confined"
    return [
        Finding(
            "confinement for this system", reason is None, f"{reason}; {WAYS_ON}" if reason else "seccomp on Linux"
        ),
        *([] if reason else _worker_findings()),
        Finding("Monty, a confined subset of Python", has_monty(), monty, matters=False),
    ]


def _worker_findings() -> list[Finding]:
    from rlm_code.sandbox.pool import NEEDED
    from rlm_code.sandbox.process import Recipe, Worker

    start = time.monotonic()
    try:
        worker = Worker(Recipe("rlm_code.sandbox.worker.bare:names", True, 1 << 30), None)
        report = worker.ready()
    except SandboxError as error:
        return [Finding("a worker process starts", False, str(error))]
    took = f"in {(time.monotonic() - start) * 1000:.0f} ms"
    worker.close()
    held = {name: report.get(name) is True for name in NEEDED}
    refused = str(report.get("failed", "it could be done")) + f"; {WAYS_ON}"
    landlock = report.get("landlock") is True
    return [
        Finding("a worker process starts", True, took),
        *(Finding(name, holds, "tried" if holds else refused) for name, holds in held.items()),
        Finding(
            "Landlock", landlock, "a second wall" if landlock else "not here; seccomp alone confines", matters=False
        ),
    ]
