"""Chooses where model-written code runs: confined if this system can, else what it can honestly offer."""

from __future__ import annotations

import os
from typing import Literal, get_args

from rlm_code.errors import ConfigError, SandboxError
from rlm_code.sandbox.protocol import Namespace, Sandbox

Kind = Literal["auto", "confined", "monty", "none"]

_DANGER = "model-written code could read your files and keys, and send them anywhere"
_WAYS_ON = (
    "install the extra `rlm-codebase[monty]` for a confined subset of Python, or pass --sandbox=none for a repository "
    "you trust"
)


def open_sandbox(
    namespace: Namespace, kind: Kind = "auto", *, memory_bytes: int = 1 << 30, shown_chars: int = 20_000
) -> Sandbox:
    """A sandbox that is ready for its first cell. Close it, or use it in a `with` block.

    `auto` confines, falling back to Monty where the system cannot and Monty is installed; it never runs code
    unconfined. `shown_chars` bounds each text of a CellResult. Raises SandboxError with the ways on.
    """
    if kind not in get_args(Kind):
        raise ConfigError(f"unknown sandbox {kind!r}", hint=f"one of {', '.join(get_args(Kind))}")
    if kind == "none":
        return _unconfined(namespace, memory_bytes, shown_chars)
    return _process_sandbox(namespace, memory_bytes, shown_chars, confine=True)


def _unconfined(namespace: Namespace, memory_bytes: int, shown_chars: int) -> Sandbox:
    if os.environ.get("CI"):
        raise SandboxError(f"--sandbox=none is refused under CI: {_DANGER}")
    return _process_sandbox(namespace, memory_bytes, shown_chars, confine=False)


def _process_sandbox(namespace: Namespace, memory_bytes: int, shown_chars: int, *, confine: bool) -> Sandbox:
    from rlm_code.sandbox.process import Recipe
    from rlm_code.sandbox.session import ProcessSandbox

    return ProcessSandbox(namespace, Recipe(namespace.entry, confine, memory_bytes), shown_chars)
