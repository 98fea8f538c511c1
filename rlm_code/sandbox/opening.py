"""Chooses where model-written code runs: confined if this system can, else what can honestly be offered."""

from __future__ import annotations

import os
from typing import Literal, get_args

from rlm_code.errors import ConfigError, SandboxError
from rlm_code.sandbox.protocol import Namespace, Sandbox
from rlm_code.sandbox.system import DANGER, WAYS_ON, NotConfinedError, has_monty, obstacle

Kind = Literal["auto", "confined", "monty", "none"]


def open_sandbox(
    namespace: Namespace, kind: Kind = "auto", *, memory_bytes: int = 1 << 30, shown_chars: int = 20_000
) -> Sandbox:
    """A sandbox that is ready for its first cell. Close it, or use it in a `with` block.

    `auto` confines, and where the system cannot, takes Monty if it is installed; it never runs code unconfined.
    `shown_chars` bounds each text of a CellResult. Raises SandboxError with the ways on.
    """
    if kind == "auto":
        return _best(namespace, memory_bytes, shown_chars)
    if kind == "confined":
        return _confined(namespace, memory_bytes, shown_chars)
    if kind == "monty":
        return _monty(namespace, memory_bytes, shown_chars)
    if kind == "none":
        return _unconfined(namespace, memory_bytes, shown_chars)
    raise ConfigError(f"there is no sandbox {kind!r}", hint=f"one of {', '.join(get_args(Kind))}")


def _best(namespace: Namespace, memory_bytes: int, shown_chars: int) -> Sandbox:
    try:
        return _confined(namespace, memory_bytes, shown_chars)
    except NotConfinedError:
        if not has_monty():
            raise
        return _monty(namespace, memory_bytes, shown_chars)


def _confined(namespace: Namespace, memory_bytes: int, shown_chars: int) -> Sandbox:
    reason = obstacle()
    if reason is not None:
        raise NotConfinedError(f"{reason}: {DANGER}", hint=WAYS_ON)
    return _process_sandbox(namespace, memory_bytes, shown_chars, confine=True)


def _unconfined(namespace: Namespace, memory_bytes: int, shown_chars: int) -> Sandbox:
    from rlm_code.config import read_settings

    if read_settings().in_ci:
        raise SandboxError(
            f"--sandbox=none is refused under CI: {DANGER}", hint="leave it away, or use --sandbox=monty"
        )
    if os.name != "posix":
        raise SandboxError("--sandbox=none needs a POSIX system", hint="use --sandbox=monty")
    return _process_sandbox(namespace, memory_bytes, shown_chars, confine=False)


def _process_sandbox(namespace: Namespace, memory_bytes: int, shown_chars: int, *, confine: bool) -> Sandbox:
    from rlm_code.sandbox.process import Recipe
    from rlm_code.sandbox.session import ProcessSandbox

    return ProcessSandbox(namespace, Recipe(namespace.entry, confine, memory_bytes), shown_chars)


def _monty(namespace: Namespace, memory_bytes: int, shown_chars: int) -> Sandbox:
    if not has_monty():
        raise SandboxError("Monty is not installed", hint="pip install 'rlm-codebase[monty]'")
    from rlm_code.sandbox.monty import MontySandbox

    return MontySandbox(namespace, memory_bytes, shown_chars)
